"""The ledger of an account: what was booked when, and how much it was, as whole columns.

Each transaction of an account first gets a *slot*: the slots of a family are the due dates of its monthly series, then free
events drawn inside the window. Sorting the slots of a family by time gives the booking order.

An event is one int64: seconds since 1940, shifted by 5 bits, plus the number of the kind in the table `transaction_kinds`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from datamimic import Text
from datamimic.columns import Floats, Ints

from datamimic_pack_finance.calendar import bank_days, month_day
from datamimic_pack_finance.money import Currency, QuantileMatrix, hundredths, rounded
from datamimic_pack_finance.statement import SERIES, WEEK

DAY = np.timedelta64(1, "D")
KIND_BITS = 5
SINCE = np.datetime64("1940-01-01", "D")
#: numbers of kinds: rows of `transaction_kinds`, the same in every country
KINDS = (
    "card_pos", "card_online", "card_foreign", "atm", "transfer_out", "transfer_in", "bill", "refund", "cash_deposit", "savings_in", "savings_out",
    "income", "rent", "savings_plan", "fee", "interest",
)  # fmt: skip
NUMBER = {name: number for number, name in enumerate(KINDS)}
#: which merchants a kind draws from
_CHANNELS = ("pos", "online", "bill")
_CHANNEL_OF_KIND = np.array([{"card_online": 1, "refund": 1, "bill": 2}.get(kind, 0) for kind in KINDS], dtype=np.int64)


def slots(account: Any, draw: Any, data: Any) -> Ints:
    """The event of every child row by its position among the siblings, not yet in order of time."""
    kinds = data["transaction_kinds"]
    standing = account.standing
    index = account.index
    series = np.zeros(len(index), dtype=np.int64)
    used = np.zeros(len(index), dtype=np.int64)
    month = np.zeros(len(index), dtype=np.int64)
    for number, name in enumerate(SERIES):
        count, first = getattr(standing, f"{name}_count"), getattr(standing, f"{name}_first")
        inside = (index >= used) & (index < used + count)
        series = np.where(inside, number + 1, series)
        month = np.where(inside, first + index - used, month)
        used = used + count
    start = account.window_start
    end = account.last_active

    # Free events: a kind that fits the customer, a week of the window, a weekday and an hour that fit the kind.
    mix = data["transaction_mix"]
    drawn = draw.pick(mix.by("account_class", "profile"), account.account_class, account.transaction_profile, label="kind")
    kind = kinds.lookup("kind", mix["kind"])[drawn]
    fixed = np.array([0, NUMBER["income"], NUMBER["rent"], NUMBER["savings_plan"], NUMBER["fee"]], dtype=np.int64)[series]
    fixed = np.where((series == 1) & (account.account_class == "savings"), NUMBER["interest"], fixed)
    kind = np.where(series > 0, fixed, kind)
    channel = kinds["channel"].take(kind)

    days = bank_days(data)
    weekdays = data["transaction_weekdays"]
    weekday = weekdays.ints("weekday")[draw.pick(weekdays.by("channel"), channel, label="weekday")]
    weeks = (end - start).astype(np.int64) // WEEK
    week = draw.integers(0, weeks - 1, "week")
    first = start + DAY
    offset = (weekday - (first.astype(np.int64) + 3)) % WEEK
    free = first + (week * WEEK + offset).astype("timedelta64[D]")
    bank_only = np.array([name in ("bill", "cash_deposit") for name in KINDS])[kind]
    moved = days.next(free)
    moved = np.where(moved > end, days.previous(free), moved)
    free = np.where(bank_only, moved, free)

    due_day = np.select(
        [series == 1, series == 2, series == 3, series == 4],
        [account.income_day, account.rent_day, account.plan_day, np.full(len(index), 31)],
        default=np.int64(1),
    )
    due = month_day(month.astype("datetime64[M]"), due_day)
    due = np.where(series == 1, days.previous(due), days.next(due))
    day = np.where(series > 0, due, free)

    hours = data["transaction_hours"]
    hour = hours.ints("hour")[draw.pick(hours.by("channel"), channel, label="hour")]
    second = draw.integers(0, 3599, "second")
    time = (day - SINCE).astype(np.int64) * 86_400 + hour * 3600 + second
    result: Ints = (time << KIND_BITS) + kind
    return result


def in_order(family: Any) -> Ints:
    """The events of the families in order of time, per batch row."""
    events = family.column("slot")
    number = np.repeat(np.arange(len(family.lengths), dtype=np.int64), family.lengths)
    # Times stay below 2^34 seconds for two more centuries, an event below 2^39: the family goes above.
    order = np.sort((number << 40) + events)
    result: Ints = (order & ((1 << 40) - 1))[family.here]
    return result


def kind_of(event: Ints) -> Ints:
    return event & ((1 << KIND_BITS) - 1)


def day_of(event: Ints) -> Any:
    return SINCE + ((event >> KIND_BITS) // 86_400).astype("timedelta64[D]")


def time_of(event: Ints) -> Any:
    return SINCE.astype("datetime64[us]") + (event >> KIND_BITS).astype("timedelta64[s]")


def merchants(event: Ints, draw: Any, data: Any) -> Ints:
    """A row of `merchants` of the kind's channel; a shop for kinds without a merchant."""
    table = data["merchants"]
    group = Text.coded(_CHANNEL_OF_KIND[kind_of(event)], _CHANNELS)
    rows: Ints = draw.pick(table.by("channel"), group)
    return rows


