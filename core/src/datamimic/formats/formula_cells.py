"""Cells that a spreadsheet would run as formulas: an apostrophe before them on writing, taken away again on reading.

Text that already begins with apostrophes before such a start gets one more, so that what is read is what was written.
Signed numbers and telephone numbers (`+49 30 1234-567`) hold no formula that could call or refer to anything: they stay.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.columns.buffers import arrow_numbers, arrow_texts, true_values
from datamimic.formats.joined_text import body_of, bytes_at

_BLANK = r"[\x00-\x20\x{85}\x{a0}\x{200b}\x{2028}\x{2029}\x{3000}\x{feff}]"
_START = rf"(?:[\t\r\n]|{_BLANK}*[=+\-@＝＋－＠﹢﹣﹦﹫])"
_NUMBER = r"[+\-](?:[0-9(][0-9 ().,/\-]*|[0-9]+(?:\.[0-9]+)?[eE][+\-]?[0-9]+)"
_MAY_RUN = np.zeros(256, dtype=np.bool_)
"""First bytes of UTF-8 that cells may have that run; few others have them."""
_MAY_RUN[[*range(0x21), *b"'=+-@", 0xC2, 0xE2, 0xE3, 0xEF]] = True
_OF_NUMBERS = b"0123456789 ().,/-+"
_AFTER_SIGN = np.zeros(256, dtype=np.bool_)
_AFTER_SIGN[[*b"0123456789("]] = True
_APOSTROPHE, _NOTHING = arrow_texts(["'", ""])


def neutralised(text: pa.Array) -> pa.Array:
    """Text (string or large_string) with an apostrophe before every cell that a spreadsheet would run."""
    risky = _runs(text, "'*")
    if risky is None:
        return text
    return pc.if_else(
        risky, pc.binary_join_element_wise(_APOSTROPHE.cast(text.type), text, _NOTHING.cast(text.type)), text
    )


def as_meant(text: pa.Array) -> pa.Array:
    """Text without the apostrophes that `neutralised` put; every other cell as it is."""
    marked = _runs(text, "''*")
    return text if marked is None else pc.if_else(marked, pc.utf8_slice_codeunits(text, 1), text)


def _runs(text: pa.Array, before: str) -> pa.Array | None:
    """Which cells would run, were it not for the apostrophes `before` them; None where no cell does."""
    if not pa.types.is_string(text.type):
        risky = _risky(text, before)
        return risky if pc.any(risky).as_py() else None
    may = _may_run(text)
    if may is None:
        return None
    places = np.flatnonzero(may)
    found = true_values(_risky(text.take(arrow_numbers(places)), before))
    if not found.any():
        return None
    runs = np.zeros(len(text), dtype=np.bool_)
    runs[places[found]] = True
    return arrow_numbers(runs)


def _risky(text: pa.Array, before: str) -> pa.BooleanArray:
    risky = pc.match_substring_regex(text, f"^{before}{_START}")
    return pc.and_not(risky, pc.match_substring_regex(text, f"^{before}{_NUMBER}$"))


def _may_run(text: pa.StringArray) -> NDArray[np.bool_] | None:
    """The cells whose first byte is one of those that cells have that run; None where none has, or where bytes alone tell that
    every one is a signed number or a telephone number, so that a column of those costs no search of each cell."""
    first = bytes_at(text, 0)
    may = _MAY_RUN[first]
    if not may.any():
        return None
    signs = (first == ord("+")) | (first == ord("-"))
    if (may & ~signs).any() or not _AFTER_SIGN[bytes_at(text, 1)[signs]].all():
        return may
    body = bytes(body_of(text))
    plus = np.count_nonzero(first == ord("+"))
    return may if body.count(b"+") > plus or body.translate(None, _OF_NUMBERS) else None
