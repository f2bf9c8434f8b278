"""How many children a parent has: by a table and a column of the parent, by an option, by a rule; and references that agree in
a value that is computed."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import (
    DatasetSource,
    Draw,
    Pack,
    Registry,
    Room,
    World,
    apportioned,
    children,
    count_of,
    entity,
    field,
    number,
    option,
    options,
    parent,
    ref,
    serial,
    via,
    weighted,
)
from datamimic.draws.address import Address
from datamimic.draws.block_children import BlockChildren
from datamimic.draws.counted_children import CountedChildren
from datamimic.draws.levelling import Levels, average_of_first
from datamimic.errors import DataError, DatamimicError, DefinitionError
from datamimic.tables.build import write_table
from datamimic.testing import pack_contract


@entity("dwelling", size=5_000)
class Dwelling:
    """Where meters are."""

    dwelling_id: str = field(serial("D-#####"), key=True, doc="id")
    kind: str = field(weighted("kinds", "kind"), doc="flat or house")
    rooms: int = field(number(1, 6), doc="rooms")
    region: str = field(apportioned("regions", "region", minimum=1), doc="region")


@entity("meter", size=8_000)
class Meter:
    """A meter of a dwelling: a house has more of them."""

    meter_id: str = field(serial("M-######"), key=True, doc="id")
    dwelling: Dwelling = field(parent(Dwelling, counts="meters", by="kind"), doc="where it is")
    kind: str = field(via("dwelling.kind"), doc="of the dwelling")
    region: str = field(via("dwelling.region"), doc="where it is")
    lamps: list[Any] = field(children("grid.lamp"), doc="lamps")
    many: int = field(count_of("lamps"), doc="how many lamps")


@options
class ReadingOptions:
    hours: int = option(24, doc="readings for each meter", minimum=1, maximum=96)


def by_hours(options: ReadingOptions) -> dict[int, float]:
    return {options.hours: 1.0}


@entity("reading", size=1_000, options=ReadingOptions)
class Reading:
    """A reading of a meter, as many as are asked for."""

    meter: Meter = field(parent(Meter, counts=by_hours), key=True, doc="whose")
    hour: int = field(lambda meter: meter.index, key=True, doc="hour")


def lamps(kind: Any, draw: Draw) -> Any:
    return np.where(kind == "house", 2, 0) + draw.integers(0, 3)


@entity("lamp", size=1_000)
class Lamp:
    """A lamp at a meter, more of them in houses."""

    lamp_id: str = field(serial("L-######"), key=True, doc="id")
    meter: Meter = field(parent(Meter, counts=lamps), doc="where")


@entity("outage", size=500)
class Outage:
    """An outage hits a meter of its region."""

    outage_id: str = field(serial("O-######"), key=True, doc="id")
    region: str = field(weighted("regions", "region"), doc="where")
    meter: Meter = field(ref(Meter, same="region"), doc="which meter it hits")
    size: int = field(number(1, 6), doc="rooms without light")
    dwelling: Dwelling = field(ref(Dwelling, same={"size": "rooms"}), doc="a dwelling of that size")


ENTITIES = [Dwelling, Meter, Reading, Lamp, Outage]
PROVENANCE: Any = {"source": "nobody", "licence": "CC0", "date": "2026", "method": "by hand", "grade": "E"}


class Grid:
    """The pack as a plugin that can be pickled."""

    def __init__(self, folder: Path, *entities: type) -> None:
        self.folder = folder
        self.entities = [*(entities or ENTITIES)]

    def datamimic_pack(self) -> Pack:
        return Pack("grid", "1.0", "Grid")

    def datamimic_entities(self) -> list[type]:
        return self.entities

    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("grid", self.folder)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("grid")
    tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {
        "kinds": (["kind", "weight"], [("flat", 3), ("house", 1)]),
        "regions": (["region", "weight"], [("north", 3), ("south", 1)]),
        "meters": (
            ["kind", "count", "weight"],
            [("flat", 0, 1), ("flat", 1, 3), ("house", 2, 1), ("house", 5, 1)],
        ),
    }
    for name, (columns, rows) in tables.items():
        write_table(place / "data", name, None, columns, rows, **PROVENANCE)
    return place


@pytest.fixture
def world(folder: Path) -> World:
    return World("demo", packs=Registry.of(Grid(folder)))


def test_a_table_by_a_column_of_the_parent(world: World) -> None:
    rows = world[Meter][0:4_000].to_arrow()
    of = Counter(rows["dwelling_id"].to_pylist())
    kind = dict(zip(rows["dwelling_id"].to_pylist(), rows["kind"].to_pylist(), strict=True))
    of.pop(rows["dwelling_id"][-1].as_py())
    assert {of[key] for key in of if kind[key] == "flat"} == {1}
    assert {of[key] for key in of if kind[key] == "house"} == {2, 5}
    dwellings = world[Dwelling][0:1_000].to_arrow()
    flats = [row["dwelling_id"] for row in dwellings.to_pylist() if row["kind"] == "flat"]
    without = sum(key not in of for key in flats) / len(flats)
    assert 0.2 < without < 0.3


def test_any_slice_is_the_same(world: World, folder: Path) -> None:
    whole = world[Meter][0:3_000].to_arrow()
    fresh = World("demo", packs=Registry.of(Grid(folder)))
    for start, stop in ((2_990, 3_000), (0, 1), (1_000, 1_700)):
        assert fresh[Meter][start:stop].to_arrow().equals(whole.slice(start, stop - start))
    backwards = np.arange(3_000)[::-1].astype(np.int64)
    assert fresh[Meter].gather(backwards).equals(pa.Table.to_batches(whole.take(backwards).combine_chunks())[0])
    assert pickle.loads(pickle.dumps(world[Meter][2_000:2_100])).to_arrow().equals(whole.slice(2_000, 100))
    other = World("demo", packs=Registry.of(Grid(folder)), sizes={"grid.meter": 100})
    assert other[Meter][0:3_000].to_arrow().equals(whole), "nor does the size matter"


def test_threads_share_the_index(folder: Path) -> None:
    whole = World("demo", packs=Registry.of(Grid(folder)))[Lamp][0:4_000].to_arrow()
    shared = World("demo", packs=Registry.of(Grid(folder)))

    def part(start: int) -> bool:
        return shared[Lamp][start : start + 200].to_arrow().equals(whole.slice(start, 200))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(part, reversed(range(0, 4_000, 200))))


def test_parents_and_children_agree(world: World) -> None:
    meters = world[Meter][0:300].to_arrow()
    lit = world[Lamp][0 : sum(meters["many"].to_pylist())].to_arrow()
    of = Counter(lit["meter_id"].to_pylist())
    assert [of[key] for key in meters["meter_id"].to_pylist()] == meters["many"].to_pylist()
    for kind, least, most in (("flat", 0, 3), ("house", 2, 5)):
        many = [n.as_py() for n, is_a in zip(meters["many"], meters["kind"], strict=True) if is_a.as_py() == kind]
        assert (min(many), max(many)) == (least, most)
    meter = world[Meter][17]
    assert [lamp.meter.meter_id for lamp in meter.lamps] == [meter.meter_id] * meter.many


def test_an_option_gives_the_counts(world: World) -> None:
    assert Counter(world[Reading][0:240].to_arrow()["meter_id"].to_pylist()) == Counter(
        dict.fromkeys(world[Meter][0:10].to_arrow()["meter_id"].to_pylist(), 24)
    )
    quarter = world[Reading].with_options(hours=96)[0:960].to_arrow()
    assert set(Counter(quarter["meter_id"].to_pylist()).values()) == {96}
    assert quarter["hour"].to_pylist()[:97] == [*range(96), 0]


def test_references_agree_in_what_is_computed(world: World) -> None:
    outages = world[Outage][0:500]
    made = outages.to_arrow()
    hit = {outage.meter.meter_id: outage for outage in outages}
    assert all(outage.meter.dwelling.region == outage.region for outage in hit.values())
    assert all(outage.dwelling.rooms == outage.size for outage in hit.values())
    assert len(hit) > 400, "every meter of the region may be hit"
    assert world[Outage][123:150].to_arrow().equals(made.slice(123, 27))


def test_what_no_row_has_is_said(folder: Path) -> None:
    @entity("loss")
    class Loss:
        size: int = field(number(6, 7))
        dwelling: Dwelling = field(ref(Dwelling, same={"size": "rooms"}))

    with pytest.raises(
        DataError, match="no row of dwelling has the rooms 7 that grid.loss.dwelling asks for"
    ) as caught:
        World(1, packs=Registry.of(Grid(folder)))[Loss][0:50].to_arrow()
    assert caught.value.code == "missing_group"


def test_the_contract_holds(world: World) -> None:
    contract: Any = pack_contract("grid", packs=world.packs)()
    for each in ("meter", "reading", "lamp", "outage"):
        contract.test_keys_are_unique_and_references_resolve(f"grid.{each}", "US")
        contract.test_rows_are_the_same_however_they_are_asked_for(f"grid.{each}", "US")


# -- what is refused ----------------------------------------------------------------------------------------------


def negative(rooms: Any) -> Any:
    return rooms - 3


def halves(rooms: Any) -> Any:
    return rooms / 2


def fewer(rooms: Any) -> Any:
    return rooms[1:]


def nothing(rooms: Any) -> Any:
    return np.ma.MaskedArray(rooms, rooms > 3)


def childless(rooms: Any) -> Any:
    return rooms * 0


def fails(rooms: Any) -> Any:
    return rooms.of_the_house


def no_distribution(options: Any) -> Any:
    return {}


def unknown(attic: Any) -> Any:
    return attic


def sisters(family: Any) -> Any:
    return family


@pytest.mark.parametrize(
    ("rule", "code", "said"),
    [
        (negative, "bad_count", "grid.dwelling has -"),
        (halves, "bad_count", "float64"),
        (fewer, "bad_count", "1023 for 1024 rows"),
        (nothing, "bad_count", "has null children"),
        (childless, "bad_count", "has no row 0"),
        (fails, "rule_failed", "AttributeError"),
        (no_distribution, "bad_count", "no parent would have a child"),
        (unknown, "unknown_parameter", "attic"),
        (sisters, "bad_rule", "family"),
    ],
)
def test_counts_that_are_none(folder: Path, rule: Callable[..., Any], code: str, said: str) -> None:
    def make() -> None:
        @entity("child")
        class Child:
            dwelling: Dwelling = field(parent(Dwelling, counts=rule))

        World(1, packs=Registry.of(Grid(folder)))[Child][0:1].to_arrow()

    with pytest.raises(DatamimicError) as caught:
        make()
    error = caught.value
    assert error.code == code and said in error.message, error.message
    assert error.file == __file__ and error.line is not None
    if code in ("bad_count", "rule_failed"):
        source = Path(__file__).read_text(encoding="utf-8").splitlines()[error.line - 1]
        assert source.startswith(f"def {rule.__name__}") and "child.dwelling" in error.message


def test_a_rule_that_needs_the_children_is_a_circle(folder: Path) -> None:
    @entity("box")
    class Box:
        box_id: str = field(serial("B-###"), key=True)
        lids: list[Any] = field(children("grid.lid"))
        many: int = field(count_of("lids"))

    @entity("lid")
    class Lid:
        box: Box = field(parent(Box, counts=lambda many: many + 1))

    with pytest.raises(DefinitionError, match="how many grid.lid.box there are is computed") as caught:
        World(1, packs=Registry.of(Grid(folder, Box, Lid)))["grid.lid"][0:1].to_arrow()
    assert caught.value.code == "cycle"


# -- the index ----------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**32), st.lists(st.integers(0, 60_000), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_both_directions_are_inverse(seed: int, asked: list[int]) -> None:
    def count(rows: Any) -> Any:
        return ((rows * 2_654_435_761 + seed) >> 7) % 4

    laid = CountedChildren(count, 100, "things")
    children_ = np.array(asked, dtype=np.int64)
    parents, index, counts = laid.parents(children_)
    first, again = laid.of(parents)
    assert (first + index == children_).all() and (again == counts).all() and (index < counts).all()
    assert (counts == count(parents)).all() and laid.largest <= 3
    every = np.arange(int(parents.max()) + 1, dtype=np.int64)
    assert (laid.of(every)[0] == np.cumsum(count(every)) - count(every)).all()


# -- blocks -------------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**32), st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_children_of_blocks_are_found_from_their_block_alone(seed: int, asked: list[int]) -> None:
    looked_at: set[int] = set()

    def count(rows: Any) -> Any:
        looked_at.update(np.unique(rows // 100).tolist())
        return ((rows * 7 + seed + rows // 100) % 100 < 30) * (1 + rows % 2)

    laid = BlockChildren(count, 100, 45, "things")
    children_ = np.array(asked, dtype=np.int64)
    parents, index, counts = laid.parents(children_)
    first, again = laid.of(parents)
    assert (first + index == children_).all() and (again == counts).all() and (index < counts).all()
    assert (counts == count(parents)).all() and laid.largest >= 2
    assert looked_at == {row // 45 for row in asked}


def test_children_of_blocks_that_do_not_add_up_are_refused() -> None:
    few, many = (BlockChildren(lambda rows: np.ones_like(rows), 10, most, "things") for most in (11, 9))
    assert few.parents(np.array([9]))[0].tolist() == [9]
    for laid, child in ((few, 10), (many, 0), (BlockChildren(np.zeros_like, 10, 0, "things"), 0)):
        with pytest.raises(DefinitionError) as caught:
            laid.parents(np.array([child]))
        assert caught.value.code == "bad_count"


def test_a_block_is_of_rules_over_columns_and_asks_for_the_world_alone() -> None:
    for counts, rule in (({1: 1}, lambda world: 1), (lambda rooms: rooms, lambda rooms: 1)):
        with pytest.raises(DefinitionError) as caught:
            parent(Dwelling, counts=counts, each_block=(10, rule)).bind("Meter.dwelling")
        assert caught.value.code == "bad_field"


def test_numbers_are_levelled_within_their_room_and_found_far_away() -> None:
    counted: set[int] = set()

    def numbers(rows: Any) -> Any:
        counted.update(np.unique(rows // 100).tolist())
        return (rows * 2_654_435_761 >> 9) % 5

    assert average_of_first(numbers, 100, None) == numbers(np.arange(400)).mean()
    assert average_of_first(numbers, 100, 250) == numbers(np.arange(250)).mean()
    levels = Levels(100, 2.02, Address.of("levels", "US", "core.things", "of"), "things")

    def count(rows: Any) -> Any:
        drawn = numbers(rows)
        return levels.of(rows, drawn, Room(np.minimum(drawn, 1), drawn + (drawn > 0), drawn.astype(np.float64)))

    far = np.arange(10**9, 10**9 + 300)
    moved, drawn = count(far), numbers(far)
    assert moved.reshape(3, 100).sum(axis=1).tolist() == [202] * 3 and levels.per_block == 202
    assert ((moved > 0) == (drawn > 0)).all() and (np.abs(moved - drawn) <= 1).mean() > 0.9
    counted.clear()
    laid = BlockChildren(count, 100, levels.per_block, "things")
    parents, index, counts = laid.parents(np.array([202 * 10**7 + 5]))
    assert parents[0] // 100 == 10**7 and index[0] < counts[0] and counted == {10**7}


def test_levels_that_no_room_reaches_are_refused() -> None:
    nothing, some = np.zeros(10, dtype=np.int64), np.ones(10, dtype=np.int64)
    levels = Levels(10, 1.0, Address.of("levels", "US", "core.things", "of"), "things")
    for numbers, room in (
        (nothing, Room(nothing, nothing, np.zeros(10))),
        (some * 2, Room(some * 2, some * 2, np.ones(10))),
    ):
        with pytest.raises(DefinitionError) as caught:
            levels.of(np.arange(10), numbers, room)
        assert caught.value.code == "bad_count"
    with pytest.raises(DefinitionError) as caught:
        parent(Dwelling, counts=lambda rooms: rooms, each_block=10).bind("Meter.dwelling")
    assert caught.value.code == "bad_field"
