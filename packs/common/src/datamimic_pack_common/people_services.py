"""Services of people, and of what people hold: a demographic configuration and a sampler stand for options of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from datamimic import Asked, Service
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.demographics.config import DemographicConfig
from datamimic_pack_common.demographics.sampler import DemographicSampler
from datamimic_pack_common.demographics.services import asked_of_people

E = TypeVar("E")
ARGUMENTS = {"demographic_config": DemographicConfig, "demographic_sampler": DemographicSampler}


class PeopleService(Service[E]):
    """Base of services whose entity is people: `demographic_config` and `demographic_sampler` narrow whom it makes.

    `conditions` says that the config's conditions have a meaning, `homes` that sizes of home towns can be asked for.
    """

    conditions: ClassVar[bool] = False
    homes: ClassVar[bool] = True

    @classmethod
    def asked(cls, dataset: str | None, arguments: Mapping[str, Any]) -> Asked:
        config, sampler, others = demographics_of(arguments)
        found = asked_of_people(config, sampler, conditions=cls.conditions, homes=cls.homes, **others)
        return Asked({cls.entity: found["options"]}, found["called"])


class HoldersService(Service[E]):
    """Base of services of what people hold: the same two arguments narrow the `holders`, other options are the entity's."""

    holders: ClassVar[type[Any] | str] = "common.person"

    @classmethod
    def asked(cls, dataset: str | None, arguments: Mapping[str, Any]) -> Asked:
        config, sampler, others = demographics_of(arguments)
        found = asked_of_people(config, sampler)
        return Asked({cls.holders: found["options"], cls.entity: others}, found["called"])


def demographics_of(
    arguments: Mapping[str, Any],
) -> tuple[DemographicConfig | None, DemographicSampler | None, dict[str, Any]]:
    """The config, the sampler, and the rest. Raises `InvalidOption` for a config or sampler that is none."""
    for name, cls in ARGUMENTS.items():
        given = arguments.get(name)
        if given is not None and not isinstance(given, cls):
            raise InvalidOption("invalid_option", f"{name} is {excerpt(given)}, not a {cls.__name__}", path=f"$.{name}")
    others = {name: value for name, value in arguments.items() if name not in ARGUMENTS}
    return arguments.get("demographic_config"), arguments.get("demographic_sampler"), others
