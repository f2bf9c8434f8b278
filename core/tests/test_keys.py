"""A key tells its row, without a look at others."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from fleet import DATA

from datamimic import DatamimicError, DatasetSource, Draw, Pack, Registry, Text, World, entity, field, ref, serial
from datamimic.errors import UnknownName


def keys(world: World, rows: slice) -> list[str]:
    found: list[str] = world["depot"][rows].select(["depot_id"]).to_arrow()["depot_id"].to_pylist()
    return found


def test_a_key_tells_its_row(world: World) -> None:
    rows = world["depot"]
    assert [rows.find(key) for key in keys(world, slice(0, 50))] == [*range(50)]
    assert rows.find(keys(world, slice(9_000, 9_001))[0]) == 9_000


@pytest.mark.parametrize("key", ["DP-12", "XX-1234", "DP-12a4", ""])
def test_a_key_that_no_row_has_is_refused(world: World, key: str) -> None:
    with pytest.raises(UnknownName) as caught:
        world["depot"].find(key)
    assert caught.value.code == "unknown_value"


def test_a_key_of_a_later_row_is_refused(world: World) -> None:
    with pytest.raises(UnknownName):
        world["depot"][0:5].find(keys(world, slice(5, 6))[0])


def _one_of_the_first(draw: Draw) -> Any:
    return draw.integers(0, 1_499)


@entity("thing")
class Thing:
    """What has numbers of one digit and more."""

    thing_id: str = field(serial("T#-{country}", grows=True), key=True, doc="number")
    half_id: str = field(
        serial("#", part=lambda _, values: (values // 2, values // 2), grows=True), doc="the upper half"
    )


@entity("label")
class Label:
    """What is about things of all lengths."""

    label_id: str = field(serial("L###"), key=True, doc="number")
    thing: Thing = field(ref(Thing, by=_one_of_the_first), doc="one of them")


def grown() -> World:
    pack = SimpleNamespace(
        datamimic_pack=lambda: Pack("grown", "1.0", "Numbers that grow"),
        datamimic_entities=lambda: [Thing, Label],
        datamimic_datasets=lambda: [DatasetSource("grown", DATA)],
    )
    return World("keys", packs=Registry.of(pack))


def test_numbers_grow_where_there_are_more_rows_than_numbers() -> None:
    rows = grown()["grown.thing"]
    table = rows[0:1_500].to_arrow()
    numbers = table["thing_id"].to_pylist()
    assert len({*numbers}) == 1_500 and [rows.find(number) for number in numbers[::7]] == [*range(0, 1_500, 7)]
    assert [len(number) for number in (numbers[9], numbers[10], numbers[109], numbers[110], numbers[1_110])] == [
        5,
        6,
        6,
        7,
        8,
    ]
    assert numbers[7:130] == rows[7:130].to_arrow()["thing_id"].to_pylist() and rows[1_117].thing_id == numbers[1_117]
    halves = table["half_id"].to_pylist()
    assert len({*halves}) == 1_500 and all(half[0] in "56789" for half in halves)
    assert len(rows[4_000_000_000].thing_id) == 14


def test_keys_in_any_order_tell_their_rows_together() -> None:
    world = grown()
    rows = np.array([1_200, 3, 3, 111, 10, 9, 1_499])
    spec = world.spec("grown.thing")
    for name in ("thing_id", "half_id"):
        told = world.batch(spec, rows).column(name).tolist()
        texts = ["", *told, None, "TX-US", "T12-DE", "T١-US", "é#-US"]
        address = world.address(world.stream(spec), name)
        expected = [-1, *rows, -1, -1, -1, -1, -1]
        for values in (Text.of(texts), Text.plain(pa.array(texts).dictionary_encode())):
            assert spec.fields[name].generator.rows_of(values, address).tolist() == expected
        some = Text.plain(pa.array(texts)[4:9])
        assert spec.fields[name].generator.rows_of(some, address).tolist() == expected[4:9]


def test_rows_refer_to_numbers_of_all_lengths() -> None:
    labels = grown()["grown.label"][0:300]
    things = grown()["grown.thing"][0:1_500].to_arrow()["thing_id"].to_pylist()
    told = labels.to_arrow()["thing_id"].to_pylist()
    assert {len(number) for number in told} >= {7, 8} and {*told} <= {*things}
    assert told[40:60] == labels[40:60].to_arrow()["thing_id"].to_pylist()


def test_numbers_that_do_not_grow_are_refused_beyond_the_last() -> None:
    with pytest.raises(DatamimicError, match="1000 different values"):
        grown()["grown.label"][0:1_001]


@pytest.mark.parametrize(("pattern", "letters"), [("AB-??", 24), ("**", 34)])
def test_patterns_without_digits_number_rows_and_do_not_grow(pattern: str, letters: int) -> None:
    assert serial(pattern).capacity() == serial(pattern, grows=True).capacity() == letters**2
