"""Portfolios that add up: quantity times price is value, values are the total, weights are one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Lists,
    Text,
    check,
    entity,
    field,
    record,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.generators.digits import characters, luhn_check_digit, numbers_of
from datamimic_pack_finance.portfolios import holdings

#: first letter of the CFI code (ISO 10962) by class of asset
CFI_LETTER = {"equity": "E", "fund": "C", "bond": "D", "money_market": "C"}


@record
class Position:
    """Units of one security: `price` per unit, `value` = quantity x price, `weight` its share of the portfolio."""

    isin: str
    national_id: str
    security_name: str
    asset_class: str
    cfi_code: str
    currency: str
    quantity: int
    price: Decimal
    value: Decimal
    cost: Decimal
    gain: Decimal
    weight: float


@entity(
    "investment",
    happens="opened_on",
    tables=(
        "currencies",
        "securities",
        "investor_mixes",
        "risk_profiles",
        "position_counts",
        "portfolio_sizes",
        "cost_ratios",
    ),
)
class Investment(Entity):
    """A portfolio of securities at the clock's day, settled through a bank account."""

    # whose portfolio
    investment_id: str = field(serial("INV-{country}-########", grows=True), key=True, doc="unique id")
    account: BankAccount = field(ref(BankAccount), doc="the account that trades are settled on")
    owner: Person = field(ref(Person, by=holdings.owner), doc="who owns the portfolio, the holder of the account")
    owner_name: str = field(via("owner.full_name"), doc="full name of the owner")

    # when
    opened_on: date = field(holdings.opened_on, doc="when the portfolio was opened")
    as_of: date = field(lambda rows, clock: np.full(len(rows), clock.date), doc="day of the prices")

    # what is held
    risk_profile: str = field(holdings.risk_profile, doc="cautious, balanced or dynamic")
    currency: str = field(via("account.currency"), doc="currency of prices and values")
    position_count: int = field(holdings.position_count, doc="number of securities held")
    target: Decimal = field(holdings.target, internal=True, doc="size that the portfolio is drawn with")
    held: list[int] = field(holdings.held, internal=True, doc="rows of the table of securities")
    positions: list[Position] = field(holdings.positions, doc="the securities, each once")

    # what it is worth
    market_value: Decimal = field(holdings.market_value, doc="sum of the positions' values")
    cost_basis: Decimal = field(holdings.cost_basis, doc="what the positions cost")
    unrealised_gain: Decimal = field(
        lambda market_value, cost_basis: market_value - cost_basis, doc="market value minus cost"
    )


@check(Investment, "quantity times price is the value of every position")
def value_is_quantity_times_price(positions: Lists) -> Bools:
    each = holdings.each(positions)
    return positions.all((each.quantity * each.price == each.value) & (each.quantity > 0))


@check(Investment, "values and costs of the positions add up to those of the portfolio")
def positions_add_up(
    positions: Lists, market_value: Ints, cost_basis: Ints, unrealised_gain: Ints, position_count: Ints
) -> Bools:
    totals = (holdings.sum_of("value", positions) == market_value) & (holdings.sum_of("cost", positions) == cost_basis)
    return totals & (unrealised_gain == market_value - cost_basis) & (position_count == positions.lengths)


@check(Investment, "the gain of a position is its value minus its cost, and the cost is not negative")
def gain_is_value_minus_cost(positions: Lists) -> Bools:
    each = holdings.each(positions)
    return positions.all((each.gain == each.value - each.cost) & (each.cost >= 0))


@check(Investment, "the weights add up to one, each the share of the value")
def weights_are_shares(positions: Lists, market_value: Ints) -> Bools:
    weight = holdings.each(positions).weight
    total = np.zeros(len(positions.lengths))
    np.add.at(total, positions.parents, weight)
    share = holdings.each(positions).value / np.maximum(market_value, 1)[positions.parents]
    return (np.abs(total - 1) <= 1e-6) & positions.all(np.abs(weight - share) <= 1e-6)


@check(Investment, "a portfolio holds every security once")
def securities_differ(positions: Lists) -> Bools:
    text = holdings.each(positions).isin
    codes = Text.plain(text.arrow()).dictionary().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    keys = positions.parents * (int(codes.max(initial=0)) + 1) + codes
    _, first = np.unique(keys, return_index=True)
    repeated = np.ones(len(keys), dtype=np.bool_)
    repeated[first] = False
    return ~positions.any(repeated)


@check(Investment, "the check digit of every ISIN is right, and the ISIN holds the national number")
def isin_check_digit(positions: Lists) -> Bools:
    isin, national = holdings.each(positions).isin, holdings.each(positions).national_id
    return positions.all(
        isin.matches(isin_is_valid)
        & np.array([(n or "?") in (i or "") for i, n in _pairs(isin, national)], dtype=np.bool_)
    )


@check(Investment, "security, class, CFI code, price and ISIN are of one entry of the list of securities")
def security_is_listed(positions: Lists, data: Data) -> Bools:
    table, each = data["securities"], holdings.each(positions)
    row = table.lookup("isin", each.isin)
    price = np.rint(table.floats("price") * 100).astype(np.int64)
    same = (table["security_name"].take(row) == each.security_name) & (
        table["asset_class"].take(row) == each.asset_class
    )
    return positions.all(
        (row >= 0) & same & (table["cfi_code"].take(row) == each.cfi_code) & (price[row] == each.price)
    )


@check(Investment, "the CFI code's first letter fits the class of asset")
def cfi_fits_class(positions: Lists) -> Bools:
    letter = holdings.each(positions).asset_class.map(_letter_of)
    return positions.all(holdings.each(positions).cfi_code.slice(0, 1) == letter)


@check(Investment, "positions are in the currency of the portfolio")
def one_currency(positions: Lists, currency: Text) -> Bools:
    return positions.all(holdings.each(positions).currency == currency.take(positions.parents))


@check(Investment, "the portfolio was opened before the day of its prices")
def opened_before_prices(opened_on: Dates, as_of: Dates, clock: Clock) -> Bools:
    return (opened_on <= as_of) & (as_of <= clock.date)


def isin_is_valid(value: str) -> bool:
    """Twelve characters, a country, and a last digit that completes the Luhn sum over letters as numbers."""
    if len(value) != 12 or not value[:2].isalpha() or not value.isalnum() or not value[-1].isdigit():
        return False
    written = "".join(str(int(letter, 36)) for letter in value[:-1])
    body = numbers_of(characters(Text.of([written]), len(written)))
    return int(luhn_check_digit(body)[0]) == int(value[-1])


def _letter_of(asset_class: str) -> str:
    return CFI_LETTER.get(asset_class, "?")


def _pairs(first: Text, second: Text) -> list[tuple[str | None, str | None]]:
    return list(zip(first.tolist(), second.tolist(), strict=True))


class InvestmentService(HoldersService[Investment]):
    """Portfolios: `InvestmentService("GB", seed=1).generate().positions`."""
