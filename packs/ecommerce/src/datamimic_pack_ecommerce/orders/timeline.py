"""The steps of an order in time: paid, packed, shipped, delivered, returned, refunded, or cancelled.

Every step has a planned instant for every order (datetime64[us]); an order shows those that lie before the clock and
belong to what became of it. Steps are drawn as seconds after the step before; parcels change hands by day, on days that
carriers work, on the clocks of the address.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Clock, Data, Draw, Text, WorkingDays, to_local, to_utc
from datamimic.columns import Bools, Dates, Ints, Masked
from datamimic_pack_common.calendars import SUNDAY, working_days
from datamimic_pack_ecommerce.orders import abuse
from datamimic_pack_ecommerce.orders.warehouse import Warehouse

MINUTE, HOUR, DAY = 60, 3_600, 86_400
LONGEST_DAYS = 25
"""No order needs longer from the click to the door."""
BY_DAY = (8 * HOUR, 20 * HOUR - 1)
"""When parcels change hands, seconds of the local day."""
LATE = 0.08
"""Parcels that come after the day that was promised: Olist's share."""
BY_DISTANCE = 0.6
"""How much of the time on the way is the distance, the rest is chance."""
ONE_DAY = np.timedelta64(1, "D")

STATUSES = ("pending", "paid", "processing", "shipped", "delivered", "cancelled", "returned", "refunded")


def later(start: Dates, draw: Draw, low: Any, high: Any, label: str = "") -> Dates:
    """`start` plus a number of seconds in [low, high]."""
    return start + draw.integers(low, high, label).astype("timedelta64[s]")


def carrier_days(data: Data) -> WorkingDays:
    """The days on which parcels are handed over and brought."""
    return working_days(data["delivery_holidays"], (SUNDAY,))


def by_day(moment: Dates, zone: Text, draw: Draw, data: Data, label: str = "by day") -> Dates:
    """The first hour of daylight that is drawn for a carrier's day, at or after the moment; less than a day later, and
    as many days as carriers rest."""
    days = carrier_days(data)
    local = to_local(moment, zone)
    second = draw.integers(*BY_DAY, label).astype("timedelta64[s]")
    day = local.astype("datetime64[D]")
    open_day = days.next(day)
    late = open_day.astype("datetime64[us]") + second < local
    open_day = np.where(late, days.next(open_day + ONE_DAY), open_day)
    return np.maximum(to_utc(open_day.astype("datetime64[us]") + second, zone), moment)


def shown(planned: Dates, happened: Bools, clock: Clock) -> Any:
    """The planned instants of what has happened until the clock, the others masked."""
    return np.ma.MaskedArray(planned, ~(happened & (planned <= clock.instant)))


def has_come(moment: Masked, now: Dates) -> Bools:
    """Has the moment come by then? What is null never does."""
    come: Bools = ~np.ma.getmaskarray(moment) & (np.ma.getdata(moment) <= now)
    return come


def paid_when(payment_row: Ints, data: Data) -> Text:
    """`order`, `transfer`, `invoice` or `delivery`."""
    return data["payment_methods"]["paid"].take(payment_row)


def paid_at_planned(date: Dates, paid_when: Text, draw: Draw) -> Dates:
    quick = later(date, draw, 5, 10 * MINUTE, "quick")
    transfer = later(date, draw, 12 * HOUR, 3 * DAY, "transfer")
    return np.where(paid_when == "transfer", transfer, quick)


def is_prepaid(paid_when: Text) -> Bools:
    return paid_when.isin(("order", "transfer"))


def packed_at_planned(date: Dates, paid_at_planned: Dates, is_prepaid: Bools, draw: Draw) -> Dates:
    return later(np.where(is_prepaid, paid_at_planned, date), draw, 2 * HOUR + 1, 30 * HOUR)


def shipped_at_planned(packed_at_planned: Dates, shipping_address: Any, draw: Draw, data: Data) -> Dates:
    return by_day(later(packed_at_planned, draw, 30 * MINUTE, 12 * HOUR), shipping_address.time_zone, draw, data)


def is_late(draw: Draw) -> Bools:
    return draw.chance(LATE)


