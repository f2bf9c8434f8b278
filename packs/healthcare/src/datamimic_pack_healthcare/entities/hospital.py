"""Hospital: type, size, departments and services that fit each other, at an address in its state."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Locale,
    Service,
    Table,
    Text,
    apportioned,
    check,
    embed,
    entity,
    field,
    serial,
    via,
)
from datamimic.columns import Bools, Ints, join, join_present, where
from datamimic_pack_common import Address
from datamimic_pack_common.people.naming import ascii_of, german_ascii_of
from datamimic_pack_healthcare.clinical.bits import CERTAIN, members, quarters, sixteen, text_of
from datamimic_pack_healthcare.generators.providers import ORGANISATION, ccn, ik_number, npi, serial_numbers
from datamimic_pack_healthcare.regions import place_in

EMERGENCY = "Emergency"
UNIVERSITY_NAMES = ("University Hospital", "University Medical", "Universitätsklinikum", "Universitaire")
CHILDREN_NAMES = ("Children's", "Kinderklinik", "Kinderkrankenhaus", "Sản Nhi")
_AGES = {"US": 150, "DE": 180, "VN": 110, "GB": 180, "FR": 220}
_NOT_IN_HOSTS = re.compile(r"[^a-z0-9]+")
_PLACES = re.compile(r"(\{city\}|\{state\})")
_KINDS = ("", "{city}", "{state}")


def region(post: Text, data: Data) -> Text:
    table: Table = data["hospital_posts"]
    return table["region"].take(table.lookup("post", post))


def hospital_type(post: Text, data: Data) -> Text:
    table: Table = data["hospital_posts"]
    return table["hospital_type"].take(table.lookup("post", post))


def type_row(type: Text, data: Data) -> Ints:
    return data["hospital_types"].lookup("hospital_type", type)


def name_pattern(type: Text, draw: Draw, data: Data) -> Ints:
    """A row of the table `hospital_names`."""
    return draw.pick(data["hospital_names"].by("hospital_type"), type)


@cache
def name_parts(pattern: str) -> tuple[str, ...]:
    """`{state} University Hospital {city}` → five parts: text, place, text, place, text; empty where there is none."""
    parts = _PLACES.split(pattern)
    return (*parts, *([""] * (5 - len(parts))))


def _named(
    patterns: tuple[str, ...], row: Ints, city: Text, state: Text, spelt: Callable[[str], str] = str
) -> list[Text]:
    """The five parts of every name: the literal ones as they are spelt, the others with the places of the row."""
    columns = []
    for k in range(5):
        words = [name_parts(pattern)[k] for pattern in patterns]
        if k % 2 == 0:
            columns.append(Text.coded(row, [spelt(word) for word in words]))
            continue
        kind = np.array([_KINDS.index(word) for word in words])[row]
        columns.append(where(kind == 0, "", where(kind == 1, city, state)))
    return columns


def name(name_pattern: Ints, place: Ints, data: Data) -> Text:
    """The pattern with the place's city and state filled in."""
    places: Table = data["common.places"]
    patterns = data["hospital_names"].columns["pattern"]
    return join(*_named(patterns, name_pattern, places["city"].take(place), places["state"].take(place)))


def host(name_pattern: Ints, place: Ints, data: Data, locale: Locale) -> Text:
    """A web name of the reserved top-level domain `.example`, spelt after the hospital's."""
    spelt = german_host_of if locale.country == "DE" else host_of
    places: Table = data["common.places"]
    city, state = (places[column].map(spelt).take(place) for column in ("city", "state"))
    parts = _named(data["hospital_names"].columns["pattern"], name_pattern, city, state, spelt)
    return join(join_present(*parts, separator="-"), ".example")


def bed_count(type_row: Ints, draw: Draw, data: Data) -> Ints:
    """Licensed beds, between the quartiles of the type."""
    table: Table = data["hospital_types"]
    quartiles = np.stack([table.floats(f"beds_{q}") for q in (0, 25, 50, 75, 100)], axis=1)
    place = draw.uniform() * 4.0
    left = place.astype(np.int64)
    low, high = quartiles[type_row, left], quartiles[type_row, left + 1]
    return np.rint(low + (place - left) * (high - low)).astype(np.int64)


