"""What every booking of a ledger is about, in the account's currency, and in that of a merchant abroad."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, World
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_finance.booking import NUMBER, among
from datamimic_pack_finance.holders.pay import periods
from datamimic_pack_finance.ledger.currencies import fees, rates_on
from datamimic_pack_finance.money import Currency, QuantileMatrix, currency_of, hundredths, rounded

RISE = 1.02
"""By which rents and contracts rise from year to year."""


@frozen(eq=False)
class Prices:
    """Per booking the `signed` amount (0 for interest), its `kind` and `merchant`, which refunds take from a purchase, the
    merchant's price in its own currency, the bank's fee, and the rate as float64 bits in int64."""

    kind: Ints
    merchant: Ints
    signed: Ints
    original: Ints
    fee: Ints
    rate: Ints

    @classmethod
    def of(cls, owner: Ints, columns: dict[str, Ints], holders: Any, draw: Draw, world: World, data: Data) -> Prices:
        money = currency_of(data)
        kind, merchant, day = columns["kind"].copy(), columns["merchant"].copy(), columns["day"]
        bought = _refunded(kind, owner)
        back = np.flatnonzero(bought >= 0)
        kind[(kind == NUMBER["refund"]) & (bought < 0)] = NUMBER["card_online"]
        budget: Floats = holders.column("budget")[owner]
        amount = np.zeros(len(kind), dtype=np.int64)

        shop = np.flatnonzero(among(kind, "card_pos", "card_online") & (columns["order"] < 0))
        categories = _groups(data["merchants"], data)[merchant[shop]]
        amount[shop] = _priced(categories, budget[shop], draw.take(shop), money, data)
        abroad = np.flatnonzero(among(kind, "card_foreign", "card_abroad", "atm_abroad"))
        original, fee = np.zeros(len(kind), dtype=np.int64), np.zeros(len(kind), dtype=np.int64)
        rate = np.ones(len(kind))
        amount[abroad], original[abroad], fee[abroad], rate[abroad] = _abroad(
            kind[abroad], merchant[abroad], day[abroad], budget[abroad], holders.column("foreign_fee")[owner[abroad]],
            draw.take(abroad), money, world, data,
        )  # fmt: skip
        sent = np.flatnonzero(among(kind, "transfer_out", "transfer_in", "cash_deposit"))
        amount[sent] = _transferred(kind[sent], budget[sent], draw.take(sent), money, data)
        cash = np.flatnonzero(kind == NUMBER["atm"])
        amount[cash] = _withdrawn(budget[cash], draw.take(cash), money, data)
        due = np.flatnonzero(columns["order"] >= 0)
        amount[due] = _due(due, owner, kind, columns, holders, draw, money, world, data)
        amount[back] = amount[bought[back]]
        merchant[back] = merchant[bought[back]]
        credit = (data["transaction_kinds"]["direction"] == "credit")[kind]
        return cls(kind, merchant, np.where(credit, amount, -amount), original, fee, rate.view(np.int64))


def _refunded(kind: Ints, owner: Ints) -> Ints:
    """Per refund the place of the last purchase online before it, once only; -1 for none and for other bookings."""
    here = np.arange(len(kind), dtype=np.int64)
    purchase = np.maximum.accumulate(np.where(kind == NUMBER["card_online"], here, -1))
    refund = kind == NUMBER["refund"]
    earlier = np.maximum.accumulate(np.concatenate(([-1], np.where(refund, here, -1)[:-1])))
    fits = refund & (purchase >= 0) & (earlier < purchase) & (owner[np.maximum(purchase, 0)] == owner)
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
    exchanged = converted(price, rate, money.unit)
    other = np.array([name != money.code for name in vocabulary.values])[codes[merchant]]
    fee = np.where(other, fees(exchanged, percent, money.unit), 0)
    return exchanged + fee, price, fee, rate


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


def _due(
    due: Ints, owner: Ints, kinds: Ints, columns: dict[str, Ints], holders: Any, draw: Draw, money: Currency, world: World,
    data: Data,
) -> Ints:  # fmt: skip
    """Amounts of standing orders."""
    kind, key, day, own = kinds[due], columns["key"][due], columns["day"][due], owner[due]
    amount = columns["amount"][due].copy()
    # Salaries: what is left of it in the month; a business does not bring the same every month.
    paid = np.flatnonzero(kind == NUMBER["income"])
    net = holders.column("net_pay").values.reshape(len(holders.rows), -1)
    month = day[paid].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    period = np.maximum(np.searchsorted(periods(world, world.clock, data), month, side="right") - 1, 0)
    amount[paid] = np.maximum(net[own[paid], period], money.unit)
    takings = paid[(holders.column("income_kind") == "business")[own[paid]]]
    varied = amount[takings] * (0.7 + 0.6 * draw.take(due[takings]).uniform("takings"))
    amount[takings] = np.maximum(np.rint(varied / money.unit), 1).astype(np.int64) * money.unit
    # Rents and contracts rise with the years; what card bills and occasional savings are about differs from month to month.
    years = (world.clock.date.astype("datetime64[Y]").astype(np.int64) + 1970) - (
        day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    )
    levels = np.ones(int(years.max(initial=0)) + 1)
    for place in range(1, len(levels)):
        levels[place] = levels[place - 1] / RISE
    rising = np.flatnonzero(among(kind, "rent", "bill"))
    amount[rising] = rounded(
        np.rint(amount[rising] * levels[np.maximum(years[rising], 0)]).astype(np.int64), money.price
    )
    varying = Draw(world.address("finance.bank_account", "own transfers"), key * 65_536 + day)
    bill = np.flatnonzero(kind == NUMBER["card_bill"])
    part = 0.55 + 0.9 * varying.take(bill).uniform("bill")
    amount[bill] = rounded((amount[bill] * part).astype(np.int64), money.unit)
    own_transfer = np.flatnonzero(amount < 0)
    part = 0.4 + 1.6 * varying.take(own_transfer).uniform("saved")
    step = 1_000 * max(money.price // 100, 1)
    amount[own_transfer] = rounded((-amount[own_transfer] * part).astype(np.int64), step)
    return amount


def converted(original: Ints, rate: Floats, unit: int) -> Ints:
    """A foreign amount in the account's currency at a rate, rounded to its minor unit, at least one."""
    return np.maximum(np.rint(original * rate / unit), 1.0).astype(np.int64) * unit


def is_foreign(kind: Ints) -> Bools:
    return among(kind, "card_foreign", "card_abroad", "atm_abroad")
