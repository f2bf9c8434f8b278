"""Groups whose templates are dealt, their members, and roles of members: exact shares, both ways, in any slice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import (
    DatasetSource,
    Draw,
    Pack,
    Registry,
    World,
    children,
    dealt,
    embed,
    entity,
    fellow,
    field,
    from_row,
    holders_among,
    kin_rank,
    member_row,
    members,
    option,
    options,
    otherwise,
    rank_within,
    role,
    role_of,
    serial,
    shared,
    spec_of,
    trait,
)
from datamimic.draws.address import Address
from datamimic.draws.ring import BLOCK, Holders, Membership, Ring
from datamimic.errors import DefinitionError
from datamimic.tables.build import write_table


@options
class SailorOptions:
    """Who sails."""

    least: int = option(0, doc="least rank", minimum=0)


@entity("anchor")
class Anchor:
    """A part of a boat."""

    weight: int = field(lambda draw: draw.integers(10, 99), doc="weight")
    owner: str = field(lambda rows, draw: Draw(draw.address, rows).integers(0, 1).astype(str), hidden=True)


@entity("boat")
class Boat:
    """A boat with its crew."""

    boat_id: str = field(serial("B-######"), key=True, doc="id")
    template: int = field(dealt("crews"), internal=True)
    kind: str = field(from_row("crews", "kind", row="template"), doc="kind")
    harbour: int = field(lambda draw: draw.integers(0, 9), doc="harbour")
    anchor: Anchor = field(embed(Anchor, only=("weight",)), doc="anchor")
    crew: list[Sailor] = field(children("sea.sailor"), doc="crew")


@entity("sailor", options=SailorOptions)
class Sailor:
    """One of a crew."""

    sailor_id: str = field(serial("S-######"), key=True, doc="id")
    boat: Boat | None = field(members(Boat, "crew_members", by="template", unless=lambda options: options.least > 0))
    member: int = field(member_row("boat"), internal=True)
    rank: int = field(
        lambda member, data, options: np.where(member < 0, options.least, data["crew_members"].ints("rank")[member]),
        doc="rank",
    )
    harbour: int = field(shared("boat", lambda draw: draw.integers(10, 19)), doc="harbour")
    anchor: Anchor = field(embed(Anchor, only=("weight",), shared="boat"), doc="the boat's anchor")
    mate: Sailor | None = field(fellow("sea.sailor", "mate", group="boat"), doc="mate")
    skill: str | None = field(trait("skills", value="skill"), doc="skill")
    cooking: int = field(kin_rank("skill", ["cook"]), internal=True)
    cooking_rank: int = field(rank_within("harbour", kin="cooking"), internal=True)
    diver: Diver | None = field(role_of("sea.diver"), hidden=True)
    pilot: Any | None = field(role_of("port.pilot"), hidden=True)
    name: str = field(lambda draw: draw.integers(0, 1 << 40).astype(str), doc="name")


@entity("diver", options=SailorOptions, hide=("boat", "mate"))
class Diver(Sailor):
    """A sailor who dives."""

    diver_id: str = field(serial("D-######"), key=True, doc="id")
    sailor: Sailor | None = field(role(Sailor, shares="divers"), hidden=True)
    rank: int = field(otherwise(lambda rows: rows * 0 + 77), doc="rank")
    depth: int = field(lambda rank, draw: rank * 100 + draw.integers(0, 9), doc="depth")


@entity("cook", options=SailorOptions, hide=("boat", "mate"))
class Cook(Sailor):
    """A sailor who cooks."""

    cook_id: str = field(serial("K-######"), key=True, doc="id")
    sailor: Sailor | None = field(role(Sailor, having={"skill": "cook"}), hidden=True)


@entity("pilot", options=SailorOptions, hide=("boat", "mate"))
class Pilot(Sailor):
    """A sailor who knows the harbour: of a pack that has tables of the United States only."""

    pilot_id: str = field(serial("L-######"), key=True, doc="id")
    sailor: Sailor | None = field(role(Sailor, shares="pilots"), hidden=True)


class Port:
    """The pack of pilots."""

    def __init__(self, folder: Path) -> None:
        about = {"source": "test", "licence": "MIT", "date": "2026", "method": "by hand", "grade": "E"}
        write_table(folder / "data", "pilots", "US", ["rank", "share"], [(1, 0.5), (2, 0.5), (3, 0.5)], **about)
        self.folder = folder

    def datamimic_pack(self) -> Pack:
        return Pack("port", "1", "pilots")

    def datamimic_entities(self) -> list[type]:
        return [Pilot]

    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("port", self.folder)]


class Sea:
    """The pack of these entities."""

    def __init__(self, folder: Path) -> None:
        about = {"source": "test", "licence": "MIT", "date": "2026", "method": "by hand", "grade": "E"}
        write_table(
            folder / "data", "crews", None, ["template", "kind", "weight"], [(0, "dinghy", 3), (1, "ship", 1)], **about
        )
        rows = [(0, 1, -1), (1, 3, 1), (1, 2, 0), (1, 1, -1)]
        write_table(folder / "data", "crew_members", None, ["template", "rank", "mate"], rows, **about)
        shares = [
            ("cook", 1, 0.25),
            ("cook", 2, 0.5),
            ("cook", 3, 0.0),
            ("smith", 1, 0.5),
            ("smith", 2, 0.5),
            ("smith", 3, 1.0),
        ]
        write_table(folder / "data", "skills", None, ["skill", "rank", "share"], shares, **about)
        write_table(folder / "data", "divers", None, ["rank", "share"], [(1, 0.1), (2, 0.3), (3, 0.7)], **about)
        for country in ("US", "DE"):
            write_table(folder / "data", "flags", country, ["flag"], [("blue",)], **about)
        self.folder = folder

    def datamimic_pack(self) -> Pack:
        return Pack("sea", "1", "boats")

    def datamimic_entities(self) -> list[type]:
        return [Boat, Sailor, Diver, Cook]

    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("sea", self.folder)]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return Registry.of(Sea(tmp_path_factory.mktemp("sea")))


@pytest.fixture(scope="module")
def world(packs: Registry) -> World:
    return World("roles", clock="2026-01-01T00:00:00Z", packs=packs)


def table(world: World, entity: str, rows: slice, *columns: str) -> dict[str, list]:
    return world[entity][rows].select([*columns]).to_arrow().to_pydict()


def test_every_block_has_its_members_and_its_roles_exactly(world: World) -> None:
    boats = table(world, "sea.boat", slice(0, 3 * BLOCK), "boat_id", "kind")
    people = table(
        world, "sea.sailor", slice(0, 3 * 6144), "boat_id", "rank", "skill", "mate_id", "sailor_id", "harbour"
    )
    for start in range(0, 3 * BLOCK, BLOCK):
        assert Counter(boats["kind"][start : start + BLOCK]) == {"dinghy": 3072, "ship": 1024}
    for start in range(0, 3 * 6144, 6144):
        part = slice(start, start + 6144)
        assert Counter(people["rank"][part]) == {1: 4096, 2: 1024, 3: 1024}
        skills = Counter(zip(people["rank"][part], people["skill"][part], strict=True))
        assert skills[1, "cook"] == 1024 and skills[2, "cook"] == 512 and skills[3, "cook"] == 0
        assert skills[1, "smith"] == 2048 and skills[2, "smith"] == 512 and skills[3, "smith"] == 1024
    sizes = Counter(people["boat_id"])
    assert all(
        sizes[b] == (3 if kind == "ship" else 1) for b, kind in zip(boats["boat_id"], boats["kind"], strict=True)
    )
    mates = dict(zip(people["sailor_id"], people["mate_id"], strict=True))
    home = dict(zip(people["sailor_id"], people["boat_id"], strict=True))
    assert all(mates[mate] == own and home[mate] == home[own] for own, mate in mates.items() if mate)
    assert sum(mate is not None for mate in people["mate_id"]) == 3 * 2048


def test_those_on_a_boat_with_a_cook_are_counted_among_themselves(world: World) -> None:
    people = world.batch(spec_of(Sailor), np.arange(3 * 6144))
    boats, skills = people.column("boat").rows, np.array(people.column("skill").tolist(), dtype=object)
    with_cook = np.isin(boats, boats[skills == "cook"])
    places = people.column("cooking")
    assert 0 < with_cook.sum() < len(boats)
    assert np.array_equal(places[with_cook], np.arange(with_cook.sum())) and (places[~with_cook] == -1).all()
    # Of those of one harbour and block each has another rank, however few are asked for.
    harbours, ranks = people.column("harbour"), people.column("cooking_rank")
    blocks = np.where(with_cook, -1 - places // 16_384, np.arange(len(boats)) // 16_384)
    assert len({*zip(harbours.tolist(), blocks.tolist(), ranks.tolist(), strict=True)}) == len(boats)
    some = np.array([11, 7_000, 15_001])
    assert world.batch(spec_of(Sailor), some).column("cooking_rank").tolist() == ranks[some].tolist()


def test_how_many_of_the_first_have_a_role(world: World) -> None:
    rows = world.batch(spec_of(Cook), np.arange(4_000)).column("sailor").rows
    for first in (0, 1, 100, 6_144, 9_999):
        assert holders_among(world, "sea.cook", first) == (rows < first).sum()
    assert holders_among(world.with_options("sea.cook", least=1), "sea.cook", 10) is None


def test_a_role_is_somebody_both_ways(world: World) -> None:
    divers = world.batch(spec_of(Diver), np.arange(5000))
    rows = divers.column("sailor").rows
    assert (np.diff(rows) > 0).all()
    back = world.batch(spec_of(Sailor), np.arange(int(rows[-1]) + 1)).column("diver").rows
    assert np.array_equal(back[rows], np.arange(5000)) and (back >= 0).sum() == 5000
    own = table(world, "sea.diver", slice(0, 5000), "sailor_id", "name", "rank", "harbour", "anchor.weight")
    whole = world["sea.sailor"].select(["sailor_id", "name", "rank", "harbour", "anchor.weight"])
    theirs = whole[0 : int(rows[-1]) + 1].to_arrow().take(rows).to_pydict()
    assert own == theirs
    shares = Counter(table(world, "sea.diver", slice(0, 1434), "rank")["rank"])
    assert shares == {1: 410, 2: 307, 3: 717}
    cooks = table(world, "sea.cook", slice(0, 3000), "skill")["skill"]
    assert set(cooks) == {"cook"}
    assert world[Diver][7].diver_id == world[Sailor][int(rows[7])].diver.diver_id


def test_a_role_is_only_of_the_countries_that_its_pack_has(packs: Registry, tmp_path: Path) -> None:
    both = Registry.of(Sea(tmp_path / "sea"), Port(tmp_path / "port"))
    # With the pack, without it, and in a country of which it has no tables: nothing is read that is not there.
    for known, country, are in ((both, "en_US", True), (packs, "en_US", False), (both, "de_DE", False)):
        world = World("roles", locale=country, packs=known, strict=True)
        assert (world.batch(spec_of(Sailor), np.arange(100)).column("pilot").rows >= 0).any() == are
    pilot = World("roles", locale="de_DE", packs=both)["port.pilot"][0]
    assert pilot.sailor is None and pilot.boat is None


@settings(max_examples=40, deadline=None)
@given(
    start=st.integers(0, 40_000),
    count=st.integers(1, 60),
    entity=st.sampled_from(["sea.sailor", "sea.diver", "sea.boat"]),
)
def test_any_slice_is_the_same(world: World, start: int, count: int, entity: str) -> None:
    found = world.anew()[entity][start : start + count].to_arrow()
    assert found == world[entity][max(0, start - 9) : start + count + 9].to_arrow().slice(min(9, start), count)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.text(max_size=4), counts=st.lists(st.integers(1, 5), min_size=1, max_size=4), far=st.integers(0, 1 << 40)
)
def test_layouts_invert_each_other(seed: str, counts: list[int], far: int) -> None:
    ring = Ring([1.0] * len(counts), Address.of(seed, "US", "a", "b"))
    own = np.array(counts)
    layout = Membership(ring, np.cumsum(own) - own, own)
    rows = far + np.arange(300)
    groups, index, size = layout.parents(rows)
    first, count = layout.of(groups)
    assert np.array_equal(first + index, rows) and np.array_equal(count, size) and (index < size).all()
    holders = Holders(layout, np.random.default_rng(len(seed)).random(layout.per_block) < 0.3)
    assert np.array_equal(holders.rows_of(holders.members(rows)), rows)
    has = holders.rows_of(rows)
    assert np.array_equal(holders.members(has[has >= 0]), rows[has >= 0])
    assert np.array_equal(holders.holds[layout.slots(rows)], has >= 0)


def test_options_make_a_population_of_their_own(world: World) -> None:
    apart = world.with_options(Sailor, least=5)
    people = apart[Sailor][0:50].to_arrow().to_pydict()
    assert set(people["rank"]) == {5} and set(people["boat_id"]) == {None} and set(people["mate_id"]) == {None}
    assert set(people["skill"]) == {None} and min(people["harbour"]) >= 10
    assert len(apart[Boat][0].crew) == 0
    assert set(apart[Diver][0:50].to_arrow()["rank"].to_pylist()) == {77}
    own = world.with_options(Diver, least=1)
    assert set(own[Diver][0:50].to_arrow()["rank"].to_pylist()) == {77}
    assert own[Diver][3].sailor is None and all(each.diver is None for each in own[Sailor][0:50])
    assert own[Sailor][0:99].to_arrow() == world[Sailor][0:99].to_arrow()


def test_references_end_where_a_world_does(world: World) -> None:
    ship = next(row for row, each in enumerate(world[Sailor][0:100]) if each.mate_id and each.rank == 3)
    small = world.evolve(sizes={"sea.sailor": ship + 1, "sea.diver": 2})
    assert small[Sailor][ship].mate is None and small[Sailor][ship + 1].mate_id == small[Sailor][ship].sailor_id
    assert sum(each.diver is not None for each in small[Sailor][0:2000]) == 2


def test_mistakes_are_named() -> None:
    with pytest.raises(DefinitionError, match="a role is one"):

        @entity("swimmer")
        class Swimmer:
            swimmer_id: str = field(serial("W-####"), key=True)
            sailor: Sailor | None = field(role(Sailor))


def test_members_must_follow_their_templates(tmp_path: Path) -> None:
    sea = Sea(tmp_path)
    about = {"source": "test", "licence": "MIT", "date": "2026", "method": "by hand", "grade": "E"}
    write_table(tmp_path / "data", "crew_members", None, ["template", "rank", "mate"], [(1, 3, -1)], **about)
    world = World("roles", clock="2026-01-01T00:00:00Z", packs=Registry.of(sea))
    with pytest.raises(Exception, match="members of each template"):
        world[Sailor][0]
