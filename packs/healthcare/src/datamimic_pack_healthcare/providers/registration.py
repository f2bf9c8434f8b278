"""Licence and provider numbers of doctors."""

from __future__ import annotations

from datamimic import Data, Draw, Locale, Text
from datamimic.columns import Ints, digits, join
from datamimic_pack_healthcare.generators.providers import NPI_SPACE, PERSON, dea, lanr, npi, serial_numbers

LICENCES = 10**6
"""Numbers of six digits."""
WITHOUT_DEA = frozenset({"Radiology", "Allergy and Immunology"})


def license_number(region: Text, draw: Draw, locale: Locale) -> Text:
    """The state's letters and a number, in the country's way of writing."""
    number = digits(serial_numbers(draw, LICENCES), 6)
    state = region.map(after_dash)
    if locale.country == "VN":
        return join(number, "/", state, "-CCHN")
    return join(state, "-", number)


def after_dash(code: str) -> str:
    return code.partition("-")[2]


def npi_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(rows))
    return npi(serial_numbers(draw, NPI_SPACE), PERSON)


def dea_number(specialty_en: Text, family_name: Text, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(specialty_en))
    return dea(serial_numbers(draw, LICENCES), family_name).where(~specialty_en.isin(WITHOUT_DEA))


def lanr_number(specialty_row: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    if locale.country != "DE":
        return Text.constant(None, len(specialty_row))
    return lanr(serial_numbers(draw, LICENCES), data["specialties"]["lanr_group"].take(specialty_row))
