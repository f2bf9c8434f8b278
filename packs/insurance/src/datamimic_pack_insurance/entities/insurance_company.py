"""InsuranceCompany: a licensed insurer with an invented name."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from random import Random

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Permutation,
    Service,
    World,
    apportioned,
    check,
    country_code,
    embed,
    entity,
    field,
    serial,
    via,
)
from datamimic.columns import Bools, Ints, Text, digit_matrix, from_bytes, join, number_text, select, where
from datamimic_pack_common import Address

FORMS = 4
NAMES = 320
"""Every country has so many names, and so many forms per segment: 1,280 companies before names need numbers."""


def name_number(rows: Ints, world: World) -> Ints:
    """Which name and which form a company bears: each of them once before one comes again."""
    order = Permutation(NAMES * FORMS, world.address("insurance.insurance_company", "name_number"))
    return order.forward(rows % (NAMES * FORMS))


def stem(rows: Ints, name_number: Ints, data: Data) -> Text:
    """The invented part of the name; a name that comes again is numbered."""
    return _numbered(_invented(name_number, data), " ", rows)


def _invented(name_number: Ints, data: Data) -> Text:
    return data["insurer_names"]["insurer_name"].take(name_number // FORMS)


def _numbered(name: Text, sign: str, rows: Ints) -> Text:
    again = rows // (NAMES * FORMS)
    return name if not again.any() else where(again == 0, name, join(name, sign, number_text(again + 1)))


def form(segment: Text, name_number: Ints, data: Data) -> Text:
    table = data["insurer_forms"]
    return table["insurer_form"].take(table.by("segment", "form_number").first(segment, name_number % FORMS))


def name(stem: Text, form: Text) -> Text:
    return join(form.map(_before), stem, form.map(_after))


def _before(form: str) -> str:
    return form.partition("{}")[0]


def _after(form: str) -> str:
    return form.partition("{}")[2]


_LETTERS = str.maketrans({"đ": "d", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "&": ""})


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def website(rows: Ints, name_number: Ints, form: Text, data: Data) -> Text:
    # Of 320 names and not of a million numbered ones.
    stem = _numbered(_invented(name_number, data).map(_slug), "-", rows)
    return join("https://www.", stem, "-", form.map(_slug), ".example")


def email(website: Text) -> Text:
    return join("service@", website.slice(12, 1000))


def headquarters_row(draw: Draw, data: Data) -> Ints:
    """The largest of four places, since insurers sit in large cities."""
    places = data["common.places"]
    population = places.ints("population")
    best = draw.pick(places, label="1")
    for label in ("2", "3", "4"):
        other = draw.pick(places, label=label)
        best = np.where(population[other] > population[best], other, best)
    return best


def founded_year(draw: Draw, data: Data, clock: Clock) -> Ints:
    table = data["insurer_founded"]
    year = table.ints("founded_year")[draw.pick(table, label="period")] + draw.integers(0, 14, "year")
    return np.minimum(year, clock.year - 1)


def regulator(segment: Text, data: Data) -> Text:
    table = data["insurer_segments"]
    return table["regulator"].take(table.lookup("segment", segment))


def register_number(segment: Text, name_number: Ints, data: Data) -> Text:
    """The supervisor's number: the pattern's digits are those of the company's own number."""
    table = data["insurer_segments"]
    rows = table.lookup("segment", segment)
    patterns = table["register_pattern"]
    return select(rows, [_written(pattern or "", name_number) for pattern in patterns.tolist()])


def _written(pattern: str, numbers: Ints) -> Text:
    free = pattern.count("#")
    digits = digit_matrix(numbers % 10**free, free)
    matrix = np.empty((len(numbers), len(pattern)), dtype=np.uint8)
    matrix[:] = np.frombuffer(pattern.encode("ascii"), dtype=np.uint8)
    matrix[:, [place for place, mark in enumerate(pattern) if mark == "#"]] = digits
    return from_bytes(matrix)


def lei(name_number: Ints, draw: Draw) -> Text:
    """ISO 17442: a prefix that no issuer has, twelve digits, and the check digits of ISO 7064 mod 97-10."""
    body = 9_999_00 * 10**12 + draw.integers(0, 10**8 - 1) * 10**4 + name_number
    check_digits = 98 - (body % 97 * 100) % 97
    return from_bytes(np.concatenate((digit_matrix(body, 18), digit_matrix(check_digits, 2)), axis=1))


@entity(
    "insurance_company",
    size=96,
    tables=("insurer_names", "insurer_forms", "insurer_founded", "insurer_segments", "common.places"),
)
class InsuranceCompany:
    """A licensed insurer with an invented name, its segment, supervisor's number and headquarters."""

    id: str = field(serial("INS-######"), key=True, doc="number of the insurer in this world")
    name_number: int = field(name_number, hidden=True, doc="which name and form the company bears")
    segment: str = field(
        apportioned("insurer_segments", "segment", minimum=4), doc="kind of insurer: what lines its licence allows"
    )
    stem: str = field(stem, hidden=True, doc="the invented part of the name")
    form: str = field(form, hidden=True, doc="what stands around the invented part of the name")
    name: str = field(name, doc="legal name, invented")
    code: str = field(serial("?####?"), doc="short code, unique")
    founded_year: int = field(founded_year, doc="year of foundation")
    headquarters_row: int = field(headquarters_row, hidden=True, doc="row of common.places")
    address: Address = field(embed(Address, place="headquarters_row"), hidden=True, doc="address of the head office")
    headquarters: str = field(via("address.city"), doc="city of the head office")
    headquarters_state: str = field(via("address.state"), doc="state or province of the head office")
    country_code: str = field(country_code(), doc="country of the licence, ISO 3166-1 alpha-2")
    website: str = field(website, doc="web address in a reserved domain")
    email: str = field(email, doc="e-mail of customer service in a reserved domain")
    regulator: str = field(regulator, doc="who keeps the register of insurers")
    register_number: str = field(register_number, doc="number in that register, in its national form")
    lei: str = field(lei, doc="legal entity identifier, ISO 17442, with a prefix that no issuer has")


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

    entity = InsuranceCompany

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
