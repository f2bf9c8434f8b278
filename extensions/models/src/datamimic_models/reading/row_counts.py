"""How many rows a table of the tables language has: so many, or so many for each parent."""

from __future__ import annotations

import re
from typing import Final

from datamimic_models.model import ForeignKey, Mistakes, RowCount
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part

_PER_PARENT: Final = re.compile(r"(?P<count>\d{1,9})\s*(?:/|per)\s*(?P<parent>.+)", re.IGNORECASE)


def rows_of(words: Words, keys: list[ForeignKey], mistakes: Mistakes) -> RowCount | None:
    part = words.get("rows", "count")
    if part is None or part.value is None:
        return None
    if isinstance(part.value, int) and not isinstance(part.value, bool) and 0 <= part.value < 1 << 48:
        return RowCount(part.value, place=part.place)
    if isinstance(part.value, str):
        per = _PER_PARENT.fullmatch(part.value.strip())
        if per is not None:
            parent = _parent(per["parent"].strip(), keys, words, part)
            count = int(per["count"])
            return None if parent is None else RowCount(parent=parent, least=count, most=count, place=part.place)
    if isinstance(part.value, dict):
        said = Words.of(part, f"the rows of {words.what}", mistakes)
        named = said.text("per", "parent", needed=True)
        parent = None if named is None else _parent(named, keys, words, part)
        made = None if parent is None else _per(said, parent, part)
        said.known += ["min", "least", "max", "most", "shares", "expression"]
        said.end()
        return made
    words.wrong("rows", part, "a number, N/parent or {per: parent, min: …, max: …}")
    return None


def children_of(part: Part, parent: str, words: Words, mistakes: Mistakes) -> RowCount | None:
    """How many rows each parent has: a number, {min, max}, or {number: weight}."""
    if isinstance(part.value, int) and not isinstance(part.value, bool) and 0 <= part.value < 1 << 31:
        return RowCount(parent=parent, least=part.value, most=part.value, place=part.place)
    if isinstance(part.value, str):
        return RowCount(parent=parent, expression=part.value, place=part.place)
    if not isinstance(part.value, dict):
        words.wrong("children", part, "a number, {min, max} or {number: weight}")
        return None
    if part.value and all(key.isdigit() and len(key) < 10 for key in part.value):
        return RowCount(parent=parent, shares=_shares(part, words), place=part.place)
    said = Words.of(part, f"children of {words.what}", mistakes)
    made = _per(said, parent, part)
    said.end()
    return made


def _per(said: Words, parent: str, part: Part) -> RowCount:
    least = said.whole("min", "least", default=0)
    most = said.whole("max", "most", default=max(least, 3))
    if least > most:
        said.mistakes.add(
            "models.empty_range", f"{said.what}: {least} to {most} is no range", part.place, hint="min ≤ max"
        )
        most = least
    shares = said.get("shares")
    given = _shares(shares, said) if shares is not None else ()
    return RowCount(
        parent=parent,
        least=least,
        most=most,
        shares=given,
        expression=said.text("expression", default=""),
        place=part.place,
    )


def _shares(part: Part, words: Words) -> tuple[tuple[int, float], ...]:
    found = []
    for key, each in part.items() if isinstance(part.value, dict) else ():
        number = isinstance(each.value, int | float) and not isinstance(each.value, bool) and 0 <= each.value < 1e15
        if not key.isdigit() or len(key) > 9 or not number:
            words.wrong("shares", each, "a weight for a number of rows")
            continue
        found.append((int(key), float(each.value)))
    if found and not any(count and weight for count, weight in found):
        words.mistakes.add("models.bad_count", f"{words.what}: no parent would have a row", part.place)
        return ()
    return tuple(found)


def _parent(name: str, keys: list[ForeignKey], words: Words, part: Part) -> str | None:
    """A table; the word `parent` is the one that the only foreign key leads to."""
    parents = list(dict.fromkeys(each.parent_table for each in keys))
    if name != "parent" or "parent" in parents:
        return name
    if len(parents) == 1:
        return parents[0]
    words.mistakes.add(
        "models.bad_count",
        f"the rows of {words.what} are counted by a parent, of which there {'is none' if not parents else 'are several'}",
        part.place,
        hint=f"name it: rows: {{per: {parents[0] if parents else 'customers'}, min: 0, max: 5}}",
    )
    return None
