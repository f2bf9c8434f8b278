"""Card numbers in a table, and those of one table that are in another: what a history has that must not have any.

A finding shows of a number no more than the first six and the last four digits, what PCI DSS lets people see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from datamimic_pack_common.card_spans import RUN, card_spans, digits_of
from datamimic_pack_common.safety import Suspicion, texts_of

_SHOWN_FIRST, _SHOWN_LAST = 6, 4


def card_numbers_in(batches: Iterable[pa.RecordBatch]) -> Iterator[Suspicion]:
    """Every card number in the cells of a table, those that are published for tests too."""
    for column, row, text in _cells(batches):
        for start, stop in card_spans(text):
            yield Suspicion(column, row, masked(digits_of(text[start:stop])), "a card number")


def numbers_of(batches: Iterable[pa.RecordBatch]) -> frozenset[int]:
    """The card numbers of a table; about 60 bytes of memory for each."""
    found: set[int] = set()
    for _, _, text in _cells(batches):
        found.update(int(digits_of(text[start:stop])) for start, stop in card_spans(text))
    return frozenset(found)


def leaks(batches: Iterable[pa.RecordBatch], numbers: frozenset[int]) -> Iterator[Suspicion]:
    """Where one of the numbers stands in the cells of a table: bare, in groups, or within more digits."""
    lengths = sorted({len(str(number)) for number in numbers})
    for column, row, text in _cells(batches):
        for run in RUN.finditer(text):
            digits = digits_of(run[0])
            for length in lengths:
                for start in range(len(digits) - length + 1):
                    if int(digits[start : start + length]) in numbers:
                        shown = masked(digits[start : start + length])
                        yield Suspicion(column, row, shown, "a card number of the other table")


def masked(number: str) -> str:
    """A number with its first six and last four digits."""
    hidden = len(number) - _SHOWN_FIRST - _SHOWN_LAST
    return f"{number[:_SHOWN_FIRST]}{'*' * hidden}{number[-_SHOWN_LAST:]}"


def _cells(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, int, str]]:
    start = 0
    for batch in batches:
        for name, array in zip(batch.schema.names, batch.columns, strict=True):
            for column, row, text in texts_of(name, array.to_pylist()):
                yield column, start + row, text
        start += batch.num_rows
