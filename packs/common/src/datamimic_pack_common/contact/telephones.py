"""Telephone numbers of a country's plan, written around the area code of a place.

The table `phone_plans` holds patterns by mode (`safe`: blocks reserved for fiction, else numbers nobody has, where the
country has either; `valid`: of the ordinary form), kind and area code; see `data-build/phones.py`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from datamimic import Draw, Text
from datamimic.columns import Ints, concat, from_bytes
from datamimic.datasets.tables import Table
from datamimic.datasets.weighted import Alias
from datamimic.errors import DataError

PLACES = 10
"""Most free digits that a pattern may have."""


class Plan:
    """The patterns of one table for one mode and kind, found by area code."""

    def __init__(self, table: Table, identifiers: str, kind: str) -> None:
        self.table = table
        rows: dict[str, list[int]] = {}
        cells = zip(table.columns["identifiers"], table.columns["kind"], table.columns["area_code"], strict=True)
        for row, (mode, of_kind, area) in enumerate(cells):
            if (mode, of_kind) == (identifiers, kind):
                rows.setdefault(area, []).append(row)
        if not rows:
            raise DataError(
                "missing_group", f"{table.file} has no {identifiers} numbers of the kind {kind}", file=table.file
            )
        self._groups = {area: number for number, area in enumerate(rows)}
        self.alias = Alias.build([(found, [table.weights[row] for row in found]) for found in rows.values()])

    def groups(self, area: Text) -> Ints:
        """The number of the alias table's group for each area code."""
        assert area.codes is not None and area.vocabulary is not None
        numbers: Ints = np.array([self._group(code) for code in area.vocabulary.values], dtype=np.int64)[area.codes]
        return numbers

    def _group(self, area: str) -> int:
        for key in (area, f"*{len(area)}", ""):
            if key in self._groups:
                return self._groups[key]
        raise DataError(
            "missing_group",
            f"{self.table.file} has no pattern for the area code {area!r}",
            hint="give an area code of the country",
            file=self.table.file,
        )


plan = lru_cache(maxsize=128)(Plan)


def telephone(
    draw: Draw, table: Table, area: Text, kind: str, identifiers: str, *, national: bool = False, label: str = ""
) -> Text:
    """One number per row, such as `+44 20 7946 0018`, with the country's grouping; `national` writes it as dialled at home.

    `area` holds area codes without trunk prefix; `kind` is landline or mobile; `identifiers` is safe or valid.
    """
    if area.codes is None:
        area = Text.plain(area.arrow().dictionary_encode())
    known = plan(table, identifiers, kind)
    rows = draw.pick(known.alias, known.groups(area), label=f"{label}plan")
    number = draw.integers(0, 10**PLACES - 1, f"{label}digits")
    column = table.columns["national" if national else "international"]
    # Rows are written pattern by pattern, and by length of the area code, so that each group has one width.
    widths = _widths(area)
    groups = rows * 16 + widths
    parts, order = [], []
    for group in np.unique(groups).tolist():
        where = np.flatnonzero(groups == group)
        parts.append(_write(column[group // 16], area.take(where), number[where], group % 16))
        order.append(where)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Text.plain(pa.array([], type=pa.string()))
    back = np.empty(len(rows), dtype=np.int64)
    back[np.concatenate(order)] = np.arange(len(rows))
    made: Text = concat(parts).take(back)
    return made


def _widths(area: Text) -> Ints:
    assert area.codes is not None and area.vocabulary is not None
    return np.array([len(code) for code in area.vocabulary.values], dtype=np.int64)[area.codes]


def _write(pattern: str, area: Text, number: Ints, width: int) -> Text:
    text = pattern.replace("A", "A" * width)
    matrix = np.empty((len(number), len(text)), dtype=np.uint8)
    matrix[:] = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    if "A" in pattern and width:
        assert area.codes is not None and area.vocabulary is not None
        codes = np.array(
            [code.encode("ascii")[:width].ljust(width) for code in area.vocabulary.values], dtype=f"S{width}"
        )
        start = text.index("A")
        matrix[:, start : start + width] = codes[area.codes].view(np.uint8).reshape(-1, width)
    rest = number
    for place in range(len(text) - 1, -1, -1):
        if text[place] in "#N":
            rest, digit = np.divmod(rest, 10)
            matrix[:, place] = ord("0") + (digit if text[place] == "#" else 2 + digit % 8)
    return from_bytes(matrix)
