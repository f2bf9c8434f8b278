"""What values say that are few: sex, status, blood group, religion; and enumerations that say nothing of people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from attrs import frozen
from importlib_resources import files

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.signal import Signal
from datamimic_learning.finding.tables import fold

_MOST = 40


@frozen
class Category:
    """`values` are all that there can be, `must` those of which one is there, `least` how many different ones."""

    meaning: str
    values: frozenset[str]
    must: frozenset[str]
    least: int


@cache
def categories() -> tuple[Category, ...]:
    said = tomllib.loads(files("datamimic_learning.finding").joinpath("categories.toml").read_text(encoding="utf-8"))
    return tuple(
        Category(meaning, _set(each["values"]), _set(each["must"]), each["least"]) for meaning, each in said.items()
    )


def _set(texts: str) -> frozenset[str]:
    return frozenset(fold(text.strip()) for text in texts.split(";")) - {""}


def category_signals(cells: Cells) -> Iterator[Signal]:
    """Signals for the categories whose values a column has."""
    if cells.kind in ("bool", "float", "date", "instant", "other") or not 1 < len(cells.texts) <= _MOST:
        return
    seen = [fold(text) for text in cells.texts]
    for each in categories():
        share = cells.share(text in each.values for text in seen)
        distinct = {text for text in seen if text in each.values}
        if share < 0.85 or len(distinct) < each.least or (each.must and not each.must & distinct):
            continue
        if each.meaning == "technical.phrase":
            yield Signal(each.meaning, 5.0 * share, share, f"{share:.0%} are words of lists")
        else:
            what = each.meaning.partition(".")[2].replace("_", " ")
            yield Signal(each.meaning, 6.5 * share, share, f"{share:.0%} are values of {what}")
