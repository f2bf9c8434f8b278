"""When customers registered, what they agreed to, and which segment and tier they have reached."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Data, Draw, Text, World
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_ecommerce.orders.checkout import JUDGED_DAYS
from datamimic_pack_ecommerce.rhythm import Rhythm

YOUNGEST, YOUNGEST_TO_REGISTER = 18, 17

SETTLED_DAYS = JUDGED_DAYS + 15
"""An account with reviews is at least this old: orders before it had time to arrive and be judged."""

JUST_CAME = 0.04
"""Share of customers without a review who came in those days, beyond those who would have by chance."""


def reviewed(orders: Children) -> Bools:
    return orders.sum("review_total") > 0


def registered_busy(
    reviewed: Bools, orders: Children, birthdate: Dates, draw: Draw, world: World, data: Data
) -> Floats:
    """More of today's customers came in the first year than in the last; who has ordered often came early more often."""
    rhythm = Rhythm.of(world, data)
    earliest = rhythm.busy_at(birthdate + np.timedelta64(366 * YOUNGEST_TO_REGISTER, "D"))
    latest = np.where(reviewed, rhythm.before(SETTLED_DAYS), rhythm.before(1))
    drawn, again = draw.uniform(), draw.uniform("again")
    early, late = np.minimum(drawn, again), np.maximum(drawn, again)
    drawn = np.where(orders.counts > 1, early, np.where(orders.counts == 0, late, drawn))
    part = drawn * (0.5 + 0.5 * drawn)
    # As many come in the last weeks as before: those who will review something later are not among them yet.
    settled = (rhythm.before(SETTLED_DAYS) - earliest) / np.maximum(latest - earliest, 1.0)
    just_came = ~reviewed & draw.chance(JUST_CAME, "just came") & (settled > 0) & (settled < 1)
    return earliest + np.where(just_came, settled + (1.0 - settled) * again, part) * (latest - earliest)


def at_work(employment: Text) -> Bools:
    return employment.isin(("employed", "self_employed"))


def registered_at(registered_busy: Floats, at_work: Bools, world: World, data: Data) -> Dates:
    return Rhythm.of(world, data).instants(registered_busy, at_work)


def channel_row(age: Ints, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["registration_channels"].by("age_from"), age)


def consent(name: str) -> Any:
    """A rule for one of the consents of the table `consents`."""

    def rule(draw: Draw, data: Data) -> Bools:
        return draw.chance(share_agreed(name, data))

    return rule


def share_agreed(name: str, data: Data) -> float:
    table = data["consents"]
    return int(table.ints("percent")[table.position("consent", name)]) / 100


def newsletter_consent(channel_row: Ints, draw: Draw, data: Data) -> Bools:
    """Who came by the newsletter has agreed to it; with the others it makes up the country's share."""
    channels = data["registration_channels"]
    weights, came = np.array(channels.weights), channels["code"].isin(("newsletter",))
    by_it = weights[came].sum() / weights.sum()
    others = max(0.0, (share_agreed("newsletter", data) - by_it) / (1 - by_it))
    return draw.chance(np.where(came[channel_row], 1.0, others))


def tier_of(amount: Ints, table: Any, limit: str, value: str) -> Text:
    """The last row of an ascending table whose limit the amount reaches."""
    return table[value].take(np.searchsorted(table.ints(limit), amount, side="right") - 1)


def segment(order_count: Ints, data: Data) -> Text:
    return tier_of(order_count, data["customer_segments"], "orders", "segment")


def loyalty_tier(lifetime_value: Ints, data: Data) -> Text:
    return tier_of(lifetime_value, data["loyalty_tiers"], "spent_cents", "tier")


def last_order_at(orders: Children, registered_at: Dates, now: Dates) -> Any:
    orders = orders.as_of(now)
    last = np.cumsum(orders.counts) - 1
    dates = orders.column("date")
    found = dates[np.maximum(last, 0)] if len(dates) else registered_at
    return np.ma.MaskedArray(found, orders.counts == 0)
