"""Parcels, the shelves that they wait on and what was seen of them: a pack whose entities have a history."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from fleet import DATA

from datamimic import (
    Children,
    Clock,
    DatasetSource,
    Draw,
    Lists,
    Pack,
    Registry,
    Text,
    World,
    children,
    count_of,
    entity,
    field,
    hookimpl,
    parent,
    ref,
    serial,
    stages,
    sum_of,
    via,
)
from datamimic.columns import Bools, Dates
from datamimic.model.checks import check

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)


def _after(start: Dates, draw: Draw, days: int, label: str = "") -> Dates:
    return start + draw.integers(0, days * 86_400, label).astype("timedelta64[s]")


def _maybe(moments: Dates, draw: Draw, clock: Clock, share: float) -> Any:
    never = ~draw.chance(share, "whether") | (moments > clock.instant)
    return np.ma.MaskedArray(moments, never)


def _last_seen_at(scans: Children, now: Dates) -> Any:
    there = scans.as_of(now)
    last = np.full(len(there), np.datetime64(0, "us"))
    np.maximum.at(last, np.repeat(np.arange(len(there)), there.counts), there.column("scanned_at"))
    return np.ma.MaskedArray(last, there.counts == 0)


def _reminded_on(ordered_at: Dates, draw: Draw) -> Lists:
    lengths = draw.integers(0, 3, "how often")
    items = draw.items(lengths)
    start = np.repeat(ordered_at.astype("datetime64[D]"), lengths)
    return Lists(lengths, start + items.integers(1, 40, "days").astype("timedelta64[D]"))


def _reminders(reminded_on: Lists, now: Dates) -> Any:
    return reminded_on.only(reminded_on.values <= now[reminded_on.parents]).lengths


@entity("shelf", size=64, happens="built_on", ends="cleared_on")
class Shelf:
    """Where parcels wait: put up, and some cleared away."""

    shelf_id: str = field(serial("S-###"), key=True, doc="its number")
    built_on: date = field(
        lambda rows, draw: np.datetime64("2025-01-01") + draw.integers(0, 200).astype("timedelta64[D]"), doc="first day"
    )
    cleared_on: date | None = field(
        lambda built_on, draw: np.ma.MaskedArray(
            built_on + draw.integers(0, 150, "d").astype("timedelta64[D]"), draw.chance(0.6)
        ),
        doc="the first day without it",
    )


@entity("parcel", size=256, happens="ordered_at")
class Parcel:
    """What is sent, step by step."""

    parcel_id: str = field(serial("P-######"), key=True, doc="its number")
    ordered_at: datetime = field(
        lambda draw: _after(np.full(len(draw), np.datetime64("2025-01-01", "us")), draw, 300), doc="when it was ordered"
    )
    shipped_at: datetime | None = field(
        lambda ordered_at, draw, clock: _maybe(_after(ordered_at, draw, 20), draw, clock, 0.9),
        since="shipped_at",
        doc="when it was sent",
    )
    lost_at: datetime | None = field(
        lambda ordered_at, draw, clock: _maybe(_after(ordered_at, draw, 90), draw, clock, 0.2),
        since="lost_at",
        doc="when it was lost",
    )
    carrier: str | None = field(
        lambda draw: Text.coded(draw.integers(0, 1).astype(np.int32), ("ship", "rail")),
        since="shipped_at",
        doc="who carries it",
    )
    status: str = field(
        stages({"ordered": "ordered_at", "shipped": "shipped_at", "lost": "lost_at"}), doc="how far it came"
    )
    late: bool = field(
        lambda shipped_at, now: np.ma.getmaskarray(shipped_at) | (np.ma.getdata(shipped_at) > now), doc="not sent yet"
    )
    shelf: Shelf | None = field(ref(Shelf, by=lambda draw: draw.integers(0, 63)), doc="where it waits")
    scans: list[Scan] = field(children("post.scan"), doc="where it was seen")
    seen: int = field(count_of("scans"), doc="how often it was seen")
    effort: int = field(sum_of("scans", "minutes"), doc="minutes that it took so far")
    last_seen_at: datetime | None = field(_last_seen_at, doc="when it was seen last")
    reminded_on: list[date] = field(_reminded_on, hidden=True, doc="days on which somebody asked for it")
    reminders: int = field(_reminders, changes="reminded_on", doc="how often somebody asked for it so far")


@check(Parcel, "what is lost or shipped has a moment of it")
def status_fits(status: Text, shipped_at: Any, lost_at: Any) -> Bools:
    return (status == "ordered") == (np.ma.getmaskarray(shipped_at) & np.ma.getmaskarray(lost_at))


@entity("label", happens="parcel")
class Label:
    """What is glued on a parcel: there as long as the parcel is."""

    label_id: str = field(serial("L-####"), key=True, doc="its number")
    parcel: Parcel = field(ref(Parcel, unique=True), doc="the parcel")
    ordered_at: datetime = field(via("parcel.ordered_at"), doc="when it was ordered")


@entity("scan", happens="scanned_at", ends="forgotten_at")
class Scan:
    """A parcel was seen somewhere."""

    scan_id: str = field(serial("C-######"), key=True, doc="its number")
    parcel: Parcel = field(parent(Parcel, counts=lambda rows: 1 + rows % 3), doc="the parcel")
    scanned_at: datetime = field(
        lambda parcel, draw, clock: np.minimum(_after(parcel.ordered_at, draw, 60), clock.instant), doc="when"
    )
    forgotten_at: datetime | None = field(
        lambda scanned_at, draw, clock: _maybe(_after(scanned_at, draw, 200), draw, clock, 0.3),
        doc="when it was deleted",
    )
    checked_at: datetime = field(
        lambda scanned_at, draw: _after(scanned_at, draw, 9), hidden=True, doc="when somebody looked at it"
    )
    minutes: int = field(
        lambda scanned_at, checked_at, draw, now: draw.integers(1, 9) + 100 * (checked_at <= now),
        doc="how long it took",
    )


@entity("town")
class Town:
    """Without a history."""

    town_id: str = field(serial("T-##"), key=True, doc="its number")


class PostPack:
    """Parcels."""

    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack(name="post", version="1", summary="parcels")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Shelf, Parcel, Label, Scan, Town]

    @hookimpl
    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("post", DATA.parent, DATA.name)]


PACKS = Registry.of(PostPack())
WORLD = World("as of", packs=PACKS)
HISTORIES = ("shelf", "parcel", "label", "scan")
