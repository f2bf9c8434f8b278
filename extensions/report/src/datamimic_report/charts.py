"""Where the bars and marks of charts lie, in per cent of the room that they have; the templates draw them."""

from __future__ import annotations

from typing import Any

from datamimic_report.measuring import OTHERS


def compared(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Figures with `bar`, how long what was made is, and `mark`, where what is published lies; both None for what is left
    over, which would dwarf what is claimed."""
    drawn = [each for each in figures if each["label"] != OTHERS] or figures
    most = max((max(each["published"], each["measured"]) for each in drawn), default=0) or 1
    return [
        each
        | {
            "bar": _share(each["measured"], most) if each in drawn else None,
            "mark": _share(each["published"], most) if each in drawn else None,
        }
        for each in figures
    ]


def shares(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Values with `bar`; None for what is left over."""
    most = max((each["share"] for each in found if not each.get("others")), default=0) or 1
    return [each | {"bar": None if each.get("others") else _share(each["share"], most)} for each in found]


def histogram(found: list[dict[str, Any]]) -> dict[str, Any]:
    """`columns` with `left`, `width` and `tall`, and the `labels` of the first, the middle and the last."""
    most = max((each["share"] for each in found), default=0) or 1
    step = 100 / max(1, len(found))
    columns = [
        each | {"left": round(number * step, 2), "width": round(step * 0.88, 2), "tall": _share(each["share"], most)}
        for number, each in enumerate(found)
    ]
    labels = [found[place]["label"] for place in dict.fromkeys((0, len(found) // 2, len(found) - 1))] if found else []
    return {"columns": columns, "labels": labels}


def _share(value: float, most: float) -> float:
    """At least as much as can be seen."""
    return round(max(100 * value / most, 0.5), 2)
