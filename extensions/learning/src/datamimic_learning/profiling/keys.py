"""Columns, alone or together, that tell every row apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from datamimic_learning.profiling.coding import CodedColumn, counts_of, paired
from datamimic_learning.profiling.hashing import hashes_of, joined
from datamimic_learning.samples.sample import SampleTable

_TOGETHER: Final = 3
_COLUMNS: Final = 12
_ROWS: Final = 32_000_000
"""Rows up to which a key of a large table is proved by reading it again."""


def keys_of(
    table: SampleTable, described: Sequence[dict[str, Any]], coded: Sequence[CodedColumn], rows: int, whole: bool
) -> list[dict[str, Any]]:
    """Declared keys, and those found: single columns, else two or three that together are unique. Each with how many rows
    have a key that another row has too; `proved` where every row was looked at."""
    found: list[dict[str, Any]] = []
    declared = [table.declared.primary_key, *table.declared.unique]
    for columns in dict.fromkeys(each for each in declared if each):
        found.append(_key(table, columns, rows, True, columns == table.declared.primary_key))
    taken = {tuple(each["columns"]) for each in found}
    if rows < 2:
        return found
    for each in described:
        name = each["name"]
        if (name,) in taken or each["nulls"] or not _may_be_key(each, rows):
            continue
        key = {"columns": [name], "declared": False, "primary": False, "duplicates": 0, "proved": True}
        if not each["unique"]:
            key = _key(table, (name,), rows, False, False)
        if not key["duplicates"]:
            found.append(key)
            taken.add((name,))
    if not taken:
        found += _composite(table, described, coded, rows, whole)
    return found


def _may_be_key(column: dict[str, Any], rows: int) -> bool:
    """Amounts and texts of many words may differ in every row without being a key."""
    if column["unique"]:
        return bool(
            column["kind"] in ("whole number", "text", "bytes") and column.get("content") not in ("text", "JSON")
        )
    distinct = column["distinct"]
    return bool(
        not distinct["exact"]
        and column["kind"] in ("whole number", "text")
        and column.get("content") not in ("text", "JSON")
        and distinct["count"] >= rows * (1 - 2 * distinct["error"])
    )


def _key(table: SampleTable, columns: Sequence[str], rows: int, declared: bool, primary: bool) -> dict[str, Any]:
    proved = rows <= _ROWS
    duplicates = _duplicates(table, columns) if proved else None
    return {
        "columns": list(columns), "declared": declared, "primary": primary, "duplicates": duplicates, "proved": proved,
    }  # fmt: skip


def _duplicates(table: SampleTable, columns: Sequence[str]) -> int:
    """Rows whose key an earlier row has, by 64-bit hashes; keys with nulls are none."""
    parts = []
    for batch in table.batches(list(columns)):
        filled = np.ones(batch.num_rows, np.bool_)
        for cells in batch.columns:
            filled &= cells.is_valid().to_numpy(zero_copy_only=False)
        parts.append(joined([hashes_of(cells) for cells in batch.columns])[filled])
    hashes = np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)
    return int((hashes[1:] == hashes[:-1]).sum())


def _composite(
    table: SampleTable, described: Sequence[dict[str, Any]], coded: Sequence[CodedColumn], rows: int, whole: bool
) -> list[dict[str, Any]]:
    """The smallest groups of columns of which no two rows are alike; none that holds another."""
    by_name = {each.name: each for each in coded}
    looked = [
        by_name[each["name"]]
        for each in described
        if each["name"] in by_name
        and not each["nulls"]
        and each["distinct"]["count"] > 1
        and (each["kind"] in ("whole number", "date", "timestamp", "boolean") or _is_short(each))
    ][:_COLUMNS]
    found: list[dict[str, Any]] = []
    for many in range(2, _TOGETHER + 1):
        for group in combinations(looked, many):
            names = [each.name for each in group]
            sizes = np.prod([float(each.size) for each in group])
            if sizes < len(group[0].codes) or any(set(each["columns"]) <= set(names) for each in found):
                continue
            codes, size = group[0].codes, group[0].size
            for each in group[1:]:
                codes, size = paired(codes, size, each.codes, each.size)
            if int(counts_of(codes, size).max()) == 1:
                key = {"columns": names, "declared": False, "primary": False, "duplicates": 0, "proved": True}
                key = key if whole else _key(table, names, rows, False, False)
                if not key["duplicates"]:
                    found.append(key)
        if found:
            break
    return found


def _is_short(column: dict[str, Any]) -> bool:
    return bool(column["kind"] == "text" and column.get("lengths") and column["lengths"]["max"] <= 64)
