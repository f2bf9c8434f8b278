"""VIN, LEI and addresses of the internet, judged by other people's libraries."""

from __future__ import annotations

import re

import pytest

from datamimic import World

COUNTRIES = ("US", "DE", "VN", "GB", "FR")


@pytest.mark.oracle("vininfo")
@pytest.mark.parametrize("country", COUNTRIES)
def test_vehicle_identification_numbers(country: str) -> None:
    vininfo = pytest.importorskip("vininfo")
    seen = 0
    for policy in World("vin", country)["insurance.insurance_policy"][0:600]:
        vehicle = policy.insured_object
        if vehicle.vin is None:
            continue
        seen += 1
        number = vininfo.Vin(vehicle.vin)
        assert number.verify_checksum(), vehicle.vin
        assert vehicle.model_year in number.years
        assert re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", vehicle.vin)
        assert vehicle.vin[6].isalpha() == (vehicle.model_year >= 2010)
    assert seen > 100


@pytest.mark.oracle("python-stdnum")
@pytest.mark.parametrize("country", COUNTRIES)
def test_legal_entity_identifiers(country: str) -> None:
    lei = pytest.importorskip("stdnum.lei")
    for company in World("lei", country)["insurance.insurance_company"][0:200]:
        assert lei.is_valid(company.lei), company.lei


def test_registers() -> None:
    patterns = {
        "US": r"0\d{4}", "DE": r"[145]\d{3}", "VN": r"GP\d\d/KDBH", "GB": r"9\d{5}", "FR": r"9\d{6}",
    }  # fmt: skip
    for country, pattern in patterns.items():
        for company in World("register", country)["insurance.insurance_company"][0:50]:
            assert re.fullmatch(pattern, company.register_number), company.register_number
    first = {"property_casualty": "5", "life": "1", "health": "4"}
    for company in World("register", "DE")["insurance.insurance_company"][0:96]:
        assert company.register_number[0] == first[company.segment]


@pytest.mark.parametrize("country", COUNTRIES)
def test_web_and_mail_are_in_reserved_domains(country: str) -> None:
    for company in World("web", country)["insurance.insurance_company"][0:200]:
        assert re.fullmatch(r"https://www\.[a-z0-9-]+\.example", company.website), company.website
        assert company.email == f"service@{company.website.removeprefix('https://www.')}"
