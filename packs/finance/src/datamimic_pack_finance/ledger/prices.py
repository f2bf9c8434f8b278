"""What every booking of a ledger is about, in the account's currency, and in that of a merchant abroad."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, World
from datamimic.columns import Floats, Ints
from datamimic_pack_finance.holders.pay import periods
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.currencies import charged, rates_on
from datamimic_pack_finance.ledger.series import SETTLING
from datamimic_pack_finance.money import Currency, QuantileMatrix, currency_of, hundredths, rounded

RISE = 1.02
"""By which rents and contracts rise from year to year."""


@frozen(eq=False)
class Prices:
    """Per booking the `signed` amount (0 for transfers between own accounts, interest and what settles the balance), its `kind`
    and `merchant`, which refunds take from a purchase, the merchant's price in its own currency, the bank's fee, and the
    rate as float64 bits in int64; `bought` is the place of what a refund gives back, -1 for others."""

    kind: Ints
    merchant: Ints
    signed: Ints
    original: Ints
    fee: Ints
    rate: Ints
    bought: Ints

    @classmethod
    def of(
        cls, owner: Ints, columns: dict[str, Any], accounts: Any, draw: Draw, world: World, data: Data, apart: Ints
    ) -> Prices:
        """Of bookings in order of time, each of an account whose place is `owner`; columns are `kind`, `day`, `merchant`, and
        the `amount` of what is due, -1 for what is not, and what is `kept`, so that no refund is of it. A refund is of what has
        the same number in `apart`, from 0 on."""
        money = currency_of(data)
        merchant, day = columns["merchant"].copy(), columns["day"]
        free = columns["amount"] < 0
        settling = columns["kind"] == SETTLING
        kind = np.where(settling, NUMBER["interest"], columns["kind"])
        kept = columns.get("kept", np.zeros(len(kind), dtype=np.bool_))
        bought = _refunded(np.where(kept, -1, kind), apart)
        back = np.flatnonzero(bought >= 0)
        kind[(kind == NUMBER["refund"]) & (bought < 0)] = NUMBER["card_online"]
        budget: Floats = accounts.column("budget")[owner]
        amount = np.maximum(columns["amount"], 0)

        shop = np.flatnonzero(among(kind, "card_pos", "card_online") & free)
        categories = _groups(data["merchants"], data)[merchant[shop]]
        amount[shop] = _priced(categories, budget[shop], draw.take(shop), money, data)
        abroad = np.flatnonzero(among(kind, "card_foreign", "card_abroad", "atm_abroad"))
        original, fee = np.zeros(len(kind), dtype=np.int64), np.zeros(len(kind), dtype=np.int64)
        rate = np.ones(len(kind))
        amount[abroad], original[abroad], fee[abroad], rate[abroad] = _abroad(
            kind[abroad], merchant[abroad], day[abroad], budget[abroad], accounts.column("foreign_fee")[owner[abroad]],
            draw.take(abroad), money, world, data,
        )  # fmt: skip
        sent = np.flatnonzero(among(kind, "transfer_out", "transfer_in", "cash_deposit"))
        amount[sent] = _transferred(kind[sent], budget[sent], draw.take(sent), money, data)
        cash = np.flatnonzero(kind == NUMBER["atm"])
        amount[cash] = _withdrawn(budget[cash], draw.take(cash), money, data)
        paid = np.flatnonzero(kind == NUMBER["income"])
        amount[paid] = _paid(paid, owner, day, accounts, draw, money, world, data)
        rising = np.flatnonzero(among(kind, "rent", "bill"))
        amount[rising] = _risen(amount[rising], day[rising], money, world)
        amount[back] = amount[bought[back]]
        merchant[back] = merchant[bought[back]]
        credit = (data["transaction_kinds"]["direction"] == "credit")[kind]
        return cls(kind, merchant, np.where(credit, amount, -amount), original, fee, rate.view(np.int64), bought)


def _refunded(kind: Ints, apart: Ints) -> Ints:
    """Per refund the place of the last purchase online before it, once only; -1 for none and for other bookings."""
    here = np.arange(len(kind), dtype=np.int64)
    purchase = np.maximum.accumulate(np.where(kind == NUMBER["card_online"], here, -1))
    refund = kind == NUMBER["refund"]
    earlier = np.maximum.accumulate(np.concatenate(([-1], np.where(refund, here, -1)[:-1])))
    fits = refund & (purchase >= 0) & (earlier < purchase) & (apart[np.maximum(purchase, 0)] == apart)
    return np.where(fits, purchase, -1)


def _groups(table: Table, data: Data) -> Ints:
    """Per row of a table of merchants the number of its category among the quantile tables."""
    return QuantileMatrix.of(data["merchant_amounts"], "merchant_category").numbers(
        tuple(table.columns["merchant_category"])
    )


def _priced(category: Ints, budget: Floats, draw: Draw, money: Currency, data: Data) -> Ints:
    """Prices by category and budget, with the endings that prices have."""
    matrix = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    value = hundredths(matrix.at(category, draw.uniform("price")) * budget)
    if money.price > 1:
        return rounded(value, money.price)
    endings: Table = data["price_endings"]
    ending = endings.ints("ending")[draw.pick(endings, label="ending")]
    return np.maximum(np.where(ending >= 0, value // 100 * 100 + ending, value), 1)


def _abroad(
    kind: Ints, merchant: Ints, day: Ints, budget: Floats, percent: Ints, draw: Draw, money: Currency, world: World, data: Data
) -> tuple[Ints, Ints, Ints, Floats]:  # fmt: skip
    """What is booked, the price in the merchant's currency, the fee in what is booked, and the rate."""
    table: Table = data["foreign_merchants"]
    codes, vocabulary = table["currency"].coding()
    rate = rates_on(day, codes[merchant].astype(np.int64), vocabulary.values, money.code, world, data)
    matrix = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    value = hundredths(matrix.at(_groups(table, data)[merchant], draw.uniform("foreign price")) * budget / rate)
    notes = np.array([100_000_000 if name == "VND" else 5_000 for name in vocabulary.values])[codes[merchant]]
    dong = np.array([name == "VND" for name in vocabulary.values])[codes[merchant]]
    price = np.where(dong, rounded(value, 100_000), value)
    price = np.where(kind == NUMBER["atm_abroad"], np.maximum(rounded(value, 1) // notes, 1) * notes, price)
    other = np.array([name != money.code for name in vocabulary.values])[codes[merchant]]
    asked = np.where(other, charged(rate, percent), rate)
    amount = converted(price, asked, money.unit)
    return amount, price, np.maximum(amount - converted(price, rate, money.unit), 0), asked


def _transferred(kind: Ints, budget: Floats, draw: Draw, money: Currency, data: Data) -> Ints:
    """Amounts between people; cash deposits in notes, most others in round sums."""
    transfers = QuantileMatrix.of(data["transfer_amounts"], "kind")
    names = {number: transfers.groups.index(name) for name, number in NUMBER.items() if name in transfers.groups}
    group = np.array([names.get(number, 0) for number in range(len(NUMBER))], dtype=np.int64)[kind]
    sent = hundredths(transfers.at(group, draw.uniform("transfer")) * budget, money.price)
    sent = np.where(draw.chance(0.55, "even"), rounded(sent, 500 * max(money.price // 100, 1)), sent)
    return np.where(kind == NUMBER["cash_deposit"], rounded(sent, money.note), sent)


def _withdrawn(budget: Floats, draw: Draw, money: Currency, data: Data) -> Ints:
    machine: Table = data["atm_amounts"]
    notes = hundredths(machine.floats("amount"))[draw.pick(machine, label="atm")]
    return rounded((notes * np.minimum(budget, 2.0)).astype(np.int64), money.note)


def _paid(
    at: Ints, owner: Ints, day: Ints, accounts: Any, draw: Draw, money: Currency, world: World, data: Data
) -> Ints:
    """What is left of an income by the law of its month; a business does not bring the same every month."""
    net = accounts.column("net_pay").values.reshape(len(accounts.rows), -1)
    month = day[at].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    starts = periods(world, world.clock, data)
    period = np.maximum(np.searchsorted(starts, month, side="right") - 1, 0)
    amount = np.maximum(net[owner[at], period], money.unit)
    business = np.flatnonzero((accounts.column("income_kind") == "business")[owner[at]])
    varied = amount[business] * (0.7 + 0.6 * draw.take(at[business]).uniform("takings"))
    amount[business] = np.maximum(np.rint(varied / money.unit), 1).astype(np.int64) * money.unit
    return amount


def _risen(amount: Ints, day: Ints, money: Currency, world: World) -> Ints:
    """Rents and contracts rise with the years, to what they are at the clock."""
    now = int(world.clock.date.astype("datetime64[Y]").astype(np.int64))
    years = np.maximum(now - day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64), 0)
    levels = np.ones(int(years.max(initial=0)) + 1)
    for place in range(1, len(levels)):
        levels[place] = levels[place - 1] / RISE
    return rounded(np.rint(amount * levels[years]).astype(np.int64), money.price)


def converted(original: Ints, rate: Floats, unit: int) -> Ints:
    """A foreign amount in the account's currency at a rate, rounded to its minor unit, at least one."""
    return np.maximum(np.rint(original * rate / unit), 1.0).astype(np.int64) * unit
