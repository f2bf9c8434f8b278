"""Services and generators of all packs: they agree with the world, whoever asks and however wrongly."""

from __future__ import annotations

import inspect
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from random import Random
from typing import Any

import attrs
import pytest

from datamimic import LiteralGenerator, Service, World
from datamimic.errors import DatamimicError, InvalidOption
from datamimic.model.spec import spec_of
from datamimic.plugins.registry import installed_packs
from datamimic_pack_common import (
    BinaryGenerator,
    BirthdateGenerator,
    DateTimeGenerator,
    DemographicConfig,
    DemographicSampler,
    EmailAddressGenerator,
    FloatGenerator,
    IntegerGenerator,
    PersonService,
    StringGenerator,
    UUIDGenerator,
)
from datamimic_pack_common.people_services import ARGUMENTS, HoldersService, PeopleService
from datamimic_pack_ecommerce import CustomerService, ProductService
from datamimic_pack_finance import CreditCardService
from datamimic_pack_healthcare import DoctorService, PatientService
from datamimic_pack_insurance import InsurancePolicyService, InsuredService
from datamimic_pack_public_sector import PoliceOfficerService

PACKS = ("common", "ecommerce", "finance", "healthcare", "insurance", "public_sector")
CLOCK = "2024-06-30T12:00:00Z"


def exported(base: type) -> list[type[Any]]:
    found: dict[str, type[Any]] = {}
    for pack in PACKS:
        package = import_module(f"datamimic_pack_{pack}")
        for name in package.__all__:
            made = getattr(package, name)
            if isinstance(made, type) and issubclass(made, base):
                found.setdefault(made.__qualname__, made)
    return [*found.values()]


SERVICES: list[type[Service[Any]]] = exported(Service)
OF_PEOPLE = [service for service in SERVICES if issubclass(service, PeopleService | HoldersService)]
GENERATORS = exported(LiteralGenerator)
ENTITIES = sorted(installed_packs().entities())


def test_every_entity_that_can_be_asked_for_has_a_service() -> None:
    assert len(SERVICES) > 30 and len(GENERATORS) > 30


@pytest.mark.parametrize("country", ["US", "DE"])
@pytest.mark.parametrize("service", SERVICES, ids=lambda cls: cls.__name__)
def test_a_service_gives_the_rows_of_the_world(service: type[Service[Any]], country: str) -> None:
    world = World("docs-demo", country, CLOCK)
    rows = [*world[service.entity][0:10]]
    made = service(dataset=country, seed="docs-demo", clock=CLOCK)
    assert made.generate_batch(4) + [made.generate() for _ in range(6)] == rows
    assert {*map(hash, rows)} == {*map(hash, World("docs-demo", country, CLOCK)[service.entity][0:10])}
    assert made.world == world


@pytest.mark.parametrize("service", OF_PEOPLE, ids=lambda cls: cls.__name__)
def test_a_service_with_options_gives_the_rows_of_the_world_with_them(service: type[Service[Any]]) -> None:
    lowest, highest = (8, 12) if service.__name__ == "PupilService" else (40, 50)
    config = DemographicConfig(age_min=lowest, age_max=highest)
    made = service(dataset="US", seed="older", demographic_config=config)
    ((asked, options),) = made.world.origin.options.items()
    assert dict(options) == {"min_age": lowest, "max_age": highest}
    assert made.generate_batch(10) == [*World("older", "US", options={asked: options})[service.entity][0:10]]


@pytest.mark.parametrize(
    "shared",
    [
        lambda: PersonService("US", seed="x"),
        lambda: UUIDGenerator(seed="x"),
    ],
    ids=["service", "generator"],
)
def test_threads_that_share_one_get_every_row_once(shared: Any) -> None:
    source = shared()

    def take(kind: int) -> list[Any]:
        if kind % 2:
            return [source.generate() for _ in range(300)]
        return [each for _ in range(30) for each in source.generate_batch(10)]

    with ThreadPoolExecutor(8) as pool:
        found = [each for part in pool.map(take, range(16)) for each in part]
    assert len(found) == 16 * 300
    assert Counter(found) == Counter(shared().generate_batch(16 * 300))


