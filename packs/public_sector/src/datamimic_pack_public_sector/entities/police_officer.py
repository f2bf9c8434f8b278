"""PoliceOfficer: a person who serves in a police department, with a rank that the years of service allow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Lists,
    Table,
    Text,
    check,
    constant,
    entity,
    field,
    from_row,
    otherwise,
    ref,
    role,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_public_sector import careers, training
from datamimic_pack_public_sector.careers import rank_of
from datamimic_pack_public_sector.entities.police_department import PoliceDepartment
from datamimic_pack_public_sector.money import currency
from datamimic_pack_public_sector.police import officers, posts, ranks

OF_THE_PERSON = (
    "household", "household_role", "partner", "mother", "father", "employer", "employer_name", "place_of_birth",
    "national_id", "tax_id", "social_security_number",
)  # fmt: skip
"""Fields that stand in the person's table."""


@entity(
    "police_officer",
    happens="hire_date",
    options=officers.PoliceOfficerOptions,
    hide=OF_THE_PERSON,
    tables=(
        "police_ranks", "police_rank_shares", "police_units", "police_shifts", "police_certifications", "police_languages",
        "police_careers", "police_education", "police_hire_ages", "common.places",
        "common.states", "common.countries", "common.occupations", "country_customs",
    ),
)  # fmt: skip
class PoliceOfficer(Person):
    """Somebody who serves in a police department near home: rank, unit, shift, training and pay that belong together; one of
    the people."""

    # department
    person: Person | None = field(
        role(Person, having={"profession": "police_officer"}),
        hidden=True,
        doc="who the officer is; null for people of a population of their own",
    )
    officer_id: str = field(
        serial("PO-{country}-########", grows=True), key=True, doc="number of the officer in this world"
    )
    department: PoliceDepartment = field(
        ref(PoliceDepartment, by=posts.department), doc="the department the officer serves in, near home"
    )
    department_name: str = field(via("department.name"), doc="name of the department")
    department_state: str = field(via("department.state"), doc="state of the department")

    # person
    career_row: int = field(careers.career_row, internal=True, doc="row of police_careers")
    age: int = field(otherwise(careers.age))
    sex: str = field(otherwise(careers.sex))
    gender: str = field(otherwise(careers.gender_of))
    profession = field(otherwise(constant("police_officer")))

    # service
    badge_number: str = field(officers.badge_number, doc="number of the badge, unique in the department")
    hire_date: date = field(careers.hire_date, doc="day of joining the police")
    years_of_service: int = field(careers.years_of_service, unit="a", doc="completed years since joining")

    # rank and pay
    rank_row: int = field(ranks.rank_row, internal=True, doc="row of police_ranks")
    unit_row: int = field(officers.unit_row, internal=True, doc="row of police_units")
    unit: str = field(from_row("police_units", "unit", row="unit_row"), doc="unit within the department")
    rank: str = field(careers.rank, doc="rank, in the form for the sex where the language has one")
    rank_code: str = field(
        from_row("police_ranks", "rank_code", row="rank_row"), doc="abbreviation of the rank, the same for all"
    )
    rank_order: int = field(
        from_row("police_ranks", "rank_order", row="rank_row"), doc="place on the ladder of ranks, 1 is the lowest"
    )
    service_class: str = field(
        from_row("police_ranks", "service_class", row="rank_row"), doc="career group of the rank"
    )
    pay_grade: str = field(from_row("police_ranks", "pay_grade", row="rank_row"), doc="pay grade of the rank")
    salary: Decimal = field(
        ranks.salary,
        doc="yearly pay of the rank before tax, in national currency; what else is earned is in the income",
    )
    currency: str = field(currency, doc="national currency, ISO 4217")

    # shift
    shift_row: int = field(officers.shift_row, internal=True, doc="row of police_shifts")
    shift: str = field(from_row("police_shifts", "shift", row="shift_row"), doc="shift that the officer works")
    shift_hours: str = field(
        from_row("police_shifts", "shift_hours", row="shift_row"), doc="hours of the shift, HH:MM-HH:MM"
    )

    # qualifications
    held_certifications: list[int] = field(training.held, internal=True, doc="rows of police_certifications")
    certifications: list[str] = field(training.certifications, doc="certifications held")
    credentials: list[training.Credential] = field(
        training.credentials, doc="the same certifications with the days of issue and expiry"
    )
    languages: list[str] = field(training.languages, doc="languages spoken on duty, the national one first")
    email = field(officers.email)


