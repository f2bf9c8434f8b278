"""A pair of columns against rows.

What must be dependent holds where the measured effect has the declared direction and at least the declared size, and fails
where it falls short by more than chance reaches. It cannot hold unless the least effect is 1.6 times what chance reaches:
independent columns then pass for dependent at most once in 10,000 samples, and the least effect is seen above chance in 99
of 100. What must be independent holds where the effect is at most `most` and chance stays below that, and fails where it is
more by what chance reaches. In between nothing is judged: `holds` is None.
"""

from __future__ import annotations

from math import exp, isfinite, isnan, sqrt
from typing import Any

import numpy as np

from datamimic_report.dependencies import measures
from datamimic_report.dependencies.columns import Coded, Columns
from datamimic_report.dependencies.declared import Pair
from datamimic_report.dependencies.measures import SIGNED, Codes, Numbers, cross_table, effect

FEWEST = 30
"""Fewer rows of a stratum say nothing."""
POWER = 1.6
"""(z of 1 in 10,000 + z of 1 in 100) / z of 1 in 10,000, normal quantiles."""
ENOUGH_OF_ONE = 1_000
"""So many rows with one value in a column say that nothing depends on it."""


def columns_of(pair: Pair) -> set[str]:
    """The columns that it reads."""
    return {*pair.of, *pair.where, *([pair.given] if pair.given else []), *([pair.per] if pair.per else [])}


def judge(pair: Pair, columns: Columns) -> dict[str, Any]:
    """{of, measure, kind, given, rows, found, expected, chance, holds, state, …}, plain values.

    state is `holds`, `fails`, `gap` (known, and still there), `mended` (known, and gone: the declaration is to be removed)
    or `too few`.
    """
    found, chance, rows = _measure(pair, columns)
    size = effect(pair.measure, found)
    limit = abs(effect(pair.measure, pair.limit))
    reach = abs(effect(pair.measure, chance + 0.5 if pair.measure == "auc" else chance))
    judged = _judged(pair.kind, -size if pair.direction == "-" else size, reach, limit)
    if isnan(found) and rows >= ENOUGH_OF_ONE:
        judged = pair.kind == "independent"
    return {
        "of": pair.of,
        "measure": pair.measure,
        "kind": pair.kind,
        "given": pair.given,
        "detail": _detail(pair),
        "rows": rows,
        "found": None if isnan(found) else found,
        "expected": _expected(pair),
        "chance": chance if isfinite(chance) else None,
        "strength": None if isnan(size) else _strength(pair.measure, size),
        "source": pair.source,
        "reason": pair.reason,
        "falls_short": pair.falls_short,
        "enough": _enough(pair.kind, reach, limit) or judged is not None,
        "holds": judged,
        "state": state_of(judged, pair.falls_short),
    }


def _judged(kind: str, size: float, reach: float, limit: float) -> bool | None:
    short = abs(size) - limit if kind == "independent" else limit - size
    if short > reach:
        return False
    return True if short <= 0 and _enough(kind, reach, limit) else None


def _enough(kind: str, reach: float, limit: float) -> bool:
    """Whether the rows could show it, whatever is found."""
    return reach <= limit if kind == "independent" else POWER * reach <= limit


def state_of(holds: bool | None, falls_short: str) -> str:
    if holds is None:
        return "too few"
    if falls_short:
        return "mended" if holds else "gap"
    return "holds" if holds else "fails"


def _measure(pair: Pair, columns: Columns) -> tuple[float, float, int]:
    """The value, what chance reaches (of an AUC: from 0.5), and how many rows have both values."""
    first, second = _sides(pair, columns)
    there = np.flatnonzero(columns.inside(pair.where) & _there(first) & _there(second))
    if pair.per:
        there, first, second = _per(columns.coded(pair.per).codes, there, first, second)
    strata = [there]
    if pair.given:
        bands = columns.banded(pair.given, pair.bands.get(pair.given)).codes[there]
        strata = [there[bands == band] for band in np.unique(bands[bands >= 0])]
        strata = [stratum for stratum in strata if len(stratum) >= FEWEST]
    total = sum(map(len, strata))
    if total < FEWEST:
        return float("nan"), float("inf"), total
    if pair.measure == "rate_ratio":
        tables = [cross_table_2x2(first[stratum], second[stratum]) for stratum in strata]
        return measures.rate_ratio(tables), measures.chance_rate_ratio(tables), total
    parts = [(len(stratum) / total, *_one(pair.measure, first[stratum], second[stratum])) for stratum in strata]
    parts = [part for part in parts if not isnan(part[1])]
    whole = sum(part[0] for part in parts)
    if not whole:
        return float("nan"), float("inf"), total
    found = sum(share * value for share, value, _ in parts) / whole
    if pair.measure in SIGNED:
        return found, sqrt(sum((share * chance) ** 2 for share, _, chance in parts)) / whole, total
    return found, sum(share * chance for share, _, chance in parts) / whole, total


