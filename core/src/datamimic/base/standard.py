"""`date` and `datetime` of the standard library, whatever stands in for them meanwhile.

Tools that freeze time (freezegun, `unittest.mock.patch`) put classes of their own in the place of these two, in the module
`datetime` and in every module that has imported them. Values and definitions must not depend on when that happens.
"""

from __future__ import annotations

import datetime as calendar
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

import numpy as np


class Standard:
    """The classes themselves. They are held by a class, since such tools replace the names of modules, and taken from NumPy,
    which knows them by their address in memory, since this module may be imported while they are replaced."""

    date: Final[type[calendar.date]] = type(np.datetime64(0, "D").item())
    datetime: Final[type[calendar.datetime]] = type(np.datetime64(0, "us").item())


def standard(kind: Any) -> Any:
    """The class of the standard library that a class stands in for; anything else as it is."""
    if isinstance(kind, type):
        for original in (Standard.datetime, Standard.date):
            if issubclass(kind, original):
                return original
    elif kind is calendar.datetime:
        return Standard.datetime
    elif kind is calendar.date:
        return Standard.date
    return kind


def replaced() -> bool:
    """Does something stand in for one of them now?"""
    return calendar.date is not Standard.date or calendar.datetime is not Standard.datetime


def import_compiled(*modules: str) -> None:
    """Import compiled modules now, if something stands in for one of the classes: they would look into objects of another
    size when they are imported later, and crash. Does nothing otherwise, nor for modules that are not installed."""
    if not replaced():
        return
    stand_ins = {"date": calendar.date, "datetime": calendar.datetime}
    vars(calendar).update(date=Standard.date, datetime=Standard.datetime)
    try:
        for module in modules:
            with suppress(ImportError):
                import_module(module)
    finally:
        vars(calendar).update(stand_ins)
