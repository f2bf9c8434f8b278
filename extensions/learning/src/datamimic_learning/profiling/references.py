"""Columns whose values are keys of another table: declared, or found by inclusion, with the share that is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic_learning.profiling.columns import TableCounts
from datamimic_learning.profiling.hashing import Hashes, hashes_of, joined
from datamimic_learning.samples.key_names import likeness
from datamimic_learning.samples.sample import SampleTable

_MOST_ERROR: Final = 0.05
_LIKELY: Final = 0.5
_FEWEST: Final = 3
_NUMBERS: Final = 100
_KEYS: Final = 20
_KINDS: Final = ("whole number", "text", "bytes")


@frozen(slots=False)
class MeasuredTable:
    """A table with what was found of it."""

    table: SampleTable
    counts: TableCounts
    described: Sequence[dict[str, Any]]
    keys: Sequence[dict[str, Any]]

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        return {each["name"]: each for each in self.described}

    @property
    def single_keys(self) -> list[dict[str, Any]]:
        """Keys of one column that others may refer to, the declared ones first."""
        single = [each for each in self.keys if len(each["columns"]) == 1 and not each["duplicates"]]
        return sorted(single, key=lambda each: (not each["primary"], not each["declared"]))[:_KEYS]


def references_of(tables: Mapping[str, MeasuredTable]) -> list[dict[str, Any]]:
    """References of all tables. `orphans` are rows whose value is no key, `error_rate` their share of the rows with a value."""
    found: list[dict[str, Any]] = []
    known: dict[tuple[str, tuple[str, ...]], Hashes] = {}
    for name, each in tables.items():
        for declared in each.table.declared.references:
            if declared.referred in tables and declared.referred_columns:
                found.append(
                    _measured(tables, known, name, declared.columns, declared.referred, declared.referred_columns, True)
                )
    taken = {(each["table"], tuple(each["columns"])) for each in found}
    for name, each in tables.items():
        for column in each.described:
            if (name, (column["name"],)) not in taken and _may_refer(column, each):
                best = _best(tables, known, name, column)
                if best is not None:
                    found.append(best)
                    taken.add((name, (column["name"],)))
    found += _composites(tables, known, taken)
    return found


def _may_refer(column: dict[str, Any], table: MeasuredTable) -> bool:
    primary = any(key["primary"] and key["columns"] == [column["name"]] for key in table.keys)
    return not primary and column["kind"] in _KINDS and column["distinct"]["count"] > 0


def _best(
    tables: Mapping[str, MeasuredTable],
    known: dict[tuple[str, tuple[str, ...]], Hashes],
    name: str,
    column: dict[str, Any],
) -> dict[str, Any] | None:
    best: tuple[float, dict[str, Any]] | None = None
    for referred, target in tables.items():
        for key in target.single_keys:
            parent = target.columns[key["columns"][0]]
            if (referred == name and parent is column) or not _is_large(column, parent):
                continue
            named = likeness(column["name"], referred, parent["name"])
            if not _may_hold(column, parent, named, referred == name):
                continue
            made = _measured(tables, known, name, (column["name"],), referred, (parent["name"],), False)
            if made["error_rate"] > _MOST_ERROR:
                continue
            score = named + 0.3 * made["covered"] + (0.2 if parent["kind"] == "text" else 0.0) - made["error_rate"]
            score += 0.05 if key["primary"] else 0.0
            # Two keys of one name may be each other's: the one with more values is what is referred to.
            if score >= _LIKELY and (best is None or score > best[0]):
                best = score, made
    return None if best is None else best[1]


def _is_large(column: dict[str, Any], parent: dict[str, Any]) -> bool:
    """Whether a key has values enough to hold those of a column."""
    many = parent["distinct"]["count"]
    return bool(parent["kind"] == column["kind"] and many >= _FEWEST and column["distinct"]["count"] <= many * 1.06)


def _may_hold(column: dict[str, Any], parent: dict[str, Any], named: float, same: bool) -> bool:
    if same and named < _LIKELY:
        return False
    # Small whole numbers lie within every key that counts from one on.
    return named > 0 or (
        column["kind"] == "text" and parent["distinct"]["count"] >= 10 and column.get("content") != "boolean"
    )


def _composites(
    tables: Mapping[str, MeasuredTable],
    known: dict[tuple[str, tuple[str, ...]], Hashes],
    taken: set[tuple[str, tuple[str, ...]]],
) -> list[dict[str, Any]]:
    """Columns that are called as a key of several columns of another table is."""
    found = []
    for referred, target in tables.items():
        for key in target.keys:
            columns = tuple(key["columns"])
            for name, each in tables.items():
                has = {column["name"] for column in each.described}
                if len(columns) < 2 or name == referred or not set(columns) <= has or (name, columns) in taken:
                    continue
                made = _measured(tables, known, name, columns, referred, columns, False)
                if made["error_rate"] <= _MOST_ERROR and made["values"] >= _FEWEST:
                    taken.add((name, columns))
                    found.append(made)
    return found


def _measured(
    tables: Mapping[str, MeasuredTable], known: dict[tuple[str, tuple[str, ...]], Hashes],
    name: str, columns: Sequence[str], referred: str, referred_columns: Sequence[str], declared: bool,
) -> dict[str, Any]:  # fmt: skip
    """By the hashes of all keys, and of all values where these are kept, else of those of the rows that stand for all."""
    place = (referred, tuple(referred_columns))
    if place not in known:
        known[place] = _keys(tables[referred], referred_columns)
    values, counts = _values(tables[name], columns)
    there = np.isin(values, known[place], assume_unique=False)
    rows = int(counts.sum())
    orphans = int(counts[~there].sum())
    return {
        "table": name,
        "columns": list(columns),
        "referred": referred,
        "referred_columns": list(referred_columns),
        "declared": declared,
        "values": len(values),
        "orphans": orphans,
        "error_rate": orphans / rows if rows else 0.0,
        "covered": int(there.sum()) / len(known[place]) if len(known[place]) else 0.0,
        "exact": _is_exact(tables[name], columns),
        "children": _children(counts[there], len(known[place])) if _is_exact(tables[name], columns) else None,
    }


def _children(counts: np.ndarray, parents: int) -> dict[str, int] | None:
    """How many parents have how many rows; None for more than a hundred different numbers."""
    numbers, often = np.unique(counts, return_counts=True)
    if len(numbers) > _NUMBERS or parents < int(often.sum()):
        return None
    none = {"0": parents - int(often.sum())} if parents > int(often.sum()) else {}
    return none | {str(int(number)): int(many) for number, many in zip(numbers, often, strict=True)}


def _is_exact(table: MeasuredTable, columns: Sequence[str]) -> bool:
    return table.counts.whole or (len(columns) == 1 and table.counts.columns[columns[0]].counts.exact)


def _keys(table: MeasuredTable, columns: Sequence[str]) -> Hashes:
    counts = table.counts.columns[columns[0]].counts
    if len(columns) == 1 and counts.exact:
        return np.unique(hashes_of(counts.counted()[0]))
    parts = [joined([hashes_of(cells) for cells in batch.columns]) for batch in table.table.batches(list(columns))]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)


def _values(table: MeasuredTable, columns: Sequence[str]) -> tuple[Hashes, np.ndarray]:
    counts = table.counts.columns[columns[0]].counts
    if len(columns) == 1 and counts.exact:
        values, often = counts.counted()
        return hashes_of(values), often
    filled = table.counts.sample.select(list(columns)).drop_null().combine_chunks()
    if not filled.num_rows:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.unique(
        joined([hashes_of(each.chunk(0) if each.num_chunks else each.combine_chunks()) for each in filled.columns]),
        return_counts=True,
    )
