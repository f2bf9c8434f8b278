"""Tables that exist: read in the kinds of their fields, found by key, referred to by weight, the same rows anywhere."""

from __future__ import annotations

import json
import os
import pickle
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fleet
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import datamimic.cli.group
import datamimic.world
from datamimic import (
    Origin,
    Pack,
    Registry,
    World,
    entity,
    field,
    generate_domain,
    given,
    number,
    parent,
    ref,
    serial,
    source,
)
from datamimic.cli import main
from datamimic.engine.given_tables.cache import cache_folder
from datamimic.engine.given_tables.keys import hashed
from datamimic.engine.given_tables.reading import CHUNK_ROWS
from datamimic.engine.row_range import RowRange
from datamimic.errors import DatamimicError
from datamimic.formats.workbook import Xlsx
from datamimic.formats.xml import Xml
from datamimic.output.digest import rows_digest
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.explanation import explain, replay
from datamimic.reproducing.reproduction import reproduce
from datamimic.reproducing.verification import verify
from datamimic.tables.weighted import Alias
from datamimic.testing import pack_contract

COUNT = 2_500


@entity("customer", rows=source())
class Customer:
    """Somebody who buys."""

    customer_no: str = field(given("customer_number"), key=True, doc="number")
    since: date = field(given(), doc="first order")
    credit: Decimal | None = field(given(), doc="credit")
    popularity: float = field(given(), doc="weight")
    score: int = field(number(1, 100), doc="score")


@entity("order")
class Order:
    """What somebody buys."""

    order_no: str = field(serial("O-#######"), key=True, doc="number")
    customer: Customer = field(parent(Customer, counts={0: 1, 1: 1, 5: 1}), doc="who")
    friend: Customer = field(ref(Customer, weight="popularity"), doc="who told")
    credit: Decimal | None = field(lambda customer: customer.credit, doc="credit of the customer")


@entity("complaint", rows=source())
class Complaint:
    """A table that exists, whose rows name those of another."""

    complaint_no: int = field(given("id"), key=True, doc="number")
    customer_number: str | None = field(given("customer"), hidden=True, doc="who")
    customer: Customer | None = field(ref(Customer, key="customer_number"), doc="who")


def plugin() -> SimpleNamespace:
    return SimpleNamespace(
        __name__="shop_plugin",
        datamimic_pack=lambda: Pack("shop", "1.0", "Test"),
        datamimic_entities=lambda: [Customer, Order, Complaint],
    )


PACKS = Registry.of(plugin())


def customers(count: int = COUNT) -> pa.Table:
    return pa.table(
        {
            "customer_number": [f"C{row:05d}" for row in range(count)],
            "since": pa.array([date(2020, 1, row % 28 + 1) for row in range(count)]),
            "credit": pa.array([None if row % 3 else Decimal(row) / 4 for row in range(count)], pa.decimal128(12, 2)),
            "popularity": [float(row % 10) for row in range(count)],
            "remark": ["nobody reads this"] * count,
        }
    )


def write_csv(path: Path, table: pa.Table) -> Path:
    lines = [",".join("" if cell is None else str(cell) for cell in row.values()) for row in table.to_pylist()]
    path.write_text("\n".join([",".join(table.column_names), *lines]) + "\n")
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_folder()


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "customers.csv", customers())


def world(rows: Any, **more: Any) -> World:
    return World("demo", given={"shop.customer": rows}, packs=PACKS, **more)


def refused(code: str, function: Any) -> DatamimicError:
    with pytest.raises(DatamimicError) as caught:
        function()
    assert caught.value.code == code, caught.value.render()
    return caught.value


def test_the_rows_are_those_of_the_table(csv: Path) -> None:
    rows = world(csv)["shop.customer"]
    assert len(rows) == COUNT == len(list(rows))
    made = rows.to_arrow()
    expected = (
        customers().rename_columns(["customer_no", "since", "credit", "popularity", "remark"]).drop_columns("remark")
    )
    assert made.drop_columns("score").to_pylist() == expected.to_pylist()
    assert rows[7].credit is None and rows[9].credit == Decimal("2.25")
    assert len({row["score"] for row in made.to_pylist()}) > 50


