"""Where card numbers stand in a text: bare, or in groups with signs between, beside letters and other numbers.

Stricter than a search for what might be somebody's (`payment_numbers.py`): whoever takes numbers out wants all of them, so
that every number counts that begins, ends and adds up as a card's does, published test numbers too. What belongs to an IBAN
or a date is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from datamimic_pack_common import recognising
from datamimic_pack_common.payment_numbers import ibans, network_of

MAYBE = r"[0-9](?:[ \-.\x{a0}]?[0-9]){11}"
"""What a text has that may hold a card number, as Arrow's expressions (RE2) write it."""
RUN = re.compile(r"[0-9]+(?:[ \-.\u00a0][0-9]+)*")
"""Digits, maybe in groups with one sign between."""
_GROUP = re.compile(r"[0-9]+")
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
    if RUN.fullmatch(text.strip()) is None:
        return None
    digits = digits_of(text)
    return digits if _SHORTEST <= len(digits) <= _LONGEST and "." not in text else None


def digits_of(text: str) -> str:
    """The digits of a text, one after the other."""
    return "".join(sign for sign in text if "0" <= sign <= "9")


def _read(text: str, groups: list[tuple[int, int]], start: int) -> int | None:
    """Behind which group a card number ends that begins with a group."""
    number = ""
    for stop in range(start, len(groups)):
        first, last = groups[stop]
        if stop > start and groups[stop - 1][1] - groups[stop - 1][0] < _LEAST_OF_GROUP:
            return None
        number += text[first:last]
        if len(number) > _LONGEST:
            return None
        if len(number) >= _SHORTEST and network_of(number) is not None:
            return stop + 1
    return None


def _overlaps(taken: list[tuple[int, int]], start: int, stop: int) -> bool:
    return any(first < stop and start < last for first, last in taken)
