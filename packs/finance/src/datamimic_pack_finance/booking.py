"""The ledger of an account: what was booked when, and how much it was, as whole columns.

Each transaction of an account first gets a *slot*: the slots of a family are the due dates of its monthly series, then free
events drawn inside the window. Sorting the slots of a family by time gives the booking order.

An event is one int64: seconds since 1940 (UTC), shifted by 5 bits, plus the number of the kind, a row of
`transaction_kinds`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Family, Text, WorkingDays, to_local, to_utc
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_finance.calendar import bank_days, month_day
from datamimic_pack_finance.money import Currency, QuantileMatrix, hundredths, rounded
from datamimic_pack_finance.statement import SERIES, WEEK

KIND_BITS = 5
TABLES = (
    "transaction_kinds", "transaction_mix", "transaction_hours", "transaction_weekdays", "merchants", "foreign_merchants",
    "merchant_amounts", "transfer_amounts", "atm_amounts", "price_endings", "bank_holidays",
)  # fmt: skip
"""What a ledger reads."""
SINCE = np.datetime64("1940-01-01", "D")
_SINCE = int(SINCE.astype(np.int64))
#: numbers of kinds: rows of `transaction_kinds`, the same in every country
KINDS = (
    "card_pos", "card_online", "card_foreign", "atm", "transfer_out", "transfer_in", "bill", "refund",
    "cash_deposit", "savings_in", "savings_out",
    "income", "rent", "savings_plan", "fee", "interest",
)  # fmt: skip
NUMBER = {name: number for number, name in enumerate(KINDS)}
#: which merchants a kind draws from
_CHANNELS = ("pos", "online", "bill")
_KIND_OF_SERIES = np.array([NUMBER["income"], NUMBER["rent"], NUMBER["savings_plan"], NUMBER["fee"]], dtype=np.int64)
_BANK_ONLY = np.array([name in ("bill", "cash_deposit") for name in KINDS])
_CHANNEL_OF_KIND = np.array([{"card_online": 1, "refund": 1, "bill": 2}.get(kind, 0) for kind in KINDS], dtype=np.int64)


def slots(account: Any, draw: Draw, data: Data) -> Ints:
    """The event of every child row by its position among the siblings, not yet in order of time."""
    kinds = data["transaction_kinds"]
    standing = account.standing
    # Free events: a kind that fits the customer, a week of the window, a weekday and an hour that fit the kind.
    mix = data["transaction_mix"]
    drawn = draw.pick(
        mix.by("account_class", "profile"), account.account_class, account.transaction_profile, label="kind"
    )
    kind = kinds.lookup("kind", mix["kind"])[drawn]
    due = np.flatnonzero(account.index < standing.due_count)
    kind[due], day_due = _falling_due(account, due, bank_days(data))

    channel = kinds["channel"].take(kind)
    weekdays = data["transaction_weekdays"]
    weekday = weekdays.ints("weekday")[draw.pick(weekdays.by("channel"), channel, label="weekday")]
    start = account.window_start.astype(np.int64)
    end = account.last_active.astype(np.int64)
    week = draw.integers(0, (end - start) // WEEK - 1, "week")
    # Day 0, 1 January 1970, was a Thursday.
    day = start + 1 + week * WEEK + (weekday - start - 4) % WEEK
    closed = np.flatnonzero(_BANK_ONLY[kind])
    day[closed] = _opened(day[closed], end[closed], bank_days(data))
    day[due] = day_due

    hours = data["transaction_hours"]
    hour = hours.ints("hour")[draw.pick(hours.by("channel"), channel, label="hour")]
    second = draw.integers(0, 3599, "second")
    shown = day.astype("datetime64[D]").astype("datetime64[us]") + (hour * 3600 + second).astype("timedelta64[s]")
    moment = to_utc(shown, account.time_zone)
    time = (moment - SINCE.astype("datetime64[us]")).astype(np.int64) // 1_000_000
    return (time << KIND_BITS) + kind


def _falling_due(account: Any, due: Ints, days: WorkingDays) -> tuple[Ints, Ints]:
    """Kind and day (since 1970) of the child rows at `due`, which belong to a monthly series."""
    index = account.index[due]
    standing = account.standing
    series = np.zeros(len(due), dtype=np.int64)
    month = np.zeros(len(due), dtype=np.int64)
    day_of_month = np.full(len(due), 31, dtype=np.int64)
    used = np.zeros(len(due), dtype=np.int64)
    for number, name in enumerate(SERIES):
        count = getattr(standing, f"{name}_count")[due]
        inside = np.flatnonzero((index >= used) & (index < used + count))
        series[inside] = number
        month[inside] = (getattr(standing, f"{name}_first")[due] + index - used)[inside]
        if name != "fee":
            day_of_month[inside] = account.column(f"{name}_day")[due[inside]]
        used = used + count
    fall = month_day(month.astype("datetime64[M]"), day_of_month)
    income = series == 0
    day = np.where(income, days.previous(fall), days.next(fall))
    kind = _KIND_OF_SERIES[series]
    kind = np.where(income & (account.account_class == "savings")[due], NUMBER["interest"], kind)
    return kind, day.astype(np.int64)


def _opened(day: Ints, end: Ints, days: WorkingDays) -> Ints:
    """The bank day that takes the place of each day, not after `end`."""
    dates = day.astype("datetime64[D]")
    later = days.next(dates).astype(np.int64)
    return np.where(later > end, days.previous(dates).astype(np.int64), later)


def in_order(family: Family) -> Ints:
    """The events of the families in order of time, per batch row."""
    events = family.column("slot")
    number = np.repeat(np.arange(len(family.lengths), dtype=np.int64), family.lengths)
    # Times stay below 2^34 seconds for two more centuries, an event below 2^39: the family goes above.
    order = np.sort((number << 40) + events)
    return (order & ((1 << 40) - 1))[family.positions]


def kind_of(event: Ints) -> Ints:
    return event & ((1 << KIND_BITS) - 1)


def day_of(event: Ints, zone: Text) -> Any:
    """The day on the holder's calendar."""
    return to_local(time_of(event), zone).astype("datetime64[D]")


