"""What Faker makes of the clock of the machine, made of that of the run: `date_of_birth`, `past_date`, `date_this_year` …"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import frozen

from datamimic_models.model import Place
from datamimic_models.xml.calls import Call
from datamimic_models.xml.setting import failed

_EPOCH: Final = datetime(1970, 1, 1)
_UNITS: Final = {"y": 365.2425, "M": 30.436875, "w": 7.0, "d": 1.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86_400}
"""Days."""
_SPAN: Final = re.compile(r"([+-]?\d+)\s*([yMwdhms])")
_FORMS: Final = {
    "date": "%Y-%m-%d", "time": "%H:%M:%S", "iso8601": "%Y-%m-%dT%H:%M:%S", "year": "%Y", "month": "%m",
    "month_name": "%B", "day_of_month": "%d", "day_of_week": "%A", "am_pm": "%p",
}  # fmt: skip
_PERIODS: Final = ("century", "decade", "year", "month")


@frozen
class Moments:
    """`call` makes moments; `form` is how each is written, "date" for its day, nothing for itself."""

    call: Call
    form: str

    def shown(self, value: Any) -> Any:
        if value is None or not self.form:
            return value
        return value.date() if self.form == "date" else value.strftime(self.form)


def moments_of_faker(call: Call, clock: datetime, place: Place) -> Moments | None:
    """The generator that makes the same between the same moments; None for methods that do not look at the clock."""
    method, given = _given(call)
    now = clock.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    today = now.replace(hour=0, minute=0, second=0)
    if method == "date_of_birth":
        ages = {"min_age": given.get("minimum_age", 0), "max_age": given.get("maximum_age", 115)}
        return Moments(Call("BirthdateGenerator", (), ages), "date")
    days = method is not None and not method.endswith("time") and "date_time" not in method

    def moment(name: str, otherwise: Any) -> datetime:
        return _moment(given.get(name, otherwise), today if days else now, place)

    if method in _FORMS or method in ("date_time", "date_object"):
        form = str(given.get("pattern", _FORMS.get(method, ""))) if method != "date_object" else "date"
        return _between(_EPOCH, _moment(given.get("end_datetime"), now, place), form)
    limits: dict[str, Callable[[], tuple[datetime, datetime]]] = {
        "date_between": lambda: (moment("start_date", "-30y"), moment("end_date", "today")),
        "date_time_between": lambda: (moment("start_date", "-30y"), moment("end_date", "now")),
        "past_date": lambda: (moment("start_date", "-30d"), today - timedelta(days=1)),
        "past_datetime": lambda: (moment("start_date", "-30d"), now - timedelta(seconds=1)),
        "future_date": lambda: (today + timedelta(days=1), moment("end_date", "+30d")),
        "future_datetime": lambda: (now + timedelta(seconds=1), moment("end_date", "+30d")),
    }
    if method == "credit_card_expire":
        return _between(today, _moment(given.get("end", "+10y"), today, place), str(given.get("date_format", "%m/%y")))
    if method in limits:
        return _between(*limits[method](), "date" if days else "")
    period = method.rpartition("_this_")[2] if method is not None and "_this_" in method else ""
    if period in _PERIODS:
        first, next_one = _period(period, now)
        before = given.get("before_today", given.get("before_now", True))
        after = given.get("after_today", given.get("after_now", False))
        return _between(first if before else now, next_one if after else now, "date" if days else "")
    return None


def _given(call: Call) -> tuple[str | None, Mapping[str, Any]]:
    """The method, and its arguments by name."""
    named = dict(call.named)
    positional = [*call.positional]
    method = named.pop("method", None) if not positional else positional.pop(0)
    named.pop("locale", None)
    names = {
        "date": ("pattern", "end_datetime"), "time": ("pattern", "end_datetime"), "past_date": ("start_date",),
        "past_datetime": ("start_date",), "future_date": ("end_date",), "future_datetime": ("end_date",),
        "date_between": ("start_date", "end_date"), "date_time_between": ("start_date", "end_date"),
        "date_of_birth": ("tzinfo", "minimum_age", "maximum_age"),
    }  # fmt: skip
    # The locale stands between the method and its arguments.
    return method, dict(zip(names.get(str(method), ()), positional[1:], strict=False)) | named


def _between(first: datetime, last: datetime, form: str) -> Moments:
    said = {"min": f"{min(first, last):%Y-%m-%d %H:%M:%S}", "max": f"{last:%Y-%m-%d %H:%M:%S}"}
    return Moments(Call("DateTimeGenerator", (), said), form)


def _period(name: str, now: datetime) -> tuple[datetime, datetime]:
    if name == "month":
        first = datetime(now.year, now.month, 1)
        return first, (first + timedelta(days=32)).replace(day=1) - timedelta(seconds=1)
    years = {"century": 100, "decade": 10, "year": 1}[name]
    year = now.year - now.year % years
    return datetime(year, 1, 1), datetime(year + years, 1, 1) - timedelta(seconds=1)


def _moment(said: Any, now: datetime, place: Place) -> datetime:
    """`-30y`, `today`, `+1d`, a date or a moment."""
    if said is None or said in ("now", "today"):
        return now
    if isinstance(said, datetime):
        return said.replace(tzinfo=None)
    if isinstance(said, date):
        return datetime(said.year, said.month, said.day)
    if isinstance(said, int):
        return now + timedelta(days=said)
    spans = _SPAN.findall(str(said))
    if not spans or _SPAN.sub("", str(said)).strip():
        raise failed("models.bad_call", f"{said!r} is no moment", place, "-30y, +2w, today")
    return now + timedelta(days=sum(int(number) * _UNITS[unit] for number, unit in spans))
