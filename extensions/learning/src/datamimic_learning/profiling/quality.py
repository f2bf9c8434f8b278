"""Scores from 0 to 1 of columns, tables and samples, each with what would mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

DIMENSIONS: Final = ("completeness", "validity", "uniqueness", "consistency")
_LIKE_KEY: Final = re.compile(r"(?i)(^|_)(id|uuid|guid|key|nr|no|number)$|(?<=[a-z])(Id|ID|Key|Nr|No)$")
_NEARLY: Final = 0.98


def column_quality(column: Mapping[str, Any], rows: int) -> dict[str, Any]:
    """Completeness: cells that say something. Validity: cells that are what the column is. Uniqueness, of what looks like a
    key: cells whose value is no other row's. Consistency: cells written as their like are. None where it does not apply."""
    hints: list[dict[str, str]] = []
    filled = rows - column["nulls"]
    missing = column["nulls"] + column.get("placeholders", 0) + column.get("blanks", 0) + column.get("not_a_number", 0)
    completeness = _score(missing, rows)
    if column["nulls"]:
        share = _percent(column["nulls"] / rows)
        hints.append(
            _hint("completeness", f"{share} are null", "fill them at the source, or say null_share in the model")
        )
    if column.get("placeholders"):
        hints.append(
            _hint(
                "completeness",
                f"{column['placeholders']:,} cells hold a word for nothing, such as N/A",
                "make them null",
            )
        )
    if column.get("blanks"):
        hints.append(_hint("completeness", f"{column['blanks']:,} cells are blank text", "make them null"))
    return {
        "completeness": completeness,
        "validity": _validity(column, filled, hints),
        "uniqueness": _uniqueness(column, filled, hints),
        "consistency": _consistency(column, filled, hints),
        "hints": hints,
    }


def _validity(column: Mapping[str, Any], filled: int, hints: list[dict[str, str]]) -> float | None:
    if not filled:
        return None
    wrong = column.get("infinite", 0) + column.get("not_a_number", 0)
    if wrong:
        hints.append(
            _hint(
                "validity", f"{wrong:,} numbers are infinite or no number", "make them null, or mend what divides by 0"
            )
        )
    content, share = column.get("content"), column.get("content_share", 1.0)
    if content is not None and share < 1:
        wrong += round((1 - share) * filled)
        hints.append(
            _hint("validity", f"{_percent(1 - share)} are no {content}, as the others are", "look at their patterns")
        )
    outliers = column.get("outliers")
    if outliers and (far := outliers["below"] + outliers["above"]) and far <= 0.01 * filled:
        hints.append(
            _hint("validity", f"{far:,} numbers lie far outside of the others", "check units and typing errors")
        )
        wrong += far
    if column.get("negatives") and column["negatives"] <= 0.01 * filled:
        hints.append(
            _hint("validity", f"{column['negatives']:,} numbers are negative, all others are not", "check their sign")
        )
    if content in (
        "whole number",
        "decimal number",
        "decimal number with comma",
        "date",
        "timestamp",
    ) and not column.get("masked"):
        hints.append(
            _hint("validity", f"the text holds {content}s", "store them in a type of their own, if nothing is lost")
        )
    return _score(wrong, filled)


def _uniqueness(column: Mapping[str, Any], filled: int, hints: list[dict[str, str]]) -> float | None:
    distinct = min(column["distinct"]["count"], filled)
    named = _LIKE_KEY.search(column["name"]) is not None
    if (
        not filled
        or column["kind"] not in ("whole number", "text", "bytes")
        or not (column["unique"] or distinct >= _NEARLY * filled)
    ):
        return None
    if column["unique"] or not column["distinct"]["exact"]:
        return 1.0
    if named:
        told = f"{filled - distinct:,} values come again in what looks like a key"
        hints.append(_hint("uniqueness", told, "find the rows that share it; they may be the same thing twice"))
        return distinct / filled
    return None


def _consistency(column: Mapping[str, Any], filled: int, hints: list[dict[str, str]]) -> float | None:
    if column["kind"] != "text" or not filled:
        return None
    wrong = column.get("variants", 0)
    if wrong:
        told = f"{wrong:,} cells differ from others in capitals and spaces alone"
        hints.append(_hint("consistency", told, "write each value in one way"))
    patterns = column.get("patterns") or []
    rest = 1 - patterns[0]["share"] if patterns else 0.0
    if 0 < rest <= 1 - _NEARLY + 0.03 and column.get("content") in (
        "code",
        "whole number",
        "UUID",
        "date",
        "timestamp",
        None,
    ):
        told = f"{_percent(rest)} have another pattern than {patterns[0]['pattern']}"
        hints.append(_hint("consistency", told, "look at these rows; codes of one kind have one form"))
        wrong += round(rest * filled)
    return _score(wrong, filled)


def table_quality(
    columns: Sequence[Mapping[str, Any]], duplicates: int, rows: int, keys: Sequence[Mapping[str, Any]],
    dependencies: Sequence[Mapping[str, Any]], references: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """The means over columns; rows that are there twice count against uniqueness, and exceptions from dependencies and
    references against consistency."""
    made: dict[str, Any] = {}
    hints: list[dict[str, str]] = []
    for name in DIMENSIONS:
        scores = [each["quality"][name] for each in columns if each["quality"][name] is not None]
        if name == "uniqueness" and rows:
            scores.append(_score(duplicates, rows))
            scores += [_score(key["duplicates"], rows) for key in keys if key["duplicates"] is not None]
        if name == "consistency":
            scores += [1 - each["error"] for each in dependencies] + [1 - each["error_rate"] for each in references]
        made[name] = sum(scores) / len(scores) if scores else None
    if duplicates:
        hints.append(
            _hint(
                "uniqueness",
                f"{duplicates:,} rows are there more than once",
                "drop them, or find what tells them apart",
            )
        )
    if rows and not keys:
        hints.append(
            _hint("uniqueness", "no column and no group of up to three tells every row apart", "give the table a key")
        )
    for each in dependencies:
        if each["error"] > 0:
            told = f"{', '.join(each['left'])} determines {each['right']} but for {_percent(each['error'])}"
            hints.append(_hint("consistency", told, "these rows contradict the others"))
    for each in references:
        if each["orphans"]:
            told = f"{each['orphans']:,} rows have a {', '.join(each['columns'])} that {each['referred']} does not"
            hints.append(_hint("consistency", told, "add the rows that are missing, or make the column null"))
    return made | {"score": score_of(made), "hints": hints}


def score_of(dimensions: Mapping[str, Any]) -> float | None:
    """The mean of those that apply."""
    known = [dimensions[name] for name in DIMENSIONS if dimensions[name] is not None]
    return sum(known) / len(known) if known else None


def _hint(dimension: str, finding: str, hint: str) -> dict[str, str]:
    return {"dimension": dimension, "finding": finding, "hint": hint}


def _score(wrong: int, of: int) -> float | None:
    return max(0.0, 1 - wrong / of) if of else None


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
