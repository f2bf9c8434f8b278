"""time_zones.csv and time_zone_offsets.csv: the clock of every time zone since 1970.

Zones whose clocks agree since 1970 share one rule. Offsets stand by the moment from which they hold, in seconds since
1970-01-01T00:00Z. Until 2066 every change is written; the 28 years before it repeat afterwards (the Gregorian calendar does
until 2100), but where a zone announces its changes beyond.
Source: IANA Time Zone Database, public domain, as packaged by tzdata; grade A.

requires: tzdata==2026.6
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

OUT = Path(__file__).parents[1] / "src" / "datamimic" / "tables"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END, LATEST = datetime(2066, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
CYCLE = timedelta(days=28 * 365 + 7)


def main() -> None:
    package = files("tzdata")
    names = package.joinpath("zones").read_text(encoding="utf-8").split()
    rules: dict[tuple[tuple[int, int], ...], int] = {}
    zones = []
    for name in sorted(names):
        with package.joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            zones.append((name, rules.setdefault(changes(ZoneInfo.from_file(file, name)), len(rules))))
    write("time_zones", "zone,rule", zones)
    write("time_zone_offsets", "rule,since,offset", [(n, *each) for rule, n in rules.items() for each in rule])


def changes(zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """(seconds since 1970, offset in seconds), the first at the beginning of 1970."""
    found = [(0, offset(zone, EPOCH))]
    day, step = EPOCH, timedelta(days=1)
    while day < LATEST:
        # A zone that changes twice within a day is not known.
        if offset(zone, day) != offset(zone, day + step):
            found.append(change(zone, day, day + step))
        day += step
    later = [(moment, seconds) for moment, seconds in found if moment >= END.timestamp()]
    repeated = all(
        offset(zone, moment) == offset(zone, END - CYCLE + (moment - END) % CYCLE)
        for moment in (END + timedelta(hours=hours) for hours in range(0, int((LATEST - END) / timedelta(hours=1)), 3))
    )
    return tuple(found[: len(found) - len(later)] if repeated else found)


def change(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[int, int]:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if offset(zone, middle) == offset(zone, before):
            before = middle
        else:
            after = middle
    return int(after.timestamp()), offset(zone, after)


def offset(zone: ZoneInfo, moment: datetime) -> int:
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def write(name: str, header: str, rows: list[tuple[object, ...]]) -> None:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (OUT / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
