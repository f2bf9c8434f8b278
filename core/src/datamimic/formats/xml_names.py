"""Names of columns as names of XML elements, after ISO/IEC 9075-14 (SQL/XML): what a name may not hold is `_x0020_`.

Letters that are letters of a name in every edition of XML 1.0 stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LETTER = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0180-\u01c3"
    "\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u1e00-\u1e9b\u1ea0-\u1ef9"
    "\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NAME = re.compile(f"[{_LETTER}][{_LETTER}0-9.-]*")
_FIRST = re.compile(f"[^{_LETTER}]")
_OTHER = re.compile(f"[^{_LETTER}0-9.-]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4}|[0-9A-Fa-f]{6})_")


def wrong_name(name: str) -> str | None:
    """What is wrong with a name that somebody gives an element."""
    if _NAME.fullmatch(name) and not name.lower().startswith("xml"):
        return None
    return "a name of an element begins with a letter and has letters, digits, `_`, `-` and `.`"


@lru_cache(65_536)
def element_name(column: str) -> str:
    """The name of the element that stands for a column. Raises ValueError for a column without a name."""
    if not column:
        raise ValueError("a column without a name")
    # An underscore before an x would look like the beginning of a letter that is written so.
    text = column.replace("_x", "_x005F_x")
    first = text[0]
    if _FIRST.match(first) or text[:3].lower() == "xml":
        first = _code(first)
    return first + _OTHER.sub(lambda found: _code(found[0]), text[1:])


@lru_cache(65_536)
def column_name(element: str) -> str:
    """The column that an element stands for, whose name may begin with its `{namespace}`."""
    name = element.rpartition("}")[2]
    return _ESCAPED.sub(_letter, name) if "_x" in name else name


def _code(letter: str) -> str:
    point = ord(letter)
    return f"_x{point:04X}_" if point <= 0xFFFF else f"_x{point:06X}_"


def _letter(found: re.Match[str]) -> str:
    point = int(found[1], 16)
    return chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else found[0]
