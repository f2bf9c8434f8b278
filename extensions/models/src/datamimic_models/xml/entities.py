"""Entities of the packs as variables: the rows that the service of the same arguments gives."""

from __future__ import annotations

import importlib
from random import Random
from typing import Any, Final

from attrs import evolve, frozen

from datamimic import DatamimicError, Registry, Service
from datamimic.columns import Ints
from datamimic_models.model import Place
from datamimic_models.xml.calls import Call, Script, read_call, read_literals
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Entities
from datamimic_models.xml.vocabulary import ELEMENTS

_CONDITIONS: Final = ("conditionsInclude", "conditionsExclude")
_KNOWN: Final = frozenset({*ELEMENTS["variable"].attributes})


@frozen
class EntityVariable:
    """Rows of a service; record number k has row k."""

    service: Service[Any]

    def rows(self, numbers: Ints) -> Entities:
        world, entity = self.service.world, self.service.entity
        return Entities(world.refer(entity, numbers), world[entity])


def entity_variable(node: Node, path: str, setting: Setting) -> EntityVariable:
    """What `entity="Person(min_age=21)"` and the attributes beside it ask for. Raises `DatamimicError`."""
    place = node.at("entity")
    call = read_call(node.get("entity"), place)
    arguments = _arguments(node, call, place)
    service = service_of(setting.packs, call.name, place)
    if not getattr(service, "conditions", True) and any(node.get(name) for name in _CONDITIONS):
        # The description has them on doctors, of whom nobody knows what they suffer from.
        setting.say(f"{place}: conditions have no meaning for {call.name}, and are left out")
        attributes = {name: written for name, written in node.attributes.items() if name not in _CONDITIONS}
        node = evolve(node, attributes=attributes)
    config = _demographics(node, setting.packs, place)
    if config is not None:
        arguments["demographic_config"] = config
    dataset = arguments.pop("dataset", None) or node.get("dataset") or None
    locale = arguments.pop("locale", None) or node.get("locale") or None
    if dataset is None:
        dataset = locale or setting.defaults.dataset or setting.defaults.locale
    elif locale and "_" in locale and locale.endswith(f"_{dataset}"):
        dataset = locale
    people = setting.demographics
    # A population is of one country; services of people say whether sizes of home towns mean something.
    of_people = people is not None and (hasattr(service, "homes") or hasattr(service, "holders"))
    if of_people and "demographic_sampler" not in arguments and (dataset or "US").endswith(people.dataset):
        arguments["demographic_sampler"] = people.sampler(setting.packs)
    seeded = node.get("rngSeed") or ("" if people is None else people.seed)
    seed: dict[str, Any] = {"rng": Random(int(seeded))} if seeded else {"seed": f"{setting.seed}/{path}"}
    try:
        made = service(dataset, clock=setting.clock, packs=setting.packs, **seed, **arguments)
    except DatamimicError as error:
        error.file, error.line = place.file, place.line
        raise
    return EntityVariable(made)


def _arguments(node: Node, call: Call, place: Place) -> dict[str, Any]:
    if call.positional:
        raise failed("models.bad_call", f"arguments of {call.name} have names", place, f"{call.name}(min_age=21)")
    others = {name: _plain(written.text) for name, written in node.attributes.items() if name not in _KNOWN}
    found = {**others, **call.named}
    for name, value in found.items():
        if isinstance(value, Script):
            raise failed("models.bad_call", f"the argument {name} of {call.name} is no plain value", place)
    return found


def _plain(text: str) -> Any:
    values = read_literals(text)
    return values[0] if len(values) == 1 else text


def _demographics(node: Node, packs: Registry, place: Place) -> Any:
    names = {
        "ageMin": "age_min",
        "ageMax": "age_max",
        "conditionsInclude": "conditions_include",
        "conditionsExclude": "conditions_exclude",
    }
    said: dict[str, Any] = {}
    for attribute, name in names.items():
        text = node.get(attribute).strip()
        if text:
            said[name] = int(text) if name.startswith("age") else frozenset(part.strip() for part in text.split(","))
    if not said:
        return None
    make = importlib.import_module(packs.pack("common").package).DemographicConfig
    try:
        return make(**said)
    except DatamimicError as error:
        error.file, error.line = place.file, place.line
        raise


def service_of(packs: Registry, name: str, place: Place) -> type[Service[Any]]:
    """The service that the entity's pack has for it (`Person`: `PersonService`), else one with the options of the entity."""
    try:
        entity = packs.entity(_entity_name(packs, name))
    except DatamimicError as error:
        error.file, error.line = place.file, place.line
        raise
    package = importlib.import_module(entity.__module__.partition(".")[0])
    found = getattr(package, f"{entity.__name__}Service", None)
    if isinstance(found, type) and issubclass(found, Service):
        return found
    return type(f"{entity.__name__}Service", (Service,), {"entity": entity})


def _entity_name(packs: Registry, name: str) -> str:
    """`pack.entity` of a class name, or of the name as it is."""
    wanted = name.replace("_", "").lower()
    for known in packs.entities():
        if known.rpartition(".")[2].replace("_", "") == wanted:
            return known
    return name
