"""Who takes the place of whom: a subject is a row of a world that nobody knows without the key, by a keyed digest of what tells
the subject from others. Nothing is stored; the same subject is the same row in every table, file, database and run."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic import DatamimicError, World
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.methods.digests import matrix_digests
from datamimic_learning.masking.methods.traits import Trait

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
_SIZES: Final = (50, 48, 44, 40, 36, 32, 28, 26, 24, 22, 20, 18, 16)
"""Bits of row numbers that are tried: as many rows as the entity has different ones."""
_TRIES: Final = 1_024
_FILLS: Final = 24
_AT_ONCE: Final = 1 << 16


@frozen(slots=False)
class Population:
    """Rows of one entity, of which the fields are those that take the places of columns."""

    key: MaskingKey = field(repr=False)
    entity: str
    fields: tuple[str, ...]
    locale: str
    clock: str | None

    @cached_property
    def _views(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _redraws(self) -> bytes:
        return self.key.of("redraw", self.entity)

    def view(self, trait: Trait | None = None, fields: tuple[str, ...] | None = None) -> Any:
        """Rows of the world, people of one sex and band of ages where these are kept. Raises `UnknownName` for an entity or
        field that there is not, `InvalidOption` for a country without the entity or an entity without such options."""
        narrowed = {} if trait is None else _options(trait)
        wanted = fields or self.fields
        asked = (tuple(sorted(narrowed.items())), wanted)
        if asked not in self._views:
            world = World(seed=self.key.seed, locale=self.locale, clock=self.clock)
            rows = world[self.entity]
            if narrowed:
                rows = rows.with_options(**narrowed)
            self._views[asked] = rows.select(wanted)
        return self._views[asked]

    @cached_property
    def bits(self) -> int:
        """Of row numbers: what all fields together have different rows for."""
        for bits in _SIZES:
            view = self.view()
            try:
                view.check_capacity(1 << bits)
                # Rows beyond what an entity has are told where they are made.
                for fields in (self.fields, *((each,) for each in self.fields)):
                    self.view(None, fields).gather(np.array([(1 << bits) - 1, (1 << bits) * 2 // 3], np.int64))
            except DatamimicError:
                if bits == _SIZES[-1]:
                    raise
                continue
            return bits
        raise AssertionError

    def rows(self, subjects: Words) -> Ints:
        """The row that each subject is, by its digest of 64 bits."""
        found: Ints = (subjects >> np.uint64(64 - self.bits)).astype(np.int64)
        return found

    def gather(self, subjects: Words, trait: Trait | None = None) -> pa.RecordBatch:
        """The rows of the subjects (each once), one for each."""
        numbers = self.rows(subjects)
        if trait is not None and trait.region is not None:
            numbers = self._in_region(subjects, numbers, trait)
        made = self.view(trait).gather(numbers)
        columns = [self._filled(made.column(at), name, subjects, trait) for at, name in enumerate(self.fields)]
        return pa.RecordBatch.from_arrays(columns, names=list(self.fields))

    def _filled(self, values: pa.Array, name: str, subjects: Words, trait: Trait | None) -> pa.Array:
        """A field that some rows have no value of, such as a middle name, with those of further rows."""
        values = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
        for number in range(1, _FILLS):
            empty = np.flatnonzero(np.asarray(values.is_null()))
            if not len(empty):
                break
            other = self._redrawn(subjects[empty], number)
            more = self.view(trait, (name,)).gather(other).column(0)
            more = more.dictionary_decode() if pa.types.is_dictionary(more.type) else more
            values = pc.replace_with_mask(values, values.is_null(), more)
        return values

    def _redrawn(self, subjects: Words, number: int) -> Ints:
        block = np.stack([subjects, np.full(len(subjects), number, np.uint64)], axis=1)
        return self.rows(matrix_digests(self._redraws, np.ascontiguousarray(block).view(np.uint8))[:, 0])

    def _in_region(self, subjects: Words, numbers: Ints, trait: Trait) -> Ints:
        """Further rows of the same subject, until one is of the region; where there is none among many, the first."""
        fields = tuple(
            each for each in ("address.state", "address.state_code", "state", "state_code") if self._has(each)
        )
        if not fields:
            return numbers
        view = self.view(trait, fields)
        found, left, tried = numbers.copy(), np.arange(len(numbers)), numbers
        for number in range(_TRIES):
            if not len(left):
                break
            made = view.gather(tried)
            hit = np.zeros(len(tried), np.bool_)
            for column in made.columns:
                texts = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
                folded = pc.utf8_lower(texts)
                hit |= np.asarray(pc.fill_null(pc.equal(folded, trait.region), False))
                hit |= np.asarray(pc.fill_null(pc.ends_with(folded, f"-{trait.region}"), False))
            found[left[hit]] = tried[hit]
            left = left[~hit]
            tried = self._redrawn(subjects[left], 1_000 + number)
        return found

    def _has(self, name: str) -> bool:
        try:
            self.view(None, (name,))
        except DatamimicError:
            return False
        return True


def _options(trait: Trait) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if trait.sex is not None:
        found["female_quota"] = 1.0 if trait.sex == "female" else 0.0
    if trait.ages is not None:
        found["min_age"], found["max_age"] = trait.ages
    return found
