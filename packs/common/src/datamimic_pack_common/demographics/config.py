"""`DemographicConfig`: limits on the people that a service makes, as a Python object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.demographics.population import HIGHEST_AGE


def _age_limit(config: Any, attribute: Any, value: Any) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if value is not None and not (whole and 0 <= value <= HIGHEST_AGE):
        raise InvalidOption(
            "invalid_option",
            f"{attribute.name} is {excerpt(value)}",
            hint=f"a whole number from 0 to {HIGHEST_AGE}",
            path=f"$.{attribute.name}",
        )


def _names(argument: str, value: object) -> frozenset[str]:
    """A name, or several, as a set."""
    names = [value] if isinstance(value, str) else [*value] if isinstance(value, Iterable) else [value]
    if not all(isinstance(name, str) for name in names):
        raise InvalidOption("invalid_option", f"{argument} is {excerpt(value)}", hint="names", path=f"$.{argument}")
    return frozenset(names)


def _included(value: object) -> frozenset[str]:
    return _names("conditions_include", value)


def _excluded(value: object) -> frozenset[str]:
    return _names("conditions_exclude", value)


@attrs.frozen
class DemographicConfig:
    """Limits on the people that a service makes. What is left out does not limit; conditions concern patients.

    Raises `InvalidOption` for ages that are no whole numbers from 0 to 115, or exclude each other, and for names that are
    no text.
    """

    age_min: int | None = attrs.field(default=None, validator=_age_limit)
    age_max: int | None = attrs.field(default=None, validator=_age_limit)
    conditions_include: frozenset[str] = attrs.field(default=frozenset(), converter=_included)
    conditions_exclude: frozenset[str] = attrs.field(default=frozenset(), converter=_excluded)
    transaction_profile: str | Mapping[str, Any] | None = None

    def __attrs_post_init__(self) -> None:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise InvalidOption("impossible_constraint", f"age_min {self.age_min} is above age_max {self.age_max}")
        both = self.normalized_includes() & self.normalized_excludes()
        if both:
            raise InvalidOption("impossible_constraint", f"{', '.join(sorted(both))}: both included and excluded")

    def with_defaults(
        self, default_age_min: int | None = None, default_age_max: int | None = None
    ) -> DemographicConfig:
        """The same with these ages where none is given."""
        return attrs.evolve(
            self,
            age_min=default_age_min if self.age_min is None else self.age_min,
            age_max=default_age_max if self.age_max is None else self.age_max,
        )

    def normalized_includes(self) -> frozenset[str]:
        """The conditions to include, without case and outer spaces."""
        return _normalized(self.conditions_include)

    def normalized_excludes(self) -> frozenset[str]:
        return _normalized(self.conditions_exclude)

    def profile_text(self) -> str | None:
        """The transaction profile as text; a mapping as JSON with sorted keys."""
        if self.transaction_profile is None or isinstance(self.transaction_profile, str):
            return self.transaction_profile
        return json.dumps(dict(self.transaction_profile), sort_keys=True, ensure_ascii=False)


def refuse_conditions(config: DemographicConfig | None) -> None:
    """Raises `InvalidOption` where a config for others than patients has conditions."""
    for name in ("conditions_include", "conditions_exclude"):
        if config is not None and getattr(config, name):
            raise InvalidOption(
                "invalid_option",
                f"{name} has no meaning here: only of patients can conditions be asked for",
                hint="give it to PatientService",
                path=f"$.{name}",
            )


def _normalized(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())