def delivered_at_planned(
    shipped_at_planned: Dates, shipping_row: Ints, shipping_address: Any, is_late: Bools, draw: Draw, data: Data
) -> Dates:
    table = data["shipping_methods"]
    fewest, most = table.ints("days_min")[shipping_row], table.ints("days_max")[shipping_row]
    far = Warehouse.read(data).distance(shipping_address.latitude, shipping_address.longitude)
    share = BY_DISTANCE * far + (1.0 - BY_DISTANCE) * draw.uniform("transit")
    transit = fewest * DAY + ((most - fewest) * DAY + 8 * HOUR) * share
    delay = np.where(is_late, draw.integers(DAY, 4 * DAY, "delay"), 0)
    arrives = shipped_at_planned + (transit.astype(np.int64) + delay).astype("timedelta64[s]")
    return by_day(arrives, shipping_address.time_zone, draw, data)


def is_cancelled(
    reviewed: Bools, date: Dates, cancelled_at_planned: Dates, draw: Draw, clock: Clock, data: Data
) -> Bools:
    statuses = data["order_statuses"]
    share = float(statuses.floats("share_percent")[statuses.position("status", "cancelled")]) / 100
    # What was reviewed had arrived: the cancelled orders are among the others, about 72 of 100.
    return ~reviewed & draw.chance(share / 0.72) & (cancelled_at_planned <= clock.instant)


def cancelled_at_planned(date: Dates, draw: Draw) -> Dates:
    return later(date, draw, 11 * MINUTE, 2 * HOUR)


def is_unwanted(lines: Children, is_cancelled: Bools) -> Bools:
    return ~is_cancelled & (lines.sum("unwanted_pieces") > 0)


def returned_at_planned(
    delivered_at_planned: Dates, shipping_address: Any, abusive: Bools, scheme_number: Ints, draw: Draw, data: Data
) -> Dates:
    back = later(delivered_at_planned, draw, 2 * DAY, 15 * DAY)
    back = np.where(
        abusive, delivered_at_planned + abuse.days_after(scheme_number, draw).astype("timedelta64[D]"), back
    )
    return by_day(back, shipping_address.time_zone, draw, data)


def refunded_at_planned(
    returned_at_planned: Dates, cancelled_at_planned: Dates, is_cancelled: Bools, draw: Draw
) -> Dates:
    return later(np.where(is_cancelled, cancelled_at_planned, returned_at_planned), draw, DAY, 8 * DAY)


def is_returned(is_unwanted: Bools, returned_at_planned: Dates, clock: Clock) -> Bools:
    return is_unwanted & (returned_at_planned <= clock.instant)


def is_refunded(
    is_returned: Bools, is_cancelled: Bools, is_prepaid: Bools, paid_at_planned: Dates, cancelled_at_planned: Dates,
    refunded_at_planned: Dates, clock: Clock,
) -> Bools:  # fmt: skip
    had_paid = is_cancelled & is_prepaid & (paid_at_planned <= cancelled_at_planned)
    return (is_returned | had_paid) & (refunded_at_planned <= clock.instant)


def paid_at(
    paid_at_planned: Dates, cancelled_at_planned: Dates, is_cancelled: Bools, is_prepaid: Bools, clock: Clock
) -> Any:
    in_time = ~is_cancelled | (paid_at_planned <= cancelled_at_planned)
    return shown(paid_at_planned, is_prepaid & in_time, clock)


def packed_at(packed_at_planned: Dates, is_cancelled: Bools, clock: Clock) -> Any:
    return shown(packed_at_planned, ~is_cancelled, clock)


def shipped_at(shipped_at_planned: Dates, is_cancelled: Bools, clock: Clock) -> Any:
    return shown(shipped_at_planned, ~is_cancelled, clock)


def delivered_at(delivered_at_planned: Dates, is_cancelled: Bools, clock: Clock) -> Any:
    return shown(delivered_at_planned, ~is_cancelled, clock)


def cancelled_at(cancelled_at_planned: Dates, is_cancelled: Bools, clock: Clock) -> Any:
    return shown(cancelled_at_planned, is_cancelled, clock)


