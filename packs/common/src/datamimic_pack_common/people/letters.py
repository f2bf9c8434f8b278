"""Names in the letters A to Z."""

from __future__ import annotations

import unicodedata

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LETTERS = str.maketrans(
    {
        "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
        "ı": "i", "ð": "d", "þ": "th", "Þ": "Th",
    }
)  # fmt: skip


def ascii_of(value: str) -> str:
    """Letters without their marks: `Nguyễn` → `Nguyen`, `Łucja` → `Lucja`."""
    if value.isascii():
        return value
    return unicodedata.normalize("NFD", value.translate(LETTERS)).encode("ascii", "ignore").decode()


def german_ascii_of(value: str) -> str:
    """`Müller` → `Mueller`, as Germans write it where there are no umlauts."""
    return ascii_of(value.translate(GERMAN))
