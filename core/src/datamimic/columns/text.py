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
from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values, true_values


class Vocabulary:
    """The distinct values that a coded Text points into, with their Arrow and object forms made once."""

    __slots__ = ("_arrow", "_codes", "_distinct", "_followed", "_mapped", "_objects", "values")

    def __init__(self, values: Sequence[str]) -> None:
        self.values = tuple(values)
        self._arrow: pa.StringArray | None = None
        self._objects: NDArray[np.object_] | None = None
        self._mapped: dict[Callable[[str], str], Vocabulary] = {}
        self._codes: dict[str, tuple[int, ...]] = {}
        self._followed: dict[str, pa.StringArray] = {}
        self._distinct: tuple[pa.StringArray, NDArray[np.int32] | None] | None = None

    @property
    def distinct(self) -> tuple[pa.StringArray, NDArray[np.int32] | None]:
        """Every value once, and the new code of each old one and of null (at the end); None where no value comes twice.

        Arrow and its readers take it for granted that a dictionary has no duplicates: pandas refuses one, and the Parquet
        writer fills the dictionary page of such a column with whatever lies in memory.
        """
        if self._distinct is None:
            index: dict[str, int] = {}
            codes = [index.setdefault(value, len(index)) for value in self.values]
            if len(index) == len(self.values):
                self._distinct = (self.arrow, None)
            else:
                self._distinct = (arrow_texts(index), np.array([*codes, -1], dtype=np.int32))
        return self._distinct

    @property
    def arrow(self) -> pa.StringArray:
        if self._arrow is None:
            self._arrow = arrow_texts(self.values)
        return self._arrow

    @property
    def objects(self) -> NDArray[np.object_]:
        """The values and, at the end, None: so that code -1 takes None."""
        if self._objects is None:
            objects = np.empty(len(self.values) + 1, dtype=object)
            objects[:-1] = self.values
            self._objects = objects
        return self._objects

    def mapped(self, function: Callable[[str], str]) -> Vocabulary:
        known = self._mapped.get(function)
        if known is None:
            known = Vocabulary([function(value) for value in self.values])
            if getattr(function, "__closure__", None) is None and getattr(function, "__name__", "<") != "<lambda>":
                self._mapped[function] = known
        return known

    def followed_by(self, suffix: str) -> pa.StringArray:
        """Every value with the suffix behind it."""
        if not suffix:
            return self.arrow
        known = self._followed.get(suffix)
        if known is None:
            if len(self._followed) >= 16:
                self._followed.clear()
            known = self._followed[suffix] = pc.binary_join_element_wise(self.arrow, arrow_text(suffix), arrow_text(""))
        return known

    def codes_of(self, value: object) -> tuple[int, ...]:
        """The codes of a value: none, one, or more where mapping has made values equal."""
        if not isinstance(value, str):
            return ()
        codes = self._codes.get(value)
        if codes is None:
            # Of a thousand names one or two are ever looked for.
            codes = self._codes[value] = tuple(code for code, known in enumerate(self.values) if known == value)
        return codes

    def matching(self, test: Callable[[str], bool]) -> Bools:
        """One flag per value, and False for null at the end."""
        return np.array([*map(test, self.values), False], dtype=np.bool_)


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
    def coded(cls, codes: NDArray[Any], values: Sequence[str] | Vocabulary) -> Text:
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
        return self.arrow().to_numpy(zero_copy_only=False)

    def tolist(self) -> list[str | None]:
        return self.objects().tolist()

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    def __repr__(self) -> str:
        return f"Text({self.tolist()[:5]!r}{', …' if len(self) > 5 else ''})"

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


def concat_texts(texts: Sequence[Text]) -> Text:
    """One column of several, in order; coded when all are."""
    first = texts[0]
    if len(texts) == 1:
        return first
    coded = [part for part in texts if part.codes is not None and part.vocabulary is not None]
    if len(coded) < len(texts):
        return Text(None, None, pa.concat_arrays([part.arrow() for part in texts]))
    if all(part.vocabulary is first.vocabulary for part in coded):
        return Text(np.concatenate([part.codes for part in coded]), first.vocabulary)
    values: list[str] = []
    codes = []
    for part in coded:
        assert part.codes is not None and part.vocabulary is not None
        codes.append(np.where(part.codes >= 0, part.codes + len(values), -1))
        values.extend(part.vocabulary.values)
    return Text.coded(np.concatenate(codes), values)


def where(condition: Bools, yes: Text | str, no: Text | str) -> Text:
    """Text chosen per row; a scalar string stands for a whole column."""
    length = len(condition)
    left = Text.constant(yes, length) if isinstance(yes, str) else yes
    right = Text.constant(no, length) if isinstance(no, str) else no
    if left.codes is not None and right.codes is not None and left.vocabulary and right.vocabulary:
        shift = np.int32(len(left.vocabulary.values))
        codes = np.where(condition, left.codes, np.where(right.codes >= 0, right.codes + shift, np.int32(-1)))
        return Text(codes.astype(np.int32), _joined(left.vocabulary, right.vocabulary))
    return Text(None, None, pc.if_else(arrow_numbers(condition), left.arrow(), right.arrow()))


def select(index: NDArray[Any], choices: Sequence[Text | str | None]) -> Text:
    """Per row the choice whose number `index` gives; None among the choices is null."""
    texts = [choice if isinstance(choice, Text) else Text.constant(choice, len(index)) for choice in choices]
    stacked = concat_texts(texts)
    return stacked.take(np.asarray(index, dtype=np.int64) * len(index) + np.arange(len(index)))


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