def original_amounts(event: Ints, merchant: Ints, foreign: Ints, money: Currency, draw: Any, data: Any) -> Ints:
    """Merchants' prices: hundredths of the merchant's currency, by category and with the endings prices have."""
    matrix = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    abroad = kind_of(event) == NUMBER["card_foreign"]
    at_home = matrix.numbers(data["merchants"].columns["merchant_category"])[merchant]
    away = data["foreign_merchants"]
    category = np.where(abroad, matrix.numbers(away.columns["merchant_category"])[foreign], at_home)
    value = matrix.at(category, draw.uniform("amount"))
    rate = np.where(abroad, away.floats("exchange_rate")[foreign], 1.0)
    local = hundredths(value / rate)
    dong = (away["currency"] == "VND")[foreign] & abroad | (~abroad & (money.code == "VND"))
    endings = data["price_endings"]
    ending = endings.ints("ending")[draw.pick(endings, label="ending")]
    priced = np.where((ending >= 0) & ~dong, local // 100 * 100 + ending, local)
    result: Ints = np.where(dong, rounded(local, 100_000), np.maximum(priced, 1))
    return result


def amounts(event: Ints, original: Ints, foreign: Ints, account: Any, money: Currency, draw: Any, data: Any) -> Ints:
    """What is booked, hundredths of the account's currency, always positive."""
    kind = kind_of(event)
    rate = data["foreign_merchants"].floats("exchange_rate")[foreign]
    amount = np.where(kind == NUMBER["card_foreign"], converted(original, rate, money.unit), original)

    transfers = QuantileMatrix.of(data["transfer_amounts"], "kind")
    group = np.array([transfers.groups.index(name) if name in transfers.groups else 0 for name in KINDS], dtype=np.int64)
    sent = hundredths(transfers.at(group[kind], draw.uniform("transfer")), money.price)
    coarse = 500 * max(money.price, 1)
    even = draw.chance(0.55, "even") | (kind == NUMBER["savings_in"]) | (kind == NUMBER["savings_out"])
    sent = np.where(even, rounded(sent, coarse), sent)
    sent = np.where(kind == NUMBER["cash_deposit"], rounded(sent, money.note), sent)
    between = np.isin(kind, [NUMBER[name] for name in transfers.groups])
    amount = np.where(between, sent, amount)

    machine = data["atm_amounts"]
    amount = np.where(kind == NUMBER["atm"], hundredths(machine.floats("amount"))[draw.pick(machine, label="atm")], amount)
    for name, column in (("income", "monthly_income"), ("rent", "rent"), ("savings_plan", "plan"), ("fee", "monthly_fee"), ("interest", "interest")):
        amount = np.where(kind == NUMBER[name], account.column(column), amount)
    result: Ints = amount
    return result


def converted(original: Ints, rate: Floats, unit: int) -> Ints:
    """A foreign amount in the account's currency at a rate, rounded to its minor unit, at least one."""
    result: Ints = np.maximum(np.rint(original * rate / unit), 1.0).astype(np.int64) * unit
    return result
