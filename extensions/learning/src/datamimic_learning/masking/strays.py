"""Contacts and accounts among the values of a column that is otherwise nobody's: an e-mail address under articles.

Only what a form or a check digit tells is looked for: e-mail addresses, international telephone numbers, IBANs, cards.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.finding.text_numbers import number_spans
from datamimic_learning.finding.written import Written
from datamimic_learning.samples.pieces import one_piece

_MAY: Final = (
    r"\w(?:@|%40|&#64;)\w|(?:\+|\b00|%2[bB]) ?[1-9][0-9 ()./-]{6}"
    r"|\b[A-Z]{2}[0-9]{2}[ -]?[A-Z0-9]{4}|[0-9](?:[ -]?[0-9]){11}"
)
"""What a cell has that may hold one, as Arrow's expressions (RE2) write it."""
_DIGITS: Final = r"^[0-9](?:[ -]?[0-9]){11,18}$"
_KINDS: Final = ("person.email", "person.phone", "account.iban", "card.number")
_ENOUGH: Final = 1_000
"""Of so many values a column is known well enough."""
_LEAST_NUMBER: Final = 10**11


class Strays:
    """Counts those of a column, batch by batch."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._seen = self._of_digits = self._cards_of_digits = 0

    def add(self, values: pa.Array | pa.ChunkedArray) -> None:
        texts = _texts(one_piece(values)) if self._seen < _ENOUGH else None
        if texts is None:
            return
        may = texts.filter(pc.fill_null(pc.match_substring_regex(texts, _MAY), False)).slice(0, _ENOUGH - self._seen)
        self._seen += len(may)
        digits = np.asarray(pc.match_substring_regex(may, _DIGITS))
        said = (Written.of(each).said for each in may.to_pylist())
        for text, of_digits in zip(said, digits.tolist(), strict=True):
            kinds = {kind for start, _, kind in number_spans(text) if kind in _KINDS and _is_sure(text, start, kind)}
            if of_digits:
                self._of_digits += 1
                self._cards_of_digits += "card.number" in kinds
            else:
                self._counts.update(kinds)

    @property
    def found(self) -> dict[str, int]:
        """How many values hold which, by meaning. Numbers alone are cards where most of that length are: of others every
        tenth has the check digit too."""
        made = Counter(self._counts)
        if self._cards_of_digits * 2 > self._of_digits:
            made["card.number"] += self._cards_of_digits
        return {kind: made[kind] for kind in _KINDS if made[kind]}

    @property
    def said(self) -> str:
        """`3 person.email, 1 account.iban`; no values."""
        more = " or more" if self._seen >= _ENOUGH else ""
        return ", ".join(f"{count:,}{more} {kind}" for kind, count in self.found.items())


def _texts(values: pa.Array) -> pa.Array | None:
    """What can hold any, as text; None for columns that cannot."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(values.dictionary)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return values
    if pa.types.is_string_view(kind):
        return values.cast(pa.string())
    if pa.types.is_int64(kind) or pa.types.is_uint64(kind):
        return values.filter(pc.fill_null(pc.greater(values, _LEAST_NUMBER), False)).cast(pa.string())
    return None


def _is_sure(text: str, start: int, kind: str) -> bool:
    return kind != "person.phone" or text[start] == "+"
