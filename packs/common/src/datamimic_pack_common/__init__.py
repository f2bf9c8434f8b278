"""People, addresses, cities, countries and companies that agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_common.demographics.config import DemographicConfig as DemographicConfig
    from datamimic_pack_common.demographics.sampler import DemographicSampler as DemographicSampler
    from datamimic_pack_common.entities.address import Address as Address
    from datamimic_pack_common.entities.address import AddressService as AddressService
    from datamimic_pack_common.entities.city import City as City
    from datamimic_pack_common.entities.city import CityService as CityService
    from datamimic_pack_common.entities.company import Company as Company
    from datamimic_pack_common.entities.company import CompanyService as CompanyService
    from datamimic_pack_common.entities.country import Country as Country
    from datamimic_pack_common.entities.country import CountryService as CountryService
    from datamimic_pack_common.entities.household import Household as Household
    from datamimic_pack_common.entities.household import HouseholdService as HouseholdService
    from datamimic_pack_common.entities.person import Person as Person
    from datamimic_pack_common.entities.person import PersonService as PersonService
    from datamimic_pack_common.generators.companies import CompanyNameGenerator as CompanyNameGenerator
    from datamimic_pack_common.generators.companies import DepartmentNameGenerator as DepartmentNameGenerator
    from datamimic_pack_common.generators.companies import SectorGenerator as SectorGenerator
    from datamimic_pack_common.generators.companies import StreetNameGenerator as StreetNameGenerator
    from datamimic_pack_common.generators.data_faker import DataFakerGenerator as DataFakerGenerator
    from datamimic_pack_common.generators.domains import DomainGenerator as DomainGenerator
    from datamimic_pack_common.generators.domains import EmailAddressGenerator as EmailAddressGenerator
    from datamimic_pack_common.generators.domains import UrlGenerator as UrlGenerator
    from datamimic_pack_common.generators.drawn import ChoiceGenerator as ChoiceGenerator
    from datamimic_pack_common.generators.drawn import DurationGenerator as DurationGenerator
    from datamimic_pack_common.generators.drawn import TimeGenerator as TimeGenerator
    from datamimic_pack_common.generators.names import AcademicTitleGenerator as AcademicTitleGenerator
    from datamimic_pack_common.generators.names import BirthdateGenerator as BirthdateGenerator
    from datamimic_pack_common.generators.names import FamilyNameGenerator as FamilyNameGenerator
    from datamimic_pack_common.generators.names import GenderGenerator as GenderGenerator
    from datamimic_pack_common.generators.names import GivenNameGenerator as GivenNameGenerator
    from datamimic_pack_common.generators.names import NobilityTitleGenerator as NobilityTitleGenerator
    from datamimic_pack_common.generators.numbers import BooleanGenerator as BooleanGenerator
    from datamimic_pack_common.generators.numbers import FloatGenerator as FloatGenerator
    from datamimic_pack_common.generators.numbers import GlobalIncrementGenerator as GlobalIncrementGenerator
    from datamimic_pack_common.generators.numbers import IncrementGenerator as IncrementGenerator
    from datamimic_pack_common.generators.numbers import IntegerGenerator as IntegerGenerator
    from datamimic_pack_common.generators.random_bytes import BinaryGenerator as BinaryGenerator
    from datamimic_pack_common.generators.random_bytes import ColorGenerator as ColorGenerator
    from datamimic_pack_common.generators.random_bytes import HashGenerator as HashGenerator
    from datamimic_pack_common.generators.random_bytes import TokenGenerator as TokenGenerator
    from datamimic_pack_common.generators.random_bytes import UUIDGenerator as UUIDGenerator
    from datamimic_pack_common.generators.registered_numbers import CNPJGenerator as CNPJGenerator
    from datamimic_pack_common.generators.registered_numbers import CPFGenerator as CPFGenerator
    from datamimic_pack_common.generators.registered_numbers import EANGenerator as EANGenerator
    from datamimic_pack_common.generators.registered_numbers import IMEIGenerator as IMEIGenerator
    from datamimic_pack_common.generators.registered_numbers import LicensePlateGenerator as LicensePlateGenerator
    from datamimic_pack_common.generators.registered_numbers import SSNGenerator as SSNGenerator
    from datamimic_pack_common.generators.registered_numbers import VINGenerator as VINGenerator
    from datamimic_pack_common.generators.state_transition import StateTransitionGenerator as StateTransitionGenerator
    from datamimic_pack_common.generators.telephones import PhoneNumberGenerator as PhoneNumberGenerator
    from datamimic_pack_common.generators.texts import PasswordGenerator as PasswordGenerator
    from datamimic_pack_common.generators.texts import PrefixedIdGenerator as PrefixedIdGenerator
    from datamimic_pack_common.generators.texts import StringGenerator as StringGenerator
    from datamimic_pack_common.generators.times import DateTimeGenerator as DateTimeGenerator

_EXPORTS = {
    "PhoneNumberGenerator": ".generators.telephones",
    "DomainGenerator": ".generators.domains",
    "UrlGenerator": ".generators.domains",
    "EmailAddressGenerator": ".generators.domains",
    "CompanyNameGenerator": ".generators.companies",
    "SectorGenerator": ".generators.companies",
    "DepartmentNameGenerator": ".generators.companies",
    "StreetNameGenerator": ".generators.companies",
    "Address": ".entities.address",
    "AddressService": ".entities.address",
    "City": ".entities.city",
    "CityService": ".entities.city",
    "Company": ".entities.company",
    "CompanyService": ".entities.company",
    "Country": ".entities.country",
    "CountryService": ".entities.country",
    "DemographicConfig": ".demographics.config",
    "DemographicSampler": ".demographics.sampler",
    "Household": ".entities.household",
    "HouseholdService": ".entities.household",
    "Person": ".entities.person",
    "PersonService": ".entities.person",
    "GivenNameGenerator": ".generators.names",
    "FamilyNameGenerator": ".generators.names",
    "GenderGenerator": ".generators.names",
    "AcademicTitleGenerator": ".generators.names",
    "NobilityTitleGenerator": ".generators.names",
    "BirthdateGenerator": ".generators.names",
    "IntegerGenerator": ".generators.numbers",
    "FloatGenerator": ".generators.numbers",
    "BooleanGenerator": ".generators.numbers",
    "IncrementGenerator": ".generators.numbers",
    "GlobalIncrementGenerator": ".generators.numbers",
    "StringGenerator": ".generators.texts",
    "PasswordGenerator": ".generators.texts",
    "PrefixedIdGenerator": ".generators.texts",
    "TokenGenerator": ".generators.random_bytes",
    "HashGenerator": ".generators.random_bytes",
    "UUIDGenerator": ".generators.random_bytes",
    "ColorGenerator": ".generators.random_bytes",
    "BinaryGenerator": ".generators.random_bytes",
    "DateTimeGenerator": ".generators.times",
    "TimeGenerator": ".generators.drawn",
    "DurationGenerator": ".generators.drawn",
    "ChoiceGenerator": ".generators.drawn",
    "CPFGenerator": ".generators.registered_numbers",
    "CNPJGenerator": ".generators.registered_numbers",
    "SSNGenerator": ".generators.registered_numbers",
    "EANGenerator": ".generators.registered_numbers",
    "IMEIGenerator": ".generators.registered_numbers",
    "VINGenerator": ".generators.registered_numbers",
    "LicensePlateGenerator": ".generators.registered_numbers",
    "StateTransitionGenerator": ".generators.state_transition",
    "DataFakerGenerator": ".generators.data_faker",
}

__getattr__, __dir__, __all__ = lazy_exports(__name__, _EXPORTS)
