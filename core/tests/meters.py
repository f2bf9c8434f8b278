"""A pack with a value of every kind: what tests send through formats, databases, data frames and the contract."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import numpy as np
from fleet import DATA

from datamimic import (
    DatasetSource,
    Draw,
    GeoPoint,
    Lists,
    Maps,
    Pack,
    Registry,
    Struct,
    Text,
    check,
    choice,
    copy_of,
    decimals,
    duration_between,
    entity,
    field,
    hookimpl,
    random_bytes,
    random_uuid,
    record,
    row_rule,
    time_between,
    unsigned,
    zone,
)
from datamimic.columns import Bools, Ints

Price = Annotated[Decimal, decimals(4)]
Exact = Annotated[Decimal, decimals(18, 18)]
InBerlin = Annotated[datetime, zone("Europe/Berlin")]
Serial = Annotated[int, unsigned()]


class Status(Enum):
    """How a meter is."""

    ACTIVE = "active"
    BROKEN = "broken, 'really'"


class Phase(IntEnum):
    """Of a current."""

    ONE = 1
    THREE = 3


@record
class Reading:
    """A reading within a history."""

    at: InBerlin
    value: Price
    by: UUID | None


@record
class Span:
    """Readings within a history."""

    readings: list[Reading]
    lasted: timedelta


@record
class History:
    """What was read: structs in lists in structs."""

    spans: list[Span]
    source: Literal["remote", "by hand"]


def masked(values: Any, draw: Draw) -> Any:
    return np.ma.MaskedArray(values, draw.chance(0.4, "missing"))


def exact(draw: Draw) -> Ints:
    return draw.integers(-(10**17), 10**17)


def history(draw: Draw) -> Struct:
    spans = draw.integers(0, 2, "spans")
    span = draw.items(spans, "span")
    counts = span.integers(0, 2, "counts")
    each = span.items(counts, "reading")
    moments = np.datetime64("2025-10-25T20:00:00", "us") + each.integers(0, 90_000, "at").astype("timedelta64[s]")
    by = Text.coded(np.where(each.chance(0.5, "known"), 0, -1), [str(UUID(int=7))])
    readings = Struct({"at": moments, "value": each.integers(0, 10**6, "value"), "by": by})
    lasted = span.integers(0, 10**9, "lasted").astype("timedelta64[us]")
    source = Text.coded(draw.integers(0, 1, "source"), ("remote", "by hand"))
    return Struct(
        {"spans": Lists(spans, Struct({"readings": Lists(counts, readings), "lasted": lasted})), "source": source}
    )


def tariffs(draw: Draw) -> Maps:
    counts = draw.integers(0, 2, "count")
    each = draw.items(counts, "each")
    return Maps(counts, Text.coded(each.rows % 2, ("day", "night")), each.integers(1, 9_999, "price"))


def digits(draw: Draw) -> Lists:
    present = draw.chance(0.5, "there")
    counts = np.where(present, 3, 0)
    return Lists(counts, draw.items(counts, "digits").integers(0, 9), present)


def note(draw: Any) -> bytes | None:
    return None if draw.chance(0.3, "none") else bytes([draw.integer(0, 255, "byte"), 0])


@entity("meter", zone="America/New_York")
class Meter:
    """A meter with a value of every kind."""

    meter_id: UUID = field(random_uuid(), key=True, doc="number")
    price: Price = field(lambda draw: draw.integers(-(10**6), 10**6), doc="price", unit="EUR")
    price_before: Price | None = field(lambda price, draw: masked(price + 1, draw), doc="price before")
    exact: Exact = field(exact, doc="a factor")
    whole: Annotated[Decimal, decimals(0)] = field(lambda draw: draw.integers(0, 99), doc="without decimals")
    status: Status = field(choice(Status, weights=[9, 1]), doc="how it is")
    status_before: Status | None = field(lambda status, draw: status.where(draw.chance(0.5)), doc="how it was")
    phase: Phase = field(choice(Phase), doc="phases")
    medium: Literal["power", "gas"] = field(choice(["power", "gas"]), doc="what it measures")
    read_at: time = field(time_between(time(6), time(20)), doc="when it is read")
    closes_at: time | None = field(
        lambda draw: masked(draw.integers(0, 86_399_999_999).astype("timedelta64[us]"), draw), doc="when it closes"
    )
    interval: timedelta = field(duration_between(timedelta(0), timedelta(days=40)), doc="between readings")
    drift: timedelta | None = field(
        lambda draw: masked(draw.integers(-(10**8), 10**8).astype("timedelta64[us]"), draw), doc="of its clock"
    )
    secret: bytes = field(random_bytes(3, 8), doc="a secret")
    note: bytes | None = field(row_rule(note), doc="bytes, made row by row")
    made_at: datetime = field(
        lambda clock, draw: clock.instant - draw.integers(0, 10**8).astype("timedelta64[s]"), doc="when it was made"
    )
    seen_at: InBerlin | None = field(lambda made_at, draw: masked(made_at, draw), doc="when it was seen")
    counter: Serial = field(lambda draw: draw.bits(), doc="a counter")
    position: GeoPoint = field(
        lambda draw: Struct({"latitude": draw.uniform("a") * 90, "longitude": draw.uniform("b") * 180}),
        doc="where it is",
    )
    home: GeoPoint | None = field(copy_of("position"), doc="where it was")
    box: tuple[float, float] = field(
        lambda draw: np.stack([draw.uniform("a"), draw.uniform("b")], axis=1), doc="how big it is"
    )
    digits: tuple[int, int, int] | None = field(digits, doc="three digits")
    history: History = field(history, doc="what was read")
    tariffs: dict[str, Price] = field(tariffs, doc="prices by name")
    labels: dict[str, list[str]] | None = field(
        row_rule(lambda draw: {"é": ['x,"y"', ""]} if draw.chance(0.5) else None), doc="lists by name"
    )
    marks: list[Status] | None = field(
        row_rule(lambda draw: [Status.BROKEN] * draw.integer(0, 2, "n") if draw.chance(0.5) else None), doc="marks"
    )


@check(Meter, "a meter is not seen before it was made")
def seen_after_made(made_at: Any, seen_at: Any) -> Bools:
    return seen_at >= made_at


@check(Meter, "readings take less than 41 days, and prices have four decimals")
def intervals(interval: Any, price: Ints, status: Text, phase: Ints, tariffs: Maps) -> Bools:
    few = interval < np.timedelta64(41, "D")
    return few & (np.abs(price) <= 10**6) & (status != "") & np.isin(phase, [1, 3]) & (tariffs.lengths < 3)


class KindsPack:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("kinds", "1.0.0", "Meters")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Meter]

    @hookimpl
    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("kinds", DATA.parent, DATA.name)]


PACKS = Registry.of(KindsPack())
