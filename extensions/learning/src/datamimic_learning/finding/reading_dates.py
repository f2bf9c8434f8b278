"""What dates and whole numbers say by their distribution: days of birth, instants of machines, ages, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.signal import Signal

_ISO = re.compile(r"([12][0-9]{3})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?")
_TOGETHER = re.compile(r"([0-9]{2})()([0-9]{2})((?:19|20)[0-9]{2})")
_OTHER = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2}|[12][0-9]{3})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")
_WORDS = re.compile(
    r"(?i)(?:[a-zéûçãáí]+,? )?([0-9]{1,2})\.?(?:st|nd|rd|th)?[ -](?:de )?([^\W\d_]{3,10})\.?,?[ -](?:de )?([12][0-9]{3})"
    r"|([^\W\d_]{3,10})\.? ([0-9]{1,2}),? ([12][0-9]{3})"
)
_CLOCK = re.compile(r"[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)? ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?$")
_MONTHS = {
    word: month
    for month, words in enumerate(
        ("jan ene", "feb fev fév", "mar mär mrz", "apr avr abr", "may mai mag", "jun juin giu", "jul juil lug",
         "aug aoû ago aou", "sep set", "oct okt out ott", "nov", "dec dez dic déc"), 1
    )
    for word in words.split()
}  # fmt: skip
_EPOCHS = (
    (9e8, 2.2e9, "seconds"),
    (9e11, 2.2e12, "milliseconds"),
    (9e14, 2.2e15, "microseconds"),
    (9e17, 2.2e18, "nanoseconds"),
)
_LEAST = 8
"""Dates from which a distribution can be told."""


def date_signals(cells: Cells) -> Iterator[Signal]:
    """Signals for days of birth and for instants; for ages and epochs where values are whole numbers."""
    if not cells.texts:
        return
    if cells.kind == "int" or all(text.isdigit() for text in cells.texts):
        yield from _whole_numbers(cells)
    if cells.kind not in ("text", "date", "instant", "int"):
        return
    read = [_day(text) for text in cells.texts]
    share = cells.share(each is not None for each in read)
    if share < (0.95 if any(_SHORT_YEAR.fullmatch(text) for text in cells.texts[:20]) else 0.7):
        return
    days = np.array([each[0] for each in read if each is not None])
    timed = np.mean([each[1] for each in read if each is not None]) > 0.3
    years = 1970 + days / 365.2425
    yield Signal(
        "technical.instant", 5.5 if timed else 3.0, share, f"{share:.0%} are {'instants' if timed else 'dates'}"
    )
    if timed or len(days) < _LEAST or cells.kind == "int":
        return
    low, mid, high = np.quantile(years, (0.1, 0.5, 0.9))
    if years.min() < 1900 or years.max() > 2030 or np.mean(days % 1) > 0:
        return
    lived = high - low >= 18 and mid < 2008 and years.max() - years.min() <= 115
    if lived and not _first_of_month(days):
        weight = 5.2 if np.quantile(years, 0.25) < 1988 else 3.0
        yield Signal("person.birth_date", weight, share, "the dates are spread as days of birth of living people are")


def _first_of_month(days: NDArray[np.int64]) -> bool:
    """Whether most are the first of a month, as made-up and financial dates are."""
    return float(np.mean([date.fromordinal(int(each) + 719163).day == 1 for each in days])) > 0.5


def _day(text: str) -> tuple[int, bool] | None:
    """Days since 1970 of a date, and whether a time of day stands with it."""
    clock = _CLOCK.search(text)
    timed = clock is not None and clock[0].lstrip("T ")[:5] != "00:00"
    head = text[: clock.start()] if clock else text
    if len(head) > 24:
        return None
    parts: tuple[int, int, int]
    if (found := _ISO.fullmatch(head)) and 1 <= int(found[2]) <= 12:
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif found := _OTHER.fullmatch(head) or _TOGETHER.fullmatch(head):
        year = int(found[4]) if len(found[4]) == 4 else int(found[4]) + (1900 if int(found[4]) > 30 else 2000)
        first, second = int(found[1]), int(found[3])
        parts = (year, first, second) if second > 12 else (year, second, first)
    elif found := _WORDS.fullmatch(head):
        day, word, year_ = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        lower = word.lower()
        month = _MONTHS.get(lower[:4]) or _MONTHS.get(lower[:3])
        if month is None:
            return None
        parts = (int(year_), month, int(day))
    else:
        return None
    try:
        return date(*parts).toordinal() - 719163, timed
    except ValueError:
        return None


def _whole_numbers(cells: Cells) -> Iterator[Signal]:
    numbers = np.array([float(text) for text in cells.texts if re.fullmatch("-?[0-9]{1,20}", text)])
    if len(numbers) < 0.9 * len(cells.texts):
        return
    for low, high, unit in _EPOCHS:
        inside = float(np.mean((numbers >= low) & (numbers <= high)))
        if inside > 0.95:
            yield Signal("technical.instant", 4.5, inside, f"{inside:.0%} are {unit} since 1970")
    if cells.kind == "int" and float(np.abs(numbers).max()) < 10_000:
        yield Signal("technical.count", 3.5, 1.0, "small whole numbers")
    ordered = np.sort(numbers)
    if len(ordered) >= _LEAST and np.array_equal(np.diff(ordered), np.ones(len(ordered) - 1)):
        yield Signal("technical.code", 6.0, 1.0, "numbers that follow each other")


def looks_like_ages(cells: Cells) -> bool:
    """Whether whole numbers lie where completed years of life do."""
    numbers = [float(text) for text in cells.texts if re.fullmatch("[0-9]{1,3}(?:\\.[0-9]+)?", text)]
    return len(numbers) > 0.9 * len(cells.texts) and max(numbers, default=999) <= 120
