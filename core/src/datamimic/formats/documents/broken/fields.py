"""What breaks a message of tagged fields in blocks, SWIFT MT."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from datamimic.formats.documents.broken.choosing import chosen, put
from datamimic.formats.documents.negatives import Change, Negative

_DAY: Final = r":(?:30|3[02][A-Z]|6[024][FM]?|61|64|65):[CD]?(\d\d)((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_AMOUNT: Final = r":(?:32[A-Z]|33B|6[02][FM]|64):[^\r\n]*\d(,)\d*"
_LONGEST: Final = {"20": 16}
"""The reference of the sender, which nearly every message has."""


def negatives(mandatory: Sequence[str], longest: Mapping[str, int]) -> list[Negative]:
    """Of every such message, and of one in which these fields must be, and none of these is longer."""
    return [
        Negative("unclosed_block", "a block is closed", _unclosed),
        Negative("missing_field", "mandatory fields are there", _missing(mandatory or ("20",))),
        Negative("unknown_field", "there are only fields of the standard", _unknown),
        Negative("overlong_field", "no field is longer than the standard says", _overlong(longest or _LONGEST)),
        Negative("bad_date", "dates are days of the calendar", _bad_date),
        Negative("point_for_comma", "decimals follow a comma", _point),
        Negative("illegal_character", "characters are those of the set x", _illegal),
    ]


def _field(tag: str, text: str) -> re.Match[str] | None:
    """The field with its lines: group 1 is the first of them."""
    return re.search(rf"(?<![^\r\n]):{re.escape(tag)}:([^\r\n]*)\r?\n(?:(?!:|-\}}|-\r?\n)[^\r\n]*\r?\n)*", text)


def _unclosed(text: str, number: int) -> str | None:
    head, end, rest = text.rpartition("-}")
    return f"{head}-{rest}" if end else None


def _missing(mandatory: Sequence[str]) -> Change:
    return lambda text, number: put(text, _field(mandatory[number % len(mandatory)], text), "")


def _unknown(text: str, number: int) -> str | None:
    match = _field("20", text) or re.search(r"(?<![^\r\n]):\d\d[A-Z]?:([^\r\n]*)\r?\n", text)
    return None if match is None else put(text, match, f"{match[0]}:99Z:1\r\n")


def _overlong(longest: Mapping[str, int]) -> Change:
    tags = sorted(longest)

    def change(text: str, number: int) -> str | None:
        tag = tags[number % len(tags)]
        match = _field(tag, text)
        return None if match is None else put(text, match, match[1].ljust(longest[tag] + 1, "X"), 1)

    return change


def _bad_date(text: str, number: int) -> str | None:
    return put(text, chosen(_DAY, text, number), "0230", 2)


def _point(text: str, number: int) -> str | None:
    return put(text, chosen(_AMOUNT, text, number), ".", 1)


def _illegal(text: str, number: int) -> str | None:
    match = _field("20", text)
    return None if match is None or not match[1] else put(text, match, f"{match[1][:-1]}~", 1)
