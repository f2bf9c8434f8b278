"""The verdict of hl7apy on many messages: what it says of a text does not depend on the letters in it, so that of every
sequence of segments, of every choice of fields and of every field one of each shape is judged, and not each anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from hl7_judge import CHOICES, out_of_place, unknown_codes, values_of
from hl7_lengths import too_long
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.factories import datatype_factory
from hl7apy.parser import parse_message, parse_segment
from hl7apy.v2_5_1.segments import SEGMENTS

VERSION = "2.5.1"
READ = {"DT": "20200101", "TM": "1200", "DTM": "20200101", "NM": "1", "SI": "1"}
"""Types of which hl7apy looks at the characters, and one that it accepts; of all others it knows the length."""
SHORT = 20
"""Characters that every type of text may have."""
ENCODING = "^~\\&"
SOUND: set[Any] = set()
"""Sequences, choices and shapes that were accepted. What is refused is judged each time: it may be for a value of its own."""


def faults(message: str) -> list[str]:
    """What is wrong with a message by hl7apy, its tables, and the lengths of hl7-dictionary."""
    lines = message.rstrip("\r").split("\r")
    found = [each for line in lines for each in out_of_place(line)]
    if found:
        return found
    found = [*_of_sequence(tuple(line[:3] for line in lines), lines[0].split("|")[8], message)]
    for line in lines:
        counts = tuple(value.count("~") + 1 if value else 0 for value in line.split("|"))
        found += _of_choice(line[:3], counts, line)
        for each in values_of(line):
            found += _of_value(*each)
    return found


@lru_cache(maxsize=1 << 17)
def _of_value(name: str, place: int, value: str) -> list[str]:
    found = [*unknown_codes(name, place, value), *too_long(name, place, value)]
    path, definition, *_ = SEGMENTS[name][1][place - 1]
    if path not in ("MSH_1", "OBX_5"):
        found += _of_shape(name, place, _masked(definition, value, "^", found))
    return found


def _masked(definition: Any, value: str, separator: str, found: list[str]) -> str:
    """The shape of a value: its parts, each with an x or as many as are more than short; `found` grows by what is said of
    numbers and moments, each of which is read."""
    kind, parts, data_type, *_ = definition
    if kind == "leaf":
        if data_type not in READ or not value:
            return "x" * (len(value) if len(value) > SHORT else bool(value))
        found += _told(None, lambda: datatype_factory(data_type, value, VERSION, VALIDATION_LEVEL.STRICT))
        return READ[data_type]
    told = value.split(separator)
    known = [_masked(inner[1], part, "&", found) for inner, part in zip(parts, told, strict=False)]
    return separator.join([*known, *told[len(known) :]])


def _of_sequence(names: tuple[str, ...], kind: str, message: str) -> list[str]:
    """Of a whole message, where none of its kind with these segments was accepted before."""
    for one, other in CHOICES:
        message = message.replace(one, other)
    return _told(
        (names, kind),
        lambda: parse_message(message, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True).validate(),
    )


def _of_choice(name: str, repeated: tuple[int, ...], line: str) -> list[str]:
    """Of a segment, where none with these fields, so often, was accepted before."""
    return _told((name, repeated), lambda: _parsed(line).validate())


def _of_shape(name: str, place: int, masked: str) -> list[str]:
    line = f"{name}|{'|' * (place - 1)}{masked}" if name != "MSH" else f"MSH|{ENCODING}{'|' * (place - 2)}{masked}"
    # What else must stand in the segment is not asked for.
    return _told((name, place, masked), lambda: _parsed(line).children[-1].validate())


def _parsed(line: str) -> Any:
    return parse_segment(line, version=VERSION, validation_level=VALIDATION_LEVEL.STRICT)


def _told(shape: Any, judge: Callable[[], Any]) -> list[str]:
    if shape in SOUND:
        return []
    try:
        judge()
    except (HL7apyException, ValueError) as error:
        return [f"{type(error).__name__}: {error}"]
    if shape is not None:
        SOUND.add(shape)
    return []
