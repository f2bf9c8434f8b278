"""Hospital: type, size, departments and services that fit each other, at an address in its state."""

from __future__ import annotations

from datetime import date

import numpy as np

from datamimic import (
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
    limited,
    rank_within,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, year_month_day
from datamimic_pack_common import Address
from datamimic_pack_healthcare.clinical import naming_systems
from datamimic_pack_healthcare.clinical.bits import text_of
from datamimic_pack_healthcare.clinical.naming_systems import Payer
from datamimic_pack_healthcare.generators.providers import NPI_SPACE
from datamimic_pack_healthcare.hospitals import naming, provision, registration, siting
from datamimic_pack_healthcare.hospitals.choice import HospitalOptions
from datamimic_pack_healthcare.regions import region_of
from datamimic_pack_healthcare.wording import english_of

UNIVERSITY_NAMES = ("University Hospital", "University Medical", "Universitätsklinikum", "Universitaire")
CHILDREN_NAMES = ("Children's", "Kinderklinik", "Kinderkrankenhaus", "Sản Nhi")


@entity(
    "hospital",
    size=8_192,
    options=HospitalOptions,
    happens="opened_on",
    tables=(
        "hospital_sites", "hospital_types", "hospital_names", "hospital_departments", "department_services", "accreditations",
        "common.places", "country_customs", "hospital_ages", "common.country_customs", "clinical_terms",
        "exchange_customs", "payers",
    ),
)  # fmt: skip
class Hospital(Entity):
    """A hospital whose name, size, departments, services and staff fit its type."""

    # what and where
    hospital_id: str = field(
        serial("HOSP-{country}-######", grows=True), key=True, doc="number of the hospital in this world"
    )
    site: int = field(siting.site, internal=True, doc="row of the table of sites")
    place: int = field(siting.place, internal=True, doc="row of the table of places")
    region: str = field(region_of, hidden=True, doc="state, see regions.py")
    type_en: str = field(siting.hospital_type, hidden=True, doc="kind of hospital, in English")
    type: str = field(provision.type_name, doc="kind of hospital, by the size and nature of its town")
    type_row: int = field(provision.type_row, internal=True, doc="row of the table of hospital types")
    number: int = field(siting.number, internal=True, doc="how-many-eth of its type in its town")
    centre: bool = field(siting.is_centre, internal=True, doc="has every department, as one hospital of each state")
    unit: str | None = field(lambda rows: Text.constant(None, len(rows)), internal=True, doc="a house of its own")

    # name and address
    name_pattern: int = field(naming.name_pattern, internal=True, doc="row of the table of name patterns")
    name: str = field(naming.name, doc="name, after type and place")
    address: Address = field(embed(Address, place="place", organization="name", unit="unit"), doc="where it stands")

    # size and services
    bed_count: int = field(provision.bed_count, doc="licensed beds")
    staff_count: int = field(provision.staff_count, doc="people employed, as full-time equivalents")
    emergency_services: bool = field(provision.emergency_services, doc="has an emergency department")
    teaching_status: bool = field(provision.teaching_status, doc="trains doctors of a university")
    department_bits: int = field(provision.department_bits, internal=True, doc="departments as bits")
    departments_en: list[str] = field(provision.departments_en, hidden=True, doc="the same departments in English")
    departments: list[str] = field(provision.departments, doc="departments that it runs")
    services_en: list[str] = field(provision.services_en, hidden=True, doc="the same services in English")
    services: list[str] = field(provision.services, doc="what the departments offer")

    # history
    founding_year: int = field(provision.founding_year, doc="year of foundation")
    opened_on: date = field(provision.opened_on, hidden=True, doc="day on which it took up its work")
    accreditation_rows: list[int] = field(
        registration.accreditation_rows,
        internal=True,
        stream="accreditation",
        doc="rows of the table of accreditations",
    )
    accredited_on: list[date] = field(registration.accredited_on, internal=True, doc="when it got each of them")
    accreditation: list[str] = field(registration.accreditation, doc="accreditations and licences held")

    # contact
    host: str = field(naming.host, hidden=True, doc="name on the web")
    phone: str = field(via("address.office_phone"), doc="phone number of the switchboard")
    email: str = field(naming.email, doc="e-mail address, in a reserved domain")
    website: str = field(naming.website, doc="web address, in a reserved domain")

    # registers
    npi_number: str | None = field(
        limited(registration.npi_number, NPI_SPACE), doc="National Provider Identifier of type 2 (US)"
    )
    ccn_cell: int = field(registration.ccn_cell, internal=True, doc="state and range of the CMS Certification Number")
    ccn_cell_rank: int = field(rank_within("ccn_cell"), internal=True, doc="which of those of the state and range")
    ccn: str | None = field(
        registration.ccn_number,
        doc="CMS Certification Number (US); null beyond those that a state has for the type, and beyond 16,384 hospitals",
    )
    ik_number: str | None = field(
        limited(registration.institution_number, registration.INSTITUTIONS), doc="Institutionskennzeichen (DE)"
    )

    # in messages
    profiles: str | None = field(naming_systems.profiles, internal=True, doc="where the country's profiles are")
    payers: list[Payer] = field(naming_systems.payers, internal=True, doc="the insurers of the country")


@check(Hospital, "the beds lie in the range of the hospital's type; a critical access hospital has at most 25")
def beds_fit_type(type: Text, bed_count: Ints, data: Data) -> Bools:
    table: Table = data["hospital_types"]
    row = table.lookup("hospital_type", english_of("hospital", type, data))
    return (row >= 0) & (bed_count >= table.ints("beds_0")[row]) & (bed_count <= table.ints("beds_100")[row])


@check(Hospital, "a hospital called after a university teaches, one called after children is a children's hospital")
def name_fits_type(name: Text, type: Text, teaching_status: Bools, data: Data) -> Bools:
    university = name.matches(lambda text: any(word in text for word in UNIVERSITY_NAMES))
    children = name.matches(lambda text: any(word in text for word in CHILDREN_NAMES))
    of_children = english_of("hospital", type, data).matches(lambda text: "Children" in text or "Pediatric" in text)
    return (~university | teaching_status) & (children == of_children)


@check(Hospital, "there is an emergency department exactly where there are emergency services")
def emergency_department(emergency_services: Bools, departments: Lists, data: Data) -> Bools:
    return (
        departments.any(english_of("department", text_of(departments), data) == provision.EMERGENCY)
        == emergency_services
    )


@check(Hospital, "every service belongs to one of the departments")
def services_fit_departments(departments: Lists, services: Lists, data: Data) -> Bools:
    table: Table = data["department_services"]
    offered = table.lookup("service", english_of("service", text_of(services), data))
    count = len(table)
    held = np.zeros(len(departments) * count + 1, dtype=np.bool_)
    known = english_of("department", text_of(departments), data)
    held[departments.parents * count + table.lookup("department", known)] = True
    return services.all((offered >= 0) & held[services.parents * count + offered])


@check(Hospital, "it was founded before the moment at which it is seen")
def founded_in_the_past(founding_year: Ints, now: Dates) -> Bools:
    return founding_year <= year_month_day(now.astype("datetime64[D]"))[0]


class HospitalService(Service[Hospital]):
    """Hospitals of a country, by `generate()` and `generate_batch()`."""
