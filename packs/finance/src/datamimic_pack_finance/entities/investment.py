"""Portfolios that add up: quantity times price is value, values are the total, weights are one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Locale,
    Service,
    Struct,
    Text,
    check,
    entity,
    field,
    record,
    ref,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_common import DemographicConfig, Person
from datamimic_pack_finance import customers
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.generators.digits import characters, luhn_check_digit, numbers_of
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths

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


def _owner(account: Any) -> Ints:
    return account.holder.rows


def _risk_profile(draw: Draw, data: Data) -> Text:
    table = data["risk_profiles"]
    return table["risk_profile"].take(draw.pick(table))


def _position_count(draw: Draw, data: Data) -> Ints:
    table = data["position_counts"]
    return table.ints("count")[draw.pick(table)]


def _target(draw: Draw, data: Data) -> Ints:
    return hundredths(data["portfolio_sizes"].quantiles().at(draw.uniform()), 100)


def _held(risk_profile: Text, position_count: Ints, draw: Draw, data: Data) -> Lists:
    """Rows of the table of securities: as many different ones as positions, likelier by class and weight."""
    securities, mixes = data["securities"], data["investor_mixes"]
    number = len(securities)
    classes = securities.columns["asset_class"]
    weights = securities.floats("weight")
    total = {kind: sum(w for w, k in zip(weights.tolist(), classes, strict=True) if k == kind) for kind in set(classes)}
    names = risk_profile.vocabulary.values  # type: ignore[union-attr]
    wanted = dict(
        zip(
            zip(mixes.columns["risk_profile"], mixes.columns["asset_class"], strict=True),
            mixes.floats("weight").tolist(),
            strict=True,
        )
    )
    chance = np.array(
        [
            [wanted[name, kind] * w / total[kind] for w, kind in zip(weights.tolist(), classes, strict=True)]
            for name in names
        ]
    )
    # The smallest of uniform / weight win: sampling without replacement that prefers heavier securities.
    every = (
        draw.items(np.full(len(position_count), number, dtype=np.int64), "every").uniform("chance").reshape(-1, number)
    )
    ranked = np.argsort(every / chance[risk_profile.codes], axis=1, kind="stable")
    mask = np.arange(number) < position_count[:, None]
    return Lists(position_count, ranked[mask])


def _positions(held: Lists, position_count: Ints, target: Ints, draw: Draw, data: Data, locale: Locale) -> Lists:
    table = data["securities"]
    unit = currency_of(locale).unit
    row: Any = held.values
    items = draw.items(position_count, "position")
    share = 0.15 + items.uniform("share")
    parents = held.parents
    whole = np.zeros(len(position_count))
    np.add.at(whole, parents, share)
    price = np.rint(table.floats("price") * 100).astype(np.int64)[row]
    quantity = np.maximum((target[parents] * (share / whole[parents]) / price).astype(np.int64), 1)
    value = quantity * price
    total = np.repeat(segment_sums(value, position_count), position_count)
    ratios = QuantileMatrix.of(data["cost_ratios"], "asset_class")
    ratio = ratios.at(ratios.numbers(table.columns["asset_class"])[row], items.uniform("cost"))
    cost = np.rint(value * ratio / unit).astype(np.int64) * unit
    columns: dict[str, Any] = {
        name: table[name].take(row)
        for name in ("isin", "national_id", "security_name", "asset_class", "cfi_code", "currency")
    }
    columns |= {
        "quantity": quantity,
        "price": price,
        "value": value,
        "cost": cost,
        "gain": value - cost,
        "weight": value / total,
    }
    return Lists(position_count, Struct(columns))


def _each(positions: Lists) -> Any:
    """The positions of all portfolios, one after the other."""
    return positions.values


def _sum_of(name: str, positions: Lists) -> Ints:
    return segment_sums(getattr(_each(positions), name), positions.lengths)


def _market_value(positions: Lists) -> Ints:
    return _sum_of("value", positions)


def _cost_basis(positions: Lists) -> Ints:
    return _sum_of("cost", positions)


def _opened_on(account: Any, draw: Draw, clock: Clock) -> Dates:
    """After the account was opened, before the clock."""
    opened = account.created_date.astype("datetime64[D]")
    room = (clock.date - opened).astype(np.int64)
    return opened + (draw.uniform() * room).astype(np.int64).astype("timedelta64[D]")


@entity(
    "investment",
    tables=("securities", "investor_mixes", "risk_profiles", "position_counts", "portfolio_sizes", "cost_ratios"),
)
class Investment:
    """A portfolio of securities at the clock's day, settled through a bank account."""

    investment_id: str = field(serial("INV-########"), key=True, doc="unique id")
    account: BankAccount = field(ref(BankAccount), doc="the account that trades are settled on")
    owner: Person = field(ref(Person, by=_owner), doc="who owns the portfolio, the holder of the account")
    owner_name: str = field(via("owner.full_name"), doc="full name of the owner")
    opened_on: date = field(_opened_on, doc="when the portfolio was opened")
    as_of: date = field(lambda rows, clock: np.full(len(rows), clock.date), doc="day of the prices")
    risk_profile: str = field(_risk_profile, doc="cautious, balanced or dynamic")
    currency: str = field(via("account.currency"), doc="currency of prices and values")
    position_count: int = field(_position_count, doc="number of securities held")
    target: Decimal = field(_target, hidden=True, doc="size that the portfolio is drawn with")
    held: list[int] = field(_held, hidden=True, doc="rows of the table of securities")
    positions: list[Position] = field(_positions, doc="the securities, each once")
    market_value: Decimal = field(_market_value, doc="sum of the positions' values")
    cost_basis: Decimal = field(_cost_basis, doc="what the positions cost")
    unrealised_gain: Decimal = field(
        lambda market_value, cost_basis: market_value - cost_basis, doc="market value minus cost"
    )


