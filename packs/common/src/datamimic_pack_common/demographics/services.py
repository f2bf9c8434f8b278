"""What services of people pass on to the world: the options that their arguments stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datamimic.errors import InvalidOption
from datamimic_pack_common.demographics.config import DemographicConfig, refuse_conditions
from datamimic_pack_common.demographics.sampler import DemographicSampler, sampler_options


def asked_of_people(
    config: DemographicConfig | None,
    sampler: DemographicSampler | None,
    *,
    conditions: bool = False,
    homes: bool = True,
    **others: Any,
) -> dict[str, Any]:
    """What a service passes on to `Service.__init__`: the options that its arguments stand for, and the arguments' names.

    `others` are options as the service's own arguments; the config's ages go before them, and they before the sampler's
    shares. Raises `InvalidOption` for what has no meaning: conditions, unless the service makes patients (`conditions`), and
    sizes of home towns where work decides on the home (`homes`), unless they are part of a profile of other people.
    """
    config, sampler = config or DemographicConfig(), sampler or DemographicSampler()
    if not conditions:
        refuse_conditions(config)
    of_sampler = sampler_options(sampler)
    if not homes and of_sampler.pop("city_sizes", None) and not sampler.groups:
        raise InvalidOption(
            "invalid_option",
            "city_sizes has no meaning here: these people live where they work",
            hint="leave it out",
            path="$.city_sizes",
        )
    of_config = {
        "min_age": config.age_min,
        "max_age": config.age_max,
        "transaction_profile": config.profile_text(),
    }
    options = {**of_sampler, **_given(others), **_given(of_config)}
    names = {"min_age": "age_min", "max_age": "age_max", "age_profile": "bands"}
    called = {option: names[option] for option in names if option in _given(of_config) or option in of_sampler}
    return {"options": options, "called": called}


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
