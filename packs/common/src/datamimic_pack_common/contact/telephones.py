"""Telephone numbers of a country's plan, written around the area code of a place.

The table `phone_plans` holds patterns by mode (`safe`: blocks reserved for fiction, else numbers nobody has, where the
country has either; `valid`: of the ordinary form), kind and area code; see `data-build/phones.py`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic import Draw, Text
from datamimic.columns import Ints, Vocabulary, concat, from_bytes
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
        self._by_vocabulary: dict[int, tuple[Vocabulary, Ints, Ints]] = {}
        self.alias = Alias.build([(found, [table.weights[row] for row in found]) for found in rows.values()])

    def groups(self, area: Text) -> tuple[Ints, Ints]:
        """For each area code the number of the alias table's group, and how many digits it has."""
        assert area.codes is not None and area.vocabulary is not None
        known = self._by_vocabulary.get(id(area.vocabulary))
        if known is None or known[0] is not area.vocabulary:
            groups = np.array([self._group(code) for code in area.vocabulary.values], dtype=np.int64)
            widths = np.array([len(code) for code in area.vocabulary.values], dtype=np.int64)
            if len(self._by_vocabulary) >= 16:
                self._by_vocabulary.clear()
            known = self._by_vocabulary[id(area.vocabulary)] = (area.vocabulary, groups, widths)
        return known[1][area.codes], known[2][area.codes]

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
    areas, widths = known.groups(area)
    rows = draw.pick(known.alias, areas, label=f"{label}plan")
    number = draw.integers(0, 10**PLACES - 1, f"{label}digits")
    column = table.columns["national" if national else "international"]
    # Rows are written pattern by pattern, and by length of the area code, so that each group has one width.
    groups = rows * 16 + widths
    parts, order = [], []
    present = np.flatnonzero(np.bincount(groups)).tolist()
    if len(present) == 1:
        return _write(column[present[0] // 16], area, number, present[0] % 16)
    for group in present:
        where = np.flatnonzero(groups == group)
        parts.append(_write(column[group // 16], area.take(where), number[where], group % 16))
        order.append(where)
    if not parts:
        return Text.plain(pa.array([], type=pa.string()))
    back = np.empty(len(rows), dtype=np.int64)
    back[np.concatenate(order)] = np.arange(len(rows))
    made: Text = concat(parts).take(back)
    return made


def _write(pattern: str, area: Text, number: Ints, width: int) -> Text:
    text = pattern.replace("A", "A" * width)
    matrix = np.empty((len(number), len(text)), dtype=np.uint8)
    matrix[:] = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    if "A" in pattern and width:
        assert area.codes is not None and area.vocabulary is not None
        start = text.index("A")
        matrix[:, start : start + width] = _area_bytes(area.vocabulary, width)[area.codes]
    rest = number
    for place in range(len(text) - 1, -1, -1):
        if text[place] in "#N":
            whole = rest // 10
            digit = rest - whole * 10
            matrix[:, place] = ord("0") + (digit if text[place] == "#" else 2 + digit % 8)
            rest = whole
    return from_bytes(matrix)


@lru_cache(maxsize=64)
def _area_bytes(vocabulary: Vocabulary, width: int) -> NDArray[np.uint8]:
    codes = [code.encode("ascii")[:width].ljust(width) for code in vocabulary.values]
    return np.array(codes, dtype=f"S{width}").view(np.uint8).reshape(-1, width)
