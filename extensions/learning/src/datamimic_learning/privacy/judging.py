"""Limits, and what comes of a measure: pass, warn, fail, told (there is no limit), or not measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning.privacy.measures.measured import Measure


@frozen
class Limit:
    """From where on a measure warns and fails: above it, or where `least` is so, below it."""

    warn: float
    fail: float
    least: bool = False


LIMITS: Final[Mapping[str, Limit | None]] = MappingProxyType(
    {
        "exact_copies": Limit(0.0, 0.01),
        "near_copies": Limit(0.01, 0.05),
        "recurring_values": Limit(0.0, 0.01),
        "kept_columns": Limit(0.1, 0.5),
        "dcr_share": Limit(0.55, 0.6),
        "dcr_close": Limit(0.075, 0.15),
        "nndr_close": Limit(0.1, 0.2),
        "k_anonymity": None,
        "l_diversity": None,
        "t_closeness": None,
        "unique_matches": Limit(0.01, 0.05),
        "singling_out": Limit(0.05, 0.1),
        "membership": Limit(0.55, 0.6),
        "attribute_inference": Limit(0.05, 0.1),
        "linkability": Limit(0.05, 0.1),
        "linkage_across": Limit(0.01, 0.05),
    }
)
"""Every measure, in the order of the report. Groups have no limit of their own: rows that are made up may be alone."""

_LEAST = frozenset({"k_anonymity", "l_diversity"})


def limits_from(texts: Iterable[str]) -> dict[str, Limit | None]:
    """`LIMITS`, with what `NAME=WARN,FAIL`, `NAME=FAIL` or `NAME=none` say instead. Raises `DatamimicError`
    (`learning.bad_limit`)."""
    found = dict(LIMITS)
    for text in texts:
        name, equals, said = text.partition("=")
        if name not in found or not equals:
            raise DatamimicError(
                "learning.bad_limit", f"{text} names no measure", hint=f"there are: {', '.join(LIMITS)}"
            )
        if said == "none":
            found[name] = None
            continue
        try:
            numbers = [float(each) for each in said.split(",")]
        except ValueError:
            numbers = []
        least = name in _LEAST
        ordered = sorted(numbers, reverse=least)
        if len(numbers) not in (1, 2) or numbers != ordered or any(not 0 <= each < float("inf") for each in numbers):
            raise DatamimicError(
                "learning.bad_limit",
                f"{text} is no limit",
                hint=f"{name}=5,2" if least else f"{name}=0.05,0.1: where it warns, then where it fails",
            )
        found[name] = Limit(numbers[0], numbers[-1], least)
    return found


def judge(measure: Measure, limit: Limit | None) -> dict[str, Any]:
    """The measure as a report has it, with `state` and `reason`.

    It fails where its whole interval is beyond the limit, and warns where its value is, and chance is outside of the
    interval.
    """
    state, reason = _judged(measure, limit)
    interval = measure.interval
    return {
        "name": measure.name,
        "state": state,
        "reason": reason,
        "value": measure.value,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "chance": measure.chance,
        "warn": None if limit is None else limit.warn,
        "fail": None if limit is None else limit.fail,
        "cases": measure.cases,
        "told": dict(measure.told),
    }


def _judged(measure: Measure, limit: Limit | None) -> tuple[str, str]:
    if measure.value is None:
        return "not measured", measure.missing or ""
    if limit is None:
        return "told", "no limit is set"
    value = measure.value
    if limit.least:
        state = "fail" if value < limit.fail else "warn" if value < limit.warn else "pass"
        line = limit.fail if state == "fail" else limit.warn
        return state, f"{value:g} is {'below' if state != 'pass' else 'at least'} {line:g}"
    low, high = measure.interval if measure.interval is not None else (value, value)
    if low > limit.fail:
        return "fail", f"at least {low:.3g}, above {limit.fail:g}"
    if value > limit.warn and low > (measure.chance or 0.0):
        unsure = f"; up to {high:.3g}, more rows would tell" if high > limit.fail else ""
        return "warn", f"{value:.3g} is above {limit.warn:g}{unsure}"
    if high > limit.fail:
        return "pass", f"{value:.3g}, up to {high:.3g}: few rows, a weak test"
    return "pass", f"{value:.3g}, up to {high:.3g}, within {limit.warn:g} or chance"


def verdict(measures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of several judged measures: the worst state of those that were judged, and which they are."""
    of = {
        state: [each["name"] for each in measures if each["state"] == state]
        for state in ("fail", "warn", "pass", "told", "not measured")
    }
    state = "fail" if of["fail"] else "warn" if of["warn"] else "pass" if of["pass"] else "not measured"
    return {
        "state": state,
        "failed": of["fail"],
        "warned": of["warn"],
        "passed": of["pass"],
        "not_measured": of["not measured"],
    }
