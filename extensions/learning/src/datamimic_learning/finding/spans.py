"""Where personal data stands in the cells of a text column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic import DatamimicError, Registry, installed_packs
from datamimic_learning.finding.tables import NameTables, name_tables
from datamimic_learning.finding.text_labels import Labels
from datamimic_learning.finding.text_names import name_spans
from datamimic_learning.finding.text_numbers import Span, number_spans
from datamimic_learning.finding.written import Written

SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string())]))
"""The type of `personal_spans`."""
_ANY = r"[0-9@<]|[A-Z][\w'.-]*[ +]+|[^\x00-\x7f]|\" {0,3}:"
"""What a cell has that can hold any, as Arrow's expressions (RE2) write it."""


def personal_spans(column: pa.Array | pa.ChunkedArray, *, packs: Registry | None = None) -> pa.Array:
    """Of every cell the personal data in it: `list<struct<start, end, kind>>` of as many rows, null where the cell is null.

    Starts and ends count characters (code points), the end not included; spans of a cell are in order and do not overlap.
    `kind` is the meaning: `person.email`, `person.full_name`, `address.line`. Names, cities and streets are found by the tables
    of the installed packs; in JSON also what parts are called (`"surname": "…"`). What JSON, web addresses and HTML write with
    other signs (`\\u00fc`, `%40`, `&uuml;`) is read as what it says. Each distinct text is read once.

    Raises `DatamimicError` (`learning.no_text`) for a column that is not of text.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise DatamimicError(
            "learning.no_text", f"a column of {kind} holds no running text", hint="give a column of strings"
        )
    if pa.types.is_null(kind):
        return pa.nulls(len(array), SPANS)
    encoded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array)
    packs = packs or installed_packs()
    tables, labels = name_tables(packs), Labels(packs)
    texts = encoded.dictionary.cast(pa.string())
    may = pc.match_substring_regex(texts, _ANY).to_pylist()
    found = [
        spans_of(text, tables, labels) if maybe else () for text, maybe in zip(texts.to_pylist(), may, strict=True)
    ]
    return _arrow(found).take(encoded.indices)


def spans_of(text: str | None, tables: NameTables, labels: Labels) -> tuple[Span, ...]:
    """The personal data of one text, in order, without overlaps: what was found first, or else is longer, stays."""
    if not text:
        return ()
    written = Written.of(text)
    taken: list[Span] = []
    for spans_found in (labels.spans(written.said), number_spans(written.said), name_spans(written.said, tables)):
        for span in spans_found:
            if not any(span[0] < other[1] and other[0] < span[1] for other in taken):
                taken.append(span)
    return tuple((written.place(start), written.place(end), kind) for start, end, kind in sorted(taken))


def _arrow(found: list[tuple[Span, ...]]) -> pa.ListArray:
    flat: Iterable[Any] = [span for each in found for span in each]
    starts, ends, kinds = ([span[place] for span in flat] for place in range(3))
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in found])]).astype(np.int32)
    values = pa.StructArray.from_arrays(
        [pa.array(starts, pa.int32()), pa.array(ends, pa.int32()), pa.array(kinds, pa.string())],
        fields=list(SPANS.value_type),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), values)
