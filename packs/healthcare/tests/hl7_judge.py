"""What judges messages of HL7 version 2.5.1: hl7apy's definitions, strictly, and the values of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.parser import parse_message
from hl7apy.v2_5_1.segments import SEGMENTS
from hl7apy.v2_5_1.tables import TABLES

LATER = {
    "HL70203": {"LANR"},
    "HL70396": {"I10C", "UCUM", "NIP001"},
}
"""Codes that HL7 put into its tables after version 2.5.1."""
PATTERNS = {"HL70396": re.compile(r"I10G\d{4}|HL7\d{4}"), "HL70292": re.compile(r"\d{2,3}")}
"""What tables name by a pattern: editions of the German ICD-10, HL7's own tables; vaccines of CVX, which the CDC numbers on."""
CHOICES = (("ORM^O01^ORM_O01", "OMG^O19^OMG_O19"), ("ORR^O02^ORR_O02", "ORG^O20^ORG_O20"))
"""hl7apy takes the choice of order details in ORM and ORR for a sequence, which none can fulfil; the structures of OMG and
ORG are the same for laboratory orders."""
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def split(stream: str) -> list[str]:
    """The messages of a stream."""
    return [f"MSH|{each}" for each in stream.split("MSH|")[1:]]


def faults(message: str) -> list[str]:
    """What is wrong with a message; nothing where all is right."""
    found = [*_of_values(message)]
    for name, other in CHOICES:
        message = message.replace(name, other)
    try:
        parse_message(message, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True).validate()
    except (HL7apyException, ValueError) as error:
        found.append(f"{type(error).__name__}: {error}")
    return found


def _of_values(message: str) -> Iterator[str]:
    for line in message.rstrip("\r").split("\r"):
        yield from out_of_place(line)
        for name, place, value in values_of(line):
            yield from unknown_codes(name, place, value)


def out_of_place(line: str) -> Iterator[str]:
    """What is wrong with a segment as a whole: that nobody knows it, that a number is none, a character that is not printed."""
    name, *fields = line.split("|")
    if not line.isprintable():
        yield f"a character of control in {line!r}"
    if name not in SEGMENTS:
        yield f"unknown segment {name}"
    if name == "OBX" and fields[1] == "NM" and not NUMBER.fullmatch(fields[4]):
        yield f"OBX-5 is no number: {fields[4]}"


def values_of(line: str) -> Iterator[tuple[str, int, str]]:
    """The segment's name, the number of a field, and one of its values."""
    name, *fields = line.split("|")
    known = name in SEGMENTS
    for place, value in enumerate(fields, 2 if name == "MSH" else 1):
        if value and known and (name, place) != ("MSH", 2):
            for each in value.split("~"):
                yield name, place, each


def unknown_codes(name: str, place: int, value: str) -> Iterator[str]:
    """The codes of a value that are not in their tables."""
    path, definition, *_ = SEGMENTS[name][1][place - 1]
    yield from _of_part(path, definition, value, "^")


def _of_part(path: str, definition: Any, value: str, separator: str) -> Iterator[str]:
    kind, parts, _, _, table, *_ = definition
    if not value:
        return
    if kind == "leaf":
        if table in TABLES and not _in_table(table, value):
            yield f"{path} is {value!r}, which is not in {table}"
        return
    values = value.split(separator)
    if table in TABLES and values[0] and table != "HL70361" and not _in_table(table, values[0]):
        yield f"{path} is {values[0]!r}, which is not in {table}"
    for (inner, (*deeper,), *_), part in zip(parts, values, strict=False):
        yield from _of_part(f"{path}/{inner}", deeper, part, "&")


def _in_table(table: str, value: str) -> bool:
    known = {*TABLES[table][1], *LATER.get(table, ())}
    return value in known or "..." in known or (table in PATTERNS and PATTERNS[table].fullmatch(value) is not None)
