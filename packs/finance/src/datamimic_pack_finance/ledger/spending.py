"""Free payments: what kind, in which category, at which of the account's own shops, on which day and at which hour."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Ints
from datamimic_pack_common.places.catchment import Catchment, positions_of
from datamimic_pack_finance.holders.pay import usual_income
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.calendars import CHANNELS, SHUT, Calendars, hours, opens_every_day
from datamimic_pack_finance.ledger.travel import Trips

NEW = 0.1
"""Of visits, those at a shop that the account has never been to."""
AT_HOME = 0.78
"""Of own shops, those in the home town; the others are in one of the places near it."""
REACH = 12.0
"""Kilometres at which a place is an eighth as likely for a shop as the next one."""
SHOPS = 1 << 14
"""Own shops and new ones of an account, by category, are numbered below this."""
PAYEES = 6
"""People and firms to whom an account sends money, and from whom it gets some."""


@frozen(eq=False)
class Free:
    """Columns of free payments; `merchant` is a row of `merchants` or, abroad, of `foreign_merchants`, `place` one of
    `common.places`, -1 where there is none; `payee` is below `PAYEES`."""

    kind: Ints
    day: Ints
    hour: Ints
    merchant: Ints
    place: Ints
    payee: Ints


def kinds_of(account: Ints, holders: Any, draw: Draw, data: Data, by_card: str | None = None) -> Ints:
    """Of payments of accounts, as their holders pay; only those `by_card` ("yes" or "no") where it is said."""
    mix: Table = data["transaction_mix"]
    profile: Text = holders.column("transaction_profile").take(account)
    known = np.array([NUMBER[name] for name in mix.columns["kind"]], dtype=np.int64)
    if by_card is None:
        return known[draw.pick(mix.by("profile"), profile, label="kind")]
    only = Text.constant(by_card, len(account))
    return known[draw.pick(mix.by("profile", "by_card"), profile, only, label="kind by card")]


def free_payments(
    account: Ints, kind: Ints, after: Ints, until: Ints, holders: Any, draw: Draw, world: World, data: Data, *,
    placed: bool = True,
) -> Free:  # fmt: skip
    """Of the payments of accounts; `account` says for each which of the `holders`, a batch of accounts, it belongs to, and
    (`after`, `until`] are the days on which it may be made. Where it is not to be `placed`, shops are any of their category."""
    kind = kind.copy()
    shops = _Shops.of(world, data)
    category = _categories(kind, account, holders, shops, draw, data)

    # When: a day by the calendar of the channel or the shop, an hour by those of the shop.
    shut = (kind == NUMBER["card_pos"]) & ~opens_every_day(np.maximum(category, 0), shops.categories, data)
    calendar = np.where(shut, SHUT, _CHANNEL[kind])
    day = Calendars.of(world, data).pick(calendar, after, until, draw.bits("day"))
    table: Table = data["transaction_hours"]
    channel = Text.coded(_CHANNEL[kind], CHANNELS)
    hour = table.ints("hour")[draw.pick(table.by("channel"), channel, label="hour")]
    in_shop = np.flatnonzero(kind == NUMBER["card_pos"])
    hour[in_shop] = hours(category[in_shop], shops.categories, draw.take(in_shop), data)

    # Where: at one of the own shops, at a new one, or where the holder travels.
    find = shops.visited if placed else shops.any_of
    merchant, place = find(account, holders, category, draw, world, data)
    # The first day of a window and the last one have bookings of their own.
    opened = holders.column("window_start").astype(np.int64) + 1
    last = holders.column("last_active").astype(np.int64) - 1
    trips = Trips.of(holders.rows, opened, last, _means(holders, data), world, data)
    trip = trips.at(account, day)
    away = np.flatnonzero((trip >= 0) & among(kind, "card_pos", "atm"))
    abroad = away[trips.abroad[trip[away]]]
    place[away] = trips.place[trip[away]]
    kind[abroad] = np.where(kind[abroad] == NUMBER["card_pos"], NUMBER["card_abroad"], NUMBER["atm_abroad"])
    merchant, place = _foreign(kind, trip, trips, merchant, place, draw, data)
    payee = np.floor(draw.uniform("payee") * draw.uniform("habit") * PAYEES).astype(np.int64)
    return Free(kind, day, hour, merchant, place, payee)


_CHANNEL = np.zeros(len(NUMBER), dtype=np.int64)
for _name, _channel in {
    "card_online": "online", "card_foreign": "online", "refund": "online", "atm": "atm", "atm_abroad": "atm",
    "transfer_out": "mobile_app", "transfer_in": "mobile_app", "cash_deposit": "branch",
}.items():  # fmt: skip
    _CHANNEL[NUMBER[_name]] = CHANNELS.index(_channel)


def _means(holders: Any, data: Data) -> Any:
    return np.clip(holders.column("holder").income / usual_income(data), 0.2, 3.0)


def _categories(kind: Ints, account: Ints, holders: Any, shops: _Shops, draw: Draw, data: Data) -> Ints:
    """The number of the category, by sex and age of the holder; -1 for kinds without a shop."""
    holder = holders.column("holder")
    tastes: Table = data["merchant_tastes"]
    grouped = tastes.by("channel", "sex", "age_from")
    known = np.array([shops.categories.index(name) for name in tastes.columns["merchant_category"]], dtype=np.int64)
    category = np.full(len(kind), -1, dtype=np.int64)
    at = np.flatnonzero(among(kind, "card_pos", "card_online", "refund"))
    channel = Text.coded(np.where(kind[at] == NUMBER["card_pos"], 0, 1), ("pos", "online"))
    own = account[at]
    category[at] = known[draw.take(at).pick(grouped, channel, holder.sex.take(own), holder.age[own], label="category")]
    return category


@frozen(eq=False)
class _Shops:
    """The categories of merchants, how many shops of each an account calls its own, and the places near every place."""

    categories: tuple[str, ...]
    own: Ints
    near: Catchment

    @classmethod
    def of(cls, world: World, data: Data) -> _Shops:
        def found() -> _Shops:
            days: Table = data["merchant_days"]
            places: Table = data["common.places"]
            every = np.arange(len(places), dtype=np.int64)
            near = Catchment(positions_of(places, "state_code"), every, every, REACH)
            return cls(tuple(days.columns["merchant_category"]), days.ints("own_shops"), near)

        return world.memo(("finance.shops", data.country), found)

    def visited(
        self, account: Ints, holders: Any, category: Ints, draw: Draw, world: World, data: Data
    ) -> tuple[Ints, Ints]:
        """Rows of merchants and of places: which of the own shops is likelier the lower its number."""
        merchant = np.full(len(account), -1, dtype=np.int64)
        home = holders.column("holder").column("place")
        place = home[account]
        at = np.flatnonzero(category >= 0)
        group = category[at]
        habit = np.floor(self.own[group] * draw.uniform("shop")[at] * draw.uniform("often")[at]).astype(np.int64)
        fresh = draw.integers(1_000, SHOPS - 1, "new shop")[at]
        number = np.where(draw.chance(NEW, "new")[at], fresh, habit)
        key = (holders.rows[account[at]] * len(self.categories) + group) * SHOPS + number
        shop = Draw(world.address("finance.bank_account", "shops"), key)
        table: Table = data["merchants"]
        merchant[at] = shop.pick(table.by("merchant_category"), Text.coded(group, self.categories), label="merchant")
        town = place[at]
        place[at] = np.where(shop.chance(AT_HOME, "home"), town, self.near.pick(town, shop.bits("near")))
        return merchant, place

    def any_of(
        self, account: Ints, holders: Any, category: Ints, draw: Draw, world: World, data: Data
    ) -> tuple[Ints, Ints]:
        """Merchants of the category, and no places: for whoever asks only what is paid."""
        merchant, place = np.full(len(account), -1, dtype=np.int64), np.full(len(account), -1, dtype=np.int64)
        at = np.flatnonzero(category >= 0)
        table: Table = data["merchants"]
        merchant[at] = table.by("merchant_category").first(Text.coded(category[at], self.categories))
        return merchant, place


def _foreign(
    kind: Ints, trip: Ints, trips: Trips, merchant: Ints, place: Ints, draw: Draw, data: Data
) -> tuple[Ints, Ints]:
    """Merchants abroad: those of the country that a trip goes to, and any online."""
    table: Table = data["foreign_merchants"]
    online = np.flatnonzero(kind == NUMBER["card_foreign"])
    merchant[online] = draw.take(online).pick(
        table.by("channel"), Text.constant("online", len(online)), label="foreign online"
    )
    at = np.flatnonzero(among(kind, "card_abroad", "atm_abroad"))
    # All of a trip is in one country: that of the merchant who is drawn with its number.
    to = Draw(draw.address.labelled("trip country"), trips.number[trip[at]])
    country = table["country"].take(to.pick(table.by("channel"), Text.constant("pos", len(at)), label="country"))
    merchant[at] = draw.take(at).pick(
        table.by("channel", "country"), Text.constant("pos", len(at)), country, label="foreign shop"
    )
    place[online] = -1
    place[at] = -1
    return merchant, place
