"""When something is due: a cron expression, an interval or one moment, read in a named time zone.

Wall clocks decide, as people do. A moment that a night of daylight saving leaves out is due when the clock has jumped; one that
comes twice is due the first time, unless the expression says every hour, which is due both times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen
from croniter import CroniterError, croniter

from datamimic import DatamimicError

_LOOK_BACK = timedelta(hours=4)
"""Wall time before which no moment of this wall time or later can lie."""
_TRIES = 500
LEAST_SECONDS = 10


@frozen
class Trigger:
    """Exactly one of the first three is set; `start` is where intervals are counted from."""

    cron: str | None = None
    every_seconds: int | None = None
    at: datetime | None = None
    start: datetime | None = None
    zone: str = "UTC"

    def after(self, moment: datetime) -> datetime | None:
        """The first time at which it is due later than `moment`, in UTC; None where it never is again."""
        if self.at is not None:
            return self.at if self.at > moment else None
        if self.every_seconds is not None:
            assert self.start is not None
            passed = (moment - self.start).total_seconds()
            steps = max(int(passed // self.every_seconds) + 1, 0)
            return self.start + timedelta(seconds=steps * self.every_seconds)
        for found in self._of_cron(moment):
            if found > moment:
                return found
        return None

    def next(self, moment: datetime, count: int) -> list[datetime]:
        """The next times, at most `count`."""
        found: list[datetime] = []
        while len(found) < count and (following := self.after(found[-1] if found else moment)) is not None:
            found.append(following)
        return found

    def _of_cron(self, moment: datetime) -> Iterator[datetime]:
        """Moments in order, beginning before `moment`; wall times are counted without a zone, and then placed in it."""
        assert self.cron is not None
        zone = ZoneInfo(self.zone)
        hourly = self.cron.split()[1].startswith("*")
        walls = croniter(self.cron, moment.astimezone(zone).replace(tzinfo=None) - _LOOK_BACK)
        late: list[datetime] = []
        for _ in range(_TRIES):
            try:
                wall: datetime = walls.get_next(datetime)
            except CroniterError:
                return  # such as 30 February
            first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
            yield from (each for each in sorted(late) if each < first)
            late = [each for each in late if each >= first]
            if second < first:  # the clock jumps over this wall time: first and second lie on both sides of the jump
                if not hourly:
                    yield _jump(zone, second, first)
                continue
            yield first
            if second > first and hourly:
                late.append(second)

    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = {"cron": self.cron, "every_seconds": self.every_seconds}
        found |= {name: None if (at := getattr(self, name)) is None else at.isoformat() for name in ("at", "start")}
        return {name: value for name, value in found.items() if value is not None}


def trigger_of(said: Mapping[str, Any], zone: str, now: datetime) -> Trigger:
    """Raises `DatamimicError` (`platform.bad_schedule`)."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _bad("there is no such time zone", "a name such as Europe/Berlin", "$.zone") from None
    given = {name: value for name, value in said.items() if value is not None}
    kinds = given.keys() & {"cron", "every_seconds", "at"}
    if len(kinds) != 1 or given.keys() - {"cron", "every_seconds", "at", "start"}:
        raise _bad("a trigger is one of cron, every_seconds and at", 'such as {"cron": "30 2 * * *"}', "$.trigger")
    if "cron" in given:
        text = given["cron"]
        if not isinstance(text, str) or len(text) > 200 or len(text.split()) != 5 or not croniter.is_valid(text):
            raise _bad("the cron expression is wrong", "five fields: minute hour day month weekday", "$.trigger.cron")
        return Trigger(cron=text, zone=zone)
    if "every_seconds" in given:
        seconds = given["every_seconds"]
        if isinstance(seconds, bool) or not isinstance(seconds, int) or not LEAST_SECONDS <= seconds <= 366 * 86_400:
            raise _bad("the interval is wrong", f"seconds, from {LEAST_SECONDS} to a year", "$.trigger.every_seconds")
        start = _moment(given["start"], place, "$.trigger.start") if "start" in given else now
        return Trigger(every_seconds=seconds, start=start, zone=zone)
    return Trigger(at=_moment(given["at"], place, "$.trigger.at"), zone=zone)


def _moment(text: Any, zone: ZoneInfo, path: str) -> datetime:
    """With an offset as it says, else in the zone."""
    try:
        made = datetime.fromisoformat(text)
        return (made if made.tzinfo is not None else made.replace(tzinfo=zone)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise _bad("the moment is wrong", "such as 2026-03-29T02:30:00", path) from None


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first moment after the clock's jump between these, to the second."""
    low, high = int(before.timestamp()), int(after.timestamp())
    offset = before.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _bad(message: str, hint: str, path: str) -> DatamimicError:
    return DatamimicError("platform.bad_schedule", message, hint=hint, path=path)
