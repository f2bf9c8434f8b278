"""Rows of a parent in their order: gaps, drift, histories and sums, learned and made; the same in any slice and process."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import learn, sequence_resemblance
from datamimic_learning.learning.learn import Learned
from datamimic_models import Model

PARENTS = 900
AFTER = {"new": (["new", "open"], [0.2, 0.8]), "open": (["open", "closed"], [0.6, 0.4]), "closed": (["closed"], [1.0])}


def shop(parents: int = PARENTS, seed: int = 3) -> dict[str, pa.Table]:
    """Customers and their orders, these shuffled: companies order more, and more often; states follow each other, a balance
    adds up, a weight drifts."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(["private", "company"], parents, p=[0.7, 0.3])
    signup = np.datetime64("2020-01-01") + draw.integers(0, 700, parents)
    counts = np.where(kind == "company", draw.integers(5, 12, parents), draw.integers(0, 5, parents))
    family = np.repeat(np.arange(parents), counts)
    rows = len(family)
    place = np.arange(rows) - np.repeat(np.cumsum(counts) - counts, counts)
    gap = np.where(kind[family] == "company", draw.integers(1, 8, rows), draw.integers(20, 60, rows))
    amount, change = draw.integers(-40, 100, rows), np.round(draw.normal(0, 1, rows), 1)
    day, state = np.empty(rows, "datetime64[D]"), np.full(rows, "new", dtype=object)
    balance, weight = amount.copy(), np.round(draw.normal(70, 15, rows), 1)
    for row in range(rows):
        if place[row] == 0:
            day[row] = signup[family[row]] + int(draw.integers(0, 30))
            continue
        day[row], balance[row] = day[row - 1] + int(gap[row]), balance[row - 1] + amount[row]
        states, shares = AFTER[state[row - 1]]
        state[row], weight[row] = draw.choice(states, p=shares), round(weight[row - 1] + change[row], 1)
    orders = {
        "order_id": draw.permutation(rows) + 1000,
        "customer_id": family + 1,
        "line": place + 1,
        "day": day,
        "state": state.astype(str),
        "amount": amount,
        "balance": balance,
        "weight": weight,
    }
    return {
        "customers": pa.table({"customer_id": np.arange(parents) + 1, "kind": kind, "signup": signup}),
        "orders": pa.table(orders).take(pa.array(draw.permutation(rows))),
    }


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Learned:
    folder = tmp_path_factory.mktemp("tables") / "shop"
    folder.mkdir()
    for name, table in shop().items():
        pq.write_table(table, folder / f"{name}.parquet")
    return learn(folder, name="shop", date="2024-05-01")