def test_every_format_and_frame_gives_the_same_rows(csv: Path, tmp_path: Path) -> None:
    table = customers()
    whole = rows_digest(world(csv)["shop.order"][0:3000])
    places: list[Any] = [table, table.to_batches(100)[0].schema.empty_table().from_batches(table.to_batches(100))]
    pq.write_table(table, tmp_path / "c.parquet")
    with pa.ipc.new_file(tmp_path / "c.arrow", table.schema) as writer:
        writer.write_table(table)
    lines = [json.dumps(row, default=str) for row in table.to_pylist()]
    (tmp_path / "c.jsonl").write_text("\n".join(lines))
    (tmp_path / "c.json").write_text("[" + ",".join(lines) + "]")
    for ending, format in (("xml", Xml()), ("xlsx", Xlsx())):
        with (tmp_path / f"c.{ending}").open("wb") as stream:
            writing = format.writer(stream, table.schema)
            for batch in table.to_batches():
                writing.write(batch)
            writing.close()
    (tmp_path / "c.txt").write_text(csv.read_text().replace(",", ";"))
    places += [tmp_path / f"c.{ending}" for ending in ("parquet", "arrow", "jsonl", "json", "xml", "xlsx")]
    places.append(source(tmp_path / "c.txt", "csv", delimiter=";"))
    for library in ("pandas", "polars"):
        module = pytest.importorskip(library)
        places.append(table.to_pandas() if library == "pandas" else module.from_arrow(table))
    for place in places:
        assert rows_digest(world(place)["shop.order"][0:3000]) == whole, place


def test_any_slice_gives_the_same_values(csv: Path) -> None:
    made = world(csv)
    whole = made["shop.order"].to_arrow()
    generator = np.random.default_rng(1)
    for _ in range(10):
        start = int(generator.integers(0, len(whole) - 10))
        assert made.anew()["shop.order"][start : start + 10].to_arrow().equals(whole[start : start + 10])
    scattered = generator.permutation(len(whole))[:500]
    assert made["shop.order"].gather(scattered).to_pylist() == whole.take(pa.array(scattered)).to_pylist()


def test_rows_of_several_chunks(tmp_path: Path) -> None:
    count = CHUNK_ROWS * 2 + 17
    numbers = np.arange(count)
    table = pa.table({"id": numbers[::-1], "customer": pa.nulls(count, pa.string())})
    pq.write_table(table, tmp_path / "c.parquet", row_group_size=100_000)
    made = World(1, given={"complaint": tmp_path / "c.parquet"}, packs=PACKS)["complaint"].select(["complaint_no"])
    assert made.to_arrow()["complaint_no"].to_pylist() == numbers[::-1].tolist()
    generator = np.random.default_rng(2)
    for rows in (
        generator.integers(0, count, 999),
        np.sort(generator.integers(0, count, 999)),
        numbers[CHUNK_ROWS - 3 :][:9],
    ):
        assert made.gather(rows)["complaint_no"].to_pylist() == (count - 1 - rows).tolist()
    assert made.find(5) == count - 6 == made.find("5")


def test_rows_beyond_are_refused(csv: Path, tmp_path: Path) -> None:
    made = world(csv)
    error = refused("beyond_given", lambda: made["shop.customer"][0 : COUNT + 1])
    assert "shop.customer" in error.message and str(COUNT) in error.message
    orders = len(made["shop.order"])
    assert made["shop.order"][orders - 1].customer.customer_no <= f"C{COUNT - 1:05d}"
    error = refused("beyond_given", lambda: made["shop.order"][0 : orders + 1].write(tmp_path / "o.csv"))
    assert "shop.order" in error.message and not (tmp_path / "o.csv").exists()
    refused("beyond_given", lambda: made["shop.customer"].gather(np.array([COUNT])))
    refused("invalid_count", lambda: world(csv, sizes={"shop.customer": 5}))


