"""Country: a country of ISO 3166-1 with its codes, currency, language and population."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Entity, Service, Text, check, entity, field, from_row
from datamimic.columns import Bools
from datamimic_pack_common.places import countries


@entity("country", tables=("countries",))
class Country(Entity):
    """A country of ISO 3166-1 with its codes, currency, language and population; frequent where many people live."""

    # codes
    country_row: int = field(countries.country_row, internal=True, doc="row of the table of countries")
    iso_code: str = field(from_row("countries", "country_code", row="country_row"), doc="ISO 3166-1 alpha-2")
    alpha_3: str = field(from_row("countries", "alpha_3", row="country_row"), doc="ISO 3166-1 alpha-3")
    numeric: str = field(from_row("countries", "numeric", row="country_row"), doc="ISO 3166-1 numeric, three digits")

    # names
    name: str = field(from_row("countries", "name", row="country_row"), doc="English name")
    native_name: str = field(from_row("countries", "native_name", row="country_row"), doc="name in the main language")
    capital: str = field(
        from_row("countries", "capital", row="country_row"),
        doc="capital, under its English name; empty where there is none",
    )
    continent: str = field(countries.continent, doc="continent")

    # people, language, money
    population: int = field(from_row("countries", "population", row="country_row"), doc="inhabitants")
    default_language_locale: str = field(
        from_row("countries", "locale", row="country_row"), doc="main language and country, such as de_DE"
    )
    language: str = field(countries.languages, doc="main language, ISO 639")
    currency: str = field(from_row("countries", "currency", row="country_row"), doc="ISO 4217 code of the currency")
    minor_units: int = field(
        from_row("countries", "minor_units", row="country_row"), doc="decimal places of the currency, ISO 4217"
    )

    # calling and web
    phone_code: str = field(from_row("countries", "phone_code", row="country_row"), doc="calling code with plus sign")
    tld: str = field(from_row("countries", "tld", row="country_row"), doc="top-level domain of the country")
    country_data: dict[str, str] = field(countries.country_data, hidden=True, doc="the row of the table of countries")


@check(Country, "all codes name one country")
def codes_agree(
    iso_code: Text, alpha_3: Text, numeric: Text, phone_code: Text, currency: Text, tld: Text, data: Data
) -> Bools:
    table = data["countries"]
    names = ("country_code", "alpha_3", "numeric", "phone_code", "currency", "tld")
    known = {*zip(*(table.columns[name] for name in names), strict=True)}
    columns = (iso_code, alpha_3, numeric, phone_code, currency, tld)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.fromiter((row in known for row in rows), dtype=np.bool_, count=len(iso_code))


@check(Country, "the locale ends in the country")
def locale_of_country(iso_code: Text, default_language_locale: Text) -> Bools:
    return default_language_locale.map(_territory) == iso_code


def _territory(locale: str) -> str:
    return locale.rpartition("_")[2]


class CountryService(Service[Country]):
    """Countries of the world, frequent where many people live."""
