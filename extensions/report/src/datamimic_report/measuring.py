"""A claim against rows: how far what was made lies from what is published, and how far chance alone would take it.

The distance of a distribution is the total variation distance: half the sum of the differences of all shares, which is the
share of rows that would have to move. Allowed is the tolerance of the figure's grade plus what sampling explains: for a
distribution the expected distance of n rows drawn from the published figures, plus sqrt(ln(1/α) / 2n) (McDiarmid); for a
share or mean z standard errors. α is 1 in 10,000, two-sided.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from math import log, pi, sqrt
from typing import Any

import numpy as np
import pyarrow as pa

from datamimic_report.claims import Claim, Group

TOLERANCE = {"A": 0.01, "B": 0.02, "C": 0.04, "D": 0.08, "E": 0.08}
"""By grade: absolute for shares and distances, relative for means."""
ALPHA = 1e-4
Z = 3.89
FEWEST = 30
"""Fewer rows say nothing."""
OTHERS = "(others)"


class Sample:
    """Columns of the rows, each made into a NumPy array once: numbers as float64, dates as they are, text as objects."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._made: dict[str, np.ndarray[Any, Any]] = {}

    def __getitem__(self, column: str) -> np.ndarray[Any, Any]:
        if column not in self._made:
            self._made[column] = _array(self.table.column(column))
        return self._made[column]


def _array(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    values = column.to_pylist()
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
        return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)
    made = np.empty(len(values), dtype=object)
    made[:] = [value.date() if isinstance(value, datetime) else value for value in values]
    return made


def measure(claim: Claim, sample: Sample) -> dict[str, Any]:
    """{title, kind, groups: [{label, rows, figures, distance, allowed, holds}], distance, allowed, holds, …} of a claim.

    `holds` is None where too few rows belong to a group. The claim's own distance is that of the group nearest its limit.
    """
    groups = [_measure_group(claim, group, sample) for group in claim.groups]
    judged: list[dict[str, Any]] = [group for group in groups if group["holds"] is not None]
    worst = max(judged, key=lambda group: float(group["distance"] / group["allowed"]), default=None)
    return {
        "title": claim.title,
        "field": claim.field,
        "kind": claim.kind,
        "unit": claim.unit,
        "grade": claim.grade,
        "source": claim.source,
        "url": claim.url,
        "note": claim.note,
        "tolerance": _tolerance(claim),
        "groups": groups,
        "distance": worst and worst["distance"],
        "allowed": worst and worst["allowed"],
        "holds": all(group["holds"] for group in judged) if judged else None,
    }


def _tolerance(claim: Claim) -> float:
    return TOLERANCE[claim.grade] if claim.tolerance is None else claim.tolerance


def _measure_group(claim: Claim, group: Group, sample: Sample) -> dict[str, Any]:
    inside = np.ones(sample.table.num_rows, dtype=np.bool_)
    for column, wanted in group.where.items():
        inside &= _fits(sample[column], wanted)
    measured = {"distribution": _distribution, "share": _share, "mean": _mean}[claim.kind](claim, group, sample, inside)
    rows = int(inside.sum())
    if rows < FEWEST or measured["distance"] != measured["distance"]:
        measured |= {"distance": None, "allowed": None, "holds": None}
    else:
        measured["holds"] = bool(measured["distance"] <= measured["allowed"])
    return {"label": group.label, "rows": rows, **measured}


def _fits(values: np.ndarray[Any, Any], wanted: list[Any]) -> np.ndarray[Any, Any]:
    if len(wanted) == 2 and all(isinstance(limit, int | float | date) for limit in wanted):
        if values.dtype != object:
            return np.asarray((values >= wanted[0]) & (values <= wanted[1]), dtype=np.bool_)
        return np.array([value is not None and wanted[0] <= value <= wanted[1] for value in values], dtype=np.bool_)
    return np.array([value in wanted for value in values.tolist()], dtype=np.bool_)


def _distribution(claim: Claim, group: Group, sample: Sample, inside: np.ndarray[Any, Any]) -> dict[str, Any]:
    labels = _labels(claim, sample[claim.field][inside])
    if claim.by:
        labels = [f"{other} {label}" for other, label in zip(sample[claim.by][inside], labels, strict=True)]
    weights = sample[claim.weight][inside] if claim.weight else np.ones(len(labels))
    found: Counter[str] = Counter()
    for label, weight in zip(labels, weights.tolist(), strict=True):
        found[label if label in group.figures else OTHERS] += weight
    total = float(weights.sum()) or 1.0
    stated = sum(group.figures.values())
    published = {label: share / max(stated, 100.0) for label, share in group.figures.items()}
    if stated > 99:
        published = {label: share / stated for label, share in group.figures.items()}
    rest = max(0.0, 1 - sum(published.values()))
    if rest > 1e-9 or found[OTHERS]:
        published[OTHERS] = rest
    figures: list[dict[str, Any]] = [
        {"label": _spelled(claim, label), "published": share, "measured": found[label] / total}
        for label, share in published.items()
    ]
    effective = max(1.0, total**2 / float((weights**2).sum() or 1.0))
    chance = sum(sqrt(2 * share * (1 - share) / (pi * effective)) for share in published.values()) / 2
    return {
        "figures": figures,
        "distance": sum(abs(each["measured"] - each["published"]) for each in figures) / 2,
        "allowed": _tolerance(claim) + chance + sqrt(log(1 / ALPHA) / (2 * effective)),
    }


def _labels(claim: Claim, values: np.ndarray[Any, Any]) -> list[str]:
    if claim.bands:
        places = np.clip(np.searchsorted(claim.bands, values, side="right") - 1, 0, None)
        return [f"{claim.bands[place]:g}" for place in places.tolist()]
    texts = [_text(value) for value in values.tolist()]
    return [claim.merge.get(text, text) for text in texts] if claim.merge else texts


def _spelled(claim: Claim, label: str) -> str:
    """`female 0` as `female 0 to 9`, where the bands are of whole numbers."""
    other, _, low = label.rpartition(" ")
    starts = [f"{band:g}" for band in claim.bands]
    if low not in starts:
        return label
    place = starts.index(low)
    text = f"{low}+" if place + 1 == len(starts) else f"{low} to {claim.bands[place + 1] - 1:g}"
    return f"{other} {text}".strip()


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _share(claim: Claim, group: Group, sample: Sample, inside: np.ndarray[Any, Any]) -> dict[str, Any]:
    wanted = set(claim.values)
    values = sample[claim.field][inside].tolist()
    hits = sum(
        not wanted.isdisjoint(value) if isinstance(value, list) else (value in wanted)
        for value in values
        if value is not None
    )
    count = max(1, len(values))
    published, measured = (group.published or 0.0) / 100, hits / count
    error = sqrt(max(published * (1 - published), measured * (1 - measured)) / count)
    return {
        "figures": [{"label": group.label or "all", "published": published, "measured": measured}],
        "distance": abs(measured - published),
        "allowed": _tolerance(claim) + Z * error,
    }


def _mean(claim: Claim, group: Group, sample: Sample, inside: np.ndarray[Any, Any]) -> dict[str, Any]:
    values = sample[claim.field][inside]
    values = values[~np.isnan(values)]
    published = float(group.published or 0.0)
    measured = float(values.mean()) if len(values) else float("nan")
    error = float(values.std()) / sqrt(len(values)) if len(values) else 0.0
    return {
        "figures": [{"label": group.label or "all", "published": published, "measured": measured}],
        "distance": abs(measured - published) / abs(published),
        "allowed": _tolerance(claim) + Z * error / abs(published),
    }
