"""Checks of a model that its rows do not hold: found before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

from datamimic import World, judge_rows
from datamimic_models.loading import Model


def refuse_unsatisfied(model: Model, world: World, counts: Mapping[str, int]) -> None:
    """Test all rows of the tables that have checks. Raises `DatamimicError` (`models.check_unsatisfied`) for the first check
    that some do not hold."""
    for name, made in model.plan.tables.items():
        if made.table.source is None and counts.get(name):
            judge_rows(world[model.plan.path(name)][0 : counts[name]])
