"""What a CSV file of somebody else's is written like: its encoding, what stands between cells, decimal points or commas.

Looked at in this order, since each needs the one before: encoding (a byte order mark, zeros of UTF-16, else whether all of the
file is UTF-8), delimiter (the one that divides every record of the beginning into as many cells as the header), decimal comma
(a column whose cells are all numbers with one).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
"""In the order in which they are preferred where several would do."""
_LOOK = 1 << 16
_RECORDS = 200
_CHUNK = 1 << 22
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_SEPARATOR_LINE = re.compile(r'^\ufeff?"?sep=(.)"?\r?\n', re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?\d+")
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+")


def dialect_of(path: Path, encoding: str | None, delimiters: Sequence[str] = DELIMITERS) -> dict[str, str]:
    """`encoding` unless it is known, `delimiter` out of those in the order of preference, `decimal` where it is a comma."""
    encoding = encoding or encoding_of(path)
    head = _head(path, encoding)
    line = _SEPARATOR_LINE.match(head)
    if line is not None:
        head = head[line.end() :]
    delimiter = line[1] if line is not None and len(delimiters) > 1 else delimiter_of(head, delimiters)
    found = {"encoding": encoding, "delimiter": delimiter}
    if delimiter != "," and _has_decimal_commas(_records(head, delimiter)):
        found["decimal"] = ","
    return found


def encoding_of(path: Path) -> str:
    """`utf-8`, `utf-16` (also -le, -be), `utf-32`, `cp1252`, or `latin-1`, which every file is. Reads the whole file where it
    has no mark: the first letter beyond ASCII may be its last."""
    with path.open("rb") as stream:
        head = stream.read(_LOOK)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros = head[first::2].count(0)
            if len(head) > 3 and zeros > len(head) // 4 > head[1 - first :: 2].count(0):
                return encoding
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            stream.seek(0)
            return "latin-1" if any(map(_NOT_IN_CP1252.search, iter(lambda: stream.read(_CHUNK), b""))) else "cp1252"
    return "utf-8"


def lines_before_header(path: Path, encoding: str) -> int:
    """1 for a file that begins with `sep=;`, a line for Excel."""
    return int(_SEPARATOR_LINE.match(_head(path, encoding)) is not None)


def delimiter_of(text: str, delimiters: Sequence[str] = DELIMITERS) -> str:
    """The delimiter of the records at the beginning of a file; the first where none divides them."""
    best = (0.0, delimiters[0])
    for delimiter in delimiters:
        records = _records(text, delimiter)
        cells = len(records[0]) if records else 0
        if cells > 1:
            alike = sum(len(record) == cells for record in records) / len(records)
            best = max(best, (alike, delimiter), key=lambda each: each[0])
    return best[1]


def _head(path: Path, encoding: str) -> str:
    with path.open("rb") as stream:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(stream.read(_LOOK))
    return text.removeprefix("\ufeff")


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first records, without the last one, which may be cut, and without empty lines."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            records.append(record)
            if len(records) > _RECORDS:
                break
    except csv.Error:
        pass
    whole = records[:-1] if len(records) > 1 and not text.endswith("\n") else records
    return [record for record in whole if record]


def _has_decimal_commas(records: list[list[str]]) -> bool:
    """Does some column hold numbers only, and some of them with a comma?"""
    columns = zip(*(record for record in records[1:] if len(record) == len(records[0])), strict=True)
    for column in columns:
        cells = [cell.strip() for cell in column if cell.strip()]
        commas = sum(_COMMA.fullmatch(cell) is not None for cell in cells)
        if commas and all(_COMMA.fullmatch(cell) or _WHOLE.fullmatch(cell) for cell in cells):
            return True
    return False
