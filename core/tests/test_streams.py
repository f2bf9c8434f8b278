"""Rows and changes as records of a stream: keyed, in order, confirmed, whatever ends it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from click.testing import CliRunner
from parcels import PACKS, WORLD

import datamimic.cli.group
import datamimic.world
from datamimic import Pack, Registry, Sending, StreamRecord, StreamTarget, World
from datamimic.base.pace import Pace
from datamimic.cli import main
from datamimic.engine.changes import told
from datamimic.errors import DatamimicError, OutputError
from datamimic.output.paced import rows_on_and_on
from datamimic.output.streamed import send, stream_target, with_key


class Refused(Exception):
    """What the library of a broker raises."""


class Box(Sending):
    """Takes all, and confirms at once; `breaks` after so many, with what is raised then."""

    refusals = (Refused,)

    def __init__(self, breaks: int | None, error: type[BaseException]) -> None:
        self.records: list[StreamRecord] = []
        self.portions: list[int] = []
        self.settled: list[float | None] = []
        self.closed = 0
        self._breaks, self._error = breaks, error

    @property
    def confirmed(self) -> int:
        return len(self.records)

    def send(self, records: Sequence[StreamRecord]) -> None:
        self.portions.append(len(records))
        for each in records:
            if len(self.records) == self._breaks:
                raise self._error("me:geheim@box does not want it")
            self.records.append(each)

    def settle(self, seconds: float | None = None) -> None:
        self.settled.append(seconds)

    def close(self) -> None:
        self.closed += 1


class BoxTarget(StreamTarget):
    """A broker in memory."""

    name = "box"
    schemes = ("box",)
    breaks: int | None = None
    error: type[BaseException] = Refused
    opened: list[Box] = []  # noqa: RUF012

    def open(self, place: str) -> Sending:
        made = Box(self.breaks, self.error)
        self.opened.append(made)
        return made


class Boxes:
    """Brings the broker."""

    def datamimic_pack(self) -> Pack:
        return Pack("boxes", "1.0", "Test")

    def datamimic_streams(self) -> list[type]:
        return [BoxTarget]


BOTH = Registry.of(*(PACKS._plugins or ()), Boxes())
PLACE = "box://me:geheim@box/orders"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoxTarget, "opened", [])
    for module in (datamimic.world, datamimic.cli.group):
        monkeypatch.setattr(module, "installed_packs", lambda: BOTH)


def box() -> Box:
    [found] = BoxTarget.opened
    return found


def world() -> World:
    return World(WORLD.origin, packs=BOTH)


def test_changes_are_records_with_the_key_of_their_row_in_order_of_time() -> None:
    rows = world()["post.parcel"][0:40]
    view, added = with_key(rows.select(["status"]))
    counts: list[int] = []
    send(told(view).batches(), view, added, PLACE, Pace(None), counts.append)
    records = box().records
    values = [json.loads(each.value) for each in records]
    expected = rows.changes().read_all().num_rows
    assert counts == [len(records)] == [expected] and expected > 60
    assert [each["at"] for each in values] == sorted(each["at"] for each in values)
    assert set(values[0]) == {"op", "at", "status"}, "what makes the key is not sent"
    keys = {each.key for each in records if each.key is not None}
    assert {key.decode() for key in keys} == set(rows.to_arrow().column(added[0]).to_pylist())
    for key in keys:
        operations = [each["op"] for each, record in zip(values, records, strict=True) if record.key == key]
        assert operations[0] == "insert" and "insert" not in operations[1:]
    assert all(each.headers == {"datamimic-entity": "post.parcel"} for each in records)
    assert box().settled == [None] and box().closed == 1


def test_rows_are_sent_at_a_pace() -> None:
    now, waits = [0.0], []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    rows = world()["post.parcel"][0:100]
    view, added = with_key(rows)
    assert added == ()
    send(rows_on_and_on(view), view, added, PLACE, Pace(100, lambda: now[0], wait), lambda _: None)
    assert box().portions == [5] * 20 and sum(waits) == pytest.approx(0.95)
    assert json.loads(box().records[0].value).keys() == set(rows.to_arrow().column_names)


def test_what_breaks_says_how_many_are_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoxTarget, "breaks", 7)
    view, added = with_key(world()["post.parcel"][0:20])
    counts: list[int] = []
    with pytest.raises(OutputError) as caught:
        send(rows_on_and_on(view), view, added, PLACE, Pace(None), counts.append)
    assert caught.value.code == "output_failed" and "after 7 records" in caught.value.message
    assert "geheim" not in caught.value.render()
    assert counts == [7] and box().closed == 1


def test_who_interrupts_waits_a_moment_for_what_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoxTarget, "breaks", 7)
    monkeypatch.setattr(BoxTarget, "error", KeyboardInterrupt)
    view, added = with_key(world()["post.parcel"][0:])
    counts: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        send(rows_on_and_on(view), view, added, PLACE, Pace(None), counts.append)
    assert box().settled == [1.0] and box().closed == 1 and counts == [7]


def test_places_that_nothing_takes() -> None:
    for place, code in (
        ("carrier-pigeon://me:geheim@coop/orders", "unknown_stream"),
        ("kafka://me:geheim@coop/orders", "missing_dependency"),
        ("amqps://me:geheim@coop/orders", "missing_dependency"),
    ):
        with pytest.raises(DatamimicError) as caught:
            stream_target(BOTH, place)
        assert caught.value.code == code and "geheim" not in caught.value.render()


@pytest.mark.parametrize("command", ["generate", "changes"])
def test_on_the_command_line(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments: list[Any] = [command, "post.parcel", "--seed", "1", "-o", PLACE]
    result = CliRunner().invoke(main, [*arguments, "-n", "30", "--rate", "100000/s"])
    assert result.exit_code == 0, result.output
    assert f"{len(box().records):,} records in box://***@box/orders" in result.stderr and len(box().records) >= 30
    monkeypatch.setattr(BoxTarget, "opened", [])
    monkeypatch.setattr(BoxTarget, "breaks", 500)
    result = CliRunner().invoke(main, [*arguments, "--follow"])
    assert result.exit_code == 2 and "500 records in box" in result.stderr and "output_failed" in result.stderr
    for wrong in (["--format", "csv"], ["--format-option", "a=b"], ["-o", "x.csv", "--follow"]):
        refused = CliRunner().invoke(main, [*arguments, *wrong])
        assert refused.exit_code == 2 and "invalid_option" in refused.stderr, refused.output
    more = [["--versions"], ["--by-day"]] if command == "changes" else [["--profile"], ["--parts", "2"]]
    for wrong in more:
        refused = CliRunner().invoke(main, [*arguments, *wrong])
        assert refused.exit_code == 2 and "geheim" not in refused.output, refused.output
