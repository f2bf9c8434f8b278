"""Columns that others determine: functional dependencies with few exceptions, of one column or two on the left.

The error is g3 (Kivinen and Mannila, 1995): the share of rows that would have to go for the dependency to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from datamimic_learning.profiling.coding import CodedColumn, Codes, counts_of, paired, pairs_and_counts

_MOST_ERROR: Final = 0.01
_ROWS: Final = 50_000
_TESTED: Final = 20
_COLUMNS: Final = 40
_PAIRS_FROM: Final = 16
"""Columns up to which left sides of two are tried."""


def dependencies_of(columns: Sequence[CodedColumn]) -> list[dict[str, Any]]:
    """Dependencies that hold but for at most one of a hundred rows, and that say something: a column that is nearly unique
    determines everything, and what is nearly constant is determined by everything. Of two columns on the left, neither alone
    determines the right. Looks at 50,000 rows and 40 columns at most."""
    rows = min(_ROWS, len(columns[0].codes)) if columns else 0
    if rows < _TESTED:
        return []
    looked = [_shortened(each, rows) for each in columns if each.size > 1][:_COLUMNS]
    # On the left, values must come again, or nothing is tested.
    left = [each for each in looked if each.size <= rows / 4]
    found, single = [], set()
    for one in left:
        for other in looked:
            if one.name != other.name and (error := _error(one.codes, one.size, one.filled, other)) is not None:
                single.add((one.name, other.name))
                found.append(_told([one.name], other.name, error, rows))
    if len(looked) <= _PAIRS_FROM:
        for one, two in combinations(left, 2):
            if one.size * two.size < 4 or (one.name, two.name) in single or (two.name, one.name) in single:
                continue
            codes, size = paired(one.codes, one.size, two.codes, two.size)
            if np.count_nonzero(counts_of(codes, size)) > rows / 4:
                continue
            for other in looked:
                if other.name in (one.name, two.name) or {(one.name, other.name), (two.name, other.name)} & single:
                    continue
                if (error := _error(codes, size, one.filled & two.filled, other)) is not None:
                    found.append(_told([one.name, two.name], other.name, error, rows))
    return found


def _told(left: list[str], right: str, error: float, rows: int) -> dict[str, Any]:
    return {"left": left, "right": right, "error": error, "rows": rows}


def _shortened(column: CodedColumn, rows: int) -> CodedColumn:
    if len(column.codes) == rows:
        return column
    found, codes = np.unique(column.codes[:rows], return_inverse=True)
    there = column.null is not None and len(found) > 0 and found[-1] == column.null
    return CodedColumn(column.name, codes.astype(np.int64), len(found), len(found) - 1 if there else None)


def _error(codes: Codes, size: int, filled: npt.NDArray[np.bool_], right: CodedColumn) -> float | None:
    """g3 among the rows whose left side is not null, where it is small, and much smaller than that of a left side that says
    nothing; else None."""
    rights = right.codes
    if not filled.all():
        codes, rights = codes[filled], rights[filled]
    rows = len(codes)
    if rows < _TESTED:
        return None
    without = 1 - int(counts_of(rights, right.size).max()) / rows
    if without <= 0:
        return None
    lefts, _, counts = pairs_and_counts(codes, rights, size, right.size)
    starts = np.flatnonzero(np.r_[True, lefts[1:] != lefts[:-1]])
    kept = int(np.maximum.reduceat(counts, starts).sum())
    # A value on the left that comes once cannot contradict: only the others test.
    alone = int((np.add.reduceat(counts, starts) == 1).sum())
    error, tested = 1 - kept / rows, rows - alone
    if tested < _TESTED or error * rows / tested > min(_MOST_ERROR, without / 4):
        return None
    return error
