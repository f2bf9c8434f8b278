"""Cells that a spreadsheet would run as formulas: an apostrophe before them on writing, taken away again on reading.

Text that already begins with apostrophes before such a start gets one more, so that what is read is what was written.
Signed numbers and telephone numbers (`+49 30 1234-567`) hold no formula that could call or refer to anything: they stay.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_texts
from datamimic.formats.joined_text import first_bytes

_BLANK = r"[\x00-\x20\x{85}\x{a0}\x{200b}\x{2028}\x{2029}\x{3000}\x{feff}]"
_START = rf"(?:[\t\r\n]|{_BLANK}*[=+\-@＝＋－＠﹢﹣﹦﹫])"
_NUMBER = r"[+\-](?:[0-9(][0-9 ().,/\-]*|[0-9]+(?:\.[0-9]+)?[eE][+\-]?[0-9]+)"
_MAY_RUN = np.zeros(256, dtype=np.bool_)
"""First bytes of UTF-8 that cells may have that run; few others have them."""
_MAY_RUN[[*range(0x21), *b"'=+-@", 0xC2, 0xE2, 0xE3, 0xEF]] = True
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
    if pa.types.is_string(text.type) and not _MAY_RUN[first_bytes(text)].any():
        return None
    risky = pc.match_substring_regex(text, f"^{before}{_START}")
    if not pc.any(risky).as_py():
        return None
    risky = pc.and_not(risky, pc.match_substring_regex(text, f"^{before}{_NUMBER}$"))
    return risky if pc.any(risky).as_py() else None
