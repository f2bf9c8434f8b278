"""Checks of a model that its rows do not hold: found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from datamimic import DatamimicError, Finding, World, check_rows
from datamimic_models.loading import Model
from datamimic_models.model import Check

FEW: Final = 1_000
"""Rows that are tested first: what none can hold shows soon."""


def refuse_unsatisfied(model: Model, world: World, counts: Mapping[str, int]) -> None:
    """Test all rows of the tables that have checks. Raises `DatamimicError` (`models.check_unsatisfied`) for the first check
    that some do not hold."""
    for name, made in model.plan.tables.items():
        if made.table.source is not None or not made.table.checks or not counts.get(name):
            continue
        rows = world[model.plan.path(name)]
        said = {each.sentence: each for each in reversed(made.table.checks)}
        for first, last in _spans(counts[name]):
            for finding in check_rows(rows[first:last]):
                if not finding.holds and finding.sentence in said:
                    raise _unsatisfied(said[finding.sentence], finding, f"{last:,} rows of {name}")


def _spans(count: int) -> Iterator[tuple[int, int]]:
    yield 0, min(FEW, count)
    if count > FEW:
        yield FEW, count


def _unsatisfied(check: Check, finding: Finding, rows: str) -> DatamimicError:
    shown = ", ".join(str(row) for row in finding.samples)
    return DatamimicError(
        "models.check_unsatisfied",
        f"{finding.violations:,} of {rows} do not hold the check {finding.sentence[:200]} (rows {shown})",
        hint="rules of its columns that hold it, or no such check",
        file=check.place.file,
        line=check.place.line,
    )
