from typing import Any

from datamimic import (
    Pack,
    Registry,
    World,
    children,
    dealt,
    entity,
    everyone,
    fellow,
    field,
    holders_among,
    hookimpl,
    kin_rank,
    member_row,
    members,
    option,
    options,
    otherwise,
    role,
    role_of,
    serial,
    shared,
    trait,
)
from datamimic_pack_common import plugin


@entity("crew")
class Crew:
    """People of one boat, with the sizes of households."""

    crew_id: str = field(serial("C-######"), key=True, doc="number")
    template: int = field(dealt("common.household_templates"), internal=True)
    harbour: int = field(lambda draw: draw.integers(1, 9), doc="where the boat lies")
    sailors: list["Sailor"] = field(children("sea.sailor"), doc="who is in it")


@options
class SailorOptions:
    """Who sails."""

    alone: bool = option(False, doc="are sailors of no crew asked for?")


@entity("sailor", options=SailorOptions)
class Sailor:
    """One of a crew."""

    sailor_id: str = field(serial("S-######"), key=True, doc="number")
    crew: Crew | None = field(
        members(Crew, "common.household_members", by="template", unless=lambda options: options.alone), doc="the crew"
    )
    member: int = field(member_row("crew"), internal=True)
    harbour: int = field(shared("crew", lambda draw: draw.integers(10, 19)), doc="that of the crew")
    mate: Any = field(fellow("sea.sailor", "partner", group="crew"), doc="the mate, in the same crew")
    trade: str | None = field(trait("common.professions", value="profession"), doc="physician, teacher …")
    tutored: int = field(
        kin_rank("trade", ["teacher"]), internal=True, doc="number among those with a teacher on board"
    )
    cook: Any = field(role_of("sea.cook"), hidden=True, doc="the cook who the sailor is")


@entity("cook", options=SailorOptions, hide=("crew", "mate"))
class Cook(Sailor):
    """A third of the teachers among the sailors cook."""

    cook_id: str = field(serial("K-######"), key=True, doc="number")
    sailor: Sailor | None = field(role(Sailor, shares=0.33, having={"trade": "teacher"}), hidden=True, doc="who cooks")
    trade: str | None = field(otherwise(lambda rows: rows.astype(str)), doc="of people of their own")


class Sea:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("sea", "1.0", "Boats")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Crew, Sailor, Cook]


world = World("demo", packs=Registry.of(Sea(), plugin))
cook = world[Cook][5]
assert cook.sailor and cook.sailor.crew and cook.sailor.cook.cook_id == cook.cook_id
assert cook.trade == "teacher" and cook.harbour == cook.sailor.crew.harbour
assert len(world[Cook][0 : holders_among(world, Cook, 10_000) or 0]) > 10
assert everyone(world, Sailor) and everyone(world.with_options(Sailor, alone=True), Sailor) is None
assert all(each.mate is None or each.mate.mate == each for each in world[Sailor][0:50])
assert world.with_options(Sailor, alone=True)[Sailor][0].crew is None
