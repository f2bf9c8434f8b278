"""What comes in and goes out every month, how much is left to spend, and how far below zero an account may go."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Table, Text, World
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_finance import customers
from datamimic_pack_finance.holders.homes import RENTED
from datamimic_pack_finance.ledger.options import asked
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths, rounded

SUPPLIERS = ("Utilities", "Telecommunication", "Television and Internet", "Insurance", "Digital Media")
"""Categories of merchants that an account pays monthly, one of each at most; the last one by card."""
OF_THE_HOME = np.array([True, False, True, False, False])
TAKEN = (1.0, 0.92, 0.85, 0.8, 0.55)
"""How many of those who may have a contract have one."""
POOREST = 0.35
"""Of the usual pay, what even those without an income live in a home for."""
SPENT = 0.94
"""Of what is left after what is due, the part that is spent."""
MONTH = 30.4375
"""Days."""
LEAST, MOST = 0.4, 3.2
"""By which factors what is spent differs from the usual."""


def gross_income(holder: Any, account_class: Text) -> Ints:
    """Hundredths a year that are paid into the account: all of the holder's into the first current account."""
    return np.where((account_class == "current") & (holder.index == 0), holder.income, 0)


def income_kind(holder: Any) -> Text:
    return customers.income_kind(holder.employment)


def employer(draw: Draw, world: World) -> Ints:
    """The row of the company that pays the salary."""
    return draw.integers(0, world.size(world.spec("common.company")) - 1)


def payday(draw: Draw, data: Data) -> Ints:
    table = data["paydays"]
    return table.ints("day")[draw.pick(table)]


