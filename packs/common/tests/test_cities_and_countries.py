"""Cities and countries: codes that name one thing."""

from __future__ import annotations

import pytest
from oracles import Agree
from places_support import COUNTRIES, rows_of
from sample_size import CHECKED

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic_pack_common import City, CityService, Country, CountryService
from datamimic_pack_common.places.cities import extension_of


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_check_of_cities_holds(country: str) -> None:
    findings = check_rows(World("checks", country)[City][0:CHECKED])
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


def test_every_check_of_countries_holds() -> None:
    findings = check_rows(World("checks", "US")[Country][0:CHECKED])
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


@pytest.mark.oracle("pycountry")
def test_countries_are_those_of_iso_3166(agree: Agree) -> None:
    pycountry = pytest.importorskip("pycountry", reason="the oracle of ISO 3166 is not installed")
    rows = rows_of("countries")
    says = {country.alpha_2: (country.alpha_3, country.numeric) for country in pycountry.countries}
    agree("codes of countries", {row["country_code"]: (row["alpha_3"], row["numeric"]) for row in rows}, says)
    codes = {row["currency"]: True for row in rows}
    agree("codes of currencies", codes, {currency.alpha_3: True for currency in pycountry.currencies})
    missing = says.keys() - {row["country_code"] for row in rows}
    assert missing == {"AQ", "BV", "GS", "HM", "PN", "TF", "UM"}  # nobody has a telephone there


@pytest.mark.oracle("iso4217")
def test_minor_units_are_those_of_iso_4217(agree: Agree) -> None:
    """Not those of CLDR, which Babel gives: those are the digits in use, and change with its releases (COP: 2, then 0)."""
    iso4217 = pytest.importorskip("iso4217", reason="the oracle of minor units is not installed")
    ours = {row["currency"]: int(row["minor_units"]) for row in rows_of("countries")}
    agree("minor units", ours, {currency.code: currency.exponent for currency in iso4217.Currency})


@pytest.mark.oracle("babel")
def test_currencies_of_countries(agree: Agree) -> None:
    numbers = pytest.importorskip("babel.numbers", reason="the oracle of currencies is not installed")
    rows = rows_of("countries")
    says = {
        row["country_code"]: row["currency"]
        if row["currency"] in (lists := numbers.get_territory_currencies(row["country_code"]))
        else tuple(lists)
        for row in rows
    }
    documented = {"BG": "the euro since 1 January 2026, Council Decision (EU) 2025/1407"}
    agree("currencies in use", {row["country_code"]: row["currency"] for row in rows}, says, documented)


@pytest.mark.oracle("phonenumbers")
def test_calling_codes_of_countries(agree: Agree) -> None:
    phonenumbers = pytest.importorskip("phonenumbers", reason="the oracle of calling codes is not installed")
    ours = {row["country_code"]: row["phone_code"] for row in rows_of("countries")}
    agree("calling codes", ours, {code: f"+{phonenumbers.country_code_for_region(code)}" for code in ours})


def test_top_level_domains_are_the_codes_of_countries() -> None:
    # The French islands of Saint-Barthélemy and Saint-Martin use the domain of Guadeloupe.
    others = {"GB": ".uk", "BL": ".gp", "MF": ".gp"}
    for row in rows_of("countries"):
        assert row["tld"] == others.get(row["country_code"], f".{row['country_code'].lower()}")


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
