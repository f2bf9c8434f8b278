"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

if TYPE_CHECKING:
    import click

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
        f"{_PACKAGE}.entities.household:Household",
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
        f"{_PACKAGE}.generators.names:GivenNameGenerator",
        f"{_PACKAGE}.generators.names:FamilyNameGenerator",
        f"{_PACKAGE}.generators.names:GenderGenerator",
        f"{_PACKAGE}.generators.names:AcademicTitleGenerator",
        f"{_PACKAGE}.generators.names:NobilityTitleGenerator",
        f"{_PACKAGE}.generators.names:BirthdateGenerator",
        f"{_PACKAGE}.generators.numbers:IntegerGenerator",
        f"{_PACKAGE}.generators.numbers:FloatGenerator",
        f"{_PACKAGE}.generators.numbers:BooleanGenerator",
        f"{_PACKAGE}.generators.numbers:IncrementGenerator",
        f"{_PACKAGE}.generators.numbers:GlobalIncrementGenerator",
        f"{_PACKAGE}.generators.texts:StringGenerator",
        f"{_PACKAGE}.generators.texts:PasswordGenerator",
        f"{_PACKAGE}.generators.texts:PrefixedIdGenerator",
        f"{_PACKAGE}.generators.random_bytes:TokenGenerator",
        f"{_PACKAGE}.generators.random_bytes:HashGenerator",
        f"{_PACKAGE}.generators.random_bytes:UUIDGenerator",
        f"{_PACKAGE}.generators.random_bytes:ColorGenerator",
        f"{_PACKAGE}.generators.random_bytes:BinaryGenerator",
        f"{_PACKAGE}.generators.times:DateTimeGenerator",
        f"{_PACKAGE}.generators.drawn:TimeGenerator",
        f"{_PACKAGE}.generators.drawn:DurationGenerator",
        f"{_PACKAGE}.generators.drawn:ChoiceGenerator",
        f"{_PACKAGE}.generators.registered_numbers:CPFGenerator",
        f"{_PACKAGE}.generators.registered_numbers:CNPJGenerator",
        f"{_PACKAGE}.generators.registered_numbers:SSNGenerator",
        f"{_PACKAGE}.generators.registered_numbers:EANGenerator",
        f"{_PACKAGE}.generators.registered_numbers:IMEIGenerator",
        f"{_PACKAGE}.generators.registered_numbers:VINGenerator",
        f"{_PACKAGE}.generators.registered_numbers:LicensePlateGenerator",
        f"{_PACKAGE}.generators.state_transition:StateTransitionGenerator",
        f"{_PACKAGE}.generators.data_faker:DataFakerGenerator",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("common", _PACKAGE)]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings(_PACKAGE)


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    from datamimic_pack_common.scan_command import scan

    group.add_command(scan)
