"""EducationalInstitution: a school, college or university of a type that its state has."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Locale,
    Service,
    Struct,
    Table,
    Text,
    World,
    check,
    embed,
    entity,
    field,
    from_row,
    record,
    segment_sums,
    serial,
    spec_of,
    via,
)
from datamimic.columns import Bools, Dates, Ints, join, years_between
from datamimic_pack_common import Address, Person
from datamimic_pack_public_sector import naming, school_places
from datamimic_pack_public_sector.money import shared_out
from datamimic_pack_public_sector.offers import listed, sets_of
from datamimic_pack_public_sector.school_places import SchoolStems

MAILBOX = {"US": "office", "DE": "sekretariat", "VN": "vanphong", "GB": "office", "FR": "secretariat"}


@record
class GradeEnrollment:
    """How many students one year of a school has."""

    grade: str
    students: int


def student_count(kind_row: Ints, draw: Draw, data: Data) -> Ints:
    kinds: Table = data["school_types"]
    low, median, high = (kinds.floats(f"students_{name}")[kind_row] for name in ("low", "median", "high"))
    students: Ints = np.rint(naming.spread(low, median, high, draw.uniform())).astype(np.int64)
    return np.maximum(students, 5)


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


def head(head_birthdate: Dates, head_age: Ints, rows: Ints, world: World, locale: Locale) -> Text:
    """The name of a person made for the institution alone."""
    path = "public_sector.educational_institution.head_person"
    given = {"birthdate": head_birthdate, "age": head_age}
    person = world.batch(spec_of(Person), rows, path=path, given=given)
    return person.column("full_name" if locale.country == "VN" else "name")


def email(host: Text, data: Data) -> Text:
    return join(f"{MAILBOX[data.country]}@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


@entity(
    "educational_institution",
    tables=(
        "school_types", "school_shares", "school_names", "school_grades", "school_programs", "school_facilities",
        "school_accreditations", "school_codes", "namesakes", "common.places", "common.given_names", "common.family_names",
        "common.name_order", "common.population",
    ),
)  # fmt: skip
class EducationalInstitution:
    """A school, college or university: type, level, ages, students, teachers and programmes of its country and state."""

    institution_id: str = field(serial("EDU-########"), key=True, doc="number of the institution in this world")
    place: int = field(school_places.place, hidden=True, doc="position in common.places")
    state: str = field(naming.state, hidden=True, doc="the state of the place")
    share_row: int = field(school_places.share_row, hidden=True, doc="row of school_shares")
    school_key: str = field(school_places.school_key, hidden=True, doc="type of school, as the state has it")
    kind_row: int = field(school_places.kind_row, hidden=True, doc="row of school_types")
    name_row: int = field(school_places.name_row, hidden=True, doc="row of school_names")
    stems: SchoolStems = field(school_places.stems, hidden=True, doc="texts that names are made from")
    host: str = field(school_places.host, hidden=True, doc="domain of the institution, in a reserved name")
    code_row: int = field(school_places.code_row, hidden=True, doc="row of school_codes")
    name: str = field(school_places.name, doc="name of the institution")
    type: str = field(school_places.type, doc="type of school or university, as the country calls it")
    level: str = field(
        from_row("school_types", "level", row="kind_row"), doc="stage of education, in the country's own words"
    )
    isced_level: int = field(
        from_row("school_types", "isced", row="kind_row"), doc="highest ISCED level it leads to, 0 to 8"
    )
    ownership: str = field(
        school_places.ownership, doc="who runs it: public, charter, private, in the country's own words"
    )
    official_code: str = field(school_places.official_code, doc="number of the form that the authority gives")
    official_code_type: str = field(
        from_row("school_codes", "scheme", row="code_row"), doc="what kind of number the official code is"
    )
    age_from: int = field(
        from_row("school_types", "age_from", row="kind_row"), unit="a", doc="usual age of its youngest students"
    )
    age_to: int = field(
        from_row("school_types", "age_to", row="kind_row"), unit="a", doc="usual age of its oldest students"
    )
    student_count: int = field(student_count, doc="students enrolled")
    teacher_count: int = field(teacher_count, doc="teachers")
    staff_count: int = field(staff_count, doc="all who work there, teachers included")
    student_teacher_ratio: float = field(student_teacher_ratio, doc="students per teacher, to one decimal")
    grades: list[GradeEnrollment] = field(grades, doc="students by year; they sum to the enrolment")
    programs: list[str] = field(programs, doc="subjects, tracks or degree programmes")
    facilities: list[str] = field(facilities, doc="rooms and grounds")
    accreditations: list[str] = field(accreditations, doc="licences, accreditations and quality marks")
    founding_year: int = field(founding_year, doc="year in which it was founded")
    head_birthdate: date = field(head_birthdate, hidden=True, doc="date of birth of the head")
    head_age: int = field(head_age, hidden=True, unit="a", doc="age of the head")
    head: str = field(head, doc="name of the principal, dean or rector")
    address: Address = field(embed(Address, only=naming.ADDRESS, place="place", organization="name"), doc="where it is")
    phone: str = field(via("address.phone"), doc="telephone number")
    email: str = field(email, doc="e-mail address, in a reserved domain")
    website: str = field(website, doc="website, in a reserved domain")


@check(EducationalInstitution, "the type exists in the country, and level, ages and ISCED level are the type's")
def type_fits_country(type: Text, level: Text, age_from: Ints, age_to: Ints, isced_level: Ints, data: Data) -> Bools:
    kinds: Table = data["school_types"]
    names = ("school_type", "level", "age_from", "age_to", "isced")
    known = {*zip(*(kinds.columns[name] for name in names), strict=True)}
    rows = zip(type.tolist(), level.tolist(), age_from.tolist(), age_to.tolist(), isced_level.tolist(), strict=True)
    return np.array([(a, b, str(c), str(d), str(e)) in known for a, b, c, d, e in rows], dtype=np.bool_)


@check(EducationalInstitution, "there are 5 to 40 students per teacher")
def students_per_teacher(student_count: Ints, teacher_count: Ints, student_teacher_ratio: Any) -> Bools:
    ratio = student_count / np.maximum(teacher_count, 1)
    return (ratio >= 5) & (ratio <= 40) & (np.abs(ratio - student_teacher_ratio) <= 0.0500001)


@check(EducationalInstitution, "the enrolment is the sum of the years")
def enrolment_is_sum_of_grades(student_count: Ints, grades: Lists) -> Bools:
    years: Any = grades.values
    return segment_sums(years.students, grades.lengths) == student_count


@check(EducationalInstitution, "staff are more than the teachers")
def staff_includes_teachers(staff_count: Ints, teacher_count: Ints) -> Bools:
    return staff_count > teacher_count


@check(EducationalInstitution, "every programme is one of the type: degrees at universities only")
def programs_fit_type(type: Text, programs: Lists, data: Data) -> Bools:
    names: Table = data["school_names"]
    offers: Table = data["school_programs"]
    items: dict[str, set[str]] = {}
    for name, item in zip(offers.columns["set"], offers.columns["item"], strict=True):
        items.setdefault(name, set()).add(item)
    pairs = {
        (kind, item)
        for kind, name in zip(names.columns["school_type"], names.columns["programs"], strict=True)
        for item in items[name]
    }
    kinds = np.array(type.tolist(), dtype=object)[programs.parents]
    listed = zip(kinds, programs.values.tolist(), strict=True)
    return programs.all(np.array([pair in pairs for pair in listed], dtype=np.bool_))


@check(EducationalInstitution, "the name is one that schools of the type and owner have")
def name_fits_type(name: Text, type: Text, ownership: Text, data: Data) -> Bools:
    table: Table = data["school_names"]
    keys = ("school_type", "ownership", "before", "between", "stem_2", "after")
    known: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for kind, owner, before, between, second, after in zip(*(table.columns[key] for key in keys), strict=True):
        known.setdefault((kind, owner), []).append((before, between, between if second == "none" else after))
    rows = zip(name.tolist(), type.tolist(), ownership.tolist(), strict=True)
    return np.array(
        [
            any(
                text.startswith(before) and between in text and text.endswith(end)
                for before, between, end in known.get((kind or "", owner or ""), ())
            )
            for text, kind, owner in ((text or "", kind, owner) for text, kind, owner in rows)
        ],
        dtype=np.bool_,
    )


@check(EducationalInstitution, "it was founded after 1087 and by the year of the clock")
def founded_by_clock(founding_year: Ints, clock: Clock) -> Bools:
    return (founding_year >= 1088) & (founding_year <= clock.year)


class EducationalInstitutionService(Service[EducationalInstitution]):
    """Schools, colleges and universities, as frequent as there are."""

    entity = EducationalInstitution

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
