"""The cells of a history with everything in its place that must not stay: column by column, nested ones too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from unicodedata import decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from datamimic_pack_common.card_spans import MAYBE, bare_span, card_spans, digits_of
from datamimic_pack_finance.replaying.expiry import moved
from datamimic_pack_finance.replaying.holders import Holders
from datamimic_pack_finance.replaying.kinds import Kind, is_list, is_text, maybe_numbers
from datamimic_pack_finance.replaying.tokens import LONGEST, SHORTEST, Tokens
from datamimic_pack_finance.replaying.tracks import CODE, track_spans, without_secrets


@define
class Counts:
    """How many cells of a column were changed."""

    cells: int = 0


@frozen
class Replacing:
    """How cells are written anew: card numbers by `tokens`, names by `holders`, expiry dates so many `months` later, moments
    so many `days`."""

    tokens: Tokens
    holders: Holders
    months: int = 0
    days: int = 0
    kinds: Mapping[str, Kind] = field(factory=dict)
    forms: Mapping[str, str] = field(factory=dict)
    """Of columns of expiry dates the one form that all cells have."""
    counts: Mapping[str, Counts] = field(factory=dict)

    @property
    def unclear(self) -> frozenset[str]:
        """Columns of expiry dates without one form."""
        expiring = {path for path, kind in self.kinds.items() if kind == "expiry"}
        return frozenset(expiring - self.forms.keys()) if self.months else frozenset()

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """A batch anew; what may be emptied may be null."""
        columns = [self._anew(name, column) for name, column in zip(batch.schema.names, batch.columns, strict=True)]
        fields = [
            pa.field(old.name, column.type, old.nullable or self._may_empty(old.name), old.metadata)
            for old, column in zip(batch.schema, columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields, metadata=_plain(batch.schema.metadata)))

    def _may_empty(self, column: str) -> bool:
        inside = (kind for path, kind in self.kinds.items() if path == column or path.startswith(f"{column}."))
        return any(kind in ("empty", "expiry") for kind in inside)

    def _anew(self, path: str, array: pa.Array) -> pa.Array:
        kind = array.type
        if pa.types.is_struct(kind):
            members = [self._anew(f"{path}.{each.name}", array.field(number)) for number, each in enumerate(kind)]
            fields = [pa.field(each.name, made.type) for each, made in zip(kind, members, strict=True)]
            return pa.StructArray.from_arrays(members, fields=fields, mask=array.is_null())
        if is_list(kind):
            return self._of_lists(path, array)
        if pa.types.is_map(kind):
            whole = pa.ListArray.from_arrays(
                _offsets(array), pa.StructArray.from_arrays([array.keys, array.items], ["key", "value"])
            )
            made = self._of_lists(path, whole)
            inside = made.values
            return pa.MapArray.from_arrays(made.offsets, inside.field(0), inside.field(1))
        if pa.types.is_dictionary(kind):
            made = self._anew(path, array.dictionary_decode()).dictionary_encode()
            return pa.DictionaryArray.from_arrays(made.indices.cast(kind.index_type), made.dictionary)
        return self.column(path, array)

    def column(self, path: str, array: pa.Array) -> pa.Array:
        """A column without structure anew."""
        made = self._cells(path, array)
        changed = len(array) - (pc.sum(pc.equal(made, array).fill_null(True)).as_py() or 0) if len(array) else 0
        if changed or made.null_count != array.null_count:
            self.counts[path].cells += changed + made.null_count - array.null_count
        return made

    def _of_lists(self, path: str, array: pa.Array) -> pa.Array:
        values = self._anew(path, array.flatten())
        counts = pc.list_value_length(array).fill_null(0)
        ends = np.concatenate([[0], np.cumsum(np.asarray(counts))]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(ends), values, mask=array.is_null())

    def _cells(self, path: str, array: pa.Array) -> pa.Array:
        treatment = self.kinds.get(path, "text")
        if treatment == "keep":
            return array
        if treatment == "empty":
            return pa.nulls(len(array), array.type)
        if treatment == "moment":
            return self._later(array)
        if treatment == "expiry":
            return self._expiring(path, array)
        if treatment == "name" and is_text(array.type):
            return by_value(array, lambda texts: [self.holders.instead_of(text) for text in texts])
        if is_text(array.type):
            return self._text(path, array, every=treatment == "pan")
        return self._numbers(path, array, every=treatment == "pan")

    def _text(self, path: str, array: pa.Array, every: bool) -> pa.Array:
        """Texts with tokens for the card numbers in them; with `every`, for bare numbers whatever their check digit."""
        numbers, codes = pc.match_substring_regex(array, MAYBE), pc.match_substring_regex(array, CODE)
        maybe = pc.fill_null(pc.or_(numbers, codes), False)
        if not pc.any(maybe).as_py():
            return array
        places = np.flatnonzero(np.asarray(maybe))
        found = by_value(array.take(pa.array(places)), lambda texts: self._replaced(path, texts, every))
        return pc.replace_with_mask(array, maybe, found)

    def _numbers(self, path: str, array: pa.Array, every: bool) -> pa.Array:
        """Whole numbers that are card numbers."""
        maybe = maybe_numbers(array)
        if maybe.null_count == len(maybe):
            return array
        made = by_value(maybe, lambda texts: self._replaced(path, texts, every))
        return pc.coalesce(made.cast(pa.int64()).cast(array.type, safe=False), array)

    def _replaced(self, path: str, texts: Sequence[str], every: bool) -> list[str]:
        """The texts with tokens in place of the numbers, in the groups in which they were written."""
        places = [_numbers_of(text, every) for text in texts]
        numbers = [
            digits_of(text[start:stop]) for text, spans in zip(texts, places, strict=True) for start, stop in spans
        ]
        distinct = list(dict.fromkeys(numbers))
        tokens = iter(map(dict(zip(distinct, self.tokens.of(distinct), strict=True)).__getitem__, numbers))
        return [self._in_place(text, spans, tokens) for text, spans in zip(texts, places, strict=True)]

    def _in_place(self, text: str, spans: Sequence[tuple[int, int]], tokens: Iterator[str]) -> str:
        made, behind = "", 0
        for start, stop in spans:
            digits = iter(next(tokens))
            written = "".join(
                chr(ord(sign) - decimal(sign) + int(next(digits))) if sign.isdecimal() else sign
                for sign in text[start:stop]
            )
            made, behind = made + text[behind:start] + written, stop
        return without_secrets(made + text[behind:], self.holders.instead_of, self._of_track)

    def _of_track(self, expiry: str) -> str:
        return moved(expiry, "YYMM", self.months) or "0" * len(expiry)

    def _expiring(self, path: str, array: pa.Array) -> pa.Array:
        if self.months == 0:
            return array
        if pa.types.is_temporal(array.type):
            made = self._by_month(array.cast(pa.date32()).cast(pa.string()), "YYYY-MM-DD").cast(pa.date32())
            zone = getattr(array.type, "tz", None)
            return (
                made.cast(array.type)
                if zone is None
                else pc.assume_timezone(made.cast(pa.timestamp("us")), zone).cast(array.type)
            )
        form = self.forms.get(path)
        if form is None:
            return pa.nulls(len(array), array.type)
        return self._by_month(array.cast(pa.string()), form).cast(array.type)

    def _by_month(self, texts: pa.Array, form: str) -> pa.Array:
        return by_value(texts, lambda values: [moved(value, form, self.months) for value in values])

    def _later(self, array: pa.Array) -> pa.Array:
        """Days and moments, all the same number of days later."""
        if not self.days:
            return array
        if is_text(array.type):
            return by_value(array, lambda texts: [_later(text, self.days) for text in texts])
        if pa.types.is_timestamp(array.type):
            return pc.add(array, pa.scalar(timedelta(days=self.days), pa.duration(array.type.unit)))
        if pa.types.is_date32(array.type):
            return pc.add(array.cast(pa.int32()), self.days).cast(pa.int32()).cast(pa.date32())
        if pa.types.is_date64(array.type):
            return pc.add(array.cast(pa.int64()), self.days * 86_400_000).cast(pa.date64())
        return array


def _numbers_of(text: str, every: bool) -> list[tuple[int, int]]:
    """Where the numbers of a text stand, in order and apart from each other."""
    if every and (bare := bare_span(text)) is not None:
        return [bare]
    tracks = list(track_spans(text))
    whole = [span for _, span in tracks]
    found = [span for span in card_spans(text) if not any(start <= span[0] < stop for start, stop in whole)]
    apart: list[tuple[int, int]] = []
    for start, stop in sorted({*found, *(number for number, _ in tracks)}):
        if SHORTEST <= len(digits_of(text[start:stop])) <= LONGEST and (not apart or start >= apart[-1][1]):
            apart.append((start, stop))
    return apart


def by_value(array: pa.Array, change: Callable[[list[str]], Sequence[str | None]]) -> pa.Array:
    """A column of text, each value changed once."""
    coded = array.dictionary_encode()
    made = pa.array(change(coded.dictionary.to_pylist()), array.type)
    return made.take(coded.indices)


def _later(text: str, days: int) -> str:
    try:
        return f"{date.fromisoformat(text[:10]) + timedelta(days=days)}{text[10:]}"
    except (ValueError, OverflowError):  # a day that no calendar has
        return text


def _offsets(array: pa.Array) -> pa.Array:
    counts = np.asarray([0 if each is None else len(each) for each in array.to_pylist()], np.int64)
    return pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))


def _plain(metadata: Mapping[bytes, bytes] | None) -> dict[bytes, bytes] | None:
    """What a schema says of itself, without the statistics and samples that other tools put there."""
    return None if metadata is None else {key: value for key, value in metadata.items() if key == b"pandas"}
