"""`--debug-relationships`: which tables refer to which, how many rows that are, and what the linkage report says."""

from __future__ import annotations

from collections.abc import Mapping

from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.planning import Plan


def related_lines(plan: Plan, counts: Mapping[str, int], report: str) -> list[str]:
    """A line per foreign key, with the rows on both sides, then those of the report: resolved and orphaned."""
    lines = []
    for name, table in plan.tables.items():
        for key in table.keys:
            rows, parents = counts.get(name, 0), counts.get(key.key.parent_table, 0)
            own, theirs = ", ".join(key.key.columns), ", ".join(key.key.parent_columns)
            lines.append(
                f"{name}.{own} -> {key.key.parent_table}.{theirs}: {rows:,} rows to {parents:,}, {_said(key)}, "
                f"{rows / max(parents, 1):.2f} each on average"
            )
    return [*lines, *report.splitlines()] if lines else ["no table refers to another"]


def _said(key: KeyPlan) -> str:
    if key.expression:
        return f"as many as {key.expression}"
    if key.counts is not None:
        least, most = min(key.counts), max(key.counts)
        return f"{least} for each" if least == most else f"{least} to {most} for each"
    if key.once:
        return "one for each at most"
    return "picked evenly" if key.key.pick != "weighted" else f"picked by {key.key.weight}"
