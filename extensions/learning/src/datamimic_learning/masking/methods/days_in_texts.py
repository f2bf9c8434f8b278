"""Texts that are days, or moments that begin with one, in the form in which each is written. What is asked of a text is asked
of its shape, which many share: the text with a 0 for every digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic_learning.masking.methods.matrices import Bytes, of_bytes, stored

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
EPOCH: Final = date(1970, 1, 1).toordinal()
LAST: Final = date.max.toordinal() - EPOCH
FIRST: Final = date.min.toordinal() - EPOCH
"""The first and last days that there are stand for no beginning and no end."""
_ZERO: Final = ord("0")
_FORMS: Final = (
    (re.compile(r"(0000)([-/.])(00)\2(00)"), (1, 3, 4)),
    (re.compile(r"(0000)(00)(00)(?!0)"), (1, 2, 3)),
    (re.compile(r"(00?)\. ?(00?)\.(0000)"), (3, 2, 1)),
    (re.compile(r"(00?)-(00?)-(0000)"), (3, 2, 1)),
)
_SLASHES: Final = re.compile(r"(00?)/(00?)/(0000)")
_ZONE: Final = r"Z|z|UTC|GMT|CES?T|EES?T|WES?T|BST|IST|JST|MSK|[ECMP][SD]T|[+-]00(?::?00)?"
_REST: Final = re.compile(
    rf"(?:(?:[Tt]\s*|,?\s+)00?(?:[:.]?00){{0,2}}(?:[.,]0+)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:{_ZONE})?(?:\[[A-Z][a-z]+/[A-Z][A-Za-z_]+\])?)?\s*"
)
"""What may stand behind a day: a time of day with its zone. Whatever else does may be about somebody."""
_TIME: Final = re.compile(r"(?<=[T ])(00?)([:.]?)(00)(?:(\2)(00)([.,]0+)?)?(\s?[AaPp]\.?[Mm]\.?)?(?![0:])")


@frozen
class _Form:
    """Where year, month and day (`Y`, `m`, `d`) stand in a shape, in the order in which they come."""

    parts: tuple[tuple[int, int, str], ...]

    @property
    def is_padded(self) -> bool:
        return all(name == "Y" or end - start == 2 for start, end, name in self.parts)


class WrittenDays:
    """Days of texts (string array); `days` since 1970 (int64) of all rows, and whether each is a day."""

    def __init__(self, texts: pa.Array, *, month_first: bool) -> None:
        self._valid = texts.is_valid()
        self._content, self._offsets = stored(pc.fill_null(texts, ""))
        self.days: Ints = np.zeros(len(texts), np.int64)
        self.known: Bools = np.zeros(len(texts), np.bool_)
        self._formed: list[tuple[_Form, Ints]] = []
        for shape, rows in _shapes(self._content, self._offsets):
            form = _form(shape, month_first)
            if form is None:
                continue
            numbers = {name: self._number(rows, start, end) for start, end, name in form.parts}
            days, exist = _days(numbers["Y"], numbers["m"], numbers["d"])
            rows, days = rows[exist], days[exist]
            self.days[rows], self.known[rows] = days, True
            self._formed.append((form, rows))

    def put(self, made: Ints) -> pa.Array:
        """The texts with other days; where none is known, what was there stays."""
        content = self._content.copy()
        moments = np.clip(made, FIRST, LAST).astype("datetime64[D]")
        months = moments.astype("datetime64[M]")
        numbers = {
            "Y": moments.astype("datetime64[Y]").astype(np.int64) + 1970,
            "m": months.astype(np.int64) % 12 + 1,
            "d": (moments - months.astype("datetime64[D]")).astype(np.int64) + 1,
        }
        longer: list[tuple[Ints, pa.Array]] = []
        for form, rows in self._formed:
            if not form.is_padded:
                longer.append((rows, self._written(form, rows, numbers)))
                continue
            for start, end, name in form.parts:
                rest = numbers[name][rows]
                for place in range(end - 1, start - 1, -1):
                    higher = rest // 10
                    content[self._offsets[rows] + place] = rest - higher * 10 + _ZERO
                    rest = higher
        texts = of_bytes(content, self._offsets)
        if longer:
            order = np.arange(len(texts))
            order[np.concatenate([rows for rows, _ in longer])] = len(texts) + np.arange(sum(len(r) for r, _ in longer))
            texts = pa.concat_arrays([texts, *(each for _, each in longer)]).take(pa.array(order))
        return pc.if_else(self._valid, texts, pa.scalar(None, pa.string()))

    def _number(self, rows: Ints, start: int, end: int) -> Ints:
        found = np.zeros(len(rows), np.int64)
        for place in range(start, end):
            found = found * 10 + self._content[self._offsets[rows] + place] - _ZERO
        return found

    def _written(self, form: _Form, rows: Ints, numbers: dict[str, Ints]) -> pa.Array:
        """Texts that may get longer: 9.9.2024, 10.10.2024."""
        texts = of_bytes(self._content, self._offsets).take(pa.array(rows))
        pieces, last = [], 0
        for start, end, name in form.parts:
            pieces.append(pc.utf8_slice_codeunits(texts, last, start))
            number = pc.cast(pa.array(numbers[name][rows]), pa.string())
            pieces.append(pc.utf8_lpad(number, {"Y": 4}.get(name, end - start), "0"))
            last = end
        return pc.binary_join_element_wise(*pieces, pc.utf8_slice_codeunits(texts, last), "")


def at_midnight(texts: pa.Array) -> pa.Array:
    """Texts of moments with the time of day set to its beginning, in the form in which it is written."""
    content, offsets = stored(pc.fill_null(texts, ""))
    made, order = [texts], np.arange(len(texts))
    count = len(texts)
    for shape, rows in _shapes(content, offsets):
        time = _TIME.search(shape)
        if time is not None:
            some = texts.take(pa.array(rows))
            before, after = (pc.utf8_slice_codeunits(some, *ends) for ends in ((0, time.start()), (time.end(),)))
            made.append(pc.binary_join_element_wise(before, pa.scalar(_beginning(time)), after, ""))
            order[rows] = count + np.arange(len(rows))
            count += len(rows)
    return pa.concat_arrays(made).take(pa.array(order))


def _shapes(content: Bytes, offsets: Ints) -> Iterator[tuple[str, Ints]]:
    """The shapes of texts, and the rows of each."""
    is_digit = (content >= _ZERO) & (content < _ZERO + 10)
    encoded = pc.dictionary_encode(of_bytes(np.where(is_digit, np.uint8(_ZERO), content), offsets))
    codes = np.asarray(encoded.indices)
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(encoded.dictionary) + 1))
    for number, shape in enumerate(encoded.dictionary.to_pylist()):
        yield shape, order[ends[number] : ends[number + 1]]


@lru_cache(1 << 12)
def _form(shape: str, month_first: bool) -> _Form | None:
    for pattern, order in (*_FORMS, (_SLASHES, (3, 1, 2) if month_first else (3, 2, 1))):
        found = pattern.match(shape)
        if found is not None and _REST.fullmatch(shape, found.end()):
            parts = ((found.start(place), found.end(place), name) for place, name in zip(order, "Ymd", strict=True))
            return _Form(tuple(sorted(parts)))
    return None


def _days(years: Ints, months: Ints, days: Ints) -> tuple[Ints, Bools]:
    """Days since 1970, and which there are."""
    month = (years - 1970) * 12 + np.clip(months, 1, 12) - 1
    first, following = (
        each.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) for each in (month, month + 1)
    )
    found = first + days - 1
    is_month = (years >= 1) & (months >= 1) & (months <= 12)
    return found, is_month & (days >= 1) & (found < following) & (found > FIRST) & (found < LAST)


def _beginning(time: re.Match[str]) -> str:
    hour, apart, minute, again, second, fraction, half = time.groups()
    seconds = "" if second is None else f"{again}{second}{fraction or ''}"
    return f"{'12' if half else hour}{apart}{minute}{seconds}{(half or '').replace('p', 'a').replace('P', 'A')}"
