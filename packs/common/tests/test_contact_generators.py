"""Literal generators of names of companies, sectors, departments, streets, domains, URLs and e-mail addresses."""

from __future__ import annotations

import re

import pytest
from places_support import COUNTRIES, DATA, rows_of

import datamimic_pack_common as common
from datamimic.errors import DatamimicError

PEOPLED = [country for country in COUNTRIES if (DATA / f"given_names_{country}.csv").exists()]
EXAMPLES = re.compile(r"[a-z0-9._-]+@(example\.(com|org|net)|[a-z0-9-]+\.example)")


@pytest.mark.parametrize("country", COUNTRIES)
def test_values_come_from_the_country(country: str) -> None:
    for generator, stem, name in (
        (common.SectorGenerator, "sectors", "sector"),
        (common.DepartmentNameGenerator, "departments", "department"),
        (common.StreetNameGenerator, "streets", "street"),
    ):
        made = generator(country, seed=1).generate_batch(200)
        assert set(made) <= {row[name] for row in rows_of(f"{stem}_{country}")}


@pytest.mark.parametrize("country", PEOPLED)
def test_addresses_are_safe_and_well_formed(country: str) -> None:
    made = common.EmailAddressGenerator(country, seed=1).generate_batch(500)
    assert [address for address in made if not EXAMPLES.fullmatch(address)] == []
    assert all(domain.endswith(".example") for domain in common.DomainGenerator(country, seed=1).generate_batch(100))
    urls = common.UrlGenerator(country, seed=1).generate_batch(100)
    assert all(re.fullmatch(r"https://www\.[a-z-]+\.example(/\S*)?", url) for url in urls)


@pytest.mark.oracle("email-validator")
def test_addresses_are_accepted_by_a_validator() -> None:
    validator = pytest.importorskip("email_validator", reason="the oracle of e-mail addresses is not installed")
    for country in PEOPLED:
        for address in common.EmailAddressGenerator(country, seed=2).generate_batch(100):
            validator.validate_email(address, check_deliverability=False, test_environment=True)


def test_an_address_is_made_of_the_name() -> None:
    generator = common.EmailAddressGenerator("DE", seed=5)
    address = generator.generate_with_name("Jürgen", "Müller-Groß")
    assert re.fullmatch(r"(juergen|j)[._]?muellergross\d*@example\.(com|org|net)", address)
    assert generator.generate_with_company_name("Nörd & Söhne GmbH").endswith("@nord-sohne-gmbh.example")
    assert EXAMPLES.fullmatch(generator.generate())
    fixed = common.EmailAddressGenerator("VN", given_name="Đức", family_name="Nguyễn", seed=1)
    assert all("nguyen" in address for address in fixed.generate_batch(20))


def test_domain_of_a_company() -> None:
    generator = common.DomainGenerator("FR", seed=1)
    assert generator.generate_with_company_name("L'Œuvre d'Été SARL").endswith(".example")
    assert generator.generate_with_company_name("株式会社") == "company.example"


def test_same_seed_same_values() -> None:
    for generator in (
        common.CompanyNameGenerator, common.DomainGenerator, common.UrlGenerator, common.EmailAddressGenerator,
        common.SectorGenerator, common.StreetNameGenerator, common.PhoneNumberGenerator,
    ):  # fmt: skip
        first, second = generator("GB", seed=4), generator("GB", seed=4)
        assert first.generate_batch(20) == [second.generate() for _ in range(20)]


def test_documented_parameters() -> None:
    assert common.DepartmentNameGenerator(locale="en", seed=1).generate()
    assert common.SectorGenerator(locale="de_DE", seed=1).generate() in {row["sector"] for row in rows_of("sectors_DE")}
    assert common.UrlGenerator(schemes=["ftp"], seed=1).generate().startswith("ftp://")
    with pytest.raises(DatamimicError):
        common.UrlGenerator(schemes=[], seed=1)