def _one(measure: str, first: Any, second: Any) -> tuple[float, float]:
    if measure == "spearman":
        return measures.spearman(first, second), measures.chance_spearman(len(first))
    if measure == "auc":
        hits = second > 0
        ones = int(hits.sum())
        if not ones or ones == len(hits):
            return float("nan"), float("inf")
        return measures.auc(first, hits), measures.chance_auc(ones, len(hits) - ones)
    if measure in ("cramers_v", "mutual_information"):
        table = cross_table(first, second)
        return float(measures.MEASURES[measure](table)), measures.chance_table(measure, table)
    groups = len(np.unique(second))
    if groups < 2:
        return float("nan"), float("inf")
    return float(measures.MEASURES[measure](first, second)), measures.chance_ratio(len(first), groups)


def cross_table_2x2(hits: Any, group: Any) -> Numbers:
    """[[hits, others] of group 1, [hits, others] of group 0]."""
    return np.array([[float(((group == g) & (hits == h)).sum()) for h in (1, 0)] for g in (1, 0)])


def _sides(pair: Pair, columns: Columns) -> tuple[Any, Any]:
    """Both columns as the measure takes them; NaN or -1 where a row does not count. Of
    `eta` and `rank_eta` the numbers come first, whichever column they are."""
    one, other = pair.of
    if pair.measure == "auc":
        return _numbers(pair, columns, other), _hits(pair, columns)
    if pair.measure == "rate_ratio":
        group = columns.fits(other, pair.group)
        against = columns.fits(other, pair.against) if pair.against else ~group & _known(columns, other)
        return _hits(pair, columns), np.where(group, 1, np.where(against, 0, -1))
    if pair.measure == "spearman":
        return _numbers(pair, columns, one), _numbers(pair, columns, other)
    if pair.measure in ("eta", "rank_eta"):
        if not columns.is_number(one):
            one, other = other, one
        return _numbers(pair, columns, one), columns.banded(other, pair.bands.get(other)).codes
    return columns.banded(one, pair.bands.get(one)).codes, columns.banded(other, pair.bands.get(other)).codes


def _hits(pair: Pair, columns: Columns) -> Codes:
    hits = columns.fits(pair.of[0], pair.hit)
    return np.where(_known(columns, pair.of[0]), hits.astype(np.int64), -1)


def _known(columns: Columns, name: str) -> Any:
    return np.asarray(columns.arrow(name).is_valid())


def _numbers(pair: Pair, columns: Columns, name: str) -> Numbers:
    order = pair.order.get(name)
    if order is None:
        return columns.numbers(name)
    coded: Coded = columns.coded(name)
    places = [order.index(label) if label in order else np.nan for label in coded.labels]
    return np.array([*places, np.nan], dtype=np.float64)[coded.codes]


def _there(values: Any) -> Any:
    return ~np.isnan(values) if values.dtype.kind == "f" else values >= 0


def _per(groups: Codes, there: Codes, *sides: Any) -> tuple[Any, ...]:
    """The first row of each group; numbers become the mean of the group."""
    _, first, group = np.unique(groups[there], return_index=True, return_inverse=True)
    counts = np.bincount(group)
    made = []
    for values in sides:
        own = values.copy()
        if values.dtype.kind == "f":
            own[there[first]] = np.bincount(group, weights=values[there]) / counts
        made.append(own)
    return there[first], *made


def _expected(pair: Pair) -> str:
    limit = f"{pair.limit:g}"
    if pair.kind == "independent":
        return {"auc": f"0.5 ± {pair.limit - 0.5:.2g}", "rate_ratio": f"1/{limit} to {limit}"}.get(
            pair.measure, f"at most {limit}"
        )
    if pair.direction != "-":
        return f"at least {limit}"
    opposite = {"auc": 1 - pair.limit, "rate_ratio": 1 / pair.limit}.get(pair.measure, -pair.limit)
    return f"at most {opposite:.3g}"


def _detail(pair: Pair) -> str:
    told = [f"{name} {_told(wanted)}" for name, wanted in pair.where.items()]
    if pair.hit:
        told.insert(0, f"{pair.of[0]} {_told(pair.hit)}")
    if pair.group:
        against = f" against {_told(pair.against)}" if pair.against else ""
        told.insert(1, f"{pair.of[1]} {_told(pair.group)}{against}")
    if pair.per:
        told.append(f"one row per {pair.per}")
    return "; ".join(told)


def _told(wanted: list[Any]) -> str:
    if len(wanted) == 2 and not any(isinstance(value, str | bool) for value in wanted):
        return f"{wanted[0]} to {wanted[1]}"
    texts = [{True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value) for value in wanted]
    return ", ".join(texts)


def _strength(measure: str, size: float) -> float:
    """-1 to 1, comparable in a heat table: the effect, twice that of an AUC, 1 - 1 / ratio of a rate ratio."""
    sign = -1 if size < 0 else 1
    if measure == "rate_ratio":
        return sign * (1 - exp(-abs(size)))
    if measure == "mutual_information":
        return sqrt(max(0.0, 1 - exp(-2 * size)))
    return max(-1.0, min(1.0, 2 * size if measure == "auc" else size))
