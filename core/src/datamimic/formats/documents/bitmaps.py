"""Messages with bitmaps, as ISO 8583 has them: a type, which fields there are, and the fields one after the other.

A field's form is written as the standard does: `n6` six digits, `n..19` up to 19 with two digits of length before, `ans...999`
with three; `b8` eight bytes, whose values are hexadecimal digits; `z` the signs of a track. What a standard leaves open is how
this becomes bytes: as characters throughout, bitmaps and bytes as hexadecimal digits; or packed, two digits a byte, bitmaps and
bytes as they are. Bytes are characters below 256 here: a message of packed fields is written in `latin-1`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import numpy_values
from datamimic.errors import DefinitionError, OutputError
from datamimic.formats.documents.pieces import (
    Piece,
    pieces_of,
)
from datamimic.formats.documents.rendered import (
    Rendered,
    Texts,
    filled,
    joined,
    kept_where,
    present,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.joined_text import join

Header = Literal["none", "binary", "ascii"]
FIELDS: Final = 128
_HALF: Final = 64
_FORM: Final = re.compile(r"(?P<kind>n|an|ans|as|a|x\+n|b|z)(?P<dots>\.\.\.?)?(?P<most>[0-9]{1,3})")
_ODD_OF_TRACK: Final = "F"
_HEADER: Final = 4
_DIGITS: Final = {"n": "^[0-9]*$", "b": "^[0-9A-F]*$"}


@frozen
class Bitmaps:
    """How messages of a version of the standard are written: the `forms` of its fields by number; `packed`, or as characters;
    and what stands before each message: its length in two bytes (`header="binary"`), in four digits (`"ascii"`), or nothing."""

    forms: Mapping[int, str]
    packed: bool = False
    header: Header = "none"

    def message(self, kind: Piece | str, fields: Mapping[int, Piece | str]) -> Piece:
        """`message("0100", {2: of("number"), 3: "002000", …})`: a message of a type, whose bitmap has of every row the fields
        that have a value there; absent where none that may be absent has one.

        Raises `DefinitionError` (`bad_field`) for a field without a form.
        """
        made = []
        for number, piece in sorted(zip(fields, pieces_of(list(fields.values())), strict=True)):
            form = _FORM.fullmatch(self.forms.get(number, ""))
            if form is None or not 1 < number <= FIELDS:
                raise DefinitionError("bad_field", f"field {number} of messages with bitmaps has no form")
            dots = form["dots"] or ""
            made.append(_Field(number, form["kind"], int(form["most"]), len(dots), piece))
        (of_kind,) = pieces_of([kind])
        return _Bitmapped(_Field(0, "n", 4, 0, of_kind), tuple(made), self.packed, self.header)


@frozen
class _Field:
    number: int
    kind: str
    most: int
    digits: int
    """Of the length that stands before it; 0 where it is fixed."""
    piece: Piece

    def written(self, texts: Texts, packed: bool) -> Texts:
        if isinstance(texts, str):
            return self._written(pa.array([texts]), packed)[0].as_py()
        return self._written(texts, packed)

    def _written(self, text: pa.Array, packed: bool) -> pa.Array:
        most = 2 * self.most if self.kind == "b" else self.most
        text = self._filled(text, most)
        size = pc.utf8_length(text)
        wrong = pc.greater(size, most) if self.digits else pc.not_equal(size, most)
        if pc.any(wrong).as_py():
            raise OutputError("format_unsuited", f"field {self.number} has a value of more than {most} characters")
        if self.kind in _DIGITS and pc.all(pc.match_substring_regex(text, _DIGITS[self.kind])).as_py() is False:
            raise OutputError("format_unsuited", f"field {self.number} has a value with other signs than digits")
        if not self.digits:
            return self._packed(text, size) if packed else text
        length = pc.divide(size, 2) if self.kind == "b" else size
        before = pc.utf8_lpad(length.cast(pa.string()), self.digits + self.digits % 2 if packed else self.digits, "0")
        if packed:
            before, text = bytes_of(before), self._packed(text, size)
        return join(before, text)

    def _filled(self, text: pa.Array, most: int) -> pa.Array:
        """Fixed fields at their length: digits with zeros before them, other signs with blanks behind."""
        if self.digits or self.kind == "b":
            return text
        return pc.utf8_lpad(text, most, "0") if self.kind == "n" else pc.utf8_rpad(text, most, " ")

    def _packed(self, text: pa.Array, size: pa.Array) -> pa.Array:
        """Digits as half bytes; of an odd number of them, a zero stands before a number, and an F behind a track."""
        if self.kind not in ("n", "b", "z"):
            return text
        odd = pc.equal(pc.bit_wise_and(size, 1), 1)
        if self.kind == "z":
            text = pc.if_else(odd, join(text, _ODD_OF_TRACK), text)
            return bytes_of(pc.replace_substring(text, "=", "D"))
        return bytes_of(pc.if_else(odd, join("0", text), text))


@frozen
class _Bitmapped(Piece):
    kind: _Field
    fields: tuple[_Field, ...]
    is_packed: bool
    header: Header

    def render(self, scope: Scope) -> Rendered:
        made = [each.piece.render(scope).texts for each in self.fields]
        written = [filled(each.written(text, self.is_packed)) for each, text in zip(self.fields, made, strict=True)]
        kind = filled(self.kind.written(self.kind.piece.render(scope).texts, self.is_packed))
        bits = self._bits(np.column_stack([present(text, scope.rows) for text in made]))
        whole = joined([kind, bytes_of(bits) if self.is_packed else bits, *written])
        return Rendered(kept_where(self._headed(whole), joined(made)))

    def parts(self) -> Sequence[Piece]:
        return [each.piece for each in (self.kind, *self.fields)]

    def _bits(self, there: Bools) -> pa.Array:
        """Of every row its bitmaps as hexadecimal digits: the second one where there is a field of it."""
        patterns, rows = np.unique(there, axis=0, return_inverse=True)
        texts = []
        for pattern in patterns:
            bits = np.zeros(FIELDS, np.bool_)
            bits[[each.number - 1 for each, here in zip(self.fields, pattern, strict=True) if here]] = True
            bits[0] = bits[_HALF:].any()
            texts.append(np.packbits(bits if bits[0] else bits[:_HALF]).tobytes().hex().upper())
        return pa.array(texts).take(pa.array(rows.reshape(-1)))

    def _headed(self, whole: pa.Array) -> Texts:
        if self.header == "none":
            return whole
        length = pc.utf8_length(whole)
        if self.header == "ascii":
            return joined([pc.utf8_lpad(length.cast(pa.string()), _HEADER, "0"), whole])
        digits = numpy_values(length).astype(">u2").tobytes().hex()
        places = range(0, len(digits), _HEADER)
        return joined([bytes_of(pa.array([digits[start : start + _HEADER] for start in places])), whole])


def bytes_of(text: pa.Array) -> pa.Array:
    """Hexadecimal digits, an even number of them in every value, as bytes: a character below 256 for each two."""
    if text.null_count:
        return kept_where(bytes_of(text.fill_null("")), text)
    sizes = numpy_values(pc.binary_length(text)) // 2
    raw = bytes.fromhex("".join(text.to_pylist()))
    # In UTF-8 a character from 128 on takes two bytes.
    ends = np.concatenate([[0], np.cumsum(1 + (np.frombuffer(raw, np.uint8) >= 128))])
    offsets = ends[np.concatenate([[0], np.cumsum(sizes)])].astype(np.int32)
    body = raw.decode("latin-1").encode()
    return pa.StringArray.from_buffers(len(text), pa.py_buffer(offsets), pa.py_buffer(body))
