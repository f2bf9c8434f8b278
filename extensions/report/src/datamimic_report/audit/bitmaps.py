"""ISO 8583 in characters, versions 1987 and 1993: values by the number of their field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from datamimic_report.audit.leaves import Collector

HEAD: Final = re.compile(r"(?P<length>\d{4})?(?P<type>[01]\d{3})(?P<bitmap>[0-9A-F]{16})")
"""How a file of such messages begins: the length in four digits or nothing, a type, a bitmap."""
_AMOUNTS: Final = frozenset({4, 5, 6})
_CURRENCY: Final = {4: 49, 5: 50, 6: 51}
_REFERENCE: Final = "37"
"""The field that tells transactions apart."""
_WHOLE: Final = frozenset({"152", "174", "392", "410", "600", "704", "950", "952"})
"""Currencies of ISO 4217 without parts that cards pay in."""


def _lengths(text: str) -> dict[int, int]:
    """Lengths of fields by number, `3:6 74-81:10`; a negative one is so many digits of length before the field."""
    found = {}
    for each in text.split():
        numbers, _, length = each.partition(":")
        first, _, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            found[number] = int(length)
    return found


_BOTH: Final = (
    "2:-2 3:6 4-6:12 7:10 8-10:8 11:6 14:4 16-18:4 19-21:3 23-24:3 27:1 32-35:-2 36:-3 37:12 38:6 40:3 41:8 42:15 45:-2 "
    "46-48:-3 49-51:3 52:16 54-55:-3 59-63:-3 64:16 67:2 68-70:3 73:6 74-81:10 86-89:16 97:17 98:25 99-103:-2 104-127:-3 128:16"
)
_OF_1987: Final = _lengths(
    f"{_BOTH} 12:6 13:4 15:4 22:3 25-26:2 28-31:9 39:2 43:40 44:-2 53:16 56-58:-3 65:2 66:1 71-72:4 82-85:12 90:42 91:1 92:2 "
    "93:5 94:7 95:42 96:16"
)
_OF_1993: Final = _lengths(
    f"{_BOTH} 12:12 13:4 15:6 22:12 25-26:4 28:6 29:3 30:24 31:-2 39:3 43-44:-2 53:-2 56:-2 57:3 58:-2 66:-3 71:8 72:-3 "
    "82-85:10 90:10 93-95:-2 96:-3"
)


def read_bitmaps(text: str, collector: Collector) -> None:
    """The messages of a file, a record each. Raises ValueError for what does not go on as it begins."""
    for kind, fields in _messages(text):
        made = collector(f"ISO 8583 {kind}")
        made.output.stage, made.output.declared = kind[1], {"primary_key": _REFERENCE}
        owner = made.begin()
        for number, value in fields.items():
            if number in _AMOUNTS:
                whole = fields.get(_CURRENCY[number]) in _WHOLE
                value = value.lstrip("0") or "0" if whole else f"{int(value) / 100:.2f}"
            made.add(str(number), value.strip(), owner)


def _messages(text: str) -> Iterator[tuple[str, Mapping[int, str]]]:
    at, size = 0, len(text.rstrip("\r\n"))
    while at < size:
        head = HEAD.match(text, at)
        if head is None:
            raise ValueError(f"there is no message of ISO 8583 at character {at}")
        fields, at = _fields(text, head)
        yield head["type"], fields


def _fields(text: str, head: re.Match[str]) -> tuple[dict[int, str], int]:
    lengths = _OF_1987 if head["type"].startswith("0") else _OF_1993
    bits, at = f"{int(head['bitmap'], 16):064b}", head.end()
    if bits[0] == "1":
        bits, at = bits + f"{int(text[at : at + 16], 16):064b}", at + 16
    found: dict[int, str] = {}
    for number, bit in enumerate(bits, 1):
        if bit == "0" or number == 1:
            continue
        length = lengths.get(number)
        if length is None:
            raise ValueError(f"field {number} of a message of ISO 8583 is not known")
        if length < 0:
            at, length = at - length, int(text[at : at - length])
        found[number] = text[at : at + length]
        at += length
    if head["length"] and at - head.start() != int(head["length"]) + len(head["length"]):
        raise ValueError(f"the message of ISO 8583 at character {head.start()} has another length than it says")
    return found, at
