"""Dates, moments, times of day and durations. Moments have no zone: they are UTC. Now is the world's clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from datamimic_models.expressions.catalogue import ATTRIBUTES, Attribute, Gives, function, method
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.moment_text import moment_text, read_moment
from datamimic_models.expressions.values import kind_name, plain

FAMILY = "Dates and times"
_EPOCH: Final = datetime(1970, 1, 1)
_DATE: Final = "date(2024, 2, 29)"
_MOMENT: Final = "datetime(2024, 2, 29, 13, 5)"


@function(
    "now",
    "datetime.now",
    "datetime.datetime.now",
    "datetime.utcnow",
    "datetime.datetime.utcnow",
    "datetime.today",
    "datetime.datetime.today",
    example="now()",
    family=FAMILY,
    gives="datetime",
    supplied="clock",
)
def now(clock: datetime) -> datetime:
    """The moment of the world's clock."""
    return clock


@function(
    "today", "date.today", "datetime.date.today", example="today()", family=FAMILY, gives="date", supplied="clock"
)
def today(clock: datetime) -> date:
    """The day of the world's clock."""
    return clock.date()


@function("date", "datetime.date", example="date(2024, 2, 29)", family=FAMILY, gives="date")
def date_of(year: int, month: int, day: int) -> date:
    """A day."""
    return date(year, month, day)


@function("datetime", "datetime.datetime", example="datetime(2024, 2, 29, 13, 5)", family=FAMILY, gives="datetime")
def datetime_of(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0
) -> datetime:
    """A moment."""
    return datetime(year, month, day, hour, minute, second, microsecond)


@function("time", "datetime.time", example="time(13, 5)", family=FAMILY, gives="time")
def time_of(hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0) -> time:
    """A time of day."""
    return time(hour, minute, second, microsecond)


@function("timedelta", "datetime.timedelta", example="timedelta(days=1, hours=2)", family=FAMILY, gives="duration")
def duration(
    days: float = 0,
    seconds: float = 0,
    microseconds: float = 0,
    milliseconds: float = 0,
    minutes: float = 0,
    hours: float = 0,
    weeks: float = 0,
) -> timedelta:
    """A length of time."""
    return timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)


@function(
    "date.fromisoformat",
    "datetime.date.fromisoformat",
    example="date.fromisoformat('2024-02-29')",
    family=FAMILY,
    gives="date",
)
def date_from_text(text: str) -> date:
    """The day that an ISO 8601 text says."""
    return date.fromisoformat(text)


@function(
    "datetime.fromisoformat",
    "datetime.datetime.fromisoformat",
    example="datetime.fromisoformat('2024-02-29T13:05:00')",
    family=FAMILY,
    gives="datetime",
)
def moment_from_text(text: str) -> datetime:
    """The moment that an ISO 8601 text says; one with an offset becomes UTC."""
    made: datetime = plain(datetime.fromisoformat(text))
    return made


@function(
    "datetime.strptime",
    "datetime.datetime.strptime",
    example="datetime.strptime('29.02.2024', '%d.%m.%Y')",
    family=FAMILY,
    gives="datetime",
)
def moment_by_format(text: str, format: str) -> datetime:
    """The moment that a text says by a format; names of days and months are English."""
    return read_moment(text, format)


@function(
    "datetime.combine",
    "datetime.datetime.combine",
    example="datetime.combine(date(2024, 2, 29), time(13, 5))",
    family=FAMILY,
    gives="datetime",
)
def combined(date: Any, time: Any) -> datetime:
    """The moment of a day and a time of day."""
    return datetime.combine(date, time)


@function(
    "datetime.fromtimestamp",
    "datetime.datetime.fromtimestamp",
    "datetime.utcfromtimestamp",
    example="datetime.fromtimestamp(0)",
    family=FAMILY,
    gives="datetime",
)
def moment_of_seconds(seconds: float) -> datetime:
    """The moment so many seconds after the beginning of 1970."""
    return _EPOCH + timedelta(seconds=seconds)


def _replaced(value: Any, **parts: int) -> Any:
    if any(name in ("tzinfo", "fold") for name in parts):
        raise Failed("moments have no zone")
    return value.replace(**parts)


def _timestamp(value: datetime) -> float:
    return (value - _EPOCH).total_seconds()


def _iso(value: Any) -> str:
    made: str = value.isoformat()
    return made


def _text(value: Any, format: str) -> str:
    if not isinstance(format, str):
        raise Failed(f"a format is a text, not {kind_name(format)}")
    return moment_text(value, format)


method("isoformat", date, time, call=_iso, example=f"{_DATE}.isoformat()", summary="as ISO 8601 text", gives="text")
method(
    "strftime",
    date,
    time,
    call=_text,
    example=f"{_DATE}.strftime('%d %B %Y')",
    summary="as text by a format; names are English",
    gives="text",
)
method("replace", date, time, call=_replaced, example=f"{_DATE}.replace(year=2028)", summary="with other parts")
method(
    "weekday",
    date,
    call=lambda day: day.weekday(),
    example=f"{_DATE}.weekday()",
    summary="the day of the week, Monday 0",
    gives="int",
)
method(
    "isoweekday",
    date,
    call=lambda day: day.isoweekday(),
    example=f"{_DATE}.isoweekday()",
    summary="the day of the week, Monday 1",
    gives="int",
)
method(
    "isocalendar",
    date,
    call=lambda day: tuple(day.isocalendar()),
    example=f"{_DATE}.isocalendar()",
    summary="year, week and day of the week of ISO 8601",
)
method(
    "toordinal",
    date,
    call=lambda day: day.toordinal(),
    example=f"{_DATE}.toordinal()",
    summary="days since the beginning of the calendar",
    gives="int",
)
method(
    "date", datetime, call=lambda moment: moment.date(), example=f"{_MOMENT}.date()", summary="its day", gives="date"
)
method(
    "time",
    datetime,
    call=lambda moment: moment.time(),
    example=f"{_MOMENT}.time()",
    summary="its time of day",
    gives="time",
)
method(
    "timestamp",
    datetime,
    call=_timestamp,
    example=f"{_MOMENT}.timestamp()",
    summary="seconds since the beginning of 1970",
    gives="float",
)
method(
    "total_seconds",
    timedelta,
    call=lambda value: value.total_seconds(),
    example="timedelta(hours=1).total_seconds()",
    summary="all of it in seconds",
    gives="float",
)


def _attribute(name: str, types: tuple[type, ...], example: str, summary: str, gives: Gives = "int") -> None:
    ATTRIBUTES.setdefault(name, []).append(Attribute(name, types, f"{example}.{name}", summary, gives))


for _name, _summary in (("year", "the year"), ("month", "the month, from 1"), ("day", "the day of the month, from 1")):
    _attribute(_name, (date,), _DATE, _summary)
for _name in ("hour", "minute", "second", "microsecond"):
    _attribute(_name, (datetime, time), _MOMENT, f"the {_name}")
_attribute("days", (timedelta,), "timedelta(days=3)", "whole days, downwards")
_attribute("seconds", (timedelta,), "timedelta(hours=1)", "seconds of the rest of a day")
_attribute("microseconds", (timedelta,), "timedelta(milliseconds=5)", "microseconds of the rest of a second")
