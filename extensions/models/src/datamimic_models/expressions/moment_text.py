"""Moments as text and back, by the directives of `strftime`: the same on every machine and in every language setting."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final

from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_PATTERN

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT_DAYS, _SHORT_MONTHS = (tuple(name[:3] for name in names) for names in (DAYS, MONTHS))
_DIRECTIVE: Final = re.compile(r"%(.?)", re.DOTALL)
_DATED: Final = frozenset("YymdjaAbBuwUWVGDFxc")
_TIMED: Final = frozenset("HIMSfpTRXc")
WHOLE: Final = {
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "c": "%a %b %d %H:%M:%S %Y",
}
"""Directives that stand for several."""


def directives(pattern: str) -> list[str]:
    """Texts and directives by turns, as in `["", "Y", "-", "m", ""]`. Raises `Failed` for a directive that is not known."""
    pieces = _DIRECTIVE.split(pattern)
    if any(name in WHOLE for name in pieces[1::2]):
        return directives(_DIRECTIVE.sub(lambda found: WHOLE.get(found[1], found[0]), pattern))
    for name in pieces[1::2]:
        if name not in _DATED | _TIMED | {"%", "z", "Z"} or not name:
            raise Failed(f"%{name} is no directive of a date's format")
    return pieces


def moment_text(value: Any, pattern: str) -> str:
    """`value.strftime(pattern)` of a date, a moment or a time of day."""
    if len(pattern) > LONGEST_PATTERN:
        raise TooLarge(f"a format of {len(pattern)} characters")
    pieces = directives(pattern)
    return "".join(piece if number % 2 == 0 else _part(value, piece) for number, piece in enumerate(pieces))


def _part(value: Any, directive: str) -> str:
    if directive == "%":
        return "%"
    if directive in "zZ":
        return ""
    if isinstance(value, time):
        at, day = value, date(1900, 1, 1)
    else:
        at, day = value.time() if isinstance(value, datetime) else time(), value
    if directive in _TIMED:
        return _time_part(at, directive)
    return _date_part(day, directive)


def _time_part(at: time, directive: str) -> str:
    if directive == "f":
        return f"{at.microsecond:06d}"
    if directive == "p":
        return "AM" if at.hour < 12 else "PM"
    number = {"H": at.hour, "I": at.hour % 12 or 12, "M": at.minute, "S": at.second}[directive]
    return f"{number:02d}"


def _date_part(day: date, directive: str) -> str:
    weekday, of_year = day.weekday(), day.timetuple().tm_yday
    match directive:
        case "Y":
            return f"{day.year:04d}"
        case "G":
            return f"{day.isocalendar()[0]:04d}"
        case "y":
            return f"{day.year % 100:02d}"
        case "m":
            return f"{day.month:02d}"
        case "d":
            return f"{day.day:02d}"
        case "j":
            return f"{of_year:03d}"
        case "V":
            return f"{day.isocalendar()[1]:02d}"
        case "U":
            return f"{(of_year + 6 - (weekday + 1) % 7) // 7:02d}"
        case "W":
            return f"{(of_year + 6 - weekday) // 7:02d}"
        case "u":
            return str(weekday + 1)
        case "w":
            return str((weekday + 1) % 7)
        case "a":
            return _SHORT_DAYS[weekday]
        case "A":
            return DAYS[weekday]
        case "b":
            return _SHORT_MONTHS[day.month - 1]
        case _:
            return MONTHS[day.month - 1]


_READ: Final = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>1[0-2]|0?[1-9])",
    "d": r"(?P<d>3[01]|[12]\d|0?[1-9])",
    "j": r"(?P<j>\d{1,3})",
    "H": r"(?P<H>2[0-3]|[01]?\d)",
    "I": r"(?P<I>1[0-2]|0?[1-9])",
    "M": r"(?P<M>[0-5]?\d)",
    "S": r"(?P<S>[0-5]?\d)",
    "f": r"(?P<f>\d{1,6})",
    "p": r"(?P<p>[AaPp][Mm])",
    "a": rf"(?P<a>{'|'.join(_SHORT_DAYS)})",
    "A": rf"(?P<A>{'|'.join(DAYS)})",
    "b": rf"(?P<b>{'|'.join(_SHORT_MONTHS)})",
    "B": rf"(?P<B>{'|'.join(MONTHS)})",
    "%": "%",
}


@lru_cache(maxsize=256)
def _reader(pattern: str) -> re.Pattern[str]:
    pieces = directives(pattern)
    written = ""
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            written += re.sub(r"(?:\\\s)+|\s+", r"\\s", re.escape(piece))
        elif piece not in _READ or (piece != "%" and f"(?P<{piece}>" in written):
            raise Failed(f"%{piece} cannot be read there")
        else:
            written += _READ[piece]
    return re.compile(written, re.IGNORECASE | re.ASCII)


def read_moment(text: str, pattern: str) -> datetime:
    """`datetime.strptime(text, pattern)`."""
    if not isinstance(text, str) or not isinstance(pattern, str):
        raise Failed("strptime takes a text and a format")
    if len(pattern) > LONGEST_PATTERN or len(text) > LONGEST_PATTERN:
        raise TooLarge(f"a date of {len(text)} characters")
    found = _reader(pattern).fullmatch(text)
    if found is None:
        raise Failed(f"{text!r} is no moment as in {pattern!r}")
    held = {name: value for name, value in found.groupdict().items() if value is not None}
    year = int(held.get("Y", 1900))
    if "y" in held:
        year = 2000 + int(held["y"]) if int(held["y"]) < 69 else 1900 + int(held["y"])
    month = int(held.get("m", 1))
    for name, names in (("b", _SHORT_MONTHS), ("B", MONTHS)):
        if name in held:
            month = [each.lower() for each in names].index(held[name].lower()) + 1
    hour = int(held.get("H", 0))
    if "I" in held:
        hour = int(held["I"]) % 12 + (12 if held.get("p", "am").lower() == "pm" else 0)
    moment = datetime(
        year,
        month,
        int(held.get("d", 1)),
        hour,
        int(held.get("M", 0)),
        int(held.get("S", 0)),
        int(held.get("f", "0").ljust(6, "0")),
    )
    if "j" in held:
        day = date.fromordinal(date(year, 1, 1).toordinal() + int(held["j"]) - 1)
        moment = datetime.combine(day, moment.time())
    return moment
