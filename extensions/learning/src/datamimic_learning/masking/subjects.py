"""Columns of one person, company or other subject, replaced by those of another one, whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.canonical import Form, canonical, joined, normal
from datamimic_learning.masking.methods.digests import digests
from datamimic_learning.masking.methods.fitting import fitted, months_first
from datamimic_learning.masking.methods.population import Population
from datamimic_learning.masking.methods.traits import Traits
from datamimic_learning.masking.plans.plan import SubjectPlan
from datamimic_learning.samples.pieces import nearly_unique, one_piece

Words = NDArray[np.uint64]
Columns = Mapping[str, pa.Array]


def subject_digests(
    key: MaskingKey, domain: str, columns: Sequence[pa.Array], otherwise: Sequence[pa.Array], forms: Sequence[Form]
) -> Words:
    """Whose each row is: 64 bits by the columns that tell subjects apart; where all of these are empty, by `otherwise`."""
    secret = key.of("subject", domain)
    text = joined([normal(canonical(each), forms) for each in columns])
    if text.null_count and otherwise:
        more = joined([normal(canonical(each), forms) for each in otherwise])
        # What tells by other columns is never what tells by the key.
        more = pa.compute.binary_join_element_wise("otherwise", more, ":")
        text = pa.compute.coalesce(text, more)
    text = pa.compute.fill_null(text, "") if text.null_count else text
    if nearly_unique(text):
        whole: Words = np.ascontiguousarray(digests(secret, text)[:, 0])
        return whole
    encoded = pa.compute.dictionary_encode(text)
    found: Words = digests(secret, encoded.dictionary)[:, 0][np.asarray(encoded.indices).astype(np.int64)]
    return found


@frozen(slots=False)
class Subjects:
    """One subject of one table."""

    plan: SubjectPlan
    key: MaskingKey = field(repr=False)
    population: Population
    forms: Sequence[Form]
    traits: Traits | None = None
    locale: str = "en_US"

    def digests(self, columns: Columns) -> Words:
        # Of few columns, where no key is missing: those that are read to learn traits.
        others = [columns[name] for name in self.plan.columns if name not in self.plan.key and name in columns]
        return subject_digests(
            self.key, self.plan.domain, [columns[name] for name in self.plan.key], others, self.forms
        )

    @property
    def telling_traits(self) -> list[str]:
        """The columns that say who it is, and which traits are kept."""
        traits = [] if self.traits is None else self.traits.told_by(self.plan.columns)
        return list(dict.fromkeys([*self.plan.key, *traits]))

    def lacks_keys(self, columns: Columns) -> bool:
        """Whether all columns of the key are missing in some row."""
        return joined([canonical(columns[name]) for name in self.plan.key]).null_count > 0

    @property
    def telling(self) -> str | None:
        """The column that tells the subjects apart, where it is one alone and is replaced."""
        return self.plan.key[0] if len(self.plan.key) == 1 and self.plan.key[0] in self.plan.columns else None

    def codes(self, columns: Columns, rows: int) -> NDArray[np.int64]:
        """The traits that the columns say."""
        if self.traits is None:
            return np.zeros(rows, np.int64)
        said = {name: (each, columns[name]) for name, each in self.plan.columns.items() if name in columns}
        return self.traits.of(said, rows, month_first=months_first(self.locale))

    def replaced(self, columns: Columns, words: Words) -> dict[str, pa.Array]:
        """The columns of the subjects that take the places; `words` are the digests of the rows."""

        def said(rows: NDArray[np.int64]) -> NDArray[np.int64]:
            of_rows = pa.array(rows)
            return self.codes({name: columns[name].take(of_rows) for name in self.plan.columns}, len(rows))

        made, order = self._others(words, said)
        return {
            name: fitted(one_piece(made.column(each)).take(order), columns[name], each, locale=self.locale)
            for name, each in self.plan.columns.items()
        }

    def said(self, field: str, words: Words, before: pa.Array) -> pa.Array:
        """A field of those who take the places of subjects, as texts like others are written."""
        made, order = self._others(words, lambda rows: np.zeros(len(rows), np.int64))
        return fitted(one_piece(made.column(field)).take(order), before, field, locale=self.locale)

    def _others(
        self, words: Words, said: Callable[[NDArray[np.int64]], NDArray[np.int64]]
    ) -> tuple[pa.Table, pa.Array]:
        """The rows that take the places, each once, and which of them each subject is."""
        known = np.zeros(len(words), np.int64) if self.traits is None else self.traits.known(words, said)
        parts: list[Any] = []
        places = np.empty(len(words), np.int64)
        done = 0
        for code in np.unique(known).tolist() or [0]:
            rows = np.flatnonzero(known == code)
            distinct, at = np.unique(words[rows], return_inverse=True)
            trait = self.traits.trait(code) if self.traits is not None and code else None
            parts.append(self.population.gather(distinct, trait))
            places[rows] = done + at
            done += len(distinct)
        return pa.Table.from_batches([_plain(each) for each in parts]).combine_chunks(), pa.array(places)


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
