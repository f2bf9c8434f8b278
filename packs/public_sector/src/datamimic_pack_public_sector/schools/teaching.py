"""Whom and what teachers teach, where, and since when; ages of teachers who are a population of their own."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Table, Text, World, options
from datamimic.columns import Bools, Floats, Ints, join, number_text, year_month_day
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions, profile_weights
from datamimic_pack_common.people.ages import SEXES
from datamimic_pack_common.people.contacts import mailbox_spelling
from datamimic_pack_public_sector.schools import attendance, pupils

ELEMENTARY = "25-2021"
YOUNGEST, OLDEST = 25, 64
FIRST_YEARS = (6, 10)
LATER_YEARS = (11, 17)
"""Ages of the pupils of teachers of elementary and of secondary schools."""
SECOND_SUBJECT = 0.6
"""Of teachers of secondary schools, those who teach two subjects (estimate)."""


@options
class TeacherOptions(PersonOptions):
    """Options of people; teachers who are asked for by age are 25 to 64 years old."""

    def __attrs_post_init__(self) -> None:
        pupils.refuse_ages(self, YOUNGEST, OLDEST, "teachers")
        super().__attrs_post_init__()


def age(draw: Draw, data: Data, options: TeacherOptions) -> Ints:
    """Of teachers who are a population of their own: as many of each age as among the people, within what is asked for."""
    weights = _people(data).sum(axis=0)
    if options.age_profile is not None:
        weights = profile_weights(options.age_profile, weights[None, :])[0]
    high = OLDEST if options.max_age is None else options.max_age
    inside = np.arange(HIGHEST_AGE + 1)
    own = np.where((inside >= max(options.min_age or 0, YOUNGEST)) & (inside <= high), weights, 0.0)
    ends = np.cumsum(own)
    return np.searchsorted(ends, draw.uniform() * ends[-1], side="right")


def sex(age: Ints, draw: Draw, data: Data, options: TeacherOptions) -> Text:
    """As many women as among the teachers of the age, unless asked otherwise."""
    people = _people(data)
    share: Any = options.female_quota
    if share is None:
        share = people[0, age] / people[:, age].sum(axis=0)
    return Text.coded(np.where(draw.uniform() < share, 0, 1), SEXES)


def _people(data: Data) -> Floats:
    """How many teachers there are of each sex (women first) and age."""
    table: Table = data["common.professions"]
    found = np.zeros((2, HIGHEST_AGE + 1))
    known: Table = data["common.population"]
    ages, people = known.ints("age"), np.array(known.weights)
    for number, name in enumerate(SEXES.values):
        own, teach = known["gender"] == name, (table["profession"] == "teacher") & (table["sex"] == name)
        found[number, np.minimum(ages[own], HIGHEST_AGE)] += people[own]
        from_, shares = table.ints("age_from")[teach], table.floats("share")[teach]
        found[number] *= shares[np.clip(np.searchsorted(from_, np.arange(HIGHEST_AGE + 1), side="right") - 1, 0, None)]
    return found


def is_elementary(occupation_row: Ints, data: Data) -> Bools:
    return (data["common.occupations"]["soc_code"] == ELEMENTARY)[occupation_row]


def pupils_age(is_elementary: Bools, draw: Draw) -> Ints:
    """How old the pupils are, most of the time."""
    low, high = (np.where(is_elementary, first, later) for first, later in zip(FIRST_YEARS, LATER_YEARS, strict=True))
    return draw.integers(low, high)


def school(place: Ints, pupils_age: Ints, draw: Draw, data: Data, world: World) -> Ints:
    """A school near home, of the same state, that has pupils of the age."""
    return attendance.near(world, data, place, pupils_age, draw.bits("school"))


def grade(pupils_age: Ints, is_elementary: Bools, school: Any, data: Data) -> Text:
    """The year of a class teacher of an elementary school; null for all others."""
    return pupils.grade(pupils_age, school, data).where(is_elementary)


def subjects(is_elementary: Bools, school: Any, draw: Draw) -> Lists:
    """All of the school for class teachers, one or two of them for the others."""
    offered: Lists = school.programs
    count = np.maximum(offered.lengths, 1)
    one = draw.integers(0, count - 1, "one")
    two = (one + draw.integers(1, np.maximum(count - 1, 1), "two")) % count
    both = draw.chance(SECOND_SUBJECT, "both")
    nth = np.arange(int(offered.lengths.sum())) - offered.offsets[:-1][offered.parents]
    of = offered.parents
    taught = is_elementary[of] | (nth == one[of]) | (both[of] & (nth == two[of]))
    return Lists(np.bincount(of[taught], minlength=len(count)), offered.values.take(np.flatnonzero(taught)))


def teaching_since(birthdate: Any, age: Ints, draw: Draw, clock: Clock) -> Ints:
    """The year of the first school year as a teacher: 24 to 34 years after birth, most of them early."""
    latest = np.minimum(clock.year - year_month_day(birthdate)[0], 34)
    first = np.minimum(
        draw.integers(24, np.maximum(latest, 24), "one"), draw.integers(24, np.maximum(latest, 24), "two")
    )
    return year_month_day(birthdate)[0] + first


def email(given_name: Text, first_family_name: Text, school: Any, rows: Ints, data: Data) -> Text:
    """given.family and the teacher's number in the world, in the domain of the school."""
    fold = mailbox_spelling(data)
    return join(given_name.map(fold), ".", first_family_name.map(fold), number_text(rows + 1), "@", school.host)
