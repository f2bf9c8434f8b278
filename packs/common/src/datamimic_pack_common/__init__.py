"""People, addresses, cities, countries and companies that agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_common.demographics import DemographicConfig as DemographicConfig
    from datamimic_pack_common.demographics import DemographicSampler as DemographicSampler
    from datamimic_pack_common.entities.address import Address as Address
    from datamimic_pack_common.entities.address import AddressService as AddressService
    from datamimic_pack_common.entities.city import City as City
    from datamimic_pack_common.entities.city import CityService as CityService
    from datamimic_pack_common.entities.company import Company as Company
    from datamimic_pack_common.entities.company import CompanyService as CompanyService
    from datamimic_pack_common.entities.country import Country as Country
    from datamimic_pack_common.entities.country import CountryService as CountryService
    from datamimic_pack_common.entities.person import Person as Person
    from datamimic_pack_common.entities.person import PersonService as PersonService
    from datamimic_pack_common.generators.companies import CompanyNameGenerator as CompanyNameGenerator
    from datamimic_pack_common.generators.companies import DepartmentNameGenerator as DepartmentNameGenerator
    from datamimic_pack_common.generators.companies import SectorGenerator as SectorGenerator
    from datamimic_pack_common.generators.companies import StreetNameGenerator as StreetNameGenerator
    from datamimic_pack_common.generators.domains import DomainGenerator as DomainGenerator
    from datamimic_pack_common.generators.domains import EmailAddressGenerator as EmailAddressGenerator
    from datamimic_pack_common.generators.domains import UrlGenerator as UrlGenerator
    from datamimic_pack_common.generators.telephones import PhoneNumberGenerator as PhoneNumberGenerator

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
    "DemographicConfig": ".demographics",
    "DemographicSampler": ".demographics",
    "Person": ".entities.person",
    "PersonService": ".entities.person",
}

__getattr__, __dir__, __all__ = lazy_exports(__name__, _EXPORTS)