@check(PoliceOfficer, "years of service are the completed years since joining")
def service_counts_from_joining(years_of_service: Ints, hire_date: Dates, clock: Clock) -> Bools:
    return (years_between(hire_date, clock.date) == years_of_service) & (hire_date <= clock.date)


@check(PoliceOfficer, "officers joined at an age that the law allows and have not reached the age of retirement")
def age_fits_career(birthdate: Dates, hire_date: Dates, age: Ints, department_state: Text, data: Data) -> Bools:
    table: Table = data["police_careers"]
    joined = years_between(birthdate, hire_date)
    if table.columns["state_code"] == ("*",):
        row = np.zeros(len(joined), dtype=np.int64)
    else:
        states: Table = data["common.states"]
        codes = states["state_code"].take(states.lookup("state", department_state))
        row = table.lookup("state_code", codes)
    youngest, oldest, last = (table.ints(name)[row] for name in ("hire_age_min", "hire_age_max", "retirement_age"))
    return (joined >= youngest) & (joined <= oldest) & (age <= last)


@check(PoliceOfficer, "nobody holds a rank before the years of service that it takes")
def rank_fits_service(rank: Text, rank_code: Text, rank_order: Ints, years_of_service: Ints, data: Data) -> Bools:
    table: Table = data["police_ranks"]
    columns = (table.columns[name] for name in ("rank", "rank_female", "rank_code", "rank_order", "minimum_years"))
    least: dict[tuple[str, str, str], int] = {}
    for male, female, code, order, years in zip(*columns, strict=True):
        least[male, code, order] = least[female, code, order] = int(years)
    rows = zip(rank.tolist(), rank_code.tolist(), rank_order.tolist(), years_of_service.tolist(), strict=True)
    return np.array(
        [y >= least.get((rank_of(a or ""), b or "", str(c)), 1 << 62) for a, b, c, y in rows], dtype=np.bool_
    )


@check(PoliceOfficer, "certifications were issued from two years before joining to the clock, and expire after that")
def certifications_in_time(credentials: Lists, hire_date: Dates, clock: Clock) -> Bools:
    values: Any = credentials.values
    joined = hire_date[credentials.parents]
    early = values.issued_on < joined - np.timedelta64(731, "D")
    late = values.issued_on > clock.date
    expired = np.ma.filled(values.expires_on <= values.issued_on, False)
    return credentials.all(~(early | late | expired))


@check(PoliceOfficer, "certifications and credentials name the same")
def certifications_agree(certifications: Lists, credentials: Lists) -> Bools:
    names: Any = credentials.values
    same: Bools = certifications.lengths == credentials.lengths
    if not bool(same.all()):
        return same
    return certifications.all(certifications.values == names.certification)


@check(PoliceOfficer, "pay lies between the first and the last step of the rank")
def salary_fits_rank(rank_code: Text, salary: Ints, data: Data) -> Bools:
    table: Table = data["police_ranks"]
    row = table.lookup("rank_code", rank_code)
    low, high = table.ints("pay_from")[row] * 100, table.ints("pay_to")[row] * 100
    return (row >= 0) & (salary >= low) & (salary <= high)


@check(PoliceOfficer, "the first language is the national one, and none is named twice")
def languages_are_distinct(languages: Lists, data: Data) -> Bools:
    first = languages.values.take(np.minimum(languages.offsets[:-1], max(len(languages.values) - 1, 0)))
    distinct = np.array([len(set(part)) == len(part) for part in _parts(languages)], dtype=np.bool_)
    return (languages.lengths > 0) & (first == data["police_languages"].columns["language"][0]) & distinct


def _parts(lists: Lists) -> list[list[Any]]:
    values: Any = lists.values
    items = values.tolist()
    return [items[a:b] for a, b in pairwise(lists.offsets.tolist())]


class PoliceOfficerService(PeopleService[PoliceOfficer]):
    """Police officers of a country, of the ages at which its police serves."""
