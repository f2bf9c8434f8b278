"""When things happen: the share of moments in some hours, weekdays, days, months or dates of local clocks and calendars."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from datamimic_report.dependencies.columns import Columns, parts_of
from datamimic_report.dependencies.declared import Calendar
from datamimic_report.dependencies.measures import Z
from datamimic_report.dependencies.pairs import FEWEST, state_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def columns_of(calendar: Calendar) -> set[str]:
    zone = {calendar.zone} if calendar.zone and "/" not in calendar.zone else set()
    return {calendar.of, *calendar.where} | zone


def judge_calendar(calendar: Calendar, columns: Columns) -> dict[str, Any]:
    """{of, part, values, rows, found, least, most, profile: [{label, share}], holds, state, …}.

    The share holds within the bounds and what chance does to a share of so many rows (z standard errors).
    """
    there = columns.inside(calendar.where) & np.asarray(columns.arrow(calendar.of).is_valid())
    local = columns.local(calendar.of, calendar.zone)[there]
    rows = len(local)
    told: dict[str, Any] = {
        "of": calendar.of,
        "part": calendar.part,
        "zone": calendar.zone,
        "values": _spelled(calendar),
        "rows": rows,
        "least": calendar.least,
        "most": calendar.most,
        "where": {name: [str(value) for value in wanted] for name, wanted in calendar.where.items()},
        "found": None,
        "profile": [],
    }
    holds: bool | None = None
    if rows >= FEWEST:
        parts = parts_of(local, calendar.part)
        values = np.asarray(parts.to_pylist())
        found = float(_wanted(calendar, values).mean())
        told["found"] = found
        told["profile"] = _profile(calendar.part, values)
        slack = [Z * sqrt(bound * (1 - bound) / rows) for bound in (calendar.least, calendar.most)]
        holds = calendar.least - slack[0] <= found <= calendar.most + slack[1]
    return told | {
        "source": calendar.source,
        "reason": calendar.reason,
        "falls_short": calendar.falls_short,
        "holds": holds,
        "state": state_of(holds, calendar.falls_short),
    }


def _wanted(calendar: Calendar, values: Any) -> Any:
    if calendar.part == "date":
        return np.isin(values, calendar.values)
    first, last = calendar.values
    if first <= last:
        return (values >= first) & (values <= last)
    return (values >= first) | (values <= last)


def _spelled(calendar: Calendar) -> str:
    if calendar.part == "date":
        return ", ".join(calendar.values)
    first, last = calendar.values
    if calendar.part == "weekday":
        first, last = WEEKDAYS[first - 1], WEEKDAYS[last - 1]
    return f"{first}" if first == last else f"{first} to {last}"


def _profile(part: str, values: Any) -> list[dict[str, Any]]:
    """The share of each hour, weekday, day or month; of dates nothing, which are too many."""
    if part == "date":
        return []
    spans = {"hour": range(24), "weekday": range(1, 8), "day": range(1, 32), "month": range(1, 13)}
    return [
        {"label": WEEKDAYS[place - 1] if part == "weekday" else str(place), "share": float((values == place).mean())}
        for place in spans[part]
    ]
