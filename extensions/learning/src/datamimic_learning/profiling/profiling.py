"""`profile`: tables that exist, measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import define

from datamimic_learning.failures import told_without_values
from datamimic_learning.profiling.coding import CodedColumn, coded
from datamimic_learning.profiling.column_profile import describe_column
from datamimic_learning.profiling.columns import Progress, TableCounts, count_table
from datamimic_learning.profiling.correlations import correlations_of, number_columns
from datamimic_learning.profiling.dependencies import dependencies_of
from datamimic_learning.profiling.hashing import hashes_of, joined
from datamimic_learning.profiling.keys import keys_of
from datamimic_learning.profiling.personal import personal_columns, with_finding
from datamimic_learning.profiling.profile import Profile
from datamimic_learning.profiling.quality import DIMENSIONS, column_quality, score_of, table_quality
from datamimic_learning.profiling.references import MeasuredTable, references_of
from datamimic_learning.samples.arrow_tables import frame_table
from datamimic_learning.samples.opening import open_sample
from datamimic_learning.samples.sample import Sample, SampleTable

VERSION: Final = 1
_CODED: Final = 100
"""Columns of which dependencies, keys of several columns and correlations are looked for."""
Told = Callable[[str], None]


@told_without_values
def profile(
    what: object, *more: object, show_values: bool = False, progress: Progress | None = None, told: Told | None = None
) -> Profile:
    """What tables hold, measured: `what` and `more` are anything that `open_sample` takes.

    Values of columns that are personal, and rare texts, are hidden unless `show_values`. `progress` is called with numbers of
    rows, `told` with the name of each table before it is read. Every row is read; what is exact and what is estimated, and how
    well, is said beside each figure. Raises `DatamimicError` as `open_sample` does.
    """
    sample = what if isinstance(what, Sample) and not more else open_sample(what, *more)
    measured: dict[str, MeasuredTable] = {}
    made: list[_Table] = []
    for name, table in sample.tables.items():
        if told is not None:
            told(name)
        found = _measured(table, show_values, progress)
        made.append(found)
        measured[name] = MeasuredTable(table, found.counts, found.plain, found.keys)
    references = references_of(measured)
    tables = [each.told([found for found in references if found["table"] == each.table.name]) for each in made]
    quality = {name: _mean([each["quality"][name] for each in tables]) for name in DIMENSIONS}
    return Profile(
        {
            "profile_version": VERSION,
            "place": sample.place,
            "values_shown": show_values,
            "notes": list(sample.notes),
            "tables": tables,
            "references": references,
            "quality": quality | {"score": score_of(quality)},
        }
    )


@define
class _Table:
    table: SampleTable
    counts: TableCounts
    plain: list[dict[str, Any]]
    """Columns with all their values."""
    columns: list[dict[str, Any]]
    keys: list[dict[str, Any]]
    duplicates: int
    dependencies: list[dict[str, Any]]
    correlations: list[dict[str, Any]]

    def told(self, references: list[dict[str, Any]]) -> dict[str, Any]:
        rows = self.counts.rows
        quality = table_quality(self.columns, self.duplicates, rows, self.keys, self.dependencies, references)
        return {
            "name": self.table.name,
            "place": self.table.place,
            "rows": rows,
            "rows_compared": self.counts.sample.num_rows,
            "sampled": not self.counts.whole,
            "duplicate_rows": self.duplicates,
            "columns": self.columns,
            "keys": self.keys,
            "dependencies": self.dependencies,
            "correlations": self.correlations,
            "quality": quality,
        }


def _measured(table: SampleTable, show_values: bool, progress: Progress | None) -> _Table:
    counts = count_table(table, progress)
    plain = [
        describe_column(counts.columns[field.name], field, counts.rows, counts.sample.column(number))
        for number, field in enumerate(table.schema)
    ]
    seen = frame_table(counts.sample, table.name, table.place)
    personal: Mapping[str, Any] = personal_columns(seen) if counts.rows else {}
    columns = []
    for column in plain:
        hidden = with_finding(column, personal.get(column["name"]), show_values)
        columns.append(hidden | {"quality": column_quality(column | {"masked": hidden["masked"]}, counts.rows)})
    compared = counts.sample
    names = table.schema.names[:_CODED]
    codes = [coded(name, compared.column(name)) for name in names] if compared.num_rows else []
    return _Table(
        table,
        counts,
        plain,
        columns,
        keys_of(table, plain, codes, counts.rows, counts.whole),
        _duplicates(compared, counts),
        dependencies_of(codes),
        _correlations(compared, plain, codes),
    )


def _correlations(
    compared: pa.Table, described: list[dict[str, Any]], codes: list[CodedColumn]
) -> list[dict[str, Any]]:
    kinds = {each["name"]: each for each in described}
    numbers = [
        each.name
        for each in codes
        if kinds[each.name]["kind"] in ("whole number", "number", "date", "timestamp") and each.size > 1
    ]
    categories = [each for each in codes if kinds[each.name]["kind"] in ("text", "boolean")]
    return correlations_of(number_columns(compared, numbers), categories)


def _duplicates(compared: pa.Table, counts: TableCounts) -> int:
    """Rows that are as an earlier one; of a sample, as many as these would be at least."""
    if not compared.num_rows or not compared.num_columns:
        return 0
    if any(
        each.distinct == counts.rows for each in (column.counts for column in counts.columns.values()) if each.exact
    ):
        return 0
    hashes = joined([hashes_of(each.combine_chunks()) for each in compared.columns])
    return int(len(hashes) - len(np.unique(hashes)))


def _mean(scores: list[float | None]) -> float | None:
    known = [each for each in scores if each is not None]
    return sum(known) / len(known) if known else None
