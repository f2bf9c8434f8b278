"""What customers and articles do over time hangs together: tastes, stock, opinions; judged with pandas over a whole world."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from datamimic import World
from datamimic_pack_ecommerce import Review
from datamimic_pack_ecommerce.opinions import forms_of
from datamimic_pack_ecommerce.sales import Sales
from datamimic_pack_ecommerce.stock import served

SIZES = {"ecommerce.customer": 6_000, "ecommerce.product": 1_500}


@pytest.fixture(scope="module")
def world() -> World:
    return World("lives", "DE", "2025-06-15T00:00:00Z", sizes=SIZES)


@pytest.fixture(scope="module")
def lines(world: World) -> pd.DataFrame:
    """All order lines of the world."""
    batch = world.batch(world.spec("ecommerce.order_line"), np.arange(Sales.of(world).lines))
    order = batch.column("order")
    own = {name: batch.column(name) for name in ("stock_before", "stock_after", "stock_received", "quantity")}
    return pd.DataFrame(
        {
            **own,
            "product": batch.column("product").rows,
            "department": batch.column("product").department_code.tolist(),
            "date": order.date,
            "cancelled": order.is_cancelled,
            "woman": order.customer.gender.tolist(),
        }
    )


def test_every_article_is_sold_as_often_as_it_is_popular_whoever_takes_it(world: World, lines: pd.DataFrame) -> None:
    sales = Sales.of(world)
    products = np.arange(sales.products)
    assert (np.bincount(lines["product"], minlength=sales.products) == sales.counts(products)).all()
    counts, rows = sales.lines_of(products, world)
    assert (lines["product"].to_numpy()[rows] == np.repeat(products, counts)).all()
    assert len(np.unique(rows)) == len(lines)


def test_lines_beyond_the_world_find_their_products_back(world: World) -> None:
    sales = Sales.of(world)
    products = np.unique(sales.product_of(sales.lines + np.arange(300), world))
    assert (products >= sales.products).all()
    counts, rows = sales.lines_of(products, world)
    assert (sales.product_of(rows, world) == np.repeat(products, counts)).all()


def test_the_stock_of_an_article_is_a_ledger(world: World, lines: pd.DataFrame) -> None:
    sold = lines.sort_values(["product", "date"], kind="stable")
    before = sold.groupby("product")["stock_after"].shift()
    later = before.notna()
    assert (sold["stock_before"] == before + sold["stock_received"])[later].all()
    assert later.sum() > 8_000 and 0.005 < (sold["stock_received"] > 0)[later].mean() < 0.2
    last = sold.groupby("product").tail(1)
    left = last["stock_after"] + last["quantity"].where(last["cancelled"], 0)
    stock = world.batch(world.spec("ecommerce.product"), last["product"].to_numpy()).column("stock_quantity")
    assert (stock[left > 0] == left[left > 0]).all() and (stock > 0).all()


def test_served_is_what_a_loop_serves() -> None:
    """The closed form against a warehouse that is run sale after sale."""
    random = np.random.default_rng(5)
    article, pieces = random.integers(0, 7, 400), random.integers(1, 7, 400)
    date, back = random.permutation(400).astype("datetime64[s]"), random.random(400) < 0.1
    first, lot = (random.integers(6, 30, 7)[article] for _ in range(2))
    stock = served(np.arange(400), article, date, pieces, back, first, lot)
    level = {each: int(first[article == each][0]) for each in range(7)}
    after = dict(level)
    for row in np.argsort(date).tolist():
        each, received = int(article[row]), 0
        received += level[each] - after[each]
        while level[each] < pieces[row]:
            level[each] += int(lot[row])
            received += int(lot[row])
        assert (stock.before[row], stock.received[row]) == (level[each], received)
        after[each] = level[each] - int(pieces[row])
        level[each] = level[each] if back[row] else after[each]


def test_tastes_act(lines: pd.DataFrame) -> None:
    women = lines.assign(woman=lines["woman"] == "female").groupby("department")["woman"].mean()
    assert women["beauty"] > 0.65 and women["diy"] < 0.4 and women["automotive"] < 0.4
    winter = lines["date"].dt.month.isin((11, 12))
    assert winter[lines["department"] == "toys"].mean() > 2 * winter[lines["department"] == "garden"].mean()


def test_reviews_are_written_of_what_happened(world: World) -> None:
    batch = world.batch(world.spec("ecommerce.review"), np.arange(4_000))
    line = batch.column("order_line")
    found = pd.DataFrame(
        {"stars": batch.column("stars"), "text": batch.column("text").tolist(), "event": line.event.tolist()}
    )
    single = (found["stars"] == 1).groupby(found["event"]).mean()
    assert single["late"] > 2 * single["in time"] and single["damaged"] > 2 * single["mind"]
    assert found["text"].nunique() > 2_000
    told_late = found["text"].str.contains("zu spät|kam spät|länger gewartet|so spät", regex=True)
    assert (found["event"][told_late] == "late").all() and told_late.any()


def test_an_article_that_is_named_twice_has_one_stock(world: World) -> None:
    spec, products = world.spec("ecommerce.product"), np.array([5, 9, 5, 5, 9])
    once = world.batch(spec, products[:2]).column("stock_quantity")
    assert world.batch(spec, products).column("stock_quantity").tolist() == once[[0, 1, 0, 0, 1]].tolist()


def test_every_sentence_of_a_review_belongs_to_its_stars(world: World) -> None:
    rows = world["ecommerce.review"][0:600].select(["stars", "text"]).to_arrow().to_pylist()
    forms = forms_of(world.data(Review)["review_phrases"])
    others = {stars: next(row["text"] for row in rows if row["stars"] == stars) for stars in (1, 5)}
    for row in rows:
        assert forms[row["stars"]][1].fullmatch(row["text"])
        other = others[1 if row["stars"] > 2 else 5]
        assert not forms[row["stars"]][1].fullmatch(f"{row['text']} {other}")
