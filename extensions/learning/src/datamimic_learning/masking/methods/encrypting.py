"""Values encrypted in their format: as long, with the same characters at the same kinds of places, check digits right, whole
numbers whole. A permutation: distinct values stay distinct, and who has the key can go back."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.methods.alphabets import DIGITS, Ints, Points, bits, classes
from datamimic_learning.masking.methods.check_digits import NUMBERS
from datamimic_learning.masking.methods.digests import digests
from datamimic_learning.masking.methods.machine_forms import DASHES, hexadecimal, internet, uuids
from datamimic_learning.masking.methods.matrices import Part, by_length, column_of, texts_of
from datamimic_learning.masking.methods.shapes import Bools, Kinds, ShapeCipher
from datamimic_learning.samples.pieces import worked_in_pieces

_OTHER, _NUMBER, _UUID, _WHOLE, _HEXADECIMAL, _INTERNET = range(6)
_FIXED: Final = (14, 19)
"""Places of a UUID that say its version and variant."""
_MOST_WALKS: Final = 20_000
LEAST_VALUES: Final = 1_000_000
"""Values that there should be of a shape (NIST SP 800-38G, revision 1, draft): of fewer, somebody who sees many pairs learns
more."""
_LEAST_BITS: Final = 19.9


_LEAST_OF_LENGTH: Final = np.array([0, 0, 10, 100])
_MOST_OF_LENGTH: Final = np.array([1, 10, 90, 156])
"""Of bytes written with so many digits: the least one, and how many there are."""


class Encryption:
    """One column's. `number` names one of `NUMBERS`, whose check digits are kept right; values that are no such numbers are
    encrypted among those that are none. `first` and `last` letters and digits stay. `whole`: texts of digits without a leading
    zero stay such, and are what the whole numbers are that they show. `width`: whole numbers are encrypted among those of so
    many digits, and not among those of as many as they have."""

    def __init__(
        self,
        key: bytes,
        *,
        number: str | None = None,
        first: int = 0,
        last: int = 0,
        whole: bool = False,
        width: int | None = None,
    ) -> None:
        self._cipher = ShapeCipher(key)
        self._key = key
        self._number = None if number is None else NUMBERS[number]
        self._first, self._last, self._is_whole, self._width = first, last, whole, width
        self.of_small_spaces = 0
        """Values so far of whose shape there are fewer than `LEAST_VALUES`."""
        self.in_no_alphabet = 0
        """Values so far with letters of no alphabet that is known; a digest stands for them, and there is no way back."""

    def crypt(self, values: pa.Array, *, decrypting: bool = False) -> pa.Array:
        """Texts or whole numbers without nulls, of the type that they have."""
        if pa.types.is_integer(values.type):
            return self._whole(values, decrypting)
        return self._texts(values, decrypting)

    def _texts(self, texts: pa.Array, decrypting: bool, limit: int | None = None) -> pa.Array:
        return worked_in_pieces(lambda some: self._some(some, decrypting, limit), texts)

    def _some(self, texts: pa.Array, decrypting: bool, limit: int | None) -> pa.Array:
        parts: list[Part] = []
        for rows, points in by_length(texts):
            made = self._matrix(points, decrypting, limit)
            if not decrypting:
                unknown = np.flatnonzero(_has_unknown(points))
                if len(unknown):
                    self.in_no_alphabet += len(unknown)
                    drawn = digests(self._key, texts.take(pa.array(rows[unknown])))
                    shown = [f"{a:016x}{b:016x}" * (points.shape[1] // 32 + 1) for a, b in drawn.tolist()]
                    cut = "".join(each[: points.shape[1]] for each in shown)
                    made[unknown] = np.frombuffer(cut.encode(), np.uint8).reshape(len(unknown), -1)
            parts.append((rows, made))
        return column_of(len(texts), parts)

    def _whole(self, values: pa.Array, decrypting: bool) -> pa.Array:
        texts = pc.cast(values, pa.string())
        if self._width is not None:
            width = self._width
            padded = pc.utf8_lpad(pc.replace_substring(texts, "-", "", max_replacements=1), width, "0")
            texts = pc.if_else(pc.starts_with(texts, "-"), pc.binary_join_element_wise("-", padded, ""), padded)
        limit = int(np.iinfo(values.type.to_pandas_dtype()).max)
        return pc.cast(self._texts(texts, decrypting, limit), values.type)

    def _matrix(self, points: Points, decrypting: bool, limit: int | None) -> Points:
        kinds = classes(points)
        what = self._what(points, kinds, limit)
        if not decrypting:
            self.of_small_spaces += int((bits(kinds) < _LEAST_BITS).sum())
        made = points.copy()
        walking = np.flatnonzero((kinds > 0).any(axis=1))
        for _ in range(_MOST_WALKS):
            # The cycle of the permutation is walked until a value is of the kind of the original: a permutation of that kind.
            if not len(walking):
                break
            made[walking] = self._once(made[walking], what[walking], decrypting)
            walking = walking[self._is_other(made[walking], kinds[walking], limit, what[walking])]
        return made

    def _is_other(self, points: Points, kinds: Kinds, limit: int | None, what: NDArray[np.int8]) -> Bools:
        """Which rows are not of the kind that they were. Of numbers the check digits were made anew, and are right."""
        found = np.ones(len(points), np.bool_)
        others = np.flatnonzero(what != _NUMBER)
        found[others] = self._what(points[others], kinds[others], limit) != what[others]
        rows = np.flatnonzero(what == _NUMBER)
        if self._number is not None and len(rows):
            for some, _, compact in _compacted(points[rows], kinds[rows] > 0):
                found[rows[some]] = ~self._number.exists(compact)
            if limit is not None:
                found[rows] |= _beyond(points[rows], limit)
        return found

    def _what(self, points: Points, kinds: Kinds, limit: int | None) -> NDArray[np.int8]:
        found = np.full(len(points), _OTHER, np.int8)
        digits = kinds == DIGITS
        length = points.shape[1]
        signed = points[:, 0] == ord("-")
        if length > 1 and (self._is_whole or limit is not None) and self._width is None:
            whole = (digits.all(axis=1) & (points[:, 0] != ord("0"))) | (
                signed & digits[:, 1:].all(axis=1) & (points[:, 1] != ord("0"))
            )
            found[whole] = _WHOLE
        if length == 36:
            found[uuids(points)] = _UUID
        found[hexadecimal(points)] = _HEXADECIMAL
        found[internet(points)] = _INTERNET
        if self._number is not None:
            for rows, _, compact in _compacted(points, kinds > 0):
                found[rows[self._number.fits(compact)]] = _NUMBER
        if limit is not None:
            found[_beyond(points, limit)] = -1
        return found

    def _once(self, points: Points, what: NDArray[np.int8], decrypting: bool) -> Points:
        made = points.copy()
        for kind in np.unique(what).tolist():
            rows = np.flatnonzero(what == kind)
            some = points[rows]
            if kind == _NUMBER:
                made[rows] = self._as_number(some, decrypting)
            elif kind == _UUID:
                made[rows] = self._as_hexadecimal(some, decrypting, (*DASHES, *_FIXED))
            elif kind == _HEXADECIMAL and not self._first and not self._last:
                made[rows] = self._as_hexadecimal(some, decrypting)
            elif kind == _INTERNET and not self._first and not self._last:
                made[rows] = self._as_internet(some, decrypting)
            else:
                made[rows] = self._cipher.crypt(some, self._free(some), decrypting=decrypting)
        return made

    def _free(self, points: Points) -> Kinds:
        kinds = classes(points)
        if self._first or self._last:
            at = np.cumsum(kinds > 0, axis=1)
            kept = (at <= self._first) | (at > at[:, -1:] - self._last)
            # Where all would stay, nothing does.
            kept &= at[:, -1:] > self._first + self._last
            kinds = np.where(kept, 0, kinds).astype(np.uint8)
        return kinds

    def _as_number(self, points: Points, decrypting: bool) -> Points:
        assert self._number is not None
        made = points.copy()
        for rows, places, compact in _compacted(points, classes(points) > 0):
            kinds = np.where(self._number.free(compact), classes(compact), 0).astype(np.uint8)
            turned = self._number.complete(self._cipher.crypt(compact, kinds, decrypting=decrypting))
            block = made[rows]
            block[places] = turned.ravel()
            made[rows] = block
        return made

    def _as_hexadecimal(self, points: Points, decrypting: bool, fixed: tuple[int, ...] = ()) -> Points:
        """Hexadecimal digits of one case, row by row where they stand at other places; those at `fixed` stay."""
        digits = classes(points) > 0
        digits[:, list(fixed)] = False
        made = points.copy()
        alike = bool((digits == digits[:1]).all())
        for places in digits[:1] if alike else np.unique(digits, axis=0):
            rows = np.flatnonzero((digits == places).all(axis=1))
            some = points[rows]
            letters = some[:, places].astype(np.int64)
            large = ((some >= ord("A")) & (some <= ord("F"))).any(axis=1)
            values = np.where(letters <= ord("9"), letters - ord("0"), (letters | 0x20) - ord("a") + 10)
            shape = some[:, _FIXED].astype(np.uint8) if fixed else np.broadcast_to(places.astype(np.uint8), some.shape)
            sizes = np.full(values.shape, 16, np.int64)
            turned = self._cipher.crypt_numerals(values, sizes, shape, 10, decrypting=decrypting)
            signs = np.where(turned < 10, turned + ord("0"), turned - 10 + np.where(large, ord("A"), ord("a"))[:, None])
            block = made[rows]
            block[:, places] = signs
            made[rows] = block
        return made

    def _as_internet(self, points: Points, decrypting: bool) -> Points:
        """Addresses of version 4, every number as long as it was and none above 255."""
        parts = [text.split(".") for text in texts_of(points)]
        lengths = np.array([[len(each) for each in part] for part in parts], np.int64)
        values = np.array([[int(each) for each in part] for part in parts], np.int64) - _LEAST_OF_LENGTH[lengths]
        turned = self._cipher.crypt_numerals(
            values, _MOST_OF_LENGTH[lengths], lengths.astype(np.uint8), 4, decrypting=decrypting
        )
        texts = [".".join(map(str, row)) for row in (turned + _LEAST_OF_LENGTH[lengths]).tolist()]
        return np.frombuffer("".join(texts).encode(), np.uint8).reshape(points.shape).astype(points.dtype)


def _compacted(points: Points, counted: Bools) -> list[tuple[Ints, Bools, Points]]:
    """Rows without their separators, by how many characters are left: the rows, where the characters are, and they."""
    if counted.all():
        return [(np.arange(len(points)), counted, points)]
    found = []
    count = counted.sum(axis=1)
    for number in np.unique(count).tolist():
        if number:
            rows = np.flatnonzero(count == number)
            places = counted[rows]
            found.append((rows, places, points[rows][places].reshape(len(rows), number)))
    return found


def _beyond(points: Points, limit: int) -> Bools:
    """Whole numbers that are larger than the type has."""
    if points.shape[1] < len(str(limit)):
        return np.zeros(len(points), np.bool_)
    return np.array([abs(int(text)) > limit for text in texts_of(points)], np.bool_)


def _has_unknown(points: Points) -> Bools:
    if points.max(initial=0) < 0x80:
        return np.zeros(len(points), np.bool_)
    high = points > 0x7F
    rows = np.flatnonzero((high & (classes(points) == 0)).any(axis=1))
    found = np.zeros(len(points), np.bool_)
    for row in rows.tolist():
        found[row] = any(
            chr(each).isalnum()
            for each in points[row].tolist()
            if each > 0x7F and not classes(np.array([each], np.uint32))[0]
        )
    return found
