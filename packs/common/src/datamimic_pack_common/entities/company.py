"""Company: an invented enterprise with a legal form, an industry, a size and an address that fit each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Service,
    Table,
    Text,
    check,
    copy_of,
    embed,
    entity,
    field,
    from_row,
    limited,
    rank_within,
    serial,
    via,
    weighted,
)
from datamimic.columns import Bools, Dates, Ints, where
from datamimic_pack_common import company_ids
from datamimic_pack_common.companies import profile, registration
from datamimic_pack_common.entities.address import Address
from datamimic_pack_common.places.postal import AddressOptions


@entity(
    "company",
    options=AddressOptions,
    tables=(
        "company_starts", "company_middles", "company_ends", "company_words", "company_name_patterns", "company_sizes",
        "company_ages", "company_mailboxes", "legal_forms", "industries", "countries",
    ),
)  # fmt: skip
class Company(Entity):
    """An invented enterprise with a legal form, an industry, a size and an address that fit each other."""

    # identity
    company_id: str = field(
        serial("C-{country}-########", grows=True), key=True, doc="number of the company in this world"
    )
    id: str = field(copy_of("company_id"), hidden=True, doc="the number under a shorter name")

    # what the rest follows from
    stem_number: int = field(profile.stem_number, internal=True, doc="number of the invented word")
    stem_start: int = field(profile.stem_start, internal=True, doc="row of the first half of the invented word")
    stem_middle: int = field(profile.stem_middle, internal=True, doc="row of what stands between the halves")
    stem_end: int = field(profile.stem_end, internal=True, doc="row of the second half of the invented word")
    section: str = field(weighted("sectors", "section"), internal=True, doc="section of ISIC revision 4")
    size_row: int = field(profile.size_row, internal=True, doc="row of the size class")
    form_row: int = field(registration.form_row, internal=True, doc="row of the legal form")
    industry_row: int = field(profile.industry_row, internal=True, doc="row of the industry")
    serial_number: int = field(company_ids.serial_number, internal=True, doc="what the company's numbers are made of")
    number_cell: int = field(company_ids.number_cell, internal=True, doc="what the country's number says of a company")
    number_cell_rank: int = field(
        rank_within("number_cell"), internal=True, doc="which of those of whom it says the same"
    )
    number_in_cell: int = field(company_ids.number_in_cell, internal=True, doc="the digits that say nothing")

    # name and form
    short_name: str = field(profile.short_name, doc="name without legal form, invented")
    full_name: str = field(profile.full_name, doc="registered name with legal form")
    legal_form: str = field(from_row("legal_forms", "legal_form", row="form_row"), doc="legal form of the country")

    # business and size
    sector: str = field(profile.sector, doc="section of the economy, in the language of the country")
    industry_code: str = field(
        from_row("industries", "industry_code", row="industry_row"), doc="class of ISIC revision 4"
    )
    industry: str = field(
        from_row("industries", "title", row="industry_row"), doc="title of the class, in the language of the country"
    )
    industry_en: str = field(
        from_row("industries", "industry", row="industry_row"), hidden=True, doc="title of the class in English"
    )
    size_class: str = field(
        from_row("company_sizes", "size_class", row="size_row"),
        doc="micro (under 10 employees), small (under 50), medium (under 250) or large",
    )
    employees: int = field(profile.employees, doc="number of employees")
    founded_on: date = field(
        registration.founded_on, doc="date of registration: a working day, not before the law knew the form"
    )
    share_capital: Decimal | None = field(
        profile.share_capital, doc="share capital in the currency; null where the form has none"
    )
    currency: str = field(profile.currency, doc="ISO 4217 code of the country's currency")

    # numbers
    tax_id: str | None = field(
        limited(company_ids.tax_id, company_ids.most_companies),
        doc="tax or VAT number: US EIN, CA BN, DE USt-IdNr, VN MST, GB VAT, FR TVA, ES CIF, BR CNPJ, IN GSTIN, JP number",
    )
    registration_number: str | None = field(
        limited(company_ids.registration_number, company_ids.SERIALS),
        doc="number in the register (DE HRB/HRA/GnR, GB Companies House, FR SIREN), or null",
    )
    register_court: str | None = field(
        registration.register_court,
        doc="local court that keeps the register (DE), the nearest of the state; null where no court does",
    )

    # head office
    address_data: Address = field(embed(Address), internal=True, doc="address of the head office")
    street: str = field(via("address_data.street"), doc="street of the head office")
    house_number: str = field(via("address_data.house_number"), doc="house number of the head office")
    city: str = field(via("address_data.city"), doc="city of the head office")
    zip_code: str = field(via("address_data.postal_code"), doc="postal code of the head office")
    state: str = field(via("address_data.state"), doc="state of the head office")
    state_code: str = field(via("address_data.state_code"), hidden=True, doc="ISO 3166-2 code of the state")
    country: str = field(via("address_data.country"), doc="English name of the country")
    country_code: str = field(via("address_data.country_code"), doc="ISO 3166-1 alpha-2 code of the country")
    phone_number: str = field(via("address_data.phone"), doc="switchboard, in the area of the city")
    office_phone: str = field(via("address_data.office_phone"), doc="office, in the area of the city")
    fax: str = field(via("address_data.fax"), doc="fax, in the area of the city")

    # on the web
    domain: str = field(profile.domain, hidden=True, doc="domain of web and e-mail, under the reserved .example")
    email: str = field(profile.email, doc="mailbox of the company, under its own domain")
    url: str = field(profile.url, doc="web site, under the company's own domain")


@check(Company, "the legal form exists in the country, and the full name shows it")
def legal_form_of_country(legal_form: Text, full_name: Text, short_name: Text, data: Data) -> Bools:
    table = data["legal_forms"]
    patterns = dict(zip(table.columns["legal_form"], table.columns["pattern"], strict=True))
    rows = zip(legal_form.tolist(), full_name.tolist(), short_name.tolist(), strict=True)
    return np.fromiter(
        (whole == patterns.get(str(form), "").replace("{name}", str(name)) for form, whole, name in rows),
        dtype=np.bool_,
        count=len(legal_form),
    )


@check(Company, "the share capital reaches the legal minimum of the form")
def capital_reaches_minimum(legal_form: Text, share_capital: Any, data: Data) -> Any:
    table = data["legal_forms"]
    return share_capital >= profile.cents(table.columns["minimum_capital"])[table.lookup("legal_form", legal_form)]


@check(Company, "the size class is that of the number of employees")
def size_class_of_employees(size_class: Text, employees: Ints) -> Bools:
    expected = where(employees < 10, "micro", where(employees < 50, "small", where(employees < 250, "medium", "large")))
    return (size_class == expected) & (employees >= 1)


@check(Company, "e-mail and web site share a reserved domain")
def domain_is_shared_and_reserved(email: Text, url: Text) -> Bools:
    rows = zip(email.tolist(), url.tolist(), strict=True)
    return np.fromiter(
        (
            str(site).removeprefix("https://www.") == str(mail).partition("@")[2] and str(mail).endswith(".example")
            for mail, site in rows
        ),
        dtype=np.bool_,
        count=len(email),
    )


@check(Company, "the company was founded before the clock")
def founded_before_clock(founded_on: Dates, clock: Clock) -> Bools:
    return founded_on <= np.datetime64(clock.date)


@check(Company, "the company is not older than its legal form, and was entered on a day of work")
def founded_within_the_law(legal_form: Text, founded_on: Dates, data: Data) -> Bools:
    table: Table = data["legal_forms"]
    row = table.lookup("legal_form", legal_form)
    begin, end = (days[row] for days in registration.validity(table))
    known = (row >= 0) & (founded_on >= begin) & (founded_on <= end + np.timedelta64(10, "D"))
    return known & (registration.weekday_of(founded_on) < 5)


@check(Company, "the industry's code and title belong together")
def industry_has_its_code(industry_code: Text, industry: Text, data: Data) -> Bools:
    table: Table = data["industries"]
    return table["title"].take(np.maximum(table.lookup("industry_code", industry_code), 0)) == industry


class CompanyService(Service[Company]):
    """Companies of one country under invented names."""
