"""Doctor: a physician among the people, with a specialty, the training and numbers that go with it, at a hospital nearby."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Lists,
    Locale,
    Table,
    Text,
    check,
    constant,
    entity,
    expose,
    field,
    from_row,
    limited,
    otherwise,
    ref,
    role,
    serial,
    weighted,
)
from datamimic.columns import Bools, Ints, year_month_day
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_healthcare.clinical import naming_systems
from datamimic_pack_healthcare.clinical.bits import text_of
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.generators.providers import NPI_SPACE
from datamimic_pack_healthcare.providers import careers, practice, registration
from datamimic_pack_healthcare.regions import region_column, region_of, states_of
from datamimic_pack_healthcare.request_views import DOCTOR
from datamimic_pack_healthcare.wording import english_of

FAMILY = ("household", "household_role", "partner", "mother", "father", "employer", "employer_name")


@entity(
    "doctor",
    options=careers.DoctorOptions,
    hide=FAMILY,
    tables=("specialties", "doctor_specialties", "specialty_pay", "office_hours", "hospital_sites",
            "department_services", "common.places", "common.professions", "country_customs", "clinical_terms",
            "exchange_customs"),
)  # fmt: skip
class Doctor(Person):
    """A physician with a specialty, the training and numbers that go with it, at a hospital nearby: one of the people."""

    # post
    person: Person | None = field(
        role(Person, having={"profession": "physician"}, shares=careers.shares),
        hidden=True,
        doc="who the doctor is; null for people of a population of their own",
    )
    doctor_id: str = field(
        serial("DOC-{country}-########", grows=True), key=True, doc="number of the doctor in this world"
    )
    region: str = field(region_of, hidden=True, doc="state of practice and home, see regions.py")
    specialty_row: int = field(careers.specialty_row, internal=True, doc="row of the table of specialties")

    # person
    age: int = field(otherwise(careers.age))
    sex: str = field(otherwise(careers.sex))
    profession = field(otherwise(constant("physician")))

    # training
    specialty_en: str = field(
        from_row("specialties", "specialty", row="specialty_row"), hidden=True, doc="medical specialty, in English"
    )
    specialty: str = field(careers.specialty, doc="medical specialty, as the country calls it")
    graduation_age: int = field(careers.graduation_age, hidden=True, unit="a", doc="age at the end of medical school")
    graduation_year: int = field(careers.graduation_year, doc="year of graduation from medical school")
    years_of_experience: int = field(careers.years_of_experience, unit="a", doc="years since graduation")
    medical_school: str = field(weighted("medical_schools"), doc="medical school (an invented name)")
    certifications: list[str] = field(
        careers.certifications, doc="certificate of the specialty and courses that fit it"
    )

    # registration
    license_number: str = field(
        limited(registration.license_number, registration.LICENCES), doc="licence to practise, of the state of practice"
    )
    npi_number: str | None = field(
        limited(registration.npi_number, NPI_SPACE), doc="National Provider Identifier of type 1 (US)"
    )
    dea_number: str | None = field(
        limited(registration.dea_number, registration.LICENCES),
        doc="DEA registration (US); null for specialties that seldom prescribe",
    )
    lanr: str | None = field(
        limited(registration.lanr_number, registration.LICENCES), doc="Lebenslange Arztnummer (DE)"
    )

    # practice
    office_week: int = field(
        practice.office_week, stream="office_hours", internal=True, doc="row of the table of office hours"
    )
    office_hours: dict[str, str] = field(practice.office_hours, doc="consultation hours by day of the week")
    accepting_new_patients: bool = field(lambda draw: draw.chance(0.7), doc="takes new patients")
    hospital: Hospital = field(
        ref(Hospital, by=practice.workplace),
        doc="hospital near home, of the same state, that has the specialty's department",
    )
    profiles: str | None = field(naming_systems.profiles, internal=True, doc="where the country's profiles are")


@check(Doctor, "the licence is that of the state of practice")
def license_of_state(license_number: Text, address: Any, data: Data, locale: Locale) -> Bools:
    allowed: dict[str, set[str]] = {}
    for region in data["common.places"][region_column(data)].coding()[1].values:
        for state in states_of(region, data):
            allowed.setdefault(state, set()).add(registration.after_dash(region))
    pairs = zip(license_number.tolist(), address.state_code.tolist(), strict=True)
    end = locale.country == "VN"
    return np.array(
        [_issuer(number or "", end) in allowed.get(state or "", ()) for number, state in pairs], dtype=np.bool_
    )


def _issuer(number: str, end: bool) -> str:
    return number.rpartition("-")[0].partition("/")[2] if end else number.rpartition("-")[0]


@check(Doctor, "graduation at 25 to 30, and the specialty's training lies between then and now")
def training_fits_age(
    age: Ints,
    graduation_year: Ints,
    birthdate: Any,
    years_of_experience: Ints,
    specialty: Text,
    data: Data,
    clock: Clock,
) -> Bools:
    table: Table = data["specialties"]
    row = table.lookup("specialty", english_of("specialty", specialty, data))
    graduated_at = graduation_year - year_month_day(birthdate)[0]
    trained = age >= 24 + table.ints("training_years")[row]
    return (
        (row >= 0) & trained & (graduated_at >= careers.GRADUATE) & (graduated_at <= careers.LATEST_GRADUATE)
        & (years_of_experience == clock.year - graduation_year) & (years_of_experience <= age - 24)
    )  # fmt: skip


@check(Doctor, "every certificate fits the specialty, and the specialty's own is among them")
def certificates_fit_specialty(specialty: Text, certifications: Lists, data: Data) -> Bools:
    table: Table = data["specialties"]
    specialty_en = english_of("specialty", specialty, data)
    row = table.lookup("specialty", specialty_en)
    own = table["certificate"].take(row).take(certifications.parents)
    fitting = {
        (name, value)
        for name, first, more in zip(
            table.columns["specialty"], table.columns["certificate"], table.columns["courses"], strict=True
        )
        for value in (first, *more.split("|"))
    }
    pairs = zip(specialty_en.take(certifications.parents).tolist(), text_of(certifications).tolist(), strict=True)
    fits = np.array([pair in fitting for pair in pairs], dtype=np.bool_)
    return certifications.all(fits) & certifications.any(text_of(certifications) == own)


class DoctorService(PeopleService[Doctor]):
    """Doctors of a country; a `DemographicConfig` narrows their ages."""


expose(Doctor, DOCTOR)
