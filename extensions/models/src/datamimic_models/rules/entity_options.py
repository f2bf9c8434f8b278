"""Options of entities among the parameters of a rule: `min_age` of the entity whose field it is, `insurance.insured.min_age` of
another one that the row refers to."""

from __future__ import annotations

from typing import Any

from datamimic_models.rules.words import Pairs, thawed


def by_entity(entity: str, options: Pairs) -> dict[str, dict[str, Any]]:
    """{entity: {option: value}}."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in options:
        other, _, option = name.rpartition(".")
        found.setdefault(other or entity, {})[option] = thawed(value)
    return found