@check(Investment, "quantity times price is the value of every position")
def value_is_quantity_times_price(positions: Lists) -> Bools:
    each = _each(positions)
    return positions.all((each.quantity * each.price == each.value) & (each.quantity > 0))


@check(Investment, "values and costs of the positions add up to those of the portfolio")
def positions_add_up(
    positions: Lists, market_value: Ints, cost_basis: Ints, unrealised_gain: Ints, position_count: Ints
) -> Bools:
    totals = (_sum_of("value", positions) == market_value) & (_sum_of("cost", positions) == cost_basis)
    return totals & (unrealised_gain == market_value - cost_basis) & (position_count == positions.lengths)


@check(Investment, "the gain of a position is its value minus its cost, and the cost is not negative")
def gain_is_value_minus_cost(positions: Lists) -> Bools:
    each = _each(positions)
    return positions.all((each.gain == each.value - each.cost) & (each.cost >= 0))


@check(Investment, "the weights add up to one, each the share of the value")
def weights_are_shares(positions: Lists, market_value: Ints) -> Bools:
    weight = _each(positions).weight
    total = np.zeros(len(positions.lengths))
    np.add.at(total, positions.parents, weight)
    share = _each(positions).value / np.maximum(market_value, 1)[positions.parents]
    return (np.abs(total - 1) <= 1e-6) & positions.all(np.abs(weight - share) <= 1e-6)


@check(Investment, "a portfolio holds every security once")
def securities_differ(positions: Lists) -> Bools:
    text = _each(positions).isin
    codes = Text.plain(text.arrow()).dictionary().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    keys = positions.parents * (int(codes.max(initial=0)) + 1) + codes
    _, first = np.unique(keys, return_index=True)
    repeated = np.ones(len(keys), dtype=np.bool_)
    repeated[first] = False
    return ~positions.any(repeated)


@check(Investment, "the check digit of every ISIN is right, and the ISIN holds the national number")
def isin_check_digit(positions: Lists) -> Bools:
    isin, national = _each(positions).isin, _each(positions).national_id
    return positions.all(
        isin.matches(isin_is_valid) & np.array([(n or "?") in (i or "") for i, n in _pairs(isin, national)])
    )


@check(Investment, "security, class, CFI code, price and ISIN are of one entry of the list of securities")
def security_is_listed(positions: Lists, data: Data) -> Bools:
    table, each = data["securities"], _each(positions)
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
    letter = _each(positions).asset_class.map(_letter_of)
    return positions.all(_each(positions).cfi_code.slice(0, 1) == letter)


@check(Investment, "positions are in the currency of the portfolio")
def one_currency(positions: Lists, currency: Text) -> Bools:
    return positions.all(_each(positions).currency == currency.take(positions.parents))


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


class InvestmentService(Service[Investment]):
    """Portfolios: `InvestmentService("GB", seed=1).generate().positions`."""

    entity = Investment

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | None = None,
    ) -> None:
        asked = customers.asked_of_holders(demographic_config)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)
