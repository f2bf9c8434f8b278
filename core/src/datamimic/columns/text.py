"""Text in flight: coded columns, that are codes into a vocabulary, and plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Ints
from datamimic.base.observation import WATCHING
from datamimic.columns.buffers import (
    arrow_numbers,
    arrow_text,
    arrow_texts,
    letters_of_one_length,
    numpy_values,
    texts_of_one_length,
    true_values,
)
from datamimic.columns.vocabulary import Vocabulary

FEW = 10_000
"""Plain strings that become Python's one by one: Arrow makes more of them ten times faster, but imports pandas for it."""
SPARSE = 16
"""Where a vocabulary has so many values for every row, functions run on those that the rows have."""


class Text:
    """A column of strings, either coded (int32 codes into a vocabulary, -1 for null) or plain (an Arrow string array)."""

    __slots__ = ("_plain", "codes", "vocabulary")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, codes: NDArray[np.int32] | None, vocabulary: Vocabulary | None, plain: pa.StringArray | None = None
    ) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self._plain = plain

    # -- making one ---------------------------------------------------------------------------------------------

    @classmethod
    def coded(cls, codes: NDArray[Any] | Sequence[int], values: Sequence[str] | Vocabulary) -> Text:
        """`codes` index `values`; a negative code is null."""
        vocabulary = values if isinstance(values, Vocabulary) else Vocabulary(values)
        return cls(np.asarray(codes, dtype=np.int32), vocabulary)

    @classmethod
    def plain(cls, array: pa.Array | pa.ChunkedArray) -> Text:
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if pa.types.is_dictionary(array.type):
            codes = _codes(array.indices)
            return cls.coded(codes, array.dictionary.cast(pa.string()).to_pylist())
        return cls(None, None, array if array.type == pa.string() else array.cast(pa.string()))

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Text:
        return cls(None, None, arrow_texts(values))

    @classmethod
    def constant(cls, value: str | None, length: int) -> Text:
        if value is None:
            return cls.coded(np.full(length, -1, dtype=np.int32), ())
        return cls.coded(np.zeros(length, dtype=np.int32), (value,))

    # -- looking at one -----------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.codes) if self.codes is not None else len(self._plain)  # type: ignore[arg-type]

    @property
    def is_coded(self) -> bool:
        return self.codes is not None

    def coding(self) -> tuple[NDArray[np.int32], Vocabulary]:
        """The codes and their vocabulary; a plain column is encoded in order of first appearance."""
        if self.codes is None or self.vocabulary is None:
            coded = Text.plain(self.dictionary())
            return coded.coding()
        return self.codes, self.vocabulary

    def arrow(self) -> pa.StringArray:
        """Decoded Arrow strings."""
        if self._plain is None:
            assert self.codes is not None and self.vocabulary is not None
            if len(self.codes) and int(self.codes.min()) < 0:
                indices = arrow_numbers(self.codes, self.codes < 0)
            else:
                indices = arrow_numbers(self.codes)
            self._plain = self.vocabulary.arrow.take(indices)
        return self._plain

    def dictionary(self) -> pa.DictionaryArray:
        """Arrow dictionary<int32, string> of distinct values; a plain column is encoded in order of first appearance."""
        if self.codes is None or self.vocabulary is None:
            return self.arrow().dictionary_encode()
        values, moved = self.vocabulary.distinct
        codes = self.codes if moved is None else moved[self.codes]
        indices = arrow_numbers(codes, codes < 0 if len(codes) and codes.min() < 0 else None)
        return pa.DictionaryArray.from_arrays(indices, values, safe=False)

    def objects(self) -> NDArray[np.object_]:
        """Python strings (and None) in an object array."""
        if self.codes is not None and self.vocabulary is not None:
            return self.vocabulary.objects[self.codes]
        array = self.arrow()
        if len(array) > FEW:
            return array.to_numpy(zero_copy_only=False)
        made = np.empty(len(array), dtype=np.object_)
        made[:] = array.to_pylist()
        return made

    def tolist(self) -> list[str | None]:
        return self.objects().tolist()

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    def __repr__(self) -> str:
        return f"Text({self.tolist()[:5]!r}{', …' if len(self) > 5 else ''})"

    def has_null(self) -> bool:
        if self.codes is not None:
            return bool(len(self.codes)) and int(self.codes.min()) < 0
        return bool(self.arrow().null_count)

    def is_null(self) -> Bools:
        if self.codes is not None:
            return self.codes < 0
        return numpy_values(self.arrow().is_null())

    # -- comparing ----------------------------------------------------------------------------------------------

    def matches(self, test: Callable[[str], bool]) -> Bools:
        """`test` runs once per distinct value of a coded column, once per row of a plain one; null gives False."""
        if self.codes is not None and self.vocabulary is not None:
            return self.vocabulary.matching(test)[self.codes]
        return np.array([value is not None and test(value) for value in self.arrow().to_pylist()], dtype=np.bool_)

    def __eq__(self, other: object) -> Bools:  # type: ignore[override]
        if isinstance(other, Text):
            if self.codes is not None and other.codes is not None and self.vocabulary is other.vocabulary:
                return (self.codes == other.codes) & (self.codes >= 0)
            return true_values(pc.equal(self.arrow(), other.arrow()))
        if self.codes is not None and self.vocabulary is not None:
            return _any_of(self.codes, self.vocabulary.codes_of(other))
        return true_values(pc.equal(self.arrow(), arrow_text(other if isinstance(other, str) else None)))

    def __ne__(self, other: object) -> Bools:  # type: ignore[override]
        return ~(self == other)

    def isin(self, values: Iterable[str]) -> Bools:
        wanted = sorted(frozenset(values))
        if self.codes is not None and self.vocabulary is not None:
            return _any_of(self.codes, [code for value in wanted for code in self.vocabulary.codes_of(value)])
        return numpy_values(pc.is_in(self.arrow(), value_set=arrow_texts(wanted)))

    # -- deriving -----------------------------------------------------------------------------------------------

    def take(self, indices: NDArray[Any]) -> Text:
        if (watching := WATCHING.get()) is not None:
            watching.taken(self, indices)
        if self.codes is not None:
            return Text(self.codes.take(indices), self.vocabulary)
        return Text(None, None, self.arrow().take(arrow_numbers(np.asarray(indices))))

    def __getitem__(self, key: NDArray[Any] | slice) -> Text:
        if self.codes is not None:
            if (watching := WATCHING.get()) is not None and not isinstance(key, slice):
                watching.taken(self, key)
            return Text(self.codes[key], self.vocabulary)
        if isinstance(key, slice):
            return self.take(np.arange(len(self), dtype=np.int64)[key])
        return self.take(np.flatnonzero(key) if key.dtype == np.bool_ else key)

    def map(self, function: Callable[[str], str]) -> Text:
        """`function` runs on the vocabulary of a coded column, not on the rows; nulls stay."""
        if self.codes is not None and self.vocabulary is not None:
            if len(self.codes) * SPARSE < len(self.vocabulary.values) and not self.vocabulary.is_mapped(function):
                distinct, codes = np.unique(np.maximum(self.codes, -1), return_inverse=True)
                used = [self.vocabulary.values[code] for code in distinct.tolist() if code >= 0]
                # A null is first, with code -1.
                return Text((codes - (len(distinct) - len(used))).astype(np.int32), Vocabulary([*map(function, used)]))
            return Text(self.codes, self.vocabulary.mapped(function))
        return Text.of([None if value is None else function(value) for value in self.arrow().to_pylist()])

    def lower(self) -> Text:
        return self.map(str.lower)

    def upper(self) -> Text:
        return self.map(str.upper)

    def where(self, keep: Bools) -> Text:
        """Null where `keep` is False."""
        if self.codes is not None:
            return Text(np.where(keep, self.codes, np.int32(-1)), self.vocabulary)
        return Text(None, None, pc.if_else(arrow_numbers(keep), self.arrow(), arrow_text(None)))

    def fill(self, value: str) -> Text:
        """`value` in place of nulls."""
        return where(self.is_null(), value, self)

    def slice(self, start: int, stop: int) -> Text:
        """Characters [start, stop) of every value."""
        if self.codes is not None:
            return self.map(lambda value: value[start:stop])
        letters = letters_of_one_length(self.arrow()) if start >= 0 and stop >= 0 else None
        if letters is not None:
            # Ids and numbers mostly: cut out at once, where other texts are walked through letter by letter.
            return Text(None, None, texts_of_one_length(letters[:, start:stop]))
        return Text(None, None, pc.utf8_slice_codeunits(self.arrow(), start, stop))

    def lengths(self) -> Ints:
        """Characters per value, 0 for null."""
        lengths = pc.utf8_length(self.arrow())
        whole = numpy_values(lengths).astype(np.int64)
        return np.where(numpy_values(lengths.is_null()), 0, whole) if lengths.null_count else whole


