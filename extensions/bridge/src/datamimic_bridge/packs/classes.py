"""Services, generators and models under the names and with the arguments of the described product."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from random import Random
from typing import Any, ClassVar

from datamimic import Service, installed_packs
from datamimic.errors import InvalidOption
from datamimic_bridge.bases.domain_generator import BaseDomainGenerator

_ROOT = "datamimic_bridge.domains"


@cache
def service_of(domain: str, name: str) -> type[Service[Any]]:
    """The pack's service, which takes `reference_now` for `clock` as well."""
    service: type[Service[Any]] = getattr(import_module(installed_packs().pack(domain).package), f"{name}Service")

    def __init__(self: Any, *given: Any, reference_now: Any = None, clock: Any = None, **named: Any) -> None:
        service.__init__(self, *given, clock=_one_clock(reference_now, clock), **named)

    return _made(f"{_ROOT}.{domain}.services", f"{name}Service", (service,), {"__init__": __init__}, service.__doc__)


class PackGenerator(BaseDomainGenerator):
    """Makes the entities of one service, one after the other: `Product(ProductGenerator(dataset="US", rng=Random(42)))`."""

    service: ClassVar[type[Service[Any]]]

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, **options: Any) -> None:
        super().__init__(dataset, rng)
        self._entities = self.service(dataset, rng=rng, **options)

    def generate(self) -> Any:
        """The next entity."""
        return self._entities.generate()


@cache
def generator_of(domain: str, name: str) -> type[PackGenerator]:
    """The generator of a model."""
    body = {"service": service_of(domain, name)}
    doc = f"Makes `{name}`: `{name}({name}Generator(dataset=…, rng=…))`; takes what `{name}Service` takes."
    return _made(f"{_ROOT}.{domain}.generators", f"{name}Generator", (PackGenerator,), body, doc)


class ModelType(type):
    """The class of models, which stand for the entities of packs: `Product(generator)` is the next one, an instance of both.

    Everything else is asked of the entity.
    """

    entity: type[Any]

    def __call__(cls, generator: PackGenerator) -> Any:
        if not isinstance(generator, PackGenerator) or not issubclass(generator.service.entity, cls.entity):
            raise InvalidOption(
                "invalid_option",
                f"{cls.__name__} is made of {type(generator).__name__}",
                hint=f"{cls.__name__}({cls.__name__}Generator(dataset=…, rng=…)), or {cls.__name__}Service(…).generate()",
            )
        return generator.generate()

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.entity)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(getattr(other, "entity", other), cls.entity)

    def __getattr__(cls, name: str) -> Any:
        return getattr(cls.entity, name)


@cache
def model_of(domain: str, name: str) -> ModelType:
    """The model that stands for an entity."""
    entity = service_of(domain, name).entity
    made: ModelType = ModelType(name, (), {"entity": entity, "__doc__": entity.__doc__})
    made.__module__ = f"{_ROOT}.{domain}.models"
    return made


def _made(module: str, name: str, bases: tuple[type, ...], body: Mapping[str, Any], doc: str | None) -> Any:
    return type(name, bases, {**body, "__module__": module, "__qualname__": name, "__doc__": doc})


def _one_clock(reference_now: Any, clock: Any) -> Any:
    if reference_now is not None and clock is not None:
        raise InvalidOption("invalid_option", "give reference_now or clock, not both", path="$.reference_now")
    return clock if reference_now is None else reference_now
