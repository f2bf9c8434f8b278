"""Cities and countries: codes that name one thing."""

from __future__ import annotations

import pytest
from places_support import COUNTRIES, rows_of

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic_pack_common import City, CityService, Country, CountryService
from datamimic_pack_common.places.cities import extension_of


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_check_of_cities_holds(country: str) -> None:
    findings = check_rows(World("checks", country)[City][0:100_000])
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


def test_every_check_of_countries_holds() -> None:
    findings = check_rows(World("checks", "US")[Country][0:100_000])
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


def test_countries_are_those_of_iso_3166() -> None:
    pycountry = pytest.importorskip("pycountry", reason="the oracle of ISO 3166 is not installed")
    rows = rows_of("countries")
    for row in rows:
        country = pycountry.countries.get(alpha_2=row["country_code"])
        assert (country.alpha_3, country.numeric) == (row["alpha_3"], row["numeric"])
        assert pycountry.currencies.get(alpha_3=row["currency"]) is not None
    missing = {country.alpha_2 for country in pycountry.countries} - {row["country_code"] for row in rows}
    assert missing == {"AQ", "BV", "GS", "HM", "PN", "TF", "UM"}  # nobody has a telephone there


def test_currencies_and_calling_codes_of_countries() -> None:
    numbers = pytest.importorskip("babel.numbers", reason="the oracle of currencies is not installed")
    phonenumbers = pytest.importorskip("phonenumbers", reason="the oracle of calling codes is not installed")
    for row in rows_of("countries"):
        code = row["country_code"]
        if code != "BG":  # the euro since 2026, which not every release of CLDR knows
            assert row["currency"] in numbers.get_territory_currencies(code)
        assert int(row["minor_units"]) == numbers.get_currency_precision(row["currency"])
        assert row["phone_code"] == f"+{phonenumbers.country_code_for_region(code)}"
        # The French islands of Saint-Barthélemy and Saint-Martin use the domain of Guadeloupe.
        assert row["tld"] == {"GB": ".uk", "BL": ".gp", "MF": ".gp"}.get(code, f".{code.lower()}")


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("Frankfurt am Main", "am Main"), ("Frankfurt (Oder)", "(Oder)"), ("Newcastle upon Tyne", "upon Tyne"),
        ("Boulogne-sur-Mer", "sur-Mer"), ("Jerez de la Frontera", "de la Frontera"), ("Berlin", ""), ("Le Mans", ""),
    ],
)  # fmt: skip
def test_extension_of_a_name(name: str, extension: str) -> None:
    assert extension_of(name) == extension


def test_services() -> None:
    city = CityService("VN", seed=1).generate()
    assert (city.country_code, city.language, city.time_zone) == ("VN", "vi", "Asia/Ho_Chi_Minh")
    assert city.population > 0
    assert CountryService(seed=1).generate_batch(3) == list(World(1)[Country][0:3])
    assert set(COUNTRIES) <= set(CityService.supported_datasets())
