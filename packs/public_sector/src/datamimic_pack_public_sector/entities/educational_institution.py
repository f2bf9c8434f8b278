"""EducationalInstitution: a school, college or university of a type that its state has."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Lists,
    Service,
    Table,
    Text,
    check,
    embed,
    entity,
    field,
    from_row,
    rank_within,
    record,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Ints
from datamimic_pack_common import Address
from datamimic_pack_public_sector import naming, school_places
from datamimic_pack_public_sector.school_places import SchoolStems
from datamimic_pack_public_sector.schools import enrolment, siting


@record
class GradeEnrollment:
    """How many students one year of a school has."""

    grade: str
    students: int


@entity(
    "educational_institution",
    tables=(
        "school_types", "school_shares", "school_names", "school_grades", "school_programs", "school_facilities",
        "school_accreditations", "school_codes", "namesakes", "university_towns",
        "common.places", "common.population", "host_names", *naming.TABLES_OF_PEOPLE,
    ),
)  # fmt: skip
class EducationalInstitution(Entity):
    """A school, college or university: type, level, ages, students, teachers and programmes of its country and state."""

    # what the rest follows from
    institution_id: str = field(
        serial("EDU-{country}-########", grows=True), key=True, doc="number of the institution in this world"
    )
    drawn_place: int = field(
        school_places.drawn_place,
        stream="place",
        internal=True,
        doc="position in common.places, before its kind is known",
    )
    place: int = field(siting.place, stream="site", internal=True, doc="position in common.places")
    unit: str | None = field(lambda rows: Text.constant(None, len(rows)), internal=True, doc="a house of its own")
    state: str = field(naming.state, hidden=True, doc="the state of the place")
    share_row: int = field(school_places.share_row, internal=True, doc="row of school_shares")
    school_key: str = field(school_places.school_key, internal=True, doc="type of school, as the state has it")
    kind_row: int = field(school_places.kind_row, internal=True, doc="row of school_types")
    name_row: int = field(school_places.name_row, internal=True, doc="row of school_names")
    stems: SchoolStems = field(school_places.stems, internal=True, doc="texts that names are made from")
    host: str = field(school_places.host, hidden=True, doc="domain of the institution, in a reserved name")
    code_row: int = field(school_places.code_row, internal=True, doc="row of school_codes")
    code_series: int = field(
        school_places.code_series, internal=True, doc="row of school_codes that stands for its series"
    )
    code_rank: int = field(
        rank_within("code_series", school_places.SCHOOLS), internal=True, doc="which of those of the series"
    )

    # what it is
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
    official_code: str | None = field(
        school_places.official_code,
        doc="number of the form that the authority gives; null where all of the form are given out",
    )
    official_code_type: str = field(
        from_row("school_codes", "scheme", row="code_row"), doc="what kind of number the official code is"
    )

    # students and staff
    age_from: int = field(
        from_row("school_types", "age_from", row="kind_row"), unit="a", doc="usual age of its youngest students"
    )
    age_to: int = field(
        from_row("school_types", "age_to", row="kind_row"), unit="a", doc="usual age of its oldest students"
    )
    student_count: int = field(enrolment.student_count, doc="students enrolled")
    teacher_count: int = field(enrolment.teacher_count, doc="teachers")
    staff_count: int = field(enrolment.staff_count, doc="all who work there, teachers included")
    student_teacher_ratio: float = field(enrolment.student_teacher_ratio, doc="students per teacher, to one decimal")
    grades: list[GradeEnrollment] = field(enrolment.grades, doc="students by year; they sum to the enrolment")

    # what it offers
    programs: list[str] = field(enrolment.programs, doc="subjects, tracks or degree programmes")
    facilities: list[str] = field(enrolment.facilities, doc="rooms and grounds")
    accreditations: list[str] = field(enrolment.accreditations, doc="licences, accreditations and quality marks")

    # history and head
    founding_year: int = field(enrolment.founding_year, doc="year in which it was founded")
    head_birthdate: date = field(enrolment.head_birthdate, hidden=True, doc="date of birth of the head")
    head_age: int = field(enrolment.head_age, hidden=True, unit="a", doc="age of the head")
    head: str = field(enrolment.head, doc="name of the principal, dean or rector")

    # contact
    address: Address = field(
        embed(Address, only=naming.ADDRESS, place="place", organization="name", unit="unit"), doc="where it is"
    )
    phone: str = field(via("address.phone"), doc="telephone number")
    email: str = field(enrolment.email, doc="e-mail address, in a reserved domain")
    website: str = field(enrolment.website, doc="website, in a reserved domain")


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