def test_all_children_of_all_parents_are_there(csv: Path) -> None:
    made = world(csv)
    named = made["shop.order"].to_arrow()["customer_id"].to_pylist()
    counts = made.children(made.refer(Customer, np.arange(COUNT)), Order).counts
    assert named == [f"C{row:05d}" for row in np.repeat(np.arange(COUNT), counts)]


def test_children_whose_number_follows_from_a_column_that_exists(csv: Path) -> None:
    @entity("visit")
    class Visit:
        """Somebody comes."""

        customer: Customer = field(parent(Customer, counts=lambda popularity: popularity.astype(np.int64)), doc="who")

    made = World(1, given={Customer: csv})
    visits = made[Visit]
    assert len(visits) == sum(row % 10 for row in range(COUNT))
    assert visits.to_arrow()["customer_id"].to_pylist() == [f"C{r:05d}" for r in range(COUNT) for _ in range(r % 10)]
    refused("beyond_given", lambda: visits[0 : len(visits) + 1])


def test_found_by_key(csv: Path) -> None:
    made = world(csv)["shop.customer"]
    assert [made.find(f"C{row:05d}") for row in (0, 17, COUNT - 1)] == [0, 17, COUNT - 1]
    refused("unknown_value", lambda: made.find("C99999"))
    refused("unknown_value", lambda: made[0:5].find("C00017"))


def test_rows_that_name_others_by_key(csv: Path) -> None:
    named = ["C00017", None, "C02499"]
    table = pa.table({"id": [1, 2, 3], "customer": named})
    made = world(csv).evolve(given={"shop.customer": csv, "shop.complaint": table})
    complaints = made["shop.complaint"]
    assert [each.customer and each.customer.customer_no for each in complaints] == named
    wrong = made.evolve(given={"shop.customer": csv, "shop.complaint": pa.table({"id": [1], "customer": ["C9"]})})
    assert "'C9'" in refused("bad_reference", lambda: wrong["shop.complaint"].to_arrow()).message


def test_references_are_weighted(csv: Path) -> None:
    friends = world(csv)["shop.order"].select(["friend.popularity"]).to_arrow().column(0).to_numpy()
    assert friends.min() > 0
    expected = sum(weight * weight for weight in range(10)) / sum(range(10))
    assert abs(friends.mean() - expected) < 0.15

    @entity("product")
    class Product:
        sku: str = field(serial("P-####"), key=True)
        sold: int = field(lambda rows: rows % 3)

    @entity("sale")
    class Sale:
        product: Product = field(ref(Product, weight="sold"))

    sold = World(1)[Sale][0:30_000].select(["product.sold"]).to_arrow().column(0).to_numpy()
    assert set(sold.tolist()) == {1, 2} and abs((sold == 2).mean() - 2 / 3) < 0.02


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
def test_the_alias_table_of_many_rows_is_that_of_few(count: int) -> None:
    weights = np.random.default_rng(count).integers(0, 5, count).astype(np.float64)
    weights[0] = 1
    one, other = Alias.of_rows(weights), Alias.build([(range(count), weights.tolist())])
    bits = np.random.default_rng(2).integers(0, 1 << 63, 20_000, dtype=np.uint64) * np.uint64(2)
    assert one.pick(bits).tolist() == other.pick(bits).tolist()