def _codes(indices: pa.Array) -> NDArray[np.int32]:
    """Null is -1."""
    codes = numpy_values(indices).astype(np.int32)
    if indices.null_count:
        codes[numpy_values(indices.is_null())] = -1
    return codes


def _any_of(codes: NDArray[np.int32], wanted: Sequence[int]) -> Bools:
    if len(wanted) > 8:
        return np.isin(codes, np.array(wanted, dtype=np.int32))
    result = np.zeros(len(codes), dtype=np.bool_)
    for code in wanted:
        result |= codes == code
    return result


def where(condition: Bools, yes: Text | str, no: Text | str) -> Text:
    """Per row the text of `yes` where the `condition` is True, else of `no`; one string stands for a whole column."""
    length = len(condition)
    left = Text.constant(yes, length) if isinstance(yes, str) else yes
    right = Text.constant(no, length) if isinstance(no, str) else no
    if left.codes is not None and right.codes is not None and left.vocabulary and right.vocabulary:
        shift = np.int32(len(left.vocabulary.values))
        codes = np.where(condition, left.codes, np.where(right.codes >= 0, right.codes + shift, np.int32(-1)))
        return Text(codes.astype(np.int32), _joined(left.vocabulary, right.vocabulary))
    return Text(None, None, pc.if_else(arrow_numbers(condition), left.arrow(), right.arrow()))


_JOINED: dict[tuple[int, int], tuple[Vocabulary, Vocabulary, Vocabulary]] = {}


def _joined(left: Vocabulary, right: Vocabulary) -> Vocabulary:
    known = _JOINED.get((id(left), id(right)))
    if known is None or known[0] is not left or known[1] is not right:
        known = (left, right, Vocabulary(left.values + right.values))
        # Only vocabularies of some size are worth remembering; they live as long as their tables do.
        if len(known[2].values) > 64:
            if len(_JOINED) >= 256:
                _JOINED.clear()
            _JOINED[id(left), id(right)] = known
    return known[2]
