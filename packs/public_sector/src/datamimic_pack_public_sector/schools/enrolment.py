"""Students, teachers, staff and head of an institution, and what it offers."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, World, spec_of
from datamimic.columns import Dates, Ints, join, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.people.kinship import nobodys_household
from datamimic_pack_common.people.naming import usual_name
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.money import shared_out
from datamimic_pack_public_sector.offers import listed, sets_of
from datamimic_pack_public_sector.school_places import TERTIARY

USUAL_TOWN = 20_000
"""People of a town whose schools are as large as those of their type usually are; at a sixteenth of them they are half as large
(estimate), `SMALLER` at least and `LARGER` at most."""
SMALLER, LARGER = 0.6, 1.35


def student_count(kind_row: Ints, share_row: Ints, place: Ints, draw: Draw, data: Data) -> Ints:
    """As the type has them, fewer at private schools where they are small, and at schools of villages."""
    kinds: Table = data["school_types"]
    low, median, high = (kinds.floats(f"students_{name}")[kind_row] for name in ("low", "median", "high"))
    drawn = naming.spread(low, median, high, draw.uniform()) * data["school_shares"].floats("size")[share_row]
    of_town = np.sqrt(np.sqrt(data["common.places"].ints("population")[place] / USUAL_TOWN))
    of_town = np.where(kinds.ints("isced")[kind_row] < TERTIARY, np.clip(of_town, SMALLER, LARGER), 1.0)
    return np.maximum(np.rint(drawn * of_town).astype(np.int64), 5)


def teacher_count(kind_row: Ints, student_count: Ints, draw: Draw, data: Data) -> Ints:
    """By the students per teacher of the type, never fewer than 5 or more than 40."""
    kinds: Table = data["school_types"]
    low, high = kinds.floats("pupils_low")[kind_row], kinds.floats("pupils_high")[kind_row]
    wanted = np.rint(student_count / (low + (high - low) * draw.uniform())).astype(np.int64)
    return np.clip(wanted, np.maximum(1, -(-student_count // 40)), np.maximum(1, student_count // 5))


def staff_count(kind_row: Ints, teacher_count: Ints, draw: Draw, data: Data) -> Ints:
    """Teachers, the head and other staff."""
    support = data["school_types"].floats("support")[kind_row] * (0.8 + 0.4 * draw.uniform())
    others: Ints = np.rint(teacher_count * support).astype(np.int64)
    return teacher_count + 1 + others


def student_teacher_ratio(student_count: Ints, teacher_count: Ints) -> Any:
    return np.rint(student_count / teacher_count * 10) / 10


def grades(school_key: Text, student_count: Ints, draw: Draw, data: Data) -> Lists:
    """The students by year; the years sum to the enrolment."""
    sets = sets_of(data["school_grades"], "school_key", "grade", "share")
    own = sets.of(school_key)
    items = sets.items[own]
    weights = sets.shares[own]
    for place in range(weights.shape[1]):
        weights[:, place] *= 0.85 + 0.3 * draw.uniform(f"year {place}")
    students = shared_out(student_count, weights)
    names = listed(items >= 0, items, sets.vocabulary)
    return Lists(names.lengths, Struct({"grade": names.values, "students": students[items >= 0]}))


def programs(name_row: Ints, draw: Draw, data: Data) -> Lists:
    sets = sets_of(data["school_programs"], "set", "item", "share")
    return sets.lists(data["school_names"]["programs"].take(name_row), draw)


def facilities(type: Text, draw: Draw, data: Data) -> Lists:
    return sets_of(data["school_facilities"], "set", "item", "share").lists(type, draw)


def accreditations(type: Text, draw: Draw, data: Data) -> Lists:
    return sets_of(data["school_accreditations"], "set", "item", "share").lists(type, draw)


def founding_year(kind_row: Ints, share_row: Ints, place: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    kinds: Table = data["school_types"]
    first, median, last = (kinds.floats(f"founded_{name}")[kind_row] for name in ("from", "median", "to"))
    settled = np.maximum(naming.settled(place, data) + 5, data["school_shares"].ints("since")[share_row])
    first, median = np.maximum(first, settled), np.maximum(median, settled + 20)
    return naming.founded(first, median, np.maximum(last, median), draw.uniform(), clock.year)


def head_birthdate(draw: Draw, clock: Clock) -> Dates:
    """About when the head was born: 36 to 64 years ago."""
    return clock.date - draw.integers(36 * 366, 64 * 365).astype("timedelta64[D]")


def head_age(head_birthdate: Dates, clock: Clock) -> Ints:
    return years_between(head_birthdate, clock.date)


def head(head_birthdate: Dates, head_age: Ints, rows: Ints, world: World, data: Data) -> Text:
    """The name of a person made for the institution alone."""
    path = "public_sector.educational_institution.head_person"
    given = {"birthdate": head_birthdate, "age": head_age, **nobodys_household(world, len(rows))}
    person = world.batch(spec_of(Person), rows, path=path, given=given)
    return person.column(usual_name(data))


def email(host: Text, data: Data) -> Text:
    return join(f"{naming.host_part(data, 'school_mailbox')}@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)
