"""The ledger of the warehouse: every article's movements lead from its opening to its stock, and are its sales."""

from __future__ import annotations

import numpy as np
import pytest

from datamimic import World

PRODUCTS = 120


@pytest.fixture(scope="module")
def world() -> World:
    return World("ledger", "DE", sizes={"ecommerce.customer": 900, "ecommerce.product": PRODUCTS})


@pytest.fixture(scope="module")
def moved(world: World):
    pytest.importorskip("pandas")
    articles = world.refer("ecommerce.product", np.arange(PRODUCTS, dtype=np.int64))
    count = int(articles.children("ecommerce.stock_movement").counts.sum())
    return world["ecommerce.stock_movement"][0:count].to_arrow().to_pandas()


def test_movements_lead_to_the_stock(world: World, moved) -> None:
    following = moved.product_id.eq(moved.product_id.shift())
    assert (moved.stock_before[following] == moved.stock_after.shift()[following]).all()
    assert (moved.booked_at[following] >= moved.booked_at.shift()[following]).all()
    assert (moved.kind[~following] == "opening").all()
    products = world["ecommerce.product"][0:PRODUCTS].to_arrow().to_pandas().set_index("product_id")
    last = moved.groupby("product_id").stock_after.last()
    assert (products.stock_quantity.loc[last.index] == last).all()
    assert (products.stock_quantity.drop(last.index) == 0).all()


def test_sales_are_the_order_lines(world: World, moved) -> None:
    lines = world["ecommerce.order_line"][0:2_000].to_arrow().to_pandas()
    sold = moved[moved.kind == "sale"].merge(lines, on="order_line_id", suffixes=("", "_line"))
    assert len(sold) == (lines.product_id.isin(moved.product_id)).sum() > 500
    assert (-sold.quantity == sold.quantity_line).all()
    assert (sold.stock_before == sold.stock_before_line).all()
    assert (sold.stock_after == sold.stock_after_line).all()
    received = moved.quantity.where(moved.kind.isin(["receipt", "cancellation"]), 0)
    since = received.groupby([moved.product_id, (moved.kind == "sale").cumsum().shift(fill_value=0)]).transform("sum")
    both = moved.assign(came=since)[moved.kind == "sale"].merge(lines, on="order_line_id")
    later = both.number > 2
    assert (both.came[later] == both.stock_received[later]).all()
    assert both.stock_received.sum() > 0


def test_cancelled_orders_give_back_and_suppliers_come_by_day(world: World, moved) -> None:
    orders = world["ecommerce.order"][0:2_000].to_arrow().to_pandas()
    lines = world["ecommerce.order_line"][0:2_000].to_arrow().to_pandas().merge(orders, on="order_id")
    cancelled = set(lines.order_line_id[lines.status == "cancelled"]) & set(moved.order_line_id.dropna())
    given_back = moved[moved.kind == "cancellation"]
    assert cancelled
    assert cancelled <= set(given_back.order_line_id)
    assert not set(given_back.order_line_id) & set(lines.order_line_id[lines.status != "cancelled"])
    brought = moved[moved.kind == "receipt"].booked_at.dt.tz_convert("Europe/Berlin")
    assert len(brought) > 40
    by_day = brought.dt.hour.between(6, 15) & (brought.dt.strftime("%w").astype(int).between(1, 5))
    assert by_day.mean() > 0.7


def test_the_ledger_of_a_day_is_a_beginning(world: World, moved) -> None:
    then = world.as_of("2025-03-31")["ecommerce.stock_movement"][0 : len(moved)].to_arrow()["movement_id"].to_pylist()
    assert set(then) == set(moved.movement_id[moved.booked_at < "2025-03-31"])
    assert 0 < len(then) < len(moved)