def emergency_services(type_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["hospital_types"].floats("emergency")[type_row])


def teaching_status(type_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["hospital_types"].floats("teaching")[type_row])


@lru_cache(maxsize=16)
def department_thresholds(shares: Table, types: Table, departments: Table) -> NDArray[np.uint16]:
    """How likely a hospital of each type (rows) has each department (columns); see `bits.sixteen`."""
    by_profile = {
        (profile, department): share
        for profile, department, share in zip(
            shares.columns["profile"], shares.columns["department"], shares.floats("share").tolist(), strict=True
        )
    }
    names, profiles = departments.columns["department"], types.columns["profile"]
    return sixteen(np.array([[100.0 * by_profile[profile, name] for name in names] for profile in profiles]))


def department_bits(type_row: Ints, bed_count: Ints, emergency_services: Bools, draw: Draw, data: Data) -> Ints:
    """One bit per department, in the order of the table `department_services`; small hospitals have fewer of them."""
    names = data["department_services"].columns["department"]
    thresholds = department_thresholds(
        data["hospital_departments"], data["hospital_types"], data["department_services"]
    )
    scale = np.clip(bed_count * 1.0 / 200.0, 0.3, 1.0)
    bits = np.zeros(len(type_row), dtype=np.uint64)
    random = np.zeros((4, 0), dtype=np.uint16)
    for d, department in enumerate(names):
        if d % 4 == 0:
            random = quarters(draw.bits(f"departments {d // 4}"))
        limit = thresholds[type_row, d]
        flags = (limit == CERTAIN) | (random[d % 4] < limit * scale)
        if department == EMERGENCY:
            flags = emergency_services
        bits |= flags.astype(np.uint64) << np.uint64(d)
    return bits.astype(np.int64)


def departments(department_bits: Ints, data: Data) -> Lists:
    lengths, places = members(department_bits)
    return Lists(lengths, data["department_services"]["department"].take(places))


def services(department_bits: Ints, data: Data) -> Lists:
    lengths, places = members(department_bits)
    return Lists(lengths, data["department_services"]["service"].take(places))


def staff_count(type_row: Ints, bed_count: Ints, draw: Draw, data: Data) -> Ints:
    """Full-time staff: the type's staff per bed, a quarter more or less."""
    per_bed = data["hospital_types"].floats("staff_per_bed")[type_row] * (0.75 + 0.5 * draw.uniform())
    return np.maximum(np.rint(bed_count * per_bed), 12).astype(np.int64)


def founding_year(draw: Draw, clock: Clock, locale: Locale) -> Ints:
    """Most hospitals are a few decades old, some much older."""
    share = draw.uniform()
    years = (share * share * _AGES.get(locale.country, 150)).astype(np.int64)
    return clock.year - 3 - years


def accreditation(draw: Draw, data: Data) -> Lists:
    table: Table = data["accreditations"]
    held = np.stack(
        [
            draw.chance(share, name)
            for name, share in zip(table.columns["accreditation"], table.floats("share"), strict=True)
        ],
        axis=1,
    )
    rows, which = np.nonzero(held)
    return Lists(np.bincount(rows, minlength=len(held)), table["accreditation"].take(which))


def host_of(name: str) -> str:
    return _NOT_IN_HOSTS.sub("-", ascii_of(name).lower()).strip("-")


def german_host_of(name: str) -> str:
    return _NOT_IN_HOSTS.sub("-", german_ascii_of(name).lower()).strip("-")


def website(host: Text) -> Text:
    return join("https://www.", host)


def email(host: Text) -> Text:
    return join("info@", host)


def npi_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(rows))
    return npi(serial_numbers(draw, 10**8), ORGANISATION)


def ccn_number(type: Text, region: Text, draw: Draw, data: Data, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(type))
    ranges: Table = data["ccn_ranges"]
    at = ranges.lookup("hospital_type", type)
    states: Table = data["ccn_states"]
    return ccn(
        states["ccn_state"].take(states.lookup("state_code", region)),
        draw.integers(ranges.ints("low")[at], ranges.ints("high")[at]),
    )


