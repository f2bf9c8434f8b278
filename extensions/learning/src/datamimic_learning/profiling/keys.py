"""Columns, alone or together, that tell every row apart."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from datamimic_learning.profiling.coding import CodedColumn, counts_of, paired
from datamimic_learning.profiling.hashing import hashes_of, joined
from datamimic_learning.samples.key_names import called_as_key
from datamimic_learning.samples.sample import SampleTable

_TOGETHER: Final = 3
"""Columns of which all groups are tried; of more, one key is looked for."""
_MOST_TOGETHER: Final = 7
_COLUMNS: Final = 12
_SURPRISING: Final = 20.0
"""So many pairs of rows would be alike if the columns had nothing to do with each other: else an amount among them is no part
of a key, but different by chance."""
_AMOUNTS: Final = 50
"""Different whole numbers from which they may be amounts, unless the column is called as keys are."""
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
    hashes = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    parts.clear()
    hashes.sort()
    return int((hashes[1:] == hashes[:-1]).sum())


def _composite(
    table: SampleTable, described: Sequence[dict[str, Any]], coded: Sequence[CodedColumn], rows: int, whole: bool
) -> list[dict[str, Any]]:
    """The smallest groups of columns of which no two rows are alike; none that holds another. Of more than three columns, one
    group, of those that stand first."""
    by_name = {each.name: each for each in coded}
    looked = [
        by_name[each["name"]]
        for each in described
        if each["name"] in by_name
        and not each["nulls"]
        and each["distinct"]["count"] > 1
        and (each["kind"] in ("whole number", "date", "timestamp", "boolean") or _is_short(each))
    ][:_COLUMNS]
    amounts = {
        each["name"]
        for each in described
        if each["kind"] == "whole number" and each["distinct"]["count"] > _AMOUNTS and not called_as_key(each["name"])
    }
    found: list[dict[str, Any]] = []
    for many in range(2, _TOGETHER + 1):
        for group in combinations(looked, many):
            names = [each.name for each in group]
            sizes = np.prod([float(each.size) for each in group])
            if sizes < len(group[0].codes) or any(set(each["columns"]) <= set(names) for each in found):
                continue
            if _apart(group) and not _by_chance(group, amounts):
                found += _proved(table, names, rows, whole)
        if found:
            return found
    many_columns = [each.name for each in _wide(looked, amounts)]
    return _proved(table, many_columns, rows, whole) if many_columns else []


def _proved(table: SampleTable, names: Sequence[str], rows: int, whole: bool) -> list[dict[str, Any]]:
    key = {"columns": [*names], "declared": False, "primary": False, "duplicates": 0, "proved": True}
    key = key if whole else _key(table, names, rows, False, False)
    return [] if key["duplicates"] else [key]


def _wide(looked: Sequence[CodedColumn], amounts: Container[str]) -> list[CodedColumn]:
    """What is left of all columns without those that are not needed to tell the rows apart, amounts and later ones first."""
    if len(looked) <= _TOGETHER or not _apart(looked):
        return []
    kept = [*looked]
    places = sorted(range(len(looked)), key=lambda at: (looked[at].name not in amounts, -at))
    for each in (looked[at] for at in places):
        fewer = [other for other in kept if other is not each]
        if _apart(fewer):
            kept = fewer
    return kept if _TOGETHER < len(kept) <= _MOST_TOGETHER and not _by_chance(kept, amounts) else []


def _apart(group: Sequence[CodedColumn]) -> bool:
    codes, size = group[0].codes, group[0].size
    for each in group[1:]:
        codes, size = paired(codes, size, each.codes, each.size)
    return int(counts_of(codes, size).max()) == 1


def _by_chance(group: Sequence[CodedColumn], amounts: Container[str]) -> bool:
    """Would hardly any two rows be alike if the columns were independent, an amount among them?"""
    if not any(each.name in amounts for each in group):
        return False
    rows = len(group[0].codes)
    alike = rows * (rows - 1) / 2
    for each in group:
        alike *= float(((counts_of(each.codes, each.size) / rows) ** 2).sum())
    return alike < _SURPRISING


def _is_short(column: dict[str, Any]) -> bool:
    return bool(column["kind"] == "text" and column.get("lengths") and column["lengths"]["max"] <= 64)
