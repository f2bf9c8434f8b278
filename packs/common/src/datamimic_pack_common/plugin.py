"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Pack, hookimpl

_PACKAGE = "datamimic_pack_common"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("common", version("datamimic-pack-common"), "People, addresses, cities, countries and companies")


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_PACKAGE}.entities.address:Address",
        f"{_PACKAGE}.entities.city:City",
        f"{_PACKAGE}.entities.country:Country",
        f"{_PACKAGE}.entities.company:Company",
        f"{_PACKAGE}.entities.person:Person",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return [
        f"{_PACKAGE}.generators.telephones:PhoneNumberGenerator",
        f"{_PACKAGE}.generators.domains:DomainGenerator",
        f"{_PACKAGE}.generators.domains:UrlGenerator",
        f"{_PACKAGE}.generators.domains:EmailAddressGenerator",
        f"{_PACKAGE}.generators.companies:CompanyNameGenerator",
        f"{_PACKAGE}.generators.companies:SectorGenerator",
        f"{_PACKAGE}.generators.companies:DepartmentNameGenerator",
        f"{_PACKAGE}.generators.companies:StreetNameGenerator",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("common", _PACKAGE)]