def test_threads_that_ask_for_different_names_get_what_they_asked_for() -> None:
    emails = EmailAddressGenerator("US", seed=1)
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda number: emails.generate_with_company_name(f"Firm {number}"), range(200))
        assert [mail.partition("@")[2] for mail in made] == [f"firm-{number}.example" for number in range(200)]


def arguments_of(cls: type[Any]) -> list[str]:
    """Those of the signature and, of a service, the options of its entity and what stands for options of people."""
    parameters = inspect.signature(cls).parameters.values()
    names = [each.name for each in parameters if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)]
    if issubclass(cls, Service):
        names += [each.name for each in attrs.fields(spec_of(cls.entity).options)]
    return [*names, *ARGUMENTS] if cls in OF_PEOPLE else names


@pytest.mark.parametrize("cls", [*SERVICES, *GENERATORS], ids=lambda cls: cls.__name__)
@pytest.mark.parametrize(
    "wrong", [object(), -1.5, "\x00", {"a": 1}, [object()]], ids=["object", "float", "nul", "dict", "list"]
)
def test_arguments_of_a_wrong_type_are_coded_errors(cls: type[Any], wrong: Any) -> None:
    needed = {"state_transition": {"a": {"b": 1}}}
    for name in arguments_of(cls):
        given = {
            other: needed.get(other, "a")
            for other, each in inspect.signature(cls).parameters.items()
            if each.default is each.empty and other != name and each.kind is each.POSITIONAL_OR_KEYWORD
        }
        with suppress(DatamimicError):
            cls(**given, **{name: wrong}).generate()


# -- limits -------------------------------------------------------------------------------------------------------


def limits_of(path: str) -> list[tuple[str, str]]:
    names = [a.name for a in attrs.fields(spec_of(installed_packs().entity(path)).options)]
    return [(low, low.replace("min_", "max_", 1)) for low in names if low.startswith("min_")]


@pytest.mark.parametrize("path", [path for path in ENTITIES if limits_of(path)])
def test_one_limit_alone_goes_before_the_default_of_the_other(path: str) -> None:
    """Every limit of its declared range is obeyed, or refused by its own name."""
    for low, high in limits_of(path):
        for value in (0, 1, 10, 17, 18, 20, 30, 64, 66, 70, 80, 91, 95, 105, 115, 1_500, 50_000):
            for name in (low, high):
                other = high if name == low else low
                refused = ""
                values = [float(value)]
                try:
                    world = World("limits", "US", options={path: {name: value}})
                    found = world[path][0:20].select([name.removeprefix("min_").removeprefix("max_")]).to_arrow()[0]
                    values = [float(each.as_py()) for each in found]
                except InvalidOption as error:
                    refused = str(error)
                assert not refused or (name in refused and other not in refused)
                assert min(values) >= value if name == low else max(values) <= value, (name, value, values)


def test_one_limit_alone_works_in_services_configs_and_requests() -> None:
    assert min(p.age for p in PersonService(min_age=70, seed=1).generate_batch(200)) >= 70
    assert max(p.age for p in PersonService(max_age=10, seed=1).generate_batch(200)) <= 10
    for service in (PersonService, CustomerService, InsuredService):
        older = service(demographic_config=DemographicConfig(age_min=95), seed=1)
        assert min(each.age for each in older.generate_batch(50)) >= 95
    assert min(p.price for p in ProductService(min_price=1_500, seed=1).generate_batch(50)) >= 1_500
    policies = InsurancePolicyService("US", demographic_config=DemographicConfig(age_min=95), seed=1).generate_batch(20)
    assert min(policy.policy_holder.age for policy in policies) >= 95


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda: PersonService(min_age=70, max_age=10), ["min_age 70", "max_age 10"]),
        (lambda: DemographicConfig(age_min=70, age_max=10), ["age_min 70", "age_max 10"]),
        (
            lambda: PersonService(max_age=10, demographic_config=DemographicConfig(age_min=70)),
            ["age_min 70", "max_age 10"],
        ),
        (lambda: CustomerService(demographic_config=DemographicConfig(age_min=5)), ["age_min is 5", "from 18"]),
        (lambda: CustomerService(max_age=5), ["max_age is 5", "from 18"]),
        (lambda: DoctorService(demographic_config=DemographicConfig(age_max=20)), ["age_max 20"]),
        (lambda: ProductService(min_price=9, max_price=2), ["min_price 9", "max_price 2"]),
        (lambda: PoliceOfficerService(demographic_config=DemographicConfig(age_min=70)).generate(), ["min_age 70"]),
    ],
)  # fmt: skip
def test_errors_name_what_was_typed(make: Any, names: list[str]) -> None:
    with pytest.raises(InvalidOption) as error:
        make()
    assert all(name in str(error.value) for name in names), error.value


