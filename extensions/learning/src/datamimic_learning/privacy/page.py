"""A report of privacy as one HTML page that needs nothing else, with the look of all reports."""

from __future__ import annotations

from typing import Any

from datamimic_learning.privacy.explained import EXPLAINED
from datamimic_report import render_template

LOOKS = {"pass": "good", "warn": "warn", "fail": "bad", "told": "open", "not measured": "open"}


def render_privacy(report: dict[str, Any]) -> str:
    """The page of a report that `measure_privacy` made; the same bytes for the same report."""
    return render_template(
        f"{__package__}/privacy.html.jinja", report=report, explained=EXPLAINED, looks=LOOKS, scale=scale, number=number,
        curve=curve, budgets=budgets, spent=spent,
    )  # fmt: skip


def scale(measure: dict[str, Any]) -> dict[str, float] | None:
    """Where the value, the ends of its interval, chance and both limits lie, in per cent of the width; None where there is
    nothing to draw."""
    if measure["value"] is None or measure["low"] is None:
        return None
    marks = {
        name: measure[name] for name in ("value", "low", "high", "chance", "warn", "fail") if measure[name] is not None
    }
    least, most = min(0.0, *marks.values()), max(marks.values())
    room = (most - least) or 1.0
    return {name: round(2 + 96 * (value - least) / room, 2) for name, value in marks.items()}


def curve(utility: list[dict[str, Any]], of: str) -> list[dict[str, float]]:
    """Where the budgets lie, one step each, and how much a copy resembles under them, from the top: in per cent."""
    room = max(len(utility) - 1, 1)
    return [
        {"x": round(2 + 96 * place / room, 2), "y": round(100 * (1 - each[of]), 2)}
        for place, each in enumerate(utility)
    ]


def budgets(utility: list[dict[str, Any]]) -> list[str]:
    """The budgets of the curve, as heads of columns."""
    return [f"of {number(each['epsilon'])}" for each in utility]


def spent(utility: list[dict[str, Any]]) -> list[list[str]]:
    """What each column cost under each budget, what the whole table did, and the sums."""
    shares = [{each["column"]: each["epsilon"] for each in point["spent"]} for point in utility]
    columns = dict.fromkeys(column for share in shares for column in share if column is not None)
    rows = [[column, *(number(share.get(column, 0.0)) for share in shares)] for column in columns]
    rows.append(["the whole table", *(number(share.get(None, 0.0)) for share in shares)])
    return [*rows, ["sum", *(number(sum(share.values())) for share in shares)]]


def number(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return "–"
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:.4f}" if abs(value) < 0.1 else f"{value:.3f}"
