"""The papers of an order: their numbers, and the days of the shop's place on which they are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, record, to_local
from datamimic.columns import Dates, Ints, join
from datamimic_pack_ecommerce.trade.shop import Keeper

TERM = np.timedelta64(30, "D")
"""When a bill is due that is paid on account."""
LAST = 99


@record
class Papers:
    """Numbers and days of the papers of an order. The answer says that the order is packed or that it was cancelled; despatch
    advice and bill go with the parcel; the remittance advice comes when both the money and the bill are there; a credit note
    with the refund of what came back."""

    ordered_on: date
    answered_on: date | None
    answer_number: str
    shipped_on: date | None
    despatch_number: str
    invoice_number: str
    due_on: date | None
    delivered_on: date | None
    settled_on: date | None
    advised_on: date | None
    remittance_number: str
    credited_on: date | None
    credit_number: str
    line_count: int
    returned_count: int


def papers(
    order_id: Text,
    date: Dates,
    packed_at: Any,
    cancelled_at: Any,
    shipped_at: Any,
    delivered_at: Any,
    settled_at: Any,
    refunded_at: Any,
    paid_when: Text,
    articles: Lists,
    returned_articles: Lists,
    world: World,
    data: Data,
) -> Struct:
    zone = Keeper.of(world, data).zone
    number = order_id.slice(3, LAST)
    cancelled = ~np.ma.getmaskarray(cancelled_at)
    shipped, settled = _day(shipped_at, zone), _day(settled_at, zone)
    answered = np.where(cancelled, _day(cancelled_at, zone).data, _day(packed_at, zone).data)
    unsettled = np.ma.getmaskarray(settled) | np.ma.getmaskarray(shipped)
    parts: dict[str, Any] = {
        "ordered_on": _day(date, zone).data,
        "answered_on": np.ma.MaskedArray(answered, ~cancelled & np.ma.getmaskarray(packed_at)),
        "answer_number": join("RSP", number),
        "shipped_on": shipped,
        "despatch_number": join("DES", number),
        "invoice_number": join("INV", number),
        "due_on": np.ma.MaskedArray(shipped.data + TERM, np.ma.getmaskarray(shipped) | (paid_when != "invoice")),
        "delivered_on": _day(delivered_at, zone),
        "settled_on": settled,
        "advised_on": np.ma.MaskedArray(np.maximum(settled.data, shipped.data), unsettled),
        "remittance_number": join("REM", number),
        "credited_on": np.ma.MaskedArray(
            _day(refunded_at, zone).data, np.ma.getmaskarray(refunded_at) | np.ma.getmaskarray(shipped)
        ),
        "credit_number": join("CRN", number),
        "line_count": articles.lengths,
        "returned_count": returned_articles.lengths,
    }
    return Struct(parts)


def _day(moment: Any, zone: str) -> Any:
    """The day of the moment where the shop is."""
    local = to_local(np.ma.getdata(moment), zone).astype("datetime64[D]")
    return np.ma.MaskedArray(local, np.ma.getmaskarray(moment))


def prepared(rows: Ints, world: World) -> Dates:
    """When interchanges are prepared: at the world's clock."""
    return np.full(len(rows), world.clock.instant, dtype="datetime64[us]")
