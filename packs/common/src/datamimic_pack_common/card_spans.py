"""Where card numbers stand in a text: bare, in groups with signs between, beside letters and other numbers, in the digits of
any script, and as a spreadsheet writes them, `4.111111111111111E+15`.

Stricter than a search for what might be somebody's (`payment_numbers.py`): whoever takes numbers out wants all of them, so
that every number counts that begins, ends and adds up as a card's does, published test numbers too. What belongs to an IBAN
or a date is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import decimal

from datamimic_pack_common import recognising
from datamimic_pack_common.payment_numbers import ibans, network_of

_SIGNS = " \t\r\n._,/:|*'\u00a0\u00b7\u2007\u2009\u200a\u200b-\u200d\u2010-\u2015\u202f\u2212\ufeff-"
"""What stands between groups: blanks, also those without width, dashes, points."""
BETWEEN = f"[{_SIGNS}]{{0,3}}"
"""Between two digits of a number, also as Arrow's expressions (RE2) write it."""
MAYBE = rf"\p{{Nd}}(?:{BETWEEN}\p{{Nd}}){{11}}"
"""What a text has that may hold a card number, as Arrow's expressions write it."""
RUN = re.compile(rf"\d+(?:[{_SIGNS}]{{1,3}}\d+)*")
"""Digits, maybe in groups with signs between."""
_GROUP = re.compile(r"\d+")
_SCIENTIFIC = re.compile(r"(?<![\d.])(\d\.\d{11,18})[eE]\+?1\d(?!\d)")
"""A number as long as a card's in the notation of spreadsheets."""
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]{1,9})?)?)?")
_SHORTEST, _LONGEST = 12, 19
_LEAST_OF_GROUP = 3
"""Digits of each group of a number but the last: dates and times are written in smaller ones."""


def card_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every card number of a text, in order; of readings that overlap the first, and the shortest there."""
    taken = [each.span() for each in _MOMENT.finditer(text)]
    for found in ibans().finditer(text):
        if recognising.iban(found[1].replace("-", "")):
            taken.append(found.span(1))
    for found in _SCIENTIFIC.finditer(text):
        if network_of(digits_of(found[1])) is not None:
            taken.append(found.span())
            yield found.span(1)
    for run in RUN.finditer(text):
        groups = [each.span() for each in _GROUP.finditer(text, run.start(), run.end())]
        start = 0
        while start < len(groups):
            stop = _read(text, groups, start)
            if stop is None or _overlaps(taken, groups[start][0], groups[stop - 1][1]):
                start += 1
                continue
            yield groups[start][0], groups[stop - 1][1]
            start = stop


def bare_number(text: str) -> str | None:
    """The digits of a text that holds nothing but a number as long as a card's, maybe in groups; None of any other."""
    span = bare_span(text)
    return None if span is None else digits_of(text[slice(*span)])


def bare_span(text: str) -> tuple[int, int] | None:
    """Where the digits begin and end of a text that holds nothing else."""
    inside = text.strip()
    start = text.find(inside)
    scientific = _SCIENTIFIC.fullmatch(inside)
    if scientific is not None:
        return start, start + scientific.end(1)
    if RUN.fullmatch(inside) is None or "." in inside or not _SHORTEST <= len(digits_of(inside)) <= _LONGEST:
        return None
    return start, start + len(inside)


def digits_of(text: str) -> str:
    """The digits of a text, of any script, one after the other."""
    return "".join(str(decimal(sign)) for sign in text if sign.isdecimal())


def _read(text: str, groups: list[tuple[int, int]], start: int) -> int | None:
    """Behind which group a card number ends that begins with a group."""
    number = ""
    for stop in range(start, len(groups)):
        first, last = groups[stop]
        if stop > start and groups[stop - 1][1] - groups[stop - 1][0] < _LEAST_OF_GROUP:
            return None
        number += digits_of(text[first:last])
        if len(number) > _LONGEST:
            return None
        if len(number) >= _SHORTEST and network_of(number) is not None:
            return stop + 1
    return None


def _overlaps(taken: list[tuple[int, int]], start: int, stop: int) -> bool:
    return any(first < stop and start < last for first, last in taken)