def test_weights_that_are_none() -> None:
    table = customers(10)
    for weights in ([-1.0] + [1.0] * 9, [0.0] * 10):
        wrong = world(table.set_column(3, "popularity", pa.array(weights)))
        refused("bad_weight", lambda wrong=wrong: wrong["shop.order"][0:3].to_arrow())
    with pytest.raises(DatamimicError, match="is str, and no weight"):

        @entity("sale")
        class Sale:
            customer: Customer = field(ref(Customer, weight="customer_no"))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("C00003,2020-02-30,1,1,", "column since of .* is '2020-02-30' in row 3, which is no date"),
        ("C00003,2020-02-01,1.005,1,", "column credit of .* is '1.005' in row 3, which is no Decimal"),
        ("C00003,2020-02-01,much,1,", "column credit of .* is 'much' in row 3, which is no Decimal"),
        ("C00003,2020-02-01,1,lots,", "column popularity of .* is 'lots' in row 3, which is no float"),
        ("C00003,,1,1,", "column since of .* is null in row 3"),
        (",2020-02-01,1,1,", "column customer_number of .* is null in row 3"),
        ("C00001,2020-02-01,1,1,", "key customer_number of .* is 'C00001' in row 1 and in row 3"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, line: str, what: str) -> None:
    path = write_csv(tmp_path / "c.csv", customers(20))
    lines = path.read_text().splitlines()
    lines[4] = line
    path.write_text("\n".join(lines))
    error = refused("bad_given", lambda: world(path))
    assert error.file == str(path) and error.details["row"] == 3
    assert re.search(what, error.message), error.message
    assert not [each for each in cache_folder().iterdir() if each.name.endswith("unfinished")]


def test_columns_that_are_not_there(csv: Path) -> None:
    csv.write_text(csv.read_text().replace("customer_number", "customer_numbr", 1))
    error = refused("unknown_column", lambda: world(csv))
    assert error.file == str(csv) and "customer_numbr" in str(error.hint)
    refused("bad_given", lambda: world(customers(0)))
    refused("bad_given", lambda: world(17))
    refused("unknown_source", lambda: world("ftp://somebody:secret@host/shop#customer"))
    refused("missing_dependency", lambda: world("postgresql://somebody:secret@host/shop#customer"))


def test_rows_that_are_not_given(csv: Path, tmp_path: Path) -> None:
    refused("no_given_rows", lambda: World(1, packs=PACKS)["shop.customer"])
    refused("no_given_rows", lambda: World(1, packs=PACKS)["shop.order"][0:1].to_arrow())
    refused("no_given_rows", lambda: world(tmp_path / "nowhere.csv"))
    refused("not_given", lambda: World(1, given={"shop.order": csv}, packs=PACKS))
    refused("unknown_entity", lambda: World(1, given={"shop.custmer": csv}, packs=PACKS))


def test_a_world_is_a_value(csv: Path, tmp_path: Path) -> None:
    made = world(csv)
    assert made == world(csv) and hash(made) == hash(world(csv))
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_bytes(csv.read_bytes())
    assert made == world(elsewhere) != world(customers(30))
    described = json.loads(json.dumps(made.origin.to_dict()))
    assert described["given"]["shop.customer"]["rows"] == COUNT
    assert Origin.parse(described) == made.origin
    again = World(Origin.parse(described), packs=PACKS)
    assert again["shop.order"][5:9].to_arrow() == made["shop.order"][5:9].to_arrow()


def test_a_world_of_a_frame_takes_it_along() -> None:
    @entity("thing", rows=source())
    class Thing:
        name: str = field(given(), key=True)

    made = world(customers())
    assert pickle.loads(pickle.dumps(made.origin)).given["shop.customer"].frame.num_rows == COUNT
    alone = World(Origin.parse(made.origin.to_dict()).evolve(given={}), packs=PACKS)
    assert alone != made
    refused("no_given_rows", lambda: World(Origin.parse(made.origin.to_dict()), packs=PACKS))
    assert [each.name for each in World(1, given={Thing: pa.table({"name": ["a", "b"]})})[Thing]] == ["a", "b"]


def test_a_file_that_changed_is_an_error(csv: Path, tmp_path: Path) -> None:
    made = world(csv)
    origin = made.origin
    written = made["shop.order"][0:100].write(tmp_path / "orders.csv")
    assert verify(written, packs=PACKS).holds
    moved = tmp_path / "moved.csv"
    moved.write_bytes(csv.read_bytes())
    with csv.open("a") as stream:
        stream.write("C99999,2020-01-01,1,1,\n")
    error = refused("given_changed", lambda: World(origin, packs=PACKS))
    assert str(csv) in error.message and "shop.customer" in error.message
    refused("given_changed", lambda: made.anew()["shop.order"][0:3].to_arrow())
    refused("given_changed", lambda: verify(written, packs=PACKS))
    refused("given_changed", lambda: verify(written, given={"shop.customer": csv}, packs=PACKS))
    assert verify(written, given={"shop.customer": moved}, packs=PACKS).holds
    again = reproduce(written, tmp_path / "again.csv", given={"shop.customer": moved}, packs=PACKS)
    assert again.holds and (tmp_path / "again.csv").read_bytes() == written.read_bytes()
    csv.unlink()
    refused("no_given_rows", lambda: verify(written, packs=PACKS))
    refused(
        "not_given",
        lambda: verify(written, given={"shop.complaint": pa.table({"id": [1], "customer": ["a"]})}, packs=PACKS),
    )


