"""What comes in and goes out every month, and how much is left to spend."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Table, Text, World
from datamimic.columns import Bools, Dates, Floats, Ints, where
from datamimic_pack_finance import customers
from datamimic_pack_finance.dues.of_accounts import DuesOf
from datamimic_pack_finance.holders.homes import RENTED
from datamimic_pack_finance.holders.pay import PER_YEAR, usual_income
from datamimic_pack_finance.lending.of_accounts import LoansOf
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths, rounded

SUPPLIERS = ("Utilities", "Telecommunication", "Television and Internet", "Insurance", "Digital Media")
"""Categories of merchants that an account pays monthly, one of each at most; the last one by card."""
SUBSCRIPTION = SUPPLIERS[-1]
OF_THE_HOME = (True, False, True, False, False)
TAKEN = (1.0, 0.92, 0.85, 0.8, 0.55)
"""How many of those who may have a contract have one."""
POOREST = 0.35
"""Of the usual pay, what even those without an income live in a home for."""
SPENT = 0.81
"""Of what is left after what is due, the part that is spent from the account; the rest goes where no bank sees it."""
LEAST, MOST = 0.4, 3.2
"""By which factors what is spent differs from the usual."""


def gross_income(holder: Any, account_class: Text, is_main: Bools) -> Ints:
    """Hundredths a year that are paid into the account: into one current account of a person."""
    return np.where((account_class == "current") & is_main, holder.income, 0)


def income_kind(holder: Any) -> Text:
    return customers.income_kind(holder.employment)


def payer(income_kind: Text, holder: Any, draw: Draw, data: Data) -> Text:
    """The holder's employer; else who pays pensions, allowances, benefits or the takings of a business."""
    table: Table = data["counterparties"]
    others = table["counterparty"].take(draw.pick(table.by("role"), income_kind))
    employer: Text = holder.employer_name
    known = (income_kind == "salary") & ~employer.is_null()
    return where(known, employer.fill(""), others)


def payday(draw: Draw, data: Data) -> Ints:
    table: Table = data["paydays"]
    return table.ints("day")[draw.pick(table)]


def rent(
    monthly_income: Ints, housing: Text, account_class: Text, home_state_code: Text, draw: Draw, data: Data
) -> Ints:
    shares: Table = data["rent_shares"]
    share = shares.ints("percent")[draw.pick(shares, label="share")] * _rent_level(home_state_code, data)
    step = max(currency_of(data).price, 500)
    amount = rounded((np.maximum(monthly_income, _least_income(data)) * share).astype(np.int64) // 100, step)
    return np.where((housing == RENTED) & (account_class == "current"), amount, 0)


def _rent_level(state_code: Text, data: Data) -> Floats:
    """By how much more of their income people of the state pay than those of the country; 1 for states not listed."""
    table: Table = data["rent_levels"]
    found = table.lookup("state_code", state_code)
    return np.where(found >= 0, table.floats("factor").take(np.maximum(found, 0)), 1.0)


def _least_income(data: Data) -> int:
    return int(usual_income(data) * POOREST) // 12


def suppliers(rows: Ints, account_class: Text, pays_for_home: Bools, draw: Draw, world: World, data: Data) -> Lists:
    """Rows of `merchants` of the suppliers, in the order of `SUPPLIERS`, -1 where there is no contract, or where what it
    would be for is paid to others of the world."""
    table: Table = data["merchants"]
    found = np.full((len(draw), len(SUPPLIERS)), -1, dtype=np.int64)
    grouped, dues = table.by("merchant_category"), DuesOf.of(world)
    for place, category in enumerate(SUPPLIERS):
        row = draw.pick(grouped, Text.constant(category, len(draw)), label=category)
        has = (account_class == "current") & draw.chance(TAKEN[place], f"has {category}")
        if dues.codes:
            has &= ~dues.instead_of(rows, _codes(table, category))
        if OF_THE_HOME[place]:
            has &= pays_for_home
        found[:, place] = np.where(has, row, -1)
    return Lists(np.full(len(draw), len(SUPPLIERS), dtype=np.int64), found.ravel())


def _codes(merchants: Table, category: str) -> frozenset[str]:
    """Of the merchants of a category."""
    codes = zip(merchants.columns["merchant_category"], merchants.columns["mcc"], strict=True)
    return frozenset(code for name, code in codes if name == category)


def supplier_prices(suppliers: Lists, holder: Any, draw: Draw, data: Data) -> Lists:
    """What each of them takes a month, hundredths: more of those who earn more."""
    money = currency_of(data)
    matrix = QuantileMatrix.of(data["merchant_amounts"], "merchant_category")
    prices = np.zeros((len(draw), len(SUPPLIERS)), dtype=np.int64)
    dearer = np.clip(0.8 + 0.2 * holder.income / usual_income(data), 0.8, 1.5)
    for place, category in enumerate(SUPPLIERS):
        # The same contract costs about the same: the tails belong to single payments.
        uniform = 0.15 + 0.7 * draw.uniform(category)
        group = np.full(len(draw), matrix.groups.index(category), dtype=np.int64)
        prices[:, place] = hundredths(matrix.at(group, uniform) * dearer, money.price)
    return Lists(suppliers.lengths, np.where(suppliers.values >= 0, prices.ravel(), 0))


def budget(
    rows: Ints, monthly_income: Ints, rent: Ints, supplier_prices: Lists, suppliers: Lists, rhythm: Ints, monthly_fee: Ints,
    pace: Ints, window_start: Dates, last_active: Dates, draw: Draw, world: World, data: Data,
) -> Floats:  # fmt: skip
    """By which factor amounts differ from the usual ones, so that what is spent follows what is left."""
    shape = (len(rent), len(SUPPLIERS))
    bills = supplier_prices.values.reshape(shape).sum(axis=1)
    fixed = (suppliers.values.reshape(shape) >= 0).sum(axis=1) + PER_YEAR[rhythm] / 12 + (rent > 0) + 2
    each = world.memo(("finance.usual payment", data.country), lambda: _usual_payment(data))
    usual = np.maximum(pace - fixed, 4.0) * each
    days = np.maximum((last_active - window_start).astype(np.int64), 30)
    owed = LoansOf.of(world).paid_of(rows) * 30 // days + DuesOf.of(world).paid_of(rows) * 30 // days
    left = (monthly_income - rent - bills - owed - monthly_fee) * SPENT
    return np.clip(left / usual, LEAST, MOST) * (0.85 + 0.3 * draw.uniform())


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
