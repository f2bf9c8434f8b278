"""Company: an invented enterprise with a legal form, an industry, a size and an address that fit each other."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Service,
    Table,
    Text,
    check,
    copy_of,
    embed,
    entity,
    field,
    from_row,
    serial,
    via,
    weighted,
)
from datamimic.columns import Bools, Dates, Ints, join, where
from datamimic_pack_common import company_ids
from datamimic_pack_common.company_names import latin_stem, named, stem, written
from datamimic_pack_common.contact.domains import company_domain
from datamimic_pack_common.entities.address import Address, AddressOptions

DAYS_PER_YEAR = 365.2425


def stem_start(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["company_starts"])


def stem_end(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["company_ends"])


def short_name(stem_start: Ints, stem_end: Ints, section: Text, draw: Draw, data: Data) -> Text:
    return named(draw, data, stem(stem_start, stem_end, data), section)


def size_row(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["company_sizes"])


def employees(size_row: Ints, draw: Draw, data: Data) -> Ints:
    """Few large ones in each class: the square of an even draw."""
    table = data["company_sizes"]
    low, high = table.ints("employees_low")[size_row], table.ints("employees_high")[size_row]
    share = draw.uniform()
    made: Ints = low + (share * share * (high - low + 1)).astype(np.int64)
    return np.minimum(made, high)


def form_row(size_class: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["legal_forms"].by("size_class"), size_class)


def full_name(short_name: Text, form_row: Ints, data: Data) -> Text:
    return written(data["legal_forms"].columns["pattern"], form_row, {"name": short_name})


def share_capital(form_row: Ints, size_row: Ints, draw: Draw, data: Data) -> Any:
    """The usual capital of the form or, for the smallest, the legal minimum; larger companies have a multiple of it.

    Null for partnerships and sole traders.
    """
    minimum, usual = (_cents(data["legal_forms"].columns[f"{kind}_capital"]) for kind in ("minimum", "usual"))
    multiple = np.array([1, 1, 2, 4], dtype=np.int64)[draw.integers(0, 3, "multiple")] * (1 + size_row * size_row * 5)
    least = draw.chance(0.15, "keeps to the minimum") & (size_row == 0) & (minimum[form_row] > 0)
    capital = np.where(least, minimum[form_row], usual[form_row] * multiple)
    return np.ma.MaskedArray(capital, usual[form_row] == 0)


def _cents(cells: tuple[str, ...]) -> Ints:
    return np.array([round(float(cell or 0) * 100) for cell in cells], dtype=np.int64)


def industry_row(section: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["industries"].by("section"), section)


def sector(section: Text, data: Data) -> Text:
    table = data["sectors"]
    return table["sector"].take(table.lookup("section", section))


def founded_on(draw: Draw, data: Data, clock: Clock) -> Dates:
    years = data["company_ages"].quantiles().at(draw.uniform("age"))
    return np.datetime64(clock.date) - (years * DAYS_PER_YEAR).astype(np.int64).astype("timedelta64[D]")


def currency(data: Data, country_code: Text) -> Text:
    table = data["countries"]
    return table["currency"].take(table.lookup("country_code", country_code))


def domain(stem_start: Ints, stem_end: Ints, data: Data) -> Text:
    return company_domain(latin_stem(stem_start, stem_end, data))


def email(domain: Text, draw: Draw, data: Data) -> Text:
    boxes = data["company_mailboxes"]
    return join(boxes["mailbox"].take(draw.pick(boxes)), "@", domain)


def url(domain: Text) -> Text:
    return join("https://www.", domain)


@entity(
    "company",
    options=AddressOptions,
    tables=(
        "company_starts", "company_ends", "company_words", "company_name_patterns", "company_sizes", "company_ages",
        "company_mailboxes", "legal_forms", "industries", "countries",
    ),
)  # fmt: skip
class Company:
    """An invented enterprise with a legal form, an industry, a size and an address that fit each other."""

    company_id: str = field(serial("C-########"), key=True, doc="number of the company in this world")
    id: str = field(copy_of("company_id"), hidden=True, doc="the number under a shorter name")
    stem_start: int = field(stem_start, hidden=True, doc="row of the first half of the invented word")
    stem_end: int = field(stem_end, hidden=True, doc="row of the second half of the invented word")
    section: str = field(weighted("sectors", "section"), hidden=True, doc="section of ISIC revision 4")
    size_row: int = field(size_row, hidden=True, doc="row of the size class")
    form_row: int = field(form_row, hidden=True, doc="row of the legal form")
    industry_row: int = field(industry_row, hidden=True, doc="row of the industry")
    serial_number: int = field(company_ids.serial_number, hidden=True, doc="what the company's numbers are made of")
    short_name: str = field(short_name, doc="name without legal form, invented")
    full_name: str = field(full_name, doc="registered name with legal form")
    legal_form: str = field(from_row("legal_forms", "legal_form", row="form_row"), doc="legal form of the country")
    sector: str = field(sector, doc="section of the economy, in the language of the country")
    industry_code: str = field(
        from_row("industries", "industry_code", row="industry_row"), doc="class of ISIC revision 4"
    )
    industry: str = field(from_row("industries", "industry", row="industry_row"), doc="title of the class")
    size_class: str = field(
        from_row("company_sizes", "size_class", row="size_row"),
        doc="micro (under 10 employees), small (under 50), medium (under 250) or large",
    )
    employees: int = field(employees, doc="number of employees")
    founded_on: date = field(founded_on, doc="date of registration")
    share_capital: Decimal | None = field(
        share_capital, doc="share capital in the currency; null where the form has none"
    )
    currency: str = field(currency, doc="ISO 4217 code of the country's currency")
    tax_id: str | None = field(
        company_ids.tax_id,
        doc="tax or VAT number: US EIN, CA BN, DE USt-IdNr, VN MST, GB VAT, FR TVA, ES CIF, BR CNPJ, IN GSTIN, JP number",
    )
    registration_number: str | None = field(
        company_ids.registration_number,
        doc="number in the register (DE HRB/HRA/GnR, GB Companies House, FR SIREN), or null",
    )
    address_data: Address = field(embed(Address), hidden=True, doc="address of the head office")
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
    domain: str = field(domain, hidden=True, doc="domain of web and e-mail, under the reserved .example")
    email: str = field(email, doc="mailbox of the company, under its own domain")
    url: str = field(url, doc="web site, under the company's own domain")


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
    return share_capital >= _cents(table.columns["minimum_capital"])[table.lookup("legal_form", legal_form)]


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


@check(Company, "the industry's code and title belong together")
def industry_has_its_code(industry_code: Text, industry: Text, data: Data) -> Bools:
    table: Table = data["industries"]
    return table["industry"].take(np.maximum(table.lookup("industry_code", industry_code), 0)) == industry


class CompanyService(Service[Company]):
    """Companies of one country under invented names."""

    entity = Company

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
