"""Who people are within their household: role, sex, age, couple, and whose family name they bear."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Draw, ParentRef, Ref, Table, Text, World
from datamimic.columns import Dates, Floats, Ints, where
from datamimic_pack_common.demographics.population import PersonOptions, population
from datamimic_pack_common.people import ages

LINES = 32
"""Family names of a household are numbered below this."""
TENTHS = 10
BAND_YEARS = 5


def role(member: Ints, data: Data) -> Text:
    if lives_apart(member):
        return Text.constant(None, len(member))
    table: Table = data["household_members"]
    return table["role"].take(member)


def lives_apart(member: Ints) -> bool:
    """Do these rows belong to no household, so that they are drawn one by one? All of them, or none."""
    return bool(len(member)) and int(member[0]) < 0


def sex(member: Ints, draw: Draw, data: Data, options: PersonOptions) -> Text:
    """What tables that know two sexes are read by; of those whose gender is "other" as many as of all."""
    if lives_apart(member):
        return ages.sex(draw, data, options)
    table: Table = data["household_members"]
    return Text.coded((table["sex"] == "male").astype(np.int32)[member], ages.SEXES)


def exact_age(member: Ints, draw: Draw, data: Data, world: World) -> Floats:
    """Years since birth: within the band of the member, and its part where brothers and sisters need theirs, as the ages of
    the country are distributed. 0 for people of their own."""
    if lives_apart(member):
        return np.zeros(len(member))
    bands: Bands = world.memo(("bands", data.country), lambda: Bands.of(data))
    low = bands.low[member]
    position = low + draw.uniform() * (bands.high[member] - low)
    cell: Ints = bands.cell[member]
    for _ in range(BAND_YEARS - 1):
        cell = cell + (position >= bands.ends[cell])
    # Only the last band has more years.
    while (later := np.flatnonzero((position >= bands.ends[cell]) & (bands.ends[cell] < bands.last))).size:
        cell[later] += 1
    part = (position - bands.starts[cell]) / (bands.ends[cell] - bands.starts[cell])
    years: Floats = np.clip(part, 0.0, 0.999999) + cell % bands.ages
    return years


@frozen(eq=False)
class Bands:
    """People of the country counted from the youngest, women and then men: a cell is a sex and a year of age."""

    ages: int
    """Years of age, 0 and on."""
    starts: Floats
    ends: Floats
    cell: Ints
    """Per row of the table of members the cell in which its band begins."""
    low: Floats
    high: Floats
    """Per row of the table of members, between which numbers of people it stands."""
    last: float

    @classmethod
    def of(cls, data: Data) -> Bands:
        table: Table = data["household_members"]
        people = population(data)
        ends = np.cumsum(people.ravel())
        ages = people.shape[1]
        male = (table["sex"] == "male").astype(np.int64)
        start = table.ints("age_from")
        # Nobody is older than the oldest of the table.
        oldest = np.array([int(np.flatnonzero(own)[-1]) for own in people])
        edges = []
        for part in ("part_from", "part_to"):
            tenths = start * TENTHS + table.ints(part)
            if part == "part_to":
                tenths = np.where(start == int(start.max()), (oldest[male] + 1) * TENTHS, tenths)
            year, rest = np.divmod(tenths, TENTHS)
            before = male * ages + year
            below = np.where(before > 0, ends[before - 1], 0.0)
            edges.append(below + (ends[np.minimum(before, len(ends) - 1)] - below) * (rest / TENTHS))
        return cls(ages, ends - people.ravel(), ends, male * ages + start, edges[0], edges[1], float(ends[-1]))


def age(exact_age: Floats, member: Ints, sex: Text, draw: Draw, data: Data, options: PersonOptions) -> Ints:
    return ages.age(sex, draw, data, options) if lives_apart(member) else exact_age.astype(np.int64)


def part_of_year(exact_age: Floats, member: Ints, draw: Draw) -> Floats:
    """How much of a year has gone since the last birthday."""
    return draw.uniform() if lives_apart(member) else exact_age - np.floor(exact_age)


def birthdate(age: Ints, part_of_year: Floats, clock: Clock) -> Dates:
    """A day on which somebody of this age at the clock's date can have been born; all such days equally likely."""
    latest = ages.years_before(clock.date, age)
    earliest = ages.years_before(clock.date, age + 1) + np.timedelta64(1, "D")
    span = (latest - earliest).astype(np.int64) + 1
    return latest - np.floor(part_of_year * span).astype(np.int64).astype("timedelta64[D]")


def couple(member: Ints, data: Data) -> Text:
    """married, cohabiting, or empty for those who live in no couple; null where nothing is known of that."""
    if lives_apart(member):
        return Text.constant(None, len(member))
    table: Table = data["household_members"]
    return table["couple"].take(member)


def marital_status(member: Ints, couple: Text, sex: Text, age: Ints, draw: Draw, data: Data) -> Text:
    """Of those who live in no marriage what is left of the country's shares by sex and age."""
    if lives_apart(member):
        table: Table = data["marital_status"]
        return table["marital_status"].take(draw.pick(table.by("gender", "age_from"), sex, age))
    alone: Table = data["marital_status_alone"]
    found = alone["marital_status"].take(draw.pick(alone.by("gender", "age_from"), sex, age))
    if "cohabiting" in data["marital_status"].columns["marital_status"]:
        found = where(couple == "cohabiting", "cohabiting", found)
    return where(couple == "married", "married", found)


def family_line(member: Ints, household: ParentRef, marital_status: Text, draw: Draw, data: Data) -> Ints:
    """A number for the family name that somebody bears: that of a parent, of the other in a marriage where it was taken, or a
    new one."""
    if lives_apart(member):
        return np.full(len(member), -1, dtype=np.int64)
    table: Table = data["household_members"]
    born, taken = table.ints("line")[member], table.ints("married_line")[member]
    bears = (taken >= 0) & (marital_status != "single") & draw.chance(takes_name(data), "takes the name")
    return household.rows * LINES + np.where(bears, taken, born)


def second_family_line(member: Ints, household: ParentRef, data: Data) -> Ints:
    if lives_apart(member):
        return np.full(len(member), -1, dtype=np.int64)
    table: Table = data["household_members"]
    return household.rows * LINES + table.ints("second_line")[member]


def takes_name(data: Data) -> float:
    """The share of wives who bear the husband's family name."""
    table: Table = data["common.marriage_names"]
    return float(table.floats("share")[table.of_country(data.country)])


def of_line(draw: Draw, line: Ints) -> Draw:
    """Draws that are the same for all who bear a family name of a household; of people of their own each has its own."""
    return draw if lives_apart(line) else Draw(draw.address.labelled("line"), line)


def of_bearer(sex: Text, line: Ints) -> Text:
    """The sex by which a family name of a household is drawn, so that all bear the same; of people of their own their own."""
    return sex if lives_apart(line) else Text.constant("male", len(line))


def nobodys_household(world: World, count: int) -> dict[str, Ref]:
    """What is given of people who are made for one place alone, as the name of somebody who leads an office: no household."""
    return {"household": Ref(world, world.spec("common.household"), np.full(count, -1, dtype=np.int64))}
