"""What comes in and goes out every month, and how far below zero an account may go."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Ints
from datamimic_pack_finance import customers
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths


def monthly_income(holder: Any, account_class: Text, data: Data) -> Ints:
    """Hundredths a month, 0 for savings accounts and people without income."""
    money = currency_of(data)
    step = max(money.price, 100)
    net = customers.net_monthly(holder.income, step, data)
    return np.where(account_class == "current", net, 0)


def income_kind(holder: Any) -> Text:
    return customers.income_kind(holder.employment)


def payer(income_kind: Text, draw: Draw, data: Data) -> Text:
    table = data["counterparties"]
    return table["counterparty"].take(draw.pick(table.by("role"), income_kind))


def payday(draw: Draw, data: Data) -> Ints:
    table = data["paydays"]
    return table.ints("day")[draw.pick(table)]


def rent(monthly_income: Ints, transaction_profile: Text, draw: Draw, data: Data) -> Ints:
    profiles = data["customer_profiles"]
    percent = profiles.ints("rent_percent")[profiles.lookup("profile", transaction_profile)]
    shares = data["rent_shares"]
    share = shares.ints("percent")[draw.pick(shares, label="share")]
    step = max(currency_of(data).price, 500)
    amount = monthly_income * share // 100 // step * step
    return np.where(draw.chance(percent / 100, "pays"), amount, 0)


def landlord(draw: Draw, data: Data, rows: Ints) -> Text:
    table = data["counterparties"]
    return table["counterparty"].take(draw.pick(table.by("role"), Text.constant("landlord", len(rows))))


def plan(monthly_income: Ints, draw: Draw, data: Data) -> Ints:
    table = data["savings_plans"]
    amount = hundredths(table.floats("amount"))[draw.pick(table, label="amount")]
    return np.where(draw.chance(0.3, "saves") & (monthly_income > 4 * amount), amount, 0)


def buffer(account_type: Text, overdraft_limit: Ints, draw: Draw, data: Data) -> Ints:
    """What the account holds at its lowest point; below zero for some that may be overdrawn."""
    matrix = QuantileMatrix.of(data["balance_buffers"], "account_type")
    unit = currency_of(data).unit
    held = hundredths(matrix.at(group(account_type, matrix), draw.uniform("held")), unit)
    owed = (overdraft_limit * draw.uniform("owed") * 0.95 / unit).astype(np.int64) * unit
    return np.where(draw.chance(0.12, "overdrawn") & (overdraft_limit > 0), -owed, held)


def group(text: Text, matrix: QuantileMatrix) -> Ints:
    codes, vocabulary = text.coding()
    return matrix.numbers(vocabulary.values)[codes]


def interest(balance_buffer: Ints, interest_rate: Ints, data: Data) -> Ints:
    """A month's interest on what the account holds, hundredths."""
    unit = currency_of(data).unit
    return np.maximum(balance_buffer, 0) * interest_rate // (120_000 * unit) * unit


def overdraft_limit(account_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["overdraft_limits"]
    limits = np.rint(table.floats("overdraft_limit") * 100).astype(np.int64)
    return limits[draw.pick(table.by("account_type"), account_type)]
