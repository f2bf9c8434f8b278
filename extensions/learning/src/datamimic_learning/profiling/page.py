"""A profile as one HTML page that needs nothing else, with the look of all reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datamimic_learning.profiling.quality import DIMENSIONS
from datamimic_report import render_template

MEASURES: Final = {
    "pearson": "Pearson",
    "spearman": "Spearman",
    "cramers_v": "Cramér's V",
    "mutual_information": "mutual information",
    "correlation_ratio": "correlation ratio",
}
_SHOWN: Final = 10
_GRID: Final = 16
_GOOD: Final = 0.95
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_STEPS: Final = ((4, 0.8), (3, 0.55), (2, 0.3), (1, 0.12))


def page_of(values: Mapping[str, Any]) -> str:
    """The page; the same bytes for the same profile."""
    tables = [_table(each, place) for place, each in enumerate(values["tables"])]
    return render_template(
        "datamimic_learning.profiling/profile.html.jinja",
        report=values, tables=tables, dimensions=DIMENSIONS, measures=MEASURES, looks=looks_of, told=told,
    )  # fmt: skip


def looks_of(score: float | None) -> str:
    """The class of a score."""
    return "open" if score is None else "good" if score >= _GOOD else "warn" if score >= 0.8 else "bad"


def told(value: Any) -> str:
    """A value of a column, short."""
    if value is None:
        return "hidden"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:,.4g}"
    text = " ".join(str(value).split())
    if _MOMENT.match(text):
        return text[:19].replace("T", " ")
    return text if len(text) <= 48 else text[:47] + "…"


def _table(table: Mapping[str, Any], place: int) -> dict[str, Any]:
    hints = [{"column": "", **each} for each in table["quality"]["hints"]]
    hints += [{"column": column["name"], **hint} for column in table["columns"] for hint in column["quality"]["hints"]]
    columns = [_column(each) for each in table["columns"]]
    return {
        "anchor": f"table-{place}",
        "values": table,
        "columns": columns,
        "hints": sorted(hints, key=lambda each: DIMENSIONS.index(each["dimension"])),
        "grid": _grid(table["correlations"], table["columns"]),
        "strongest": _strongest(table["correlations"]),
    }


def _column(column: Mapping[str, Any]) -> dict[str, Any]:
    rows = max(1, column["rows"])
    bars: list[dict[str, Any]] = []
    shape = "none"
    if column.get("histogram") and column["distinct"]["count"] > 1:
        shape = "histogram"
        filled = max(1, sum(each["count"] for each in column["histogram"]))
        bars = [
            {"label": f"{_edge(each['from'])} to {_edge(each['to'])}", "share": each["count"] / filled}
            for each in column["histogram"]
        ]
    elif column["top"] and not (column["masked"] and column.get("patterns")) and column["top"][0]["value"] is not None:
        shape = "shares"
        bars = [{"label": told(each["value"]), "share": each["share"]} for each in column["top"][:_SHOWN]]
    elif column.get("patterns"):
        shape = "patterns"
        bars = [{"label": each["pattern"], "share": each["share"]} for each in column["patterns"][:6]]
    meaning = column["meaning"]
    plain = meaning is None or meaning["name"].startswith("technical.")
    return {
        "values": dict(column) | {"meaning": None if plain else meaning},
        "shape": shape,
        "bars": bars,
        "facts": _facts(column, rows),
    }


def _edge(value: Any) -> str:
    text = told(value)
    # Of moments the day is enough.
    return text[:10] if _MOMENT.match(text) else text


def _facts(column: Mapping[str, Any], rows: int) -> list[tuple[str, str]]:
    about = "" if column["distinct"]["exact"] else f" ± {100 * column['distinct']['error']:.1f} %"
    found = [("distinct", f"{column['distinct']['count']:,}{about}"), ("null", _percent(column["nulls"] / rows))]
    if column.get("quantiles"):
        quantiles = column["quantiles"]
        if column["min"] is not None:
            found.append(("range", f"{told(column['min'])} to {told(column['max'])}"))
        found.append(("mean", told(column["mean"])))
        if column.get("deviation") is not None:
            found.append(("deviation", told(column["deviation"])))
        found.append(("quartiles", " · ".join(told(quantiles[name]) for name in ("0.25", "0.5", "0.75"))))
        if column.get("zeros"):
            found.append(("zeros", f"{column['zeros']:,}"))
        if column.get("negatives"):
            found.append(("negative", f"{column['negatives']:,}"))
        outliers = column.get("outliers")
        if outliers and outliers["below"] + outliers["above"]:
            found.append(("outliers", f"{outliers['below']:,} below, {outliers['above']:,} above"))
    if column.get("dates"):
        dates = column["dates"]
        found.append(("granularity", dates["granularity"]))
        if dates["gaps"]:
            found.append(("days without a row", f"{dates['gaps']:,}"))
        if dates["longest_gap"] and dates["longest_gap"]["days"] > 1:
            found.append(
                ("longest gap", f"{dates['longest_gap']['days']:,.4g} days after {told(dates['longest_gap']['after'])}")
            )
    if column.get("lengths") and column["lengths"]["min"] is not None:
        lengths = column["lengths"]
        found.append(("length", f"{lengths['min']} to {lengths['max']}, mean {lengths['mean']:.1f}"))
    if column.get("content"):
        found.append(("holds", column["content"]))
    return found


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share else "none"


def _strongest(correlations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Pairs that go together more than by chance, the strongest first, of each the strongest measure."""
    best: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in correlations:
        above = abs(each["value"]) - 2 * each["chance"]
        pair = tuple(each["columns"])
        if above > 0.05 and (pair not in best or abs(each["value"]) > abs(best[pair]["value"])):
            best[pair] = dict(each)
    return sorted(best.values(), key=lambda each: (-abs(each["value"]), each["columns"]))[:40]


def _grid(correlations: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The columns that go together most, each with each; None where hardly any do."""
    shown = {"pearson": 0, "spearman": 1, "cramers_v": 1, "correlation_ratio": 1}
    cells: dict[frozenset[str], Mapping[str, Any]] = {}
    for each in correlations:
        pair = frozenset(each["columns"])
        if each["measure"] in shown and (pair not in cells or shown[each["measure"]] > shown[cells[pair]["measure"]]):
            cells[pair] = each
    weights: dict[str, float] = {}
    for pair, each in cells.items():
        for name in pair:
            weights[name] = max(weights.get(name, 0.0), abs(each["value"]) - 2 * each["chance"])
    kept = set(
        sorted((name for name in weights if weights[name] > 0.05), key=lambda name: (-weights[name], name))[:_GRID]
    )
    names = [each["name"] for each in columns if each["name"] in kept]
    if len(names) < 2:
        return None
    rows = [
        {"name": one, "cells": [_cell(cells.get(frozenset((one, other)))) if one != other else None for other in names]}
        for one in names
    ]
    return {"columns": names, "rows": rows}


def _cell(correlation: Mapping[str, Any] | None) -> dict[str, str] | None:
    if correlation is None:
        return None
    value = correlation["value"]
    step = next((step for step, low in _STEPS if abs(value) >= max(low, 2 * correlation["chance"])), 0)
    looks = f"warm-{'p' if value > 0 else 'n'}{step}" if step else "warm-0"
    return {
        "text": f"{value:.2f}",
        "looks": looks,
        "title": f"{MEASURES[correlation['measure']]} {value:.3f}, {correlation['rows']:,} rows",
    }
