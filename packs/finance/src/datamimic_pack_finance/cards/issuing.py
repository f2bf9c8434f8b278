"""Network, number, limit and dates of a card."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text, option, options
from datamimic.columns import Bools, Dates, Floats, Ints, digits, select
from datamimic_pack_common.check_digits import number_of
from datamimic_pack_finance.calendar import month_day
from datamimic_pack_finance.generators.card_number import KINDS, card_numbers, test_cards
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.money import QuantileMatrix, currency_of


def wanted_type(rows: Ints, draw: Draw, data: Data) -> Text:
    """Cards belong to current accounts."""
    types = data["account_types"]
    return types["account_type"].take(draw.pick(types.by("account_class"), Text.constant("current", len(rows))))


def place(account: Any, draw: Draw, data: Data) -> Ints:
    """A network by its share; a debit card is of the network whose prefix its bank has, where that is one of the table's."""
    table = data["card_networks"]
    drawn = draw.pick(table)
    debit = {
        iin: row
        for row, (kind, iin) in enumerate(zip(table.columns["card_type"], table.columns["iin"], strict=True))
        if kind == "debit"
    }
    prefix: Text = account.bin
    codes, vocabulary = prefix.coding()
    own = np.array([debit.get(value, -1) for value in vocabulary.values], dtype=np.int64)[codes]
    return np.where((table["card_type"] == "debit")[drawn] & (own >= 0), own, drawn)


@options
class CardOptions:
    """Options of cards."""

    card_numbers: str = option(
        "generated",
        doc="generated: every card has its own number, with a valid check digit, which an issuer may have issued too; "
        "published: only numbers that payment processors publish for testing, one for each prefix, so that they repeat",
        choices=KINDS,
    )


def card_number(number_base: Text, bin: Text, place: Ints, data: Data, options: CardOptions) -> Text:
    if options.card_numbers == "published":
        return test_cards(bin, data)
    return card_numbers(
        bin, data["card_networks"].ints("length")[place], number_of(numbers_of(characters(number_base, 8)))
    )


def cvv(place: Ints, draw: Draw, data: Data) -> Text:
    code = draw.integers(0, 9999, "code")
    return select(data["card_networks"].ints("cvv_length")[place] - 3, [digits(code % 1000, 3), digits(code, 4)])


def tier(account: Any, draw: Draw, data: Data) -> Text:
    tiers = data["card_tiers"]
    drawn = draw.pick(tiers)
    return tiers["tier"].take(np.where(account.transaction_profile == "student", 0, drawn))


def interest_rate(tier: Text, card_type: Text, data: Data) -> Ints:
    tiers = data["card_tiers"]
    rate = np.rint(tiers.floats("interest_rate") * 100).astype(np.int64)[tiers.lookup("tier", tier)]
    return np.where(card_type == "credit", rate, 0)


def credit_limit(tier: Text, card_type: Text, place: Ints, account: Any, draw: Draw, data: Data) -> Ints:
    """Rounded to a hundred (a million dong); students get a quarter; 0 for debit cards."""
    matrix = QuantileMatrix.of(data["card_limits"], "tier")
    codes, vocabulary = tier.coding()
    group = matrix.numbers(vocabulary.values)[codes]
    value = matrix.at(group, draw.uniform()) * data["card_networks"].floats("limit_factor")[place]
    value = np.where(account.transaction_profile == "student", value * 0.25, value)
    step = currency_of(data).limit
    limit = np.maximum(np.rint(value / step), 1).astype(np.int64) * step * 100
    return np.where(card_type == "credit", limit, 0)


def current_balance(credit_limit: Ints, draw: Draw, data: Data) -> Ints:
    unit = currency_of(data).unit
    share = data["card_utilisation"].quantiles().at(draw.uniform())
    return np.minimum((credit_limit * share / unit).astype(np.int64) * unit, credit_limit)


def term(draw: Draw, data: Data) -> Ints:
    table = data["card_terms"]
    return table.ints("years")[draw.pick(table)]


def issue_date(term: Ints, account: Any, draw: Draw, clock: Clock) -> Dates:
    """On a day after that on which the account was opened, so that no card is seen without its account, and after the holder's
    18th birthday; cards of up to ten months past their term are kept."""
    ago = draw.integers(0, term * 365 + 300, "ago").astype("timedelta64[D]")
    grown = account.holder.birthdate.astype("datetime64[D]") + (18 * 365 + 5) * np.timedelta64(1, "D")
    earliest = np.maximum(grown, account.created_date.astype("datetime64[D]") + np.timedelta64(1, "D"))
    return np.minimum(np.maximum(clock.date - ago, earliest), clock.date)


def expiration_date(issue_date: Dates, term: Ints) -> Dates:
    return month_day(issue_date.astype("datetime64[M]") + (term * 12).astype("timedelta64[M]"), np.full(len(term), 31))


def is_active(expiration_date: Dates, draw: Draw, now: Dates) -> Bools:
    return (expiration_date > now) & ~draw.chance(0.03, "blocked")


def utilisation(current_balance: Ints, credit_limit: Ints) -> Floats:
    return np.where(credit_limit > 0, np.rint(current_balance / np.maximum(credit_limit, 1) * 1e4) / 1e4, 0.0)
