"""The payments and bills of some credit cards, whoever asks: the cards themselves, or the ledgers of the accounts that pay."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Struct, Text, World, record
from datamimic.columns import Ints, take
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.cards.cycles import Cycles, last_day
from datamimic_pack_finance.cards.of_accounts import CardsOf
from datamimic_pack_finance.ledger.billing import Bills, Terms, billed
from datamimic_pack_finance.ledger.booking import NUMBER
from datamimic_pack_finance.ledger.paying_bills import PayingBills
from datamimic_pack_finance.ledger.purchases import Purchases, Spells, of_credit

BLOCK = 1_024
"""Cards whose balances are made at once."""


def current_balance(
    rows: Ints, card_type: Text, use: Any, account: Any, cycle_day: Ints, pace: Ints, credit_limit: Ints, interest_rate: Ints,
    payer: Text, world: World, data: Data,
) -> Ints:  # fmt: skip
    """What is owed after all payments and bills up to the clock; 0 for debit cards."""
    balance = np.zeros(len(rows), dtype=np.int64)
    known = {
        "use": use, "account": account, "cycle_day": cycle_day, "pace": pace, "credit_limit": credit_limit,
        "interest_rate": interest_rate, "payer": payer,
    }  # fmt: skip
    every = np.flatnonzero((card_type == "credit") & (use.until > use.after))
    for start in range(0, len(every), BLOCK):
        at = every[start : start + BLOCK]
        cards = Columns(rows[at], {name: take(column, at) for name, column in known.items()})
        balance[at] = charged(cards, world, data)[1].balance
    return balance


@record
class Billed:
    """How many bills were made up to the clock, and how many of them were paid."""

    made: int
    paid: int


def billed_so_far(
    card_type: Text,
    rows: Ints,
    use: Any,
    account: Any,
    cycle_day: Ints,
    pace: Ints,
    payer: Text,
    world: World,
    data: Data,
) -> Struct:
    """None of debit cards."""
    at = np.flatnonzero(card_type == "credit")
    end = last_day(account)[at]
    cycles = Cycles.of(rows[at], use.after[at], use.until[at], end, cycle_day[at], pace[at], world)
    made, paid = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    made[at] = np.bincount(cycles.card[cycles.billed], minlength=len(at))
    on = PayingBills.of(cycles, rows[at], payer.take(at), world, data).on
    over = cycles.billed & (on <= end[cycles.card])
    paid[at] = np.bincount(cycles.card[over], minlength=len(at))
    return Struct({"made": made, "paid": paid})


def charged(
    cards: Any, world: World, data: Data, accounts: Any = None, places: Ints | None = None, *, placed: bool = False
) -> tuple[Cycles, Bills, Purchases]:
    """The periods of credit cards, their bills, and what was paid, declined where it went beyond the limit.

    Where they are not to be `placed`, shops are any of their category, which costs less. `cards` has the columns of
    credit cards; their accounts are at the `places` of some `accounts`, where somebody has them."""
    rows: Ints = cards.rows
    of = cards.column("account") if accounts is None else accounts
    own = np.arange(len(rows), dtype=np.int64) if places is None else places
    use, end = cards.column("use"), last_day(of)[own]
    cycles = Cycles.of(rows, use.after, use.until, end, cards.column("cycle_day"), cards.column("pace"), world)
    limit = cards.column("credit_limit")
    made, bought = of_credit(Spells.of_credit(rows, own, cycles), limit, of, world, data, placed=placed)
    terms = Terms(rows, limit, cards.column("interest_rate"), cards.column("payer"), end)
    bills, decided = billed(terms, cycles, made, bought, world, data)
    return cycles, bills, decided


def bookings(accounts: Any, world: World, data: Data) -> dict[str, Any]:
    """The bills of credit cards as the ledgers of `accounts` book them."""
    cards, places = CardsOf.of(world).credit_of(accounts.rows)
    cycles, made, _ = charged(cards, world, data, accounts, places)
    end = last_day(accounts)[places]
    at = np.flatnonzero(cycles.billed & (made.on <= end[cycles.card]))
    account = places[cycles.card[at]]
    return {"account": account, "kind": NUMBER["card_bill"], "day": made.on[at], "amount": made.to_pay[at]}