def time_of(event: Ints) -> Any:
    return SINCE.astype("datetime64[us]") + (event >> KIND_BITS).astype("timedelta64[s]")


def merchants(event: Ints, draw: Draw, data: Data) -> Ints:
    """A row of `merchants` of the kind's channel; a shop for kinds without a merchant."""
    table = data["merchants"]
    group = Text.coded(_CHANNEL_OF_KIND[kind_of(event)], _CHANNELS)
    return draw.pick(table.by("channel"), group)


def original_amounts(event: Ints, merchant: Ints, foreign: Ints, money: Currency, draw: Draw, data: Data) -> Ints:
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
    return np.where(dong, rounded(local, 100_000), np.maximum(priced, 1))


def amounts(event: Ints, original: Ints, foreign: Ints, account: Any, money: Currency, draw: Draw, data: Data) -> Ints:
    """What is booked, hundredths of the account's currency, always positive."""
    kind = kind_of(event)
    rate = data["foreign_merchants"].floats("exchange_rate")[foreign]
    amount = np.where(kind == NUMBER["card_foreign"], converted(original, rate, money.unit), original)

    transfers = QuantileMatrix.of(data["transfer_amounts"], "kind")
    group = np.array(
        [transfers.groups.index(name) if name in transfers.groups else -1 for name in KINDS], dtype=np.int64
    )[kind]
    uniform = draw.uniform("transfer")
    even = draw.chance(0.55, "even")
    between = np.flatnonzero(group >= 0)
    amount[between] = _transferred(kind[between], group[between], uniform[between], even[between], transfers, money)

    machine = data["atm_amounts"]
    notes = hundredths(machine.floats("amount"))[draw.pick(machine, label="atm")]
    amount = np.where(kind == NUMBER["atm"], notes, amount)
    for name, column in (
        ("income", "monthly_income"),
        ("rent", "rent"),
        ("savings_plan", "plan"),
        ("fee", "monthly_fee"),
        ("interest", "interest"),
    ):
        at = np.flatnonzero(kind == NUMBER[name])
        amount[at] = account.column(column)[at]
    return amount


def _transferred(
    kind: Ints, group: Ints, uniform: Floats, even: Bools, transfers: QuantileMatrix, money: Currency
) -> Ints:
    """Amounts between people and of a saver's own transfers; cash deposits in notes, most others in round sums."""
    sent = hundredths(transfers.at(group, uniform), money.price)
    own = (kind == NUMBER["savings_in"]) | (kind == NUMBER["savings_out"])
    sent = np.where(even | own, rounded(sent, 500 * max(money.price // 100, 1)), sent)
    return np.where(kind == NUMBER["cash_deposit"], rounded(sent, money.note), sent)


def converted(original: Ints, rate: Floats, unit: int) -> Ints:
    """A foreign amount in the account's currency at a rate, rounded to its minor unit, at least one."""
    return np.maximum(np.rint(original * rate / unit), 1.0).astype(np.int64) * unit
