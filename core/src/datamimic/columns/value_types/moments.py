"""Dates, moments, times of day and durations: NumPy datetime64 and timedelta64 arrays, masked where they are null."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, time, timedelta, tzinfo
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen
from numpy.typing import NDArray

from datamimic.base.standard import Standard
from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.value_types.numbers import Scalar
from datamimic.columns.value_types.value_type import ValueType
from datamimic.errors import DefinitionError, excerpt

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@frozen
class Date(Scalar):
    dtype = np.dtype("datetime64[D]")
    may_be_nan = True
    casts = "M"
    types = (Standard.date, np.datetime64)
    arrow = pa.date32()
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def stands_for(self, made: ValueType) -> bool:
        return isinstance(made, Date | DateTime)

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        return arrow_numbers(values.astype(np.int64).astype(np.int32), missing).view(pa.date32())

    def _values(self, array: pa.Array) -> NDArray[Any]:
        days = array.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
        return np.asarray(days.fill_null(0)).view(self.dtype)

    def _objects(self, values: NDArray[Any]) -> list[Any]:
        # A birth date comes back many times in a batch: objects are made once per distinct day where days are few.
        days = values.astype(np.int64)
        if len(days) > 512:
            low, high = int(days.min()), int(days.max())
            if high - low < 4 * len(days):
                span = np.arange(low, high + 1).astype(self.dtype).astype(object)
                return span[days - low].tolist()
        return values.tolist()

    def _number(self, value: Any, where: str) -> Any:
        return np.datetime64(value, "D")

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def from_json(self, value: Any, path: str) -> Any:
        return _parsed(self, Standard.date, value, path)


@frozen
class DateTime(Scalar):
    """Moments: UTC in flight, whatever the zone; Arrow and Python show them in the zone."""

    zone: str = ""

    dtype = np.dtype("datetime64[us]")
    may_be_nan = True
    casts = "M"
    types = (Standard.datetime,)
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "date-time"}

    def __attrs_post_init__(self) -> None:
        try:
            self.tzinfo  # noqa: B018 - asked for, so that a zone that is not known is refused here
        except (OSError, ValueError, KeyError):
            raise DefinitionError(
                "bad_field",
                f"there is no time zone {excerpt(self.zone)}",
                hint="a name as in Europe/Berlin; a system without time zones needs: pip install tzdata",
            ) from None

    @property
    def tzinfo(self) -> tzinfo:
        return ZoneInfo(self.zone) if self.zone else UTC

    @property
    def name(self) -> str:
        return f"datetime in {self.zone}" if self.zone else "datetime"

    @property
    def arrow(self) -> pa.DataType:
        return pa.timestamp("us", tz=self.zone or "UTC")

    def in_zone(self, zone: str) -> ValueType:
        return self if self.zone else evolve(self, zone=zone)

    def stands_for(self, made: ValueType) -> bool:
        return isinstance(made, Date | DateTime)

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        return arrow_numbers(values.astype(np.int64), missing).view(self.arrow)

    def _parsed(self, text: pa.Array) -> pa.Array:
        return text.cast(pa.timestamp("us", tz="UTC"))

    def _values(self, array: pa.Array) -> NDArray[Any]:
        if pa.types.is_timestamp(array.type) and array.type.tz is None:
            array = array.cast(pa.timestamp("us")).view(pa.timestamp("us", tz="UTC"))
        moments = array.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
        return np.asarray(moments.fill_null(0)).view(self.dtype)

    def _objects(self, values: NDArray[Any]) -> list[Any]:
        moments = [value.replace(tzinfo=UTC) for value in values.astype(self.dtype).tolist()]
        if not self.zone:
            return moments
        zone = self.tzinfo
        return [moment.astimezone(zone) for moment in moments]

    def _number(self, value: Any, where: str) -> Any:
        return np.datetime64(value.astimezone(UTC).replace(tzinfo=None), "us")

    def misfit(self, value: Any, where: str) -> str | None:
        found = super().misfit(value, where)
        if found is None and value.utcoffset() is None:
            return f"{where} is {value!r}, which has no time zone"
        return found

    def to_json(self, value: Any) -> Any:
        offset = value.utcoffset()
        if offset and offset % timedelta(minutes=1):
            # Offsets of other than whole minutes, as some zones once had, are not written by RFC 3339.
            value = value.astimezone(UTC)
        return value.isoformat().replace("+00:00", "Z")

    def from_json(self, value: Any, path: str) -> Any:
        made = _parsed(self, Standard.datetime, value, path)
        return made.astimezone(self.tzinfo) if self.zone and made.tzinfo is not None else made


@frozen
class TimeOfDay(Scalar):
    """Times of day without a zone: timedelta64[us] since midnight in flight."""

    dtype = np.dtype("timedelta64[us]")
    may_be_nan = True
    casts = "m"
    types = (time,)
    arrow = pa.time64("us")
    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}(\.\d{6})?$"}

    def conformed(self, column: Any, where: str) -> Any:
        made = super().conformed(column, where)
        known = made.compressed() if isinstance(made, np.ma.MaskedArray) else made
        if len(known) and (known.min() < np.timedelta64(0, "us") or known.max() >= np.timedelta64(1, "D")):
            raise DefinitionError(
                "wrong_type", f"{where} is declared {self}, but is not within a day", hint="microseconds since midnight"
            )
        return made

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        return arrow_numbers(values.astype(np.int64), missing).view(self.arrow)

    def _parsed(self, text: pa.Array) -> pa.Array:
        return _each_once(text, time.fromisoformat, self.arrow)

    def _values(self, array: pa.Array) -> NDArray[Any]:
        moments = array.cast(pa.time64("us")).cast(pa.int64())
        return np.asarray(moments.fill_null(0)).view(self.dtype)

    def _objects(self, values: NDArray[Any]) -> list[Any]:
        midnight = np.datetime64(0, "us")
        return [moment.time() for moment in (midnight + values).tolist()]

    def _number(self, value: Any, where: str) -> Any:
        seconds = (value.hour * 60 + value.minute) * 60 + value.second
        return np.timedelta64(seconds * 1_000_000 + value.microsecond, "us")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, time) and value.tzinfo is None

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def from_json(self, value: Any, path: str) -> Any:
        return _parsed(self, time, value, path)


@frozen
class Duration(Scalar):
    """Lengths of time: timedelta64[us] in flight, ISO 8601 in text (`P1DT2H30M`, `-PT0.5S`)."""

    dtype = np.dtype("timedelta64[us]")
    may_be_nan = True
    casts = "m"
    types = (timedelta, np.timedelta64)
    arrow = pa.duration("us")
    schema: ClassVar[dict[str, Any]] = {"type": "string", "format": "duration"}

    def _array(self, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> pa.Array:
        return arrow_numbers(values.astype(np.int64), missing).view(self.arrow)

    def _parsed(self, text: pa.Array) -> pa.Array:
        return _each_once(text, duration_of, self.arrow)

    def _values(self, array: pa.Array) -> NDArray[Any]:
        if pa.types.is_interval(array.type):
            # Databases tell months, days and the rest apart; of ours, none has months.
            parts = [(0, 0, 0) if value is None else tuple(value) for value in array.to_pylist()]
            units = [days * 86_400_000_000 + nanoseconds // 1_000 for _, days, nanoseconds in parts]
            return np.array(units, dtype=np.int64).view(self.dtype)
        units = array.cast(self.arrow).cast(pa.int64())
        return np.asarray(units.fill_null(0)).view(self.dtype)

    def _number(self, value: Any, where: str) -> Any:
        return np.timedelta64(value, "us")

    def to_json(self, value: Any) -> Any:
        return duration_text(value)

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, timedelta):
            return value
        try:
            return duration_of(value)
        except (ValueError, TypeError):
            raise self.not_this(value, path) from None


def _parsed(kind: ValueType, cls: Any, value: Any, path: str) -> Any:
    if not isinstance(value, str):
        if isinstance(value, cls):
            return value
        raise kind.not_this(value, path)
    try:
        return cls.fromisoformat(value)
    except ValueError as error:
        raise kind.not_this(value, path) from error


def _each_once(text: pa.Array, parse: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """The values of texts, of which Arrow reads none, each distinct one parsed once."""
    coded = text.dictionary_encode()
    return pa.array([parse(each) for each in coded.dictionary.to_pylist()], kind).take(coded.indices)


_ISO = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)(?:\.(?P<rest>\d{1,6}))?S)?)?"
)


def duration_text(value: timedelta) -> str:
    """ISO 8601: `P1DT2H30M`, `PT0.25S`, `-PT90S` never, but `-PT1M30S`; nothing is `PT0S`."""
    units = value // _MICROSECOND
    rest, micro = divmod(abs(units), 1_000_000)
    days, rest = divmod(rest, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M")) if number)
    if micro:
        clock += f"{seconds}.{micro:06d}".rstrip("0") + "S"
    elif seconds:
        clock += f"{seconds}S"
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if units < 0 else "") + "P" + (text or "T0S")


def duration_of(text: str) -> timedelta:
    """The duration that a text says. Raises ValueError for what is no ISO 8601 of days, hours, minutes and seconds."""
    found = _ISO.fullmatch(text)
    if found is None or text.endswith(("P", "T")):
        raise ValueError(f"{excerpt(text)} is no duration as in P1DT2H30M")
    parts = {name: int(found[name] or 0) for name in ("days", "hours", "minutes", "seconds")}
    made = timedelta(**parts, microseconds=int((found["rest"] or "0").ljust(6, "0")))
    return -made if found["sign"] else made


def zone(name: str) -> DateTime:
    """`Annotated[datetime, zone("Europe/Berlin")]`: moments that Arrow and Python show in the zone of this `name`. A rule
    returns UTC, datetime64[us], as for every moment."""
    return DateTime(zone=name)


__all__ = ["Date", "DateTime", "Duration", "TimeOfDay", "duration_of", "duration_text", "zone"]