def returned_at(returned_at_planned: Dates, is_returned: Bools, clock: Clock) -> Any:
    return shown(returned_at_planned, is_returned, clock)


def refunded_at(refunded_at_planned: Dates, is_refunded: Bools, clock: Clock) -> Any:
    return shown(refunded_at_planned, is_refunded, clock)


def settled_at(
    paid_at: Any,
    delivered_at_planned: Dates,
    is_prepaid: Bools,
    paid_when: Text,
    is_cancelled: Bools,
    draw: Draw,
    clock: Clock,
) -> Any:
    on_account = later(delivered_at_planned, draw, DAY, 14 * DAY)
    after = np.where(paid_when == "invoice", on_account, delivered_at_planned)
    planned = np.where(is_prepaid, np.ma.getdata(paid_at), after)
    hidden = np.where(is_prepaid, np.ma.getmaskarray(paid_at), is_cancelled | (after > clock.instant))
    return np.ma.MaskedArray(planned, hidden)


def status(
    paid_at: Any, packed_at: Any, shipped_at: Any, delivered_at: Any, cancelled_at: Any, returned_at: Any, refunded_at: Any,
    now: Dates,
) -> Text:  # fmt: skip
    steps = [paid_at, packed_at, shipped_at, delivered_at]
    reached = np.zeros(len(now), dtype=np.int64)
    for number, step in enumerate(steps, 1):
        reached = np.where(has_come(step, now), number, reached)
    back = np.where(has_come(refunded_at, now), STATUSES.index("refunded"), STATUSES.index("returned"))
    back = np.where(has_come(returned_at, now), back, reached)
    code = np.where(has_come(cancelled_at, now), STATUSES.index("cancelled"), back)
    return Text.coded(code, STATUSES)


def steps_are_in_order(
    date: Dates, paid_at: Any, packed_at: Any, shipped_at: Any, delivered_at: Any, returned_at: Any, refunded_at: Any,
    cancelled_at: Any, settled_at: Any, clock: Clock,
) -> Bools:  # fmt: skip
    result = date <= clock.instant
    last = date
    for step in (paid_at, packed_at, shipped_at, delivered_at, returned_at, refunded_at):
        missing = np.ma.getmaskarray(step)
        result &= missing | ((np.ma.getdata(step) >= last) & (np.ma.getdata(step) <= clock.instant))
        last = np.where(missing, last, np.ma.getdata(step))
    for step in (cancelled_at, settled_at):
        result &= np.ma.getmaskarray(step) | ((np.ma.getdata(step) >= date) & (np.ma.getdata(step) <= clock.instant))
    return result


def status_fits_timeline(
    status: Text, paid_at: Any, packed_at: Any, shipped_at: Any, delivered_at: Any, cancelled_at: Any, returned_at: Any,
    refunded_at: Any,
) -> Bools:  # fmt: skip
    paid, packed, shipped, delivered, cancelled, returned, refunded = (
        ~np.ma.getmaskarray(step)
        for step in (paid_at, packed_at, shipped_at, delivered_at, cancelled_at, returned_at, refunded_at)
    )
    expected = np.select(
        [cancelled, refunded, returned, delivered, shipped, packed, paid],
        [
            STATUSES.index(name)
            for name in ("cancelled", "refunded", "returned", "delivered", "shipped", "processing", "paid")
        ],
        STATUSES.index("pending"),
    )
    nothing_sent = ~cancelled | ~(packed | shipped | delivered | returned)
    chain = (~delivered | shipped) & (~shipped | packed) & (~returned | delivered)
    return (status == Text.coded(expected, STATUSES)) & nothing_sent & chain


def transit_is_possible(shipped_at: Any, delivered_at: Any, shipping_method: Text, data: Data) -> Bools:
    table = data["shipping_methods"]
    fewest = table.ints("days_min")[table.lookup("shipping_method", shipping_method)]
    missing = np.ma.getmaskarray(delivered_at)
    took = np.ma.getdata(delivered_at) - np.ma.getdata(shipped_at)
    return missing | (took >= fewest.astype("timedelta64[D]"))
