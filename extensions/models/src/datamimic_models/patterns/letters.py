"""Classes of letters that regular expressions name, as far as texts are written of them."""

from __future__ import annotations

from typing import Final

PRINTABLE: Final = frozenset(map(chr, range(0x20, 0x7F)))
"""What `.` and what is left of a class that says what it is not stands for."""
_DIGITS: Final = frozenset("0123456789")
WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_SPACE: Final = frozenset(" ")
CLASSES: Final = {
    "d": _DIGITS,
    "D": PRINTABLE - _DIGITS,
    "w": WORD,
    "W": PRINTABLE - WORD,
    "s": _SPACE,
    "S": PRINTABLE - _SPACE,
}
NAMED: Final = {
    "alpha": frozenset(each for each in WORD if each.isalpha()),
    "digit": _DIGITS,
    "alnum": WORD - {"_"},
    "word": WORD,
    "upper": frozenset(each for each in WORD if each.isupper()),
    "lower": frozenset(each for each in WORD if each.islower()),
    "punct": frozenset(each for each in PRINTABLE if not each.isalnum() and each != " "),
    "space": _SPACE,
    "blank": _SPACE,
    "xdigit": frozenset("0123456789abcdefABCDEF"),
    "graph": PRINTABLE - _SPACE,
    "print": PRINTABLE,
}
"""Classes in brackets, `[[:alpha:]]`, as PostgreSQL has them."""
PROPERTIES: Final = {
    "L": NAMED["alpha"],
    "Lu": NAMED["upper"],
    "Ll": NAMED["lower"],
    "N": _DIGITS,
    "Nd": _DIGITS,
    "P": frozenset(each for each in "!\"#%&'()*,-./:;?@[\\]_{}"),
    "S": frozenset("$+<=>^`|~"),
    "Z": _SPACE,
    "Zs": _SPACE,
}
"""`\\p{L}`, as ECMAScript, Java and RE2 have them."""
OTHER_PROPERTIES: Final = {"Letter": "L", "Alphabetic": "L", "Alpha": "L", "Number": "N", "Punctuation": "P"}
CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