def rent(monthly_income: Ints, holder: Any, account_class: Text, draw: Draw, data: Data) -> Ints:
    shares = data["rent_shares"]
    share = shares.ints("percent")[draw.pick(shares, label="share")]
    step = max(currency_of(data).price, 500)
    amount = rounded(np.maximum(monthly_income, _least_income(data)) * share // 100, step)
    pays = (holder.housing == RENTED) & (account_class == "current") & (holder.index == 0)
    return np.where(pays, amount, 0)


def _least_income(data: Data) -> int:
    others: Table = data["common.other_incomes"]
    usual = int(others.ints("median_income")[others.position("employment", "employed")])
    return int(usual * 100 * POOREST) // 12


def suppliers(holder: Any, account_class: Text, draw: Draw, data: Data) -> Lists:
    """Rows of `merchants` of the suppliers, in the order of `SUPPLIERS`, -1 where there is no contract."""
    table: Table = data["merchants"]
    current = (account_class == "current") & (holder.index == 0)
    found = np.full((len(draw), len(SUPPLIERS)), -1, dtype=np.int64)
    grouped = table.by("merchant_category")
    for place, category in enumerate(SUPPLIERS):
        row = draw.pick(grouped, Text.constant(category, len(draw)), label=category)
        has = current & draw.chance(TAKEN[place], f"has {category}")
        if OF_THE_HOME[place]:
            has &= holder.pays_for_home
        found[:, place] = np.where(has, row, -1)
    return Lists(np.full(len(draw), len(SUPPLIERS), dtype=np.int64), found.ravel())


def supplier_prices(suppliers: Lists, draw: Draw, data: Data) -> Lists:
    """What each of them takes a month, hundredths."""
    money = currency_of(data)
    matrix = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    prices = np.zeros((len(draw), len(SUPPLIERS)), dtype=np.int64)
    for place, category in enumerate(SUPPLIERS):
        # The same contract costs about the same: the tails belong to single payments.
        uniform = 0.15 + 0.7 * draw.uniform(category)
        group = np.full(len(draw), matrix.groups.index(category), dtype=np.int64)
        prices[:, place] = hundredths(matrix.at(group, uniform), money.price)
    return Lists(suppliers.lengths, np.where(suppliers.values >= 0, prices.ravel(), 0))


def plan(holder: Any, account_class: Text, draw: Draw, data: Data) -> Ints:
    """What the holder puts aside every month on this savings account: some per cent of the income, in round sums."""
    step = 1_000 * max(currency_of(data).price // 100, 1)
    percent = draw.integers(1, 9, "percent")
    amount = holder.income * percent // 1200 // step * step
    saves = draw.chance(0.55, "saves") & (account_class == "savings") & (holder.index > 0)
    return np.where(saves, amount, 0)


def due_monthly(
    rent: Ints,
    supplier_prices: Lists,
    monthly_fee: Ints,
    holder: Any,
    account_class: Text,
    gross_income: Ints,
    rows: Ints,
) -> Ints:
    """Rent, suppliers, loans and card bills of a month, hundredths."""
    bills = supplier_prices.values.reshape(len(rows), len(SUPPLIERS)).sum(axis=1)
    first = (account_class == "current") & (holder.index == 0)
    loans = np.where(first, holder.loans.sum("payment"), 0)
    most = np.maximum(gross_income // 12 * 5 // 100, 1_000) * holder.cards.counts
    cards = np.where(first, np.minimum(holder.cards.sum("current_balance"), most), 0)
    return rent + bills + monthly_fee + loans + cards


def budget(
    monthly_income: Ints, due_monthly: Ints, usual_spending: Ints, holder: Any, draw: Draw, world: World
) -> Floats:
    """By which factor amounts differ from the usual ones, so that what is spent follows what is left."""
    left = monthly_income * SPENT - due_monthly - holder.income * 0.02 / 12
    factor = np.clip(left / np.maximum(usual_spending, 1), LEAST, MOST) * (0.85 + 0.3 * draw.uniform())
    return factor * float(asked(world).amounts or 1.0)


def usual_spending(payments_per_month: Floats, rows: Ints, data: Data, world: World) -> Ints:
    """What so many free payments cost at the prices of the country, hundredths a month."""
    each = world.memo(("finance.usual payment", data.country), lambda: _usual_payment(data))
    return np.rint(payments_per_month * each).astype(np.int64)


def _usual_payment(data: Data) -> float:
    """Mean of a free booking, hundredths: what goes out less what comes in."""
    amounts = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    means = {group: _mean(amounts, place) for place, group in enumerate(amounts.groups)}
    shops: Table = data["merchants"]
    spent: dict[str, float] = {}
    for channel in ("pos", "online"):
        at = shops["channel"] == channel
        weights = shops.floats("weight")[at]
        prices = np.array([means[name] for name in shops.columns["merchant_category"]])[at]
        spent[channel] = float((weights * prices).sum() / weights.sum())
    sent = QuantileMatrix.of(data["transfer_amounts"], "kind")
    cash: Table = data["atm_amounts"]
    notes = float((cash.floats("amount") * cash.floats("weight")).sum() / cash.floats("weight").sum())
    cost = {"card_pos": spent["pos"], "card_online": spent["online"], "card_foreign": spent["online"], "atm": notes}
    cost |= {name: _mean(sent, place) for place, name in enumerate(sent.groups)}
    cost |= {"transfer_in": -cost["transfer_in"], "cash_deposit": -cost["cash_deposit"], "refund": -spent["online"]}
    mix: Table = data["transaction_mix"]
    usual = mix["profile"] == "employee"
    weights = np.where(usual, mix.floats("weight"), 0.0)
    costs = np.array([cost[kind] for kind in mix.columns["kind"]])
    return 100 * float((weights * costs).sum() / weights.sum())


def _mean(matrix: QuantileMatrix, place: int) -> float:
    values, knots = matrix.values[place], matrix.probabilities
    return float(((knots[1:] - knots[:-1]) * (values[1:] + values[:-1]) / 2).sum())


def payments_per_month(
    transaction_profile: Text, monthly_income: Ints, holder: Any, account_class: Text, draw: Draw, data: Data
) -> Floats:
    """How many shops, machines and transfers the account sees in a month; 0 on savings."""
    profiles = data["customer_profiles"]
    pace = profiles.ints("payments_per_month")[profiles.lookup("profile", transaction_profile)]
    idle = np.where(monthly_income > 0, 1.0, 0.5)
    own = pace * idle * (0.7 + 0.6 * draw.uniform())
    return np.where((account_class == "current") & (holder.index == 0), own, 0.0)


def free_count(payments_per_month: Floats, window_start: Any, last_active: Any, world: World) -> Ints:
    """How many of them lie in the window."""
    days = np.maximum((last_active - window_start).astype(np.int64), 0)
    times = asked(world).payments
    counted = payments_per_month * (1.0 if times is None else times) * days / MONTH
    return counted.astype(np.int64)


def buffer(account_type: Text, overdraft_limit: Ints, holder: Any, draw: Draw, data: Data) -> Ints:
    """What the account holds at its lowest point; below zero for some that may be overdrawn. Savings follow income and age."""
    matrix = QuantileMatrix.of(data["balance_buffers"], "account_type")
    unit = currency_of(data).unit
    others: Table = data["common.other_incomes"]
    usual = float(others.ints("median_income")[others.position("employment", "employed")]) * 100
    wealth = np.clip(0.35 + 0.65 * holder.income / usual, 0.3, 4.0) * np.clip(holder.age / 50, 0.4, 1.6)
    held = hundredths(matrix.at(group(account_type, matrix), draw.uniform("held")) * wealth, unit)
    owed = (overdraft_limit * draw.uniform("owed") * 0.95 / unit).astype(np.int64) * unit
    return np.where(draw.chance(0.12, "overdrawn") & (overdraft_limit > 0), -owed, held)


def group(text: Text, matrix: QuantileMatrix) -> Ints:
    codes, vocabulary = text.coding()
    return matrix.numbers(vocabulary.values)[codes]


def overdraft_limit(account_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["overdraft_limits"]
    limits = np.rint(table.floats("overdraft_limit") * 100).astype(np.int64)
    return limits[draw.pick(table.by("account_type"), account_type)]


def is_current(account_class: Text, holder: Any) -> Bools:
    return (account_class == "current") & (holder.index == 0)
