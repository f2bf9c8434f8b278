"""Breaks at exact counts, with an answer key that says all that differs from the clean twin, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner

from datamimic import (
    Breaks,
    DatamimicError,
    Draw,
    Lists,
    Registry,
    Struct,
    World,
    choice,
    days_before,
    entity,
    field,
    number,
    record,
    serial,
    verify,
)
from datamimic.cli import main
from datamimic.columns import Ints
from datamimic.engine.breaking.order import Order
from datamimic.plugin import Pack, hookimpl
from datamimic.reproducing.reproduction import reproduce


@record
class Entry:
    entry_no: int
    amount: int
    booked_on: date
    account_id: str


def entries(draw: Draw) -> Lists[Any]:
    counts = draw.integers(0, 4, "how many")
    inside = draw.items(counts)
    numbers, amounts = inside.integers(1, 10_000, "number"), inside.integers(100, 99_999, "amount")
    days = np.datetime64("2025-01-01") + inside.integers(0, 300, "day")
    accounts = np.array([f"ACC{each}" for each in inside.integers(1, 50, "account").tolist()], dtype=object)
    return Lists(counts, Struct({"entry_no": numbers, "amount": amounts, "booked_on": days, "account_id": accounts}))


@entity("payment", breaks=Breaks(rejected="RJCT"))
class Payment:
    """What somebody pays."""

    payment_id: str = field(serial("P########"), key=True)
    account_id: str = field(serial("A######"))
    value_date: date = field(days_before("clock", up_to=300))
    amount: Decimal = field(lambda draw: draw.integers(1, 1_000_000, "amount"))
    status: str = field(choice(["booked", "pending", "RJCT"]))
    entries: list[Entry] = field(entries)
    weight: int = field(number(1, 9))


@record
class Page:
    number: int
    entries: list[Entry]


def pages(draw: Draw) -> Lists[Any]:
    counts = draw.integers(0, 3, "how many")
    inside = draw.items(counts)
    return Lists(counts, Struct({"number": inside.integers(1, 9, "number"), "entries": entries(inside)}))


@entity("statement")
class Statement:
    """Payments in pages."""

    statement_id: str = field(serial("S########"), key=True)
    pages: list[Page] = field(pages)


class Bank:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("bank", "1.0.0", "Payments")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Payment, Statement]


PACKS = Registry.of(Bank())
COUNTS = {
    "missing": 11, "duplicate": 7, "late": 5, "altered": 6, "out_of_order": 9, "wrong_account": 4, "rejected": 3,
    "entries.missing": 4, "entries.duplicate": 3, "entries.altered": 5, "entries.late": 2, "entries.out_of_order": 3,
    "entries.wrong_account": 2,
}  # fmt: skip
ROWS = World("1", packs=PACKS)["payment"][100:2_100]
CLEAN = ROWS.to_arrow().to_pylist()


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cli.names", "cli.options", "cli.generate", "world", "plugins.described"):
        monkeypatch.setattr(f"datamimic.{module}.installed_packs", lambda: PACKS)


def replayed(answers: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """What the key says of every row: (row, what it becomes), built without the machine."""
    for each in answers:
        row = dict(CLEAN[each["row"] - 100])
        kind = each["kind"].rpartition(".")[2]
        if each["item"] is not None:
            items = list(row["entries"])
            item = each["item"]
            if kind == "missing":
                del items[item]
            elif kind == "duplicate":
                items.insert(item, items[item])
            elif kind == "out_of_order":
                items[item], items[item + 1] = items[item + 1], items[item]
            else:
                name = each["field"].removeprefix("entries.")
                assert str(items[item][name]) == each["original"]
                items[item] = {
                    **items[item],
                    name: type(items[item][name]) and _like(items[item][name], each["broken"]),
                }
            row["entries"] = items
        elif each["field"]:
            assert str(row[each["field"]]) == each["original"]
            row[each["field"]] = _like(row[each["field"]], each["broken"])
        yield each["position"], None if kind == "missing" and each["item"] is None else row


def _like(value: Any, text: str) -> Any:
    return date.fromisoformat(text) if isinstance(value, date) else type(value)(text)


def test_the_key_tells_all_that_differs_from_the_clean_twin() -> None:
    broken = ROWS.broken(**COUNTS)
    answers = broken.answers().to_pylist()
    said: dict[str, int] = {}
    for each in answers:
        said[each["kind"]] = said.get(each["kind"], 0) + 1
        assert each["key"] == CLEAN[each["row"] - 100]["payment_id"]
    assert said == COUNTS
    made = broken.to_arrow().to_pylist()
    assert len(made) == len(CLEAN) - 11 + 7
    for position, row in replayed(answers):
        assert row is None if position is None else made[position] == row
    # Without the places that the key names, what is left is the clean twin without the rows that it names, in order.
    places = {each["position"] for each in answers}
    moved = {each["row"] - 100 for each in answers if each["kind"] != "duplicate"}
    left = [row for place, row in enumerate(made) if place not in places]
    assert left == [row for place, row in enumerate(CLEAN) if place not in moved]


def test_items_of_lists_within_a_list_are_broken() -> None:
    rows = World("1", packs=PACKS)["statement"][0:400]
    kinds = ("missing", "duplicate", "late", "altered", "out_of_order", "wrong_account")
    broken = rows.broken(**{f"pages.entries.{kind}": 4 for kind in kinds})
    clean, made = rows.to_arrow().to_pylist(), broken.to_arrow().to_pylist()
    answers = broken.answers().to_pylist()
    assert len(answers) == 24 and any(each["item"] > 3 for each in answers)
    for each in answers:
        kind, item = each["kind"].rpartition(".")[2], each["item"]
        row = clean[each["row"]]
        for page in row["pages"]:
            if item >= len(page["entries"]):
                item -= len(page["entries"])
                continue
            items = page["entries"]
            if kind == "missing":
                del items[item]
            elif kind == "duplicate":
                items.insert(item, items[item])
            elif kind == "out_of_order":
                items[item], items[item + 1] = items[item + 1], items[item]
            else:
                name = each["field"].removeprefix("pages.entries.")
                assert str(items[item][name]) == each["original"] != each["broken"]
                items[item] = {**items[item], name: _like(items[item][name], each["broken"])}
            break
    assert clean == made
    assert (
        made[100:200] == rows.broken(**{f"pages.entries.{kind}": 4 for kind in kinds})[100:200].to_arrow().to_pylist()
    )


def test_kinds_do_what_they_say() -> None:
    for each in ROWS.broken(**COUNTS).answers().to_pylist():
        match each["kind"].rpartition(".")[2]:
            case "late":
                days = date.fromisoformat(each["broken"]) - date.fromisoformat(each["original"])
                assert timedelta(0) < days <= timedelta(5)
            case "altered":
                assert Decimal(each["broken"]) != Decimal(each["original"])
            case "rejected":
                assert each["original"] != "RJCT" == each["broken"]
            case "wrong_account":
                assert each["broken"] != each["original"]
            case "out_of_order" if each["item"] is None:
                assert each["position"] is not None


@pytest.mark.parametrize("step", [1, 7, 333])
def test_any_slice_is_the_same(step: int) -> None:
    broken = ROWS.broken(**COUNTS)
    whole = broken.to_arrow()
    some = range(0, len(broken), step) if step > 1 else range(60)
    for start in some:
        assert broken[start : start + step].to_arrow().to_pylist() == whole.slice(start, step).to_pylist()
    assert (
        broken.select(["payment_id", "amount"]).to_arrow().to_pylist()
        == whole.select(["payment_id", "amount"]).to_pylist()
    )


def test_more_of_one_kind_leaves_the_others() -> None:
    few, more = (ROWS.broken(missing=3, altered=count).answers().to_pylist() for count in (3, 9))
    rows = {each["row"] for each in more if each["kind"] == "altered"}
    assert {each["row"] for each in few if each["kind"] == "altered"} < rows
    assert [each["row"] for each in few if each["kind"] == "missing"] == [
        each["row"] for each in more if each["kind"] == "missing"
    ]


def test_every_row_can_be_broken() -> None:
    assert len(ROWS[:50].broken(missing=50)) == 0
    assert len(ROWS[:50].broken(duplicate=50)) == 100
    with pytest.raises(DatamimicError) as caught:
        ROWS[:50].broken(missing=50, altered=1)
    assert caught.value.code == "invalid_count" and "0 rows" in str(caught.value)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"lost": 1}, "is no break of bank.payment"),
        ({"alterd": 1}, "did you mean 'altered'"),
        ({"entries.rejected": 1}, "is no break of bank.payment"),
        ({"missing": -1}, "-1 breaks"),
        ({"negative": 1}, "there are no rules to break"),
    ],
)
def test_what_cannot_be_broken_is_refused(counts: Mapping[str, int], says: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        ROWS.broken(**counts)
    assert says in f"{caught.value} {caught.value.hint}"


def test_an_order_is_that_of_a_list() -> None:
    draw = Draw(("1", "US", "order", "test"), np.arange(200))
    sizes = draw.integers(1, 40, "size").tolist()
    for case, size in enumerate(sizes):
        own: Ints = Draw((str(case), "US", "order", "case"), np.arange(12)).integers(0, size, "row")
        gone = sorted(set(own[:3].tolist()))
        put = [(min(row + 1 + place, size), row) for place, row in enumerate(own[3:6].tolist())]
        listed: list[int] = []
        for row in range(size + 1):
            listed += [again for boundary, again in put if boundary == row]
            listed += [row] if row < size and row not in gone else []
        order = Order.of(size, gone, put)
        assert order.length == len(listed)
        assert order.rows(0, order.length).tolist() == listed
        assert [listed[place] for place in order.positions_of_put().tolist()] == [row for _, row in put]


def dm(*arguments: str) -> Any:
    return CliRunner().invoke(main, list(arguments))


def test_breaks_are_written_verified_and_made_again(tmp_path: Path) -> None:
    out = tmp_path / "bank.jsonl"
    asked = ["--break", "missing=3", "--break", "altered=2", "--break", "entries.altered=2"]
    made = dm("generate", "bank.payment", "-n", "20000", "--seed", "1", "-o", str(out), *asked)
    assert made.exit_code == 0, made.output
    with (tmp_path / "bank.jsonl.answers.csv").open(newline="", encoding="utf-8") as file:
        kinds = [row["kind"] for row in csv.DictReader(file)]
    assert sorted(kinds) == ["altered"] * 2 + ["entries.altered"] * 2 + ["missing"] * 3
    assert [each.verdict for each in verify(out, packs=PACKS).outputs] == ["byte-identical"]
    assert reproduce(f"{out}.manifest.json", tmp_path / "again.jsonl", packs=PACKS).holds
    (tmp_path / "bank.jsonl.answers.csv").write_text("lost", encoding="utf-8")
    assert list(verify(out, packs=PACKS).other_files) == ["bank.jsonl.answers.csv"]
    parts = dm("generate", "bank.payment", "-n", "20000", "--seed", "1", "-o", str(tmp_path / "parts"), *asked,
               "--parts", "2", "--format", "jsonl", "--engine", "threads")  # fmt: skip
    assert parts.exit_code == 0, parts.output
    whole = b"".join((tmp_path / "parts" / f"part-0000{number}.jsonl").read_bytes() for number in range(2))
    assert whole == out.read_bytes()


def test_an_answer_key_goes_where_it_is_asked_for(tmp_path: Path) -> None:
    key = tmp_path / "key.parquet"
    made = dm("generate", "bank.payment", "-n", "50", "--seed", "1", "--break", "missing=3", "--answers", str(key))
    assert made.exit_code == 0 and len(made.stdout.splitlines()) == 47
    assert pa.parquet.read_table(key).num_rows == 3
    refused = dm("generate", "bank.payment", "-n", "50", "--seed", "1", "--break", "missing=3")
    assert refused.exit_code == 2 and "no place on standard output" in refused.stderr
