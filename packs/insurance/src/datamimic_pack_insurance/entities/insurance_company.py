"""InsuranceCompany: a licensed insurer with an invented name."""

from __future__ import annotations

from datamimic import (
    Clock,
    Data,
    Entity,
    Service,
    apportioned,
    check,
    country_code,
    embed,
    entity,
    field,
    serial,
    via,
)
from datamimic.columns import Bools, Ints, Text
from datamimic_pack_common import Address
from datamimic_pack_insurance.insurers import identity


@entity(
    "insurance_company",
    size=96,
    tables=("insurer_names", "insurer_forms", "insurer_founded", "insurer_segments", "common.places"),
)
class InsuranceCompany(Entity):
    """A licensed insurer with an invented name, its segment, supervisor's number and headquarters."""

    # name
    id: str = field(serial("INS-{country}-######", grows=True), key=True, doc="number of the insurer in this world")
    name_number: int = field(identity.name_number, internal=True, doc="which name and form the company bears")
    segment: str = field(
        apportioned("insurer_segments", "segment", minimum=4), doc="kind of insurer: what lines its licence allows"
    )
    stem: str = field(identity.stem, internal=True, doc="the invented part of the name")
    form: str = field(identity.form, internal=True, doc="what stands around the invented part of the name")
    name: str = field(identity.name, doc="legal name, invented")
    code: str = field(serial("?####?"), doc="short code, unique")
    founded_year: int = field(identity.founded_year, doc="year of foundation")

    # seat
    headquarters_row: int = field(identity.headquarters_row, internal=True, doc="row of common.places")
    address: Address = field(embed(Address, place="headquarters_row"), internal=True, doc="address of the head office")
    headquarters: str = field(via("address.city"), doc="city of the head office")
    headquarters_state: str = field(via("address.state"), doc="state or province of the head office")
    country_code: str = field(country_code(), doc="country of the licence, ISO 3166-1 alpha-2")

    # contact and registers
    website: str = field(identity.website, doc="web address in a reserved domain")
    email: str = field(identity.email, doc="e-mail of customer service in a reserved domain")
    regulator: str = field(identity.regulator, doc="who keeps the register of insurers")
    register_number: str = field(identity.register_number, doc="number in that register, in its national form")
    lei: str = field(identity.lei, doc="legal entity identifier, ISO 17442, with a prefix that no issuer has")


@check(InsuranceCompany, "the company was founded before the clock")
def founded_before_clock(founded_year: Ints, clock: Clock) -> Bools:
    return founded_year <= clock.year


@check(InsuranceCompany, "the segment is one of the country's, and the register is its supervisor's")
def segment_has_regulator(segment: Text, regulator: Text, data: Data) -> Bools:
    table = data["insurer_segments"]
    rows = table.lookup("segment", segment)
    return (rows >= 0) & (table["regulator"].take(rows) == regulator)


class InsuranceCompanyService(Service[InsuranceCompany]):
    """Insurance companies of a country: names are numbered from the 1,281st on."""