@pytest.fixture(scope="module")
def place(learned: Learned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learned.write(tmp_path_factory.mktemp("model") / "shop.yaml")


@pytest.fixture(scope="module")
def made(place: Path) -> dict[str, pa.Table]:
    model = Model.load(place)
    world = model.world(seed="demo")
    counts = model.counts(world)
    return {name: world[f"shop.{name}"][0 : counts[name]].to_arrow() for name in ("customers", "orders")}


def families(table: pa.Table) -> list[list[dict[str, Any]]]:
    rows = table.sort_by([("customer_id", "ascending"), ("line", "ascending")]).to_pylist()
    return [[*own] for _, own in groupby(rows, key=lambda row: row["customer_id"])]


def pairs(table: pa.Table) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [each for own in families(table) for each in pairwise(own)]


def test_rows_are_in_order_and_gaps_are_those_of_the_parent(made: dict[str, pa.Table]) -> None:
    kinds = {row["customer_id"]: row["kind"] for row in made["customers"].to_pylist()}
    signups = {row["customer_id"]: row["signup"] for row in made["customers"].to_pylist()}
    gaps: dict[str, list[int]] = {"private": [], "company": []}
    for before, after in pairs(made["orders"]):
        gaps[kinds[after["customer_id"]]].append((after["day"] - before["day"]).days)
    assert min(gaps["company"]) >= 1 and np.mean(gaps["company"]) == pytest.approx(4, abs=0.5)
    assert min(gaps["private"]) >= 15 and np.mean(gaps["private"]) == pytest.approx(39.5, abs=2.5)
    for own in families(made["orders"]):
        assert [row["line"] for row in own] == [*range(1, len(own) + 1)]
        assert 0 <= (own[0]["day"] - signups[own[0]["customer_id"]]).days < 32


def test_states_follow_each_other_as_they_did(made: dict[str, pa.Table]) -> None:
    followed: dict[str, list[str]] = {state: [] for state in AFTER}
    for before, after in pairs(made["orders"]):
        followed[before["state"]].append(after["state"])
    assert {own[0]["state"] for own in families(made["orders"])} == {"new"}
    for state, (states, shares) in AFTER.items():
        assert {*followed[state]} == {*states}
        for each, share in zip(states, shares, strict=True):
            assert followed[state].count(each) / len(followed[state]) == pytest.approx(share, abs=0.06)


def test_what_adds_up_adds_up_and_what_drifts_drifts(made: dict[str, pa.Table]) -> None:
    assert all(own[0]["balance"] == own[0]["amount"] for own in families(made["orders"]))
    assert all(after["balance"] == before["balance"] + after["amount"] for before, after in pairs(made["orders"]))
    changes = np.array([after["weight"] - before["weight"] for before, after in pairs(made["orders"])])
    assert np.std(changes) == pytest.approx(1, abs=0.15) and abs(np.mean(changes)) < 0.15
    weights = made["orders"]["weight"].to_numpy()
    assert np.std(weights) == pytest.approx(15, abs=3), "people differ more than one changes"


def test_histories_are_measured_beside_those_of_others(made: dict[str, pa.Table]) -> None:
    real, others = shop()["orders"], shop(seed=4)["orders"]
    found = sequence_resemblance(real, made["orders"], "customer_id", "line")
    ceiling = sequence_resemblance(real, others, "customer_id", "line")
    assert found.score > ceiling.score - 0.03 and found.rows > 0.95
    assert found.changes["day"] > 0.93 and found.changes["weight"] > 0.93
    assert found.following["state"] > 0.95 and found.following["weight"] > 0.97
    draw = np.random.default_rng(0)
    mixed = real.set_column(4, "state", real["state"].take(pa.array(draw.permutation(real.num_rows))))
    assert sequence_resemblance(real, mixed, "customer_id", "line").following["state"] < 0.8
    with pytest.raises(DatamimicError) as raised:
        sequence_resemblance(real, made["orders"], "customer")
    assert raised.value.code == "learning.unknown_column"


def test_any_rows_are_the_same_by_themselves(place: Path, made: dict[str, pa.Table]) -> None:
    orders = Model.load(place).world(seed="demo")["shop.orders"]
    for start in (0, 1, 7, 500, 1733, made["orders"].num_rows - 5):
        assert orders[start : start + 5].to_arrow().equals(made["orders"].slice(start, 5))
    assert orders[700:701].select(["state"]).to_arrow().equals(made["orders"].select(["state"]).slice(700, 1))


def test_workers_parts_verify_and_explain_take_learned_models(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, [*arguments])
        assert done.exit_code == 0, done.output
        return done.output

    usual = ("generate", "shop.orders", "--model", str(place), "--seed", "demo", "--count", "2400", "--format", "csv")
    run(*usual, "--output", "one.csv")
    run(*usual, "--output", "two.csv", "--workers", "2")
    run(*usual, "--output", "parts", "--parts", "2", "--engine", "serial")
    whole = Path("one.csv").read_bytes()
    assert Path("two.csv").read_bytes() == whole
    first, *others = (file.read_bytes().split(b"\n", 1)[1] for file in sorted(Path("parts").glob("*.csv")))
    assert whole.split(b"\n", 1)[1] == b"".join([first, *others])
    for each in ("two.csv", "parts"):
        assert "byte-identical" in run("verify", each)
    run("run", str(place), "--seed", "demo", "--output", "all")
    assert "byte-identical" in run("verify", "all")
    told = run("explain", "shop.orders", "1", "state", "--model", str(place), "--seed", "demo")
    assert "table shop/orders.state.by.csv" in told and "previous.state=" in told
    told = run("explain", "shop.orders", "1", "state", "--model", str(place), "--seed", "demo", "--json")
    done = CliRunner().invoke(main, ["explain", "--replay", "-"], input=told)
    assert done.exit_code == 0 and "comes out again" in done.output


def test_columns_may_be_called_anything(tmp_path: Path) -> None:
    odd = {
        "customer_id": "Customer ID",
        "signup": "sign.up",
        "day": "Order Day",
        "state": "Stage (now)",
        "amount": "net.amount",
    }
    for name, table in shop(500).items():
        renamed = table.rename_columns([odd.get(each, each) for each in table.column_names])
        pq.write_table(renamed, tmp_path / f"{name}.parquet")
    model = learn(tmp_path, name="odd").model(tmp_path / "out" / "m.yaml")
    world = model.world(seed="1")
    rows = world["odd.orders"][0:900].to_arrow()
    assert {"Customer ID", "Order Day", "Stage (now)", "net.amount"} <= {*rows.column_names}
    plain = rows.select(["Customer ID", "line", "Order Day", "Stage (now)", "net.amount", "balance"]).rename_columns(
        ["customer_id", "line", "day", "state", "amount", "balance"]
    )
    assert all(after["day"] >= before["day"] for before, after in pairs(plain))
    assert all(after["balance"] == before["balance"] + after["amount"] for before, after in pairs(plain))
    assert {own[0]["state"] for own in families(plain)} == {"new"}


def test_a_table_without_an_order_has_none(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    tables = {
        "a": pa.table({"a_id": np.arange(200)}),
        "b": pa.table({"a_id": draw.integers(0, 200, 900), "x": draw.random(900)}),
    }
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    text = learn(tmp_path).write(tmp_path / "out" / "m.yaml").read_text(encoding="utf-8")
    assert "previous" not in text and "expression: b_count" in text


def test_children_of_nobody_do_not_stop_it(tmp_path: Path) -> None:
    """A reference that is missing somewhere counts no rows: there is no order then."""
    tables = shop(200)
    orders = tables["orders"]
    given = pc.if_else(pa.array(np.arange(orders.num_rows) % 9 == 0), None, orders["customer_id"])
    tables["orders"] = orders.set_column(1, "customer_id", given)
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    model = learn(tmp_path).model(tmp_path / "out" / "m.yaml")
    world = model.world(seed="1")
    assert world[f"{model.tables.name}.orders"][0:50].to_arrow()["customer_id"].null_count > 0
