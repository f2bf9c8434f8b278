"""`find_personal`: what the columns of a table mean, and which of them are personal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from datamimic import Registry, installed_packs
from datamimic_learning.failures import told_without_values
from datamimic_learning.finding.cells import Cells, Decimation, cells_of
from datamimic_learning.finding.found import PersonalColumn, PersonalData
from datamimic_learning.finding.headers import read_header
from datamimic_learning.finding.masked import masked
from datamimic_learning.finding.reading_categories import category_signals
from datamimic_learning.finding.reading_dates import date_signals
from datamimic_learning.finding.reading_forms import form_signals
from datamimic_learning.finding.reading_names import name_signals
from datamimic_learning.finding.reading_places import place_signals
from datamimic_learning.finding.reading_plates import plate_signals
from datamimic_learning.finding.reading_text import text_signals
from datamimic_learning.finding.signal import Signal
from datamimic_learning.finding.tables import NameTables, name_tables
from datamimic_learning.finding.terms import catalogue, identifies
from datamimic_learning.finding.text_labels import Labels
from datamimic_learning.finding.weighing import weigh
from datamimic_learning.samples.sample import SampleTable
from datamimic_models.meanings.words import table_words

ROWS = 1000
"""Rows that are looked at, spread evenly over the table."""
_SAMPLES = 3


@told_without_values
def find_personal(
    table: SampleTable | pa.Table,
    *,
    columns: Sequence[str] | None = None,
    headers: bool = True,
    rows: int = ROWS,
    packs: Registry | None = None,
) -> PersonalData:
    """What each column means, whether it is personal, how sure that is and why.

    `columns` are those to look at, all by default; `headers` False looks at values alone. Of the table at most `rows` rows are
    looked at, spread evenly over it (every 2^k-th); the same table gives the same findings in any batches. Names and places are
    looked up in the tables of the packs of the registry `packs`, the installed ones by default.
    """
    packs = packs or installed_packs()
    tables = name_tables(packs)
    name, sample = _sampled(table, columns, rows)
    words = table_words(name) if headers and isinstance(table, SampleTable) else ()
    found = [
        _column(cells, words, headers, tables, packs)
        for column, values in zip(sample.column_names, sample.columns, strict=True)
        for cells in cells_of(column, values)
    ]
    return PersonalData(table=name, columns=tuple(found), remarks=(tables.remark,) if tables.remark else ())


def _sampled(table: SampleTable | pa.Table, columns: Sequence[str] | None, rows: int) -> tuple[str, pa.Table]:
    places = [place for place, each in enumerate(table.schema.names) if columns is None or each in columns]
    schema = pa.schema([table.schema.field(place) for place in places])
    if isinstance(table, pa.Table):
        name, batches = "table", iter(table.select(places).to_batches())
    else:
        name, batches = table.name, table.batches(columns)
    kept = Decimation(rows)
    for batch in batches:
        kept.add(batch)
    return name, kept.table(schema)


def _column(cells: Cells, words: tuple[str, ...], headers: bool, tables: NameTables, packs: Registry) -> PersonalColumn:
    reads = read_header(cells.name, words, catalogue(packs)) if headers else ()
    weighed = weigh(cells, reads, _signals(cells, tables, Labels(packs))) if cells.texts else None
    if weighed is None:
        evidence = () if cells.texts else ("there are no values",)
        return PersonalColumn(column=cells.name, meaning=None, identifies="none", probability=0.0, evidence=evidence)
    return PersonalColumn(
        column=cells.name,
        meaning=weighed.meaning,
        identifies=identifies(weighed.meaning),
        probability=weighed.probability,
        evidence=weighed.evidence,
        samples=tuple(map(masked, cells.texts[:_SAMPLES])),
        country=weighed.country,
        by_header=weighed.by_header,
    )


def _signals(cells: Cells, tables: NameTables, labels: Labels) -> Iterator[Signal]:
    yield from form_signals(cells)
    yield from plate_signals(cells)
    yield from date_signals(cells)
    yield from category_signals(cells)
    yield from name_signals(cells, tables)
    yield from place_signals(cells, tables)
    yield from text_signals(cells, tables, labels)
