"""Telephone numbers of a country's plan, written around the area code of a place.

The table `phone_plans` holds patterns by mode (`safe`: blocks reserved for fiction, else numbers nobody has, where the
country has either; `valid`: of the ordinary form), kind and area code; see `data-build/phones.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic import Alias, Draw, Table, Text
from datamimic.columns import Ints, Vocabulary, concat, digit_matrix, divided, from_bytes
from datamimic.errors import DataError, excerpt

_FREE = re.compile("#+|N")
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
        codes, vocabulary = area.coding()
        known = self._by_vocabulary.get(id(vocabulary))
        if known is None or known[0] is not vocabulary:
            groups = np.array([self._group(code) for code in vocabulary.values], dtype=np.int64)
            widths = np.array([len(code) for code in vocabulary.values], dtype=np.int64)
            if len(self._by_vocabulary) >= 16:
                self._by_vocabulary.clear()
            known = self._by_vocabulary[id(vocabulary)] = (vocabulary, groups, widths)
        return known[1].take(codes), known[2].take(codes)

    def _group(self, area: str) -> int:
        for key in (area, f"*{len(area)}", ""):
            if key in self._groups:
                return self._groups[key]
        raise DataError(
            "missing_group",
            f"{self.table.file} has no pattern for the area code {excerpt(area)}",
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
    return concat(parts).take(back)


def _write(pattern: str, area: Text, number: Ints, width: int) -> Text:
    text = pattern.replace("A", "A" * width)
    codes, vocabulary = area.coding()
    matrix = _lines(vocabulary, pattern, width).take(codes, axis=0)
    rest = number
    for free in reversed([*_FREE.finditer(text)]):
        start, end = free.span()
        if free.group() == "N":
            rest, digit = divided(rest, 10)
            matrix[:, start] = ord("2") + digit % 8
        else:
            rest, run = divided(rest, 10 ** (end - start))
            matrix[:, start:end] = digit_matrix(run, end - start)
    return from_bytes(matrix)


@lru_cache(maxsize=64)
def _lines(vocabulary: Vocabulary, pattern: str, width: int) -> NDArray[np.uint8]:
    """The pattern around each area code, in bytes; a code of another width, that no row has, is cut or filled."""
    lines = [pattern.replace("A", code[:width].ljust(width)).encode("ascii") for code in vocabulary.values]
    return np.frombuffer(b"".join(lines), dtype=np.uint8).reshape(len(lines), -1)
