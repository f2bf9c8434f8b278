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


def heat(pairs: list[dict[str, Any]]) -> dict[str, Any]:
    """A grid of pairs: `columns`, and `rows` of {name, cells}; a cell is None or {text, looks, title}. Of pairs of the same
    two columns the one that most needs to be seen is drawn: what fails, then gaps, then the strongest."""
    across = list(dict.fromkeys(each["of"][1] for each in pairs))
    across.sort(key=lambda name: -sum(each["of"][1] == name for each in pairs))
    rows = []
    for name in dict.fromkeys(each["of"][0] for each in pairs):
        own = [each for each in pairs if each["of"][0] == name]
        cells = []
        for other in across:
            there = sorted((each for each in own if each["of"][1] == other), key=_urgency)
            cells.append(_cell(there[0]) if there else None)
        rows.append({"name": name, "cells": cells})
    return {"columns": across, "rows": rows}


def _urgency(pair: dict[str, Any]) -> tuple[int, float]:
    return {"fails": 0, "gap": 1, "mended": 2}.get(pair["state"], 3), -abs(pair["strength"] or 0.0)


def _cell(pair: dict[str, Any]) -> dict[str, str]:
    state = {"fails": " fails", "gap": " gap"}.get(pair["state"], "")
    found = figure(pair["found"])
    told = f"{pair['measure'].replace('_', ' ')} {found or 'nothing'}, expected {pair['expected']}: {pair['state']}"
    detail = f" ({pair['detail']})" if pair["detail"] else ""
    return {"text": found, "looks": warmth(pair) + state, "title": told + detail}


def warmth(pair: dict[str, Any]) -> str:
    """The class of a colour: -4 to 4 by how strong the effect is."""
    strength = pair["strength"] or 0.0
    step = next((step for step, low in ((4, 0.6), (3, 0.35), (2, 0.15), (1, 0.06)) if abs(strength) >= low), 0)
    return "warm-0" if not step else f"warm-{'p' if strength > 0 else 'n'}{step}"


def figure(value: float | None) -> str:
    """Two digits behind the point, three of what is small."""
    if value is None:
        return ""
    if abs(value) < 0.0005:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}"


def _share(value: float, most: float) -> float:
    """At least as much as can be seen."""
    return round(max(100 * value / most, 0.5), 2)
