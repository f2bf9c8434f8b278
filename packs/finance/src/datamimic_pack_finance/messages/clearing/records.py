"""Fields of fixed width, in the characters that clearing houses take."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import Piece, latin, of, together

END = "\r\n"
Convert = Callable[[pa.Array], pa.Array]


def record(*fields: Piece | str) -> Piece:
    """A line."""
    return together(*fields, END)


def blank(width: int) -> str:
    return " " * width


def letters(path: str, width: int) -> Piece:
    """A text in capital letters, digits and `. & / -`, cut and filled with blanks."""
    return of(path, latin, _capital, _filled(width))


def zeros(path: str, width: int, *steps: Convert) -> Piece:
    """A number with zeros before it."""
    return of(path, *steps, lambda column: pc.utf8_lpad(column.cast(pa.string()), width, "0"))


def day(path: str, form: str) -> Piece:
    """A day as `strftime` writes it: `%y%j` is the year and the day of the year."""
    return of(path, lambda column: pc.strftime(column, form))


def _capital(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_upper(text), "[^A-Z0-9.&/ -]", " ")


def _filled(width: int) -> Convert:
    return lambda text: pc.utf8_rpad(pc.utf8_slice_codeunits(text, 0, width), width, " ")