def test_one_limit_alone_moves_the_range_of_a_generator() -> None:
    assert min(IntegerGenerator(min=2_000_000, seed=1).generate_batch(50)) >= 2_000_000
    assert max(IntegerGenerator(max=-5, seed=1).generate_batch(50)) <= -5
    assert min(FloatGenerator(min=20, seed=1).generate_batch(50)) >= 20
    assert max(FloatGenerator(max=-1, seed=1).generate_batch(50)) <= -1
    assert {*map(len, StringGenerator(min_len=20, seed=1).generate_batch(50))} == {20}
    assert {*map(len, StringGenerator(max_len=3, seed=1).generate_batch(50))} == {3}
    assert min(map(len, BinaryGenerator(min_len=100, seed=1).generate_batch(50))) >= 100
    assert {*map(len, BinaryGenerator(max_len=0, seed=1).generate_batch(5))} == {0}
    old = BirthdateGenerator(min_age=105, seed=1)
    assert min(map(old.convert_birthdate_to_age, old.generate_batch(50))) >= 105
    young = BirthdateGenerator(max_age=0, seed=1)
    assert {*map(young.convert_birthdate_to_age, young.generate_batch(50))} == {0}
    assert min(DateTimeGenerator(min="2030-01-01", seed=1).generate_batch(50)).year >= 2030


# -- what has no meaning ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES, ids=lambda cls: cls.__name__)
def test_conditions_are_refused_by_services_of_others_than_patients(service: type[Service[Any]]) -> None:
    for name in ("conditions_include", "conditions_exclude"):
        config = DemographicConfig(**{name: {"Asthma"}})  # type: ignore[arg-type]
        if service is PatientService:
            assert service("US", demographic_config=config, seed=1).generate()
        elif service in OF_PEOPLE:
            with pytest.raises(InvalidOption, match="no meaning"):
                service(dataset="US", demographic_config=config)
        else:
            with pytest.raises(DatamimicError, match="demographic_config"):
                service(dataset="US", demographic_config=config)


@pytest.mark.parametrize("service", [DoctorService, PoliceOfficerService], ids=lambda cls: cls.__name__)
def test_who_works_near_home_lives_where_it_is_asked_for(service: type[Service[Any]]) -> None:
    sampler = DemographicSampler(city_sizes="0:0,50000:1")
    made = service("US", demographic_sampler=sampler, seed=1).generate_batch(60)
    assert min(int(each.address.city_data["population"]) for each in made) >= 50_000
    urban = DemographicSampler.from_profile("urban_adult")
    assert service("US", demographic_sampler=urban, seed=1).generate()


def test_a_condition_may_be_given_as_one_text() -> None:
    assert DemographicConfig(conditions_include="Asthma").conditions_include == {"Asthma"}  # type: ignore[arg-type]
    for wrong in (5, [5], {"a": 1, 2: 3}):
        with pytest.raises(InvalidOption, match="conditions_include"):
            DemographicConfig(conditions_include=wrong)  # type: ignore[arg-type]


def test_a_service_takes_a_seed_or_a_source_of_one() -> None:
    with pytest.raises(InvalidOption):
        CreditCardService("US", seed=1, rng=Random(1))
    assert CreditCardService("US", rng=Random(1)).generate() == CreditCardService("US", rng=Random(1)).generate()
