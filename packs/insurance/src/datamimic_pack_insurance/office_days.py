"""The days on which insurers work: Monday to Friday but for the holidays of the table `office_holidays`."""

from __future__ import annotations

from datamimic import Data, WorkingDays

_KNOWN: dict[str, WorkingDays] = {}


def office_days(data: Data) -> WorkingDays:
    """Those of the world's country, made once per table; holidays are known of 2000 to 2050."""
    table = data["office_holidays"]
    if table.file not in _KNOWN:
        _KNOWN[table.file] = WorkingDays.of(table.dates("date"))
    return _KNOWN[table.file]
