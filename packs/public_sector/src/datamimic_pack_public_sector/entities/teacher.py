"""Teacher: somebody among the people who teaches at a school near home."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Lists, Text, check, constant, entity, field, otherwise, ref, role, serial, via
from datamimic.columns import Bools, Dates, Ints, year_month_day
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_public_sector.entities.educational_institution import EducationalInstitution
from datamimic_pack_public_sector.schools import teaching

OF_THE_PERSON = (
    "household", "household_role", "partner", "mother", "father", "employer", "employer_name", "place_of_birth",
    "national_id", "tax_id", "social_security_number",
)  # fmt: skip
"""Fields that stand in the person's table."""


@entity(
    "teacher",
    options=teaching.TeacherOptions,
    hide=OF_THE_PERSON,
    tables=("school_types", "school_grades", "common.places", "common.occupations"),
)
class Teacher(Person):
    """Somebody who teaches at a school near home, of the stage of the occupation: one of the people."""

    person: Person | None = field(
        role(Person, having={"profession": "teacher"}),
        hidden=True,
        doc="who the teacher is; null for people of a population of their own",
    )
    teacher_id: str = field(
        serial("TCH-{country}-########", grows=True), key=True, doc="number of the teacher in this world"
    )
    age: int = field(otherwise(teaching.age))
    sex: str = field(otherwise(teaching.sex))
    profession = field(otherwise(constant("teacher")))

    is_elementary: bool = field(
        teaching.is_elementary, hidden=True, doc="does the person teach at an elementary school?"
    )
    pupils_age: int = field(teaching.pupils_age, hidden=True, unit="a", doc="usual age of the pupils")
    school: EducationalInstitution = field(
        ref(EducationalInstitution, by=teaching.school),
        doc="school near home, of the same state, with pupils of the age",
    )
    school_name: str = field(via("school.name"), doc="name of the school")
    grade: str | None = field(
        teaching.grade, doc="year of a class teacher of an elementary school; null for the others"
    )
    subjects: list[str] = field(teaching.subjects, doc="subjects taught, of those of the school")
    teaching_since: int = field(teaching.teaching_since, doc="year of the first school year as a teacher")
    email = field(teaching.email)


@check(Teacher, "every subject is one of the school's")
def subjects_of_school(subjects: Lists, school: Any) -> Bools:
    offered: Any = school.programs
    known = {*zip(offered.parents.tolist(), offered.values.tolist(), strict=True)}
    named = zip(subjects.parents.tolist(), subjects.values.tolist(), strict=True)
    return subjects.all(np.array([pair in known for pair in named], dtype=np.bool_))


@check(Teacher, "the year that a class teacher has is one of the school's")
def year_of_school(grade: Text, school: Any) -> Bools:
    years: Any = school.grades
    known = {*zip(years.parents.tolist(), years.values.grade.tolist(), strict=True)}
    return np.array([year is None or (row, year) in known for row, year in enumerate(grade.tolist())], dtype=np.bool_)


@check(Teacher, "nobody teaches before the 24th year of life, or begins after the clock")
def old_enough(teaching_since: Ints, birthdate: Dates, clock: Clock) -> Bools:
    return (teaching_since - year_month_day(birthdate)[0] >= 24) & (teaching_since <= clock.year)


class TeacherService(PeopleService[Teacher]):
    """Teachers of the schools of a country."""