def institution_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "DE":
        return Text.constant(None, len(rows))
    return ik_number(serial_numbers(draw, 10**6))


@entity(
    "hospital",
    size=8_192,
    tables=(
        "hospital_types", "hospital_names", "hospital_departments", "department_services", "accreditations", "common.places",
    ),
)  # fmt: skip
class Hospital:
    """A hospital whose name, size, departments, services and staff fit its type."""

    hospital_id: str = field(serial("HOSP-######"), key=True, doc="number of the hospital in this world")
    post: str = field(
        apportioned("hospital_posts", "post", minimum=1), hidden=True, doc="state and type, dealt out by population"
    )
    region: str = field(region, hidden=True, doc="state, see regions.py")
    type: str = field(hospital_type, doc="kind of hospital")
    type_row: int = field(type_row, hidden=True, doc="row of the table of hospital types")
    place: int = field(place_in, hidden=True, doc="row of the table of places")
    name_pattern: int = field(name_pattern, hidden=True, doc="row of the table of name patterns")
    name: str = field(name, doc="name, after type and place")
    address: Address = field(embed(Address, place="place", organization="name"), doc="where it stands")
    bed_count: int = field(bed_count, doc="licensed beds")
    staff_count: int = field(staff_count, doc="people employed, as full-time equivalents")
    emergency_services: bool = field(emergency_services, doc="has an emergency department")
    teaching_status: bool = field(teaching_status, doc="trains doctors of a university")
    department_bits: int = field(department_bits, hidden=True, doc="departments as bits")
    departments: list[str] = field(departments, doc="departments that it runs")
    services: list[str] = field(services, doc="what the departments offer")
    founding_year: int = field(founding_year, doc="year of foundation")
    accreditation: list[str] = field(accreditation, doc="accreditations and licences held")
    host: str = field(host, hidden=True, doc="name on the web")
    phone: str = field(via("address.office_phone"), doc="phone number of the switchboard")
    email: str = field(email, doc="e-mail address, in a reserved domain")
    website: str = field(website, doc="web address, in a reserved domain")
    npi_number: str | None = field(npi_number, doc="National Provider Identifier of type 2 (US)")
    ccn: str | None = field(ccn_number, doc="CMS Certification Number (US)")
    ik_number: str | None = field(institution_number, doc="Institutionskennzeichen (DE)")


@check(Hospital, "the beds lie in the range of the hospital's type; a critical access hospital has at most 25")
def beds_fit_type(type: Text, bed_count: Ints, data: Data) -> Bools:
    table: Table = data["hospital_types"]
    row = table.lookup("hospital_type", type)
    return (row >= 0) & (bed_count >= table.ints("beds_0")[row]) & (bed_count <= table.ints("beds_100")[row])


@check(Hospital, "a hospital called after a university teaches, one called after children is a children's hospital")
def name_fits_type(name: Text, type: Text, teaching_status: Bools) -> Bools:
    university = name.matches(lambda text: any(word in text for word in UNIVERSITY_NAMES))
    children = name.matches(lambda text: any(word in text for word in CHILDREN_NAMES))
    of_children = type.matches(lambda text: "Children" in text or "Pediatric" in text)
    return (~university | teaching_status) & (children == of_children)


@check(Hospital, "there is an emergency department exactly where there are emergency services")
def emergency_department(emergency_services: Bools, departments: Lists) -> Bools:
    return departments.contains(EMERGENCY) == emergency_services


@check(Hospital, "every service belongs to one of the departments")
def services_fit_departments(departments: Lists, services: Lists, data: Data) -> Bools:
    table: Table = data["department_services"]
    offered = table.lookup("service", text_of(services))
    count = len(table)
    held = np.zeros(len(departments) * count + 1, dtype=np.bool_)
    held[departments.parents * count + table.lookup("department", text_of(departments))] = True
    return services.all((offered >= 0) & held[services.parents * count + offered])


@check(Hospital, "it was founded before the clock")
def founded_in_the_past(founding_year: Ints, clock: Clock) -> Bools:
    return founding_year < clock.year


class HospitalService(Service[Hospital]):
    """Hospitals of a country, by `generate()` and `generate_batch()`."""

    entity = Hospital

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
