"""Pupil: a child among the people, with the school near home that it goes to."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Text, check, constant, entity, field, otherwise, ref, role, serial, via
from datamimic.columns import Bools, Ints
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_public_sector.entities.educational_institution import EducationalInstitution
from datamimic_pack_public_sector.schools import pupils

OF_THE_PERSON = (
    "partner", "marital_status", "academic_title", "nobility_title", "place_of_birth", "education", "occupation", "income",
    "employer", "employer_name", "email", "mobile_phone", "national_id", "tax_id", "social_security_number",
)  # fmt: skip


@entity(
    "pupil",
    options=pupils.PupilOptions,
    hide=OF_THE_PERSON,
    tables=("pupil_shares", "school_types", "school_grades", "common.places"),
)
class Pupil(Person):
    """A child of 5 to 14 years with the school that it goes to, or will go to soon: one of the people."""

    person: Person | None = field(
        role(Person, shares="pupil_shares"),
        hidden=True,
        doc="who the pupil is; null for people of a population of their own",
    )
    pupil_id: str = field(
        serial("PUP-{country}-########", grows=True), key=True, doc="number of the pupil in this world"
    )
    age: int = field(otherwise(pupils.age))
    employment = field(otherwise(constant("pupil")))
    school: EducationalInstitution = field(
        ref(EducationalInstitution, by=pupils.school),
        doc="school near home, of the same state, that has the child's year",
    )
    school_name: str = field(via("school.name"), doc="name of the school")
    grade: str | None = field(pupils.grade, doc="year of the school; null for children who are not at school yet")
    way_km: float = field(pupils.way, unit="km", doc="from home to school as the crow flies")


@check(Pupil, "a pupil is 5 to 14 years old")
def of_school_age(age: Ints) -> Bools:
    return (age >= pupils.YOUNGEST) & (age <= pupils.OLDEST)


@check(Pupil, "the year is one of the school's")
def year_of_school(grade: Text, school: Any) -> Bools:
    years: Any = school.grades
    known = {*zip(years.parents.tolist(), years.values.grade.tolist(), strict=True)}
    return np.array([year is None or (row, year) in known for row, year in enumerate(grade.tolist())], dtype=np.bool_)


class PupilService(PeopleService[Pupil]):
    """Children at school, of a country."""
