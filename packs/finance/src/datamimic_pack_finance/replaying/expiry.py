"""Expiry dates in the forms in which they are written, moved by whole months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from typing import Final

_MONTH, _SHORT, _LONG = r"(?P<month>0[1-9]|1[0-2])", r"(?P<year>[0-9]{2})", r"(?P<year>20[0-9]{2})"
FORMS: Final = {
    "MM/YY": re.compile(rf"{_MONTH}(?P<between>[/\-. ]){_SHORT}"),
    "MM/YYYY": re.compile(rf"{_MONTH}(?P<between>[/\-. ]){_LONG}"),
    "YYYY-MM": re.compile(rf"{_LONG}(?P<between>[/\-. ]){_MONTH}"),
    "YYYY-MM-DD": re.compile(rf"{_LONG}-{_MONTH}-(?P<day>[0-3][0-9])"),
    "YYMM": re.compile(rf"{_SHORT}{_MONTH}"),
    "MMYY": re.compile(rf"{_MONTH}{_SHORT}"),
    "YYYYMM": re.compile(rf"{_LONG}{_MONTH}"),
    "MMYYYY": re.compile(rf"{_MONTH}{_LONG}"),
}
"""How expiry dates are written. Which of two forms digits alone have, the values of a whole column tell, or nothing does."""


def forms_of(texts: Iterable[str], among: Iterable[str] = tuple(FORMS)) -> list[str]:
    """The forms that all texts have."""
    left = list(among)
    for text in texts:
        left = [form for form in left if FORMS[form].fullmatch(text)]
    return left


def moved(text: str, form: str, months: int) -> str | None:
    """An expiry date so many months later, in its form; the last day of a month stays the last. None where it has another."""
    found = FORMS[form].fullmatch(text)
    if found is None:
        return None
    wide = len(found["year"]) == 4
    year = int(found["year"]) + (0 if wide else 2000)
    count = year * 12 + int(found["month"]) - 1 + months
    parts = {"year": f"{count // 12}" if wide else f"{count // 12 % 100:02}", "month": f"{count % 12 + 1:02}"}
    if form == "YYYY-MM-DD":
        last, whole = monthrange(year, int(found["month"]))[1], monthrange(count // 12, count % 12 + 1)[1]
        day = whole if int(found["day"]) == last else min(int(found["day"]), whole)
        return f"{parts['year']}-{parts['month']}-{day:02}"
    between = found.groupdict().get("between") or ""
    return between.join(parts[name] for name in sorted(("year", "month"), key=found.start))