def test_a_manifest_of_a_frame_needs_it_again(tmp_path: Path) -> None:
    written = world(customers())["shop.order"][0:100].write(tmp_path / "orders.csv")
    error = refused("no_given_rows", lambda: verify(written, packs=PACKS))
    assert "data frame" in error.message
    assert verify(written, given={"shop.customer": customers()}, packs=PACKS).holds
    refused("given_changed", lambda: verify(written, given={"shop.customer": customers(30)}, packs=PACKS))


def test_a_range_that_travels_settles_what_exists(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name\nanna\nbert\n")

    @entity("person", rows=source(path))
    class Person:
        """Somebody that exists."""

        name: str = field(given(), key=True, doc="name")

    @entity("letter")
    class Letter:
        """What somebody gets."""

        to: Person = field(ref(Person), doc="who")

    module = SimpleNamespace(
        datamimic_pack=lambda: Pack("post", "1.0", "Post"), datamimic_entities=lambda: [Person, Letter]
    )
    packs = Registry.of(module)
    rows = World(1, packs=packs)["post.letter"][0:20]
    assert not rows.world.origin.given
    travelling = pickle.loads(pickle.dumps(RowRange.of(rows)))
    assert travelling.origin.given["post.person"].rows == 2
    assert travelling.view(packs).to_arrow() == rows.to_arrow()
    good: Any = pack_contract("post", packs=packs, rows=5)()
    for name in good.entity_names():
        good.test_rows_are_the_same_however_they_are_asked_for(name, "US")
        good.test_values_fit_and_survive_round_trips(name, "US")
        good.test_keys_are_unique_and_references_resolve(name, "US")
    path.rename(tmp_path / "away.csv")
    refused("no_given_rows", lambda: RowRange.of(World(1, packs=packs)["post.letter"][0:20]).view(packs).to_arrow())
    path.write_text("name\nanna\ncarla\n")
    refused("given_changed", lambda: travelling.view(packs).to_arrow())
    refused("given_changed", lambda: World(travelling.origin, packs=packs))


def test_a_set_has_the_rows_that_exist(csv: Path, tmp_path: Path) -> None:
    made = world(csv)
    closure = prepare(made, {"shop.order": 100})
    write_set(closure, tmp_path / "set", made.packs.format("csv")())  # type: ignore[arg-type, operator]
    customers = next((tmp_path / "set").glob("*customer.csv")).read_text().splitlines()
    assert customers[1].startswith("C00000,2020-01-01,0.00,")
    assert verify(tmp_path / "set", packs=PACKS).holds
    asked = prepare(made, {"shop.customer": COUNT, "shop.order": "all"})
    assert {table.spec.name: len(table.rows) for table in asked.tables} == {
        "customer": COUNT,
        "order": len(made["shop.order"]),
    }
    refused("beyond_given", lambda: prepare(made, {"shop.customer": COUNT + 1}))


def test_explanations_name_the_table(csv: Path) -> None:
    made = explain(world(csv), "shop.order", 3, "credit")
    assert made["world"]["given"]["shop.customer"]["location"] == str(csv)
    (node,) = (node for node in made["nodes"] if node["field"] == "shop.customer.credit")
    assert node["made_by"]["parameters"] == {"table": str(csv), "column": "credit"}
    assert replay(made, PACKS) == []


def test_what_is_kept_may_be_deleted(csv: Path, cache: Path) -> None:
    made = world(csv)
    first = made["shop.order"][0:50].to_arrow()
    assert (cache.stat().st_mode & 0o077) == 0
    for each in cache.iterdir():
        each.unlink()
    assert made.anew()["shop.order"][0:50].to_arrow() == first and made["shop.customer"].find("C00009") == 9
    old = cache / "old.arrow"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    write_csv(csv, customers(40))
    world(csv)
    assert not old.exists()


def test_a_cache_that_cannot_be_written(csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    refused("cache_unwritable", lambda: world(csv))


def test_definitions_that_cannot_be() -> None:
    with pytest.raises(DatamimicError, match="has no such rows"):

        @entity("thing")
        class Thing:
            name: str = field(given(), key=True)

    with pytest.raises(DatamimicError, match="no column of them"):

        @entity("thing", rows=source())
        class Another:
            name: str = field(serial("##"), key=True)

    with pytest.raises(DatamimicError, match="not found by a key"):

        @entity("thing")
        class Third:
            number: str = field(serial("##"), key=True)
            order: Order = field(ref(Order, key="number"))


def test_hashes_tell_texts_apart() -> None:
    texts = ["", "a", "aa", "a" * 8, "a" * 9, "b" + "a" * 8, "\0", "\0\0", "ä", "a" * 8 + "\0"]
    assert len(set(hashed([pa.array(texts)]).tolist())) == len(texts)
    assert hashed([pa.array(["x", *texts]).slice(1)]).tolist() == hashed([pa.array(texts)]).tolist()
    assert len(set(hashed([pa.array(range(-500, 500))]).tolist())) == 1000


def test_on_the_command_line(csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (datamimic.world, datamimic.cli.group):
        monkeypatch.setattr(module, "installed_packs", lambda: PACKS)
    runner = CliRunner()
    output = tmp_path / "orders.csv"
    arguments = ["generate", "order", "--seed", "1", "-n", "50", "--given", f"customer={csv}", "-o", str(output)]
    result = runner.invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "C00001" in output.read_text()
    assert runner.invoke(main, ["verify", str(output)]).exit_code == 0
    explained = runner.invoke(main, ["explain", "shop.order", "3", "credit", "--manifest", str(output)])
    assert explained.exit_code == 0, explained.output
    with csv.open("a") as stream:
        stream.write("C99999,2020-01-01,1,1,\n")
    result = runner.invoke(main, ["verify", str(output)])
    assert result.exit_code == 2 and "given_changed" in result.stderr


def test_a_request_is_answered_from_rows_that_exist(tmp_path: Path, csv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = Registry.of(plugin(), fleet)  # which has tables of countries
    asked = {
        "domain": "order",
        "version": "v1",
        "count": 5,
        "seed": "1",
        "locale": "en_US",
        "clock": "2026-01-01T00:00:00Z",
    }
    answer = generate_domain(asked, given={"customer": csv}, packs=packs)
    rows = World("1", "en_US", given={"customer": csv}, packs=packs)["order"][0:5]
    assert [item["order_no"] for item in answer["items"]] == [each.order_no for each in rows]
    people = generate_domain({**asked, "domain": "customer", "offset": COUNT - 5}, given={"customer": csv}, packs=packs)
    assert [item["customer_no"] for item in people["items"]] == [f"C{row:05d}" for row in range(COUNT - 5, COUNT)]
    refused("no_given_rows", lambda: generate_domain(asked, packs=packs))
    refused(
        "schema_validation_failed", lambda: generate_domain({**asked, "given": {"customer": str(csv)}}, packs=packs)
    )
    for module in (datamimic.cli.group, datamimic.world):
        monkeypatch.setattr(module, "installed_packs", lambda: packs)
    monkeypatch.setattr("datamimic.request.api.installed_packs", lambda: packs)
    monkeypatch.setattr("datamimic.cli.names.installed_packs", lambda: packs)
    result = CliRunner().invoke(main, ["request", "--given", f"customer={csv}"], input=json.dumps(asked))
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == answer
