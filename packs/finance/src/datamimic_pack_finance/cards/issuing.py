"""Network, number and limit of a card."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text, World, option, options
from datamimic.columns import Bools, Floats, Ints, digits, join, select
from datamimic_pack_finance.cards.owners import CARD
from datamimic_pack_finance.generators.card_number import KINDS, test_cards, with_check_digit
from datamimic_pack_finance.holders.pay import usual_income
from datamimic_pack_finance.money import QuantileMatrix, currency_of


def issued(card_type: Text, account: Any, draw: Draw, data: Data) -> Ints:
    """Row of `card_bins`: one of what the account's bank issues, by its share."""
    bins: Ints = draw.pick(data["card_bins"].by("bank_code", "card_type"), account.bank_code, card_type)
    return bins


def place(card_type: Text, card_provider: Text, data: Data) -> Ints:
    """Row of `card_networks`: the first one of the network."""
    return data["card_networks"].by("card_type", "network").first(card_type, card_provider)


def scheme(card_type: Text, card_provider: Text, draw: Draw, data: Data) -> Ints:
    """Row of `card_schemes`; what is no card of Visa or Mastercard has no second network."""
    table = data["card_schemes"]
    drawn = draw.pick(table.by("card_type"), card_type)
    alone: Text = table["scheme"]
    none = int(np.flatnonzero(alone == "")[0])
    return np.where(card_provider.isin({"Visa", "Mastercard"}), drawn, none)


def national_network(scheme: Ints, data: Data) -> Text:
    named = data["card_schemes"]["scheme"].take(scheme)
    return named.where(named != "")


def pace(card_type: Text, place: Ints, draw: Draw, data: Data) -> Ints:
    """Payments a month of credit cards, more on networks with larger limits; 0 for debit cards, which pay as often as their
    account has it."""
    table = data["card_paces"]
    usual = table.ints("per_month")[draw.pick(table)] * data["card_networks"].floats("limit_factor")[place]
    return np.where(card_type == "credit", np.maximum((usual + draw.uniform("rest")).astype(np.int64), 1), 0)


FREE = 7
"""Digits between what a bank owns and the check digit."""
PREFIX = 6
"""Digits that a number shares with one that is published for testing."""


@options
class CardOptions:
    """Options of cards."""

    card_numbers: str = option(
        "generated",
        doc="generated: every card has its own number, with a valid check digit, which an issuer may have issued too; "
        "published: only numbers that payment processors publish for testing, one for each prefix, so that they repeat",
        choices=KINDS,
    )


def card_number(number_base: Text, issued: Ints, data: Data, options: CardOptions) -> Text:
    """What the bank owns, the free digits, and the check digit; or the published number with the same six digits."""
    bins = data["card_bins"]["bin"]
    if options.card_numbers == "published":
        return test_cards(bins.map(_prefix).take(issued), data)
    return with_check_digit(join(bins.take(issued), number_base))


def most_cards(world: World) -> int | None:
    """As many as there are free digits, each used once whichever bank it is."""
    return None if world.options(world.spec(CARD)).card_numbers == "published" else 10**FREE


def bin(card_number: Text, issued: Ints, data: Data, options: CardOptions) -> Text:
    if options.card_numbers == "published":
        return card_number.slice(0, PREFIX)
    return data["card_bins"]["bin"].take(issued)


def starts_with(card_number: Text, bin: Text) -> Bools:
    """Of first digits of six, seven or eight."""
    lengths = bin.lengths()
    return np.logical_or.reduce([(lengths == width) & (card_number.slice(0, width) == bin) for width in (6, 7, 8)])


def _prefix(bin: str) -> str:
    return bin[:PREFIX]


def cvv(place: Ints, draw: Draw, data: Data) -> Text:
    code = draw.integers(0, 9999, "code")
    return select(data["card_networks"].ints("cvv_length")[place] - 3, [digits(code % 1000, 3), digits(code, 4)])


def payer(card_type: Text, account: Any, draw: Draw, data: Data) -> Text:
    """full, partial or minimum: what is paid of a bill; null for debit cards."""
    table = data["card_billing"]
    return table["payer"].take(draw.pick(table)).where(card_type == "credit")


def tier(account: Any, draw: Draw, data: Data) -> Text:
    tiers = data["card_tiers"]
    drawn = draw.pick(tiers)
    return tiers["tier"].take(np.where(account.transaction_profile == "student", 0, drawn))


def interest_rate(tier: Text, card_type: Text, account: Any, draw: Draw, data: Data) -> Ints:
    """Hundredths of a per cent."""
    tiers = data["card_tiers"]
    usual = np.rint(tiers.floats("interest_rate") * 100).astype(np.int64)[tiers.lookup("tier", tier)]
    # Less for those who are better off, as banks see it: nobody publishes how much.
    risk = 1.3 - 0.15 * np.sqrt(np.clip(account.holder.income / usual_income(data), 0.1, 4.0))
    rate = (usual * (risk - 0.15 + 0.1 * draw.uniform()) / 10).astype(np.int64) * 10
    return np.where(card_type == "credit", rate, 0)


def credit_limit(tier: Text, card_type: Text, place: Ints, account: Any, draw: Draw, data: Data) -> Ints:
    """Rounded to a hundred (a million dong), more for those who earn more; students get a quarter; 0 for debit cards."""
    matrix = QuantileMatrix.of(data["card_limits"], "tier")
    codes, vocabulary = tier.coding()
    group = matrix.numbers(vocabulary.values)[codes]
    value = matrix.at(group, draw.uniform()) * data["card_networks"].floats("limit_factor")[place]
    value = value * np.sqrt(np.clip(account.holder.income / usual_income(data), 0.2, 4.0))
    value = np.where(account.transaction_profile == "student", value * 0.25, value)
    step = currency_of(data).limit
    limit = np.maximum(np.rint(value / step), 1).astype(np.int64) * step * 100
    return np.where(card_type == "credit", limit, 0)


def utilisation(current_balance: Ints, credit_limit: Ints) -> Floats:
    return np.where(credit_limit > 0, np.rint(current_balance / np.maximum(credit_limit, 1) * 1e4) / 1e4, 0.0)
