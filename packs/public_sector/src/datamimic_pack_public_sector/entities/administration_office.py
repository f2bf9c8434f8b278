"""AdministrationOffice: a public office with its jurisdiction, services, leaders, opening hours and budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Lists,
    Maps,
    Service,
    Table,
    Text,
    check,
    entity,
    field,
    from_row,
    record,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Ints
from datamimic_pack_common import Address
from datamimic_pack_public_sector import leaders, naming, office_places, opening
from datamimic_pack_public_sector.identity import embed_at
from datamimic_pack_public_sector.money import currency
from datamimic_pack_public_sector.office_places import Stems
from datamimic_pack_public_sector.offices import resources


@record
class BudgetLine:
    """What one department may spend in a year."""

    department: str
    amount: Decimal


@entity(
    "administration_office",
    tables=(
        "office_shares", "office_types", "office_services", "office_departments", "office_leadership", "office_hours",
        "namesakes", "common.public_holidays", "common.places", "common.countries", "common.population", "country_customs",
        "host_names", *naming.TABLES_OF_PEOPLE,
    ),
)  # fmt: skip
class AdministrationOffice(Entity):
    """A public office with its jurisdiction, services, departments, leaders, opening hours and budget."""

    # what the rest follows from
    office_id: str = field(
        serial("OFF-{country}-########", grows=True), key=True, doc="number of the office in this world"
    )
    share_row: int = field(office_places.share_row, internal=True, doc="row of office_shares")
    office_key: str = field(office_places.office_key, internal=True, doc="kind of office in the tables")
    kind_row: int = field(office_places.kind_row, internal=True, doc="row of office_types")
    seat: int = field(office_places.seat, internal=True, doc="row of counties for the office of a county, else -1")
    town: int = field(office_places.town, internal=True, doc="number of the town")
    spot: int = field(office_places.spot, internal=True, doc="a place of the town")
    area_kind: int = field(office_places.area_kind, internal=True, doc="kind of area that it serves, see areas.py")
    area: int = field(office_places.area, internal=True, doc="number of the area")
    identity: int = field(
        office_places.identity, internal=True, doc="number of the office itself: rows with the same one agree"
    )
    place: int = field(office_places.place, internal=True, doc="position in common.places")
    state: str = field(naming.state, hidden=True, doc="the state of the place")
    unit: str | None = field(lambda rows: Text.constant(None, len(rows)), internal=True, doc="a house of its own")
    county_row: int = field(office_places.county_row, internal=True, doc="row of counties, -1 where unknown")
    stems: Stems = field(office_places.stems, internal=True, doc="texts that names are made from")
    host: str = field(office_places.host, hidden=True, doc="domain of the office, in a reserved name")

    # what it is
    name: str = field(office_places.name, doc="name of the office")
    type: str = field(
        from_row("office_types", "office_type", row="kind_row"),
        doc="what kind of office it is, as the country calls it",
    )
    level: str = field(
        from_row("office_types", "level", row="kind_row"), doc="level of government, in the country's own words"
    )

    # whom it serves
    jurisdiction: str = field(
        office_places.jurisdiction, doc="the city, county, state or country it is responsible for"
    )
    jurisdiction_code: str | None = field(
        office_places.jurisdiction_code, doc="official code of a state or county (FIPS, AGS, GSO); null for others"
    )
    founding_year: int = field(resources.founding_year, doc="year in which it was founded")
    population_served: int = field(resources.population_served, doc="inhabitants it serves")

    # staff and money
    staff_count: int = field(resources.staff_count, doc="people who work there")
    annual_budget: Decimal = field(resources.annual_budget, doc="what it may spend in a year, in national currency")
    currency: str = field(currency, doc="national currency, ISO 4217")
    departments: list[str] = field(resources.departments, doc="its departments")
    budget_lines: list[BudgetLine] = field(resources.budget_lines, doc="the budget by department")

    # services and leader
    services: list[str] = field(resources.services, doc="what citizens can get done there")
    leader_birthdate: date = field(leaders.leader_birthdate, hidden=True, doc="about when those who lead it were born")
    leader_age: int = field(leaders.leader_age, hidden=True, unit="a", doc="age of those who lead it")
    leadership: dict[str, str] = field(leaders.leadership, doc="names of those who lead it, by title")

    # hours and contact
    hours_of_operation: dict[str, str] = field(
        opening.hours_of_operation, doc="opening hours from Monday to Sunday: HH:MM-HH:MM, or closed"
    )
    closed_on: list[date] = field(opening.closed_on, doc="public holidays of the clock's year, on which it is closed")
    address: Address = field(
        embed_at(Address, "identity", only=naming.ADDRESS, place="place", organization="name", unit="unit"),
        doc="where it is",
    )
    phone: str = field(via("address.phone"), doc="telephone number")
    email: str = field(resources.email, doc="e-mail address, in a reserved domain")
    website: str = field(resources.website, doc="website, in a reserved domain")


@check(AdministrationOffice, "opening hours parse, open before they close, and every weekday is there")
def opening_hours_parse(hours_of_operation: Maps) -> Bools:
    parsed = hours_of_operation.values.matches(opening.parses) & hours_of_operation.keys.isin(opening.DAYS)
    return Lists(hours_of_operation.lengths, parsed).all(parsed) & (hours_of_operation.lengths == 7)


@check(AdministrationOffice, "the lines of the budget sum to the budget")
def budget_is_sum_of_lines(annual_budget: Ints, budget_lines: Lists) -> Bools:
    lines: Any = budget_lines.values
    return segment_sums(lines.amount, budget_lines.lengths) == annual_budget


@check(AdministrationOffice, "there are at least as many staff as leaders and departments that are named")
def staff_covers_leaders(staff_count: Ints, leadership: Maps, departments: Lists) -> Bools:
    return (staff_count >= leadership.lengths) & (staff_count >= departments.lengths)


@check(AdministrationOffice, "the level, and every service, belongs to the kind of office")
def services_fit_kind(type: Text, level: Text, services: Lists, data: Data) -> Bools:
    kinds: Table = data["office_types"]
    own = {*zip(kinds.columns["office_type"], kinds.columns["level"], strict=True)}
    offered = {
        *zip(data["office_services"].columns["office_key"], data["office_services"].columns["item"], strict=True)
    }
    keys = dict(zip(kinds.columns["office_key"], kinds.columns["office_type"], strict=True))
    fitting = {(keys[key], item) for key, item in offered}
    kind = np.array(type.tolist(), dtype=object)
    pairs = zip(kind[services.parents], services.values.tolist(), strict=True)
    flags = np.array([pair in fitting for pair in pairs], dtype=np.bool_)
    levels = np.array([pair in own for pair in zip(kind, level.tolist(), strict=True)], dtype=np.bool_)
    return levels & services.all(flags)


@check(AdministrationOffice, "the code of the jurisdiction has the form of its level and begins with that of the state")
def code_fits_level(level: Text, jurisdiction_code: Text, address: Any, data: Data) -> Bools:
    lengths: Any = jurisdiction_code.lengths()
    fits: Bools = lengths == 2
    if "state_codes" in data:
        table: Table = data["state_codes"]
        own = table["official_code"].take(table.lookup("state_code", address.state_code))
        if data.country == "US":
            fits = np.where(level == "county", lengths == 5, fits)
        else:
            of_kreis = (lengths == 8) & (jurisdiction_code.slice(5, 8) == "000")
            fits = np.where(level.isin({"Landkreis", "kreisfreie Stadt"}), of_kreis, fits)
        fits &= jurisdiction_code.slice(0, 2) == own
    return jurisdiction_code.is_null() | fits


@check(AdministrationOffice, "it was founded by the year of the clock")
def founded_by_clock(founding_year: Ints, clock: Clock) -> Bools:
    return (founding_year >= 800) & (founding_year <= clock.year)


@check(AdministrationOffice, "it is closed on public holidays of the year, each named once")
def closed_days_are_of_the_year(closed_on: Lists, clock: Clock) -> Bools:
    days = np.asarray(closed_on.values, dtype="datetime64[Y]").astype(np.int64) + 1970
    return closed_on.all(days == clock.year)


@check(AdministrationOffice, "e-mail and website are in the same reserved domain")
def addresses_are_reserved(email: Text, website: Text) -> Bools:
    pairs = [(mail or "", site or "") for mail, site in zip(email.tolist(), website.tolist(), strict=True)]
    same = [
        mail.partition("@")[2] == site.removeprefix("https://www.") and site.endswith(".example")
        for mail, site in pairs
    ]
    return np.array(same, dtype=np.bool_)


class AdministrationOfficeService(Service[AdministrationOffice]):
    """Public offices of all levels of government, as frequent as there are."""
