"""The bills of credit cards: what was owed, bought, given back and paid in every period, and which payments the limit declined.

A period's bill is opening balance - payments + purchases - refunds + interest on what was left unpaid of the bill before, and
where that was paid late a fee and interest until then. What is paid of it depends on the holder: all, the least that is due, or
something between.
"""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Ints
from datamimic_pack_finance.cards.cycles import PERIODS, Cycles
from datamimic_pack_finance.cards.owners import CARD
from datamimic_pack_finance.ledger.paying_bills import PayingBills
from datamimic_pack_finance.ledger.purchases import OVER, Purchases
from datamimic_pack_finance.money import currency_of

LARGEST = 4
"""A single payment is at most a quarter of the limit; those who pay bills in full spend at most half of it in a period."""
RATES, YEAR = 10_000, 365


@frozen(eq=False)
class Bills:
    """Per period of the cycles, in hundredths: `paid` is what was paid in it, of the bill before; `to_pay` what will be paid of
    this one, on the day `on`, 0 where there is none. `balance` is what each card owes at the end."""

    opening: Ints
    paid: Ints
    purchases: Ints
    refunds: Ints
    interest: Ints
    fee: Ints
    closing: Ints
    least: Ints
    to_pay: Ints
    on: Ints
    balance: Ints


@frozen(eq=False)
class Terms:
    """What cards are billed by: per card `limit` in hundredths, `rate` in hundredths of a per cent, `payer` full, partial or
    minimum, and the last `end` day on which the account that pays books anything."""

    rows: Ints
    limit: Ints
    rate: Ints
    payer: Text
    end: Ints


def billed(
    terms: Terms, cycles: Cycles, made: Purchases, bought: Ints, world: World, data: Data
) -> tuple[Bills, Purchases]:
    """The bills, and the payments with those declined that went beyond the limit."""
    rule, unit = _Rule.of(data), currency_of(data).unit
    card, count = cycles.card, len(cycles.card)
    starts = np.searchsorted(card, np.arange(len(terms.rows)))
    group = starts[made.card] + made.period
    asked = np.maximum(-made.signed, 0)
    full = terms.payer == "full"
    small = asked <= terms.limit[made.card] // LARGEST
    counted = np.where(small & ~made.anchor, asked, 0)
    total = np.cumsum(counted)
    first = np.searchsorted(group, np.arange(count))
    before = np.append(0, total)[first]
    running = total - before[group]
    anchor = np.bincount(group[made.anchor], asked[made.anchor], minlength=count).astype(np.int64)
    draw = Draw(world.address(CARD, "bills"), terms.rows[card] * PERIODS + cycles.number)
    part = draw.uniform("part")
    last = np.append(card[1:] != card[:-1], True) if count else np.zeros(0, dtype=np.bool_)
    paying = PayingBills.of(cycles, terms.rows, terms.payer, world, data)
    on = paying.on
    columns = {name: np.zeros(count, dtype=np.int64) for name in _COLUMNS}
    room = np.zeros(count, dtype=np.int64)
    approved = np.zeros(len(asked), dtype=np.bool_)
    balance = np.zeros(len(terms.rows), dtype=np.int64)
    order = np.argsort(made.period, kind="stable")
    bounds = np.searchsorted(made.period[order], np.arange(int(cycles.number.max(initial=-1)) + 2))
    places = np.argsort(cycles.number, kind="stable")
    ends = np.searchsorted(cycles.number[places], np.arange(len(bounds)))
    own_turn = np.empty(count, dtype=np.int64)
    own_turn[places] = np.arange(count, dtype=np.int64) - ends[cycles.number[places]]
    for turn in range(len(bounds) - 1):
        at, rows = places[ends[turn] : ends[turn + 1]], order[bounds[turn] : bounds[turn + 1]]
        own = card[at]
        opening = balance[own]
        paid = np.where(on[at - 1] <= terms.end[own], columns["to_pay"][at - 1], 0) if turn else np.zeros_like(opening)
        behind = paying.late[at - 1] & cycles.billed[at] & (turn > 0)
        days = cycles.close[at] - cycles.after[at]
        unpaid = np.maximum(opening - paid, 0)
        area = unpaid * days + np.where(behind, paid * (on[at - 1] - cycles.after[at]), 0)
        interest = np.where(cycles.billed[at], area * terms.rate[own] // (RATES * YEAR * unit) * unit, 0)
        # No more than what was due, and nothing that would go beyond the limit.
        asked_fee = np.minimum(paying.fee[at - 1], columns["least"][at - 1])
        fee = np.where(behind, np.clip(terms.limit[own] - unpaid - interest, 0, asked_fee), 0)
        left = terms.limit[own] - opening - interest - fee
        room[at] = np.where(full[own], np.minimum(terms.limit[own] // 2, left), left) - anchor[at]
        mine, here = room[group[rows]], own_turn[group[rows]]
        approved[rows] = np.where(
            made.anchor[rows], full[made.card[rows]] | (mine >= 0), small[rows] & (running[rows] <= mine)
        )  # fmt: skip
        back = rows[bought[rows] >= 0]
        approved[back] = approved[bought[back]]
        spent = np.bincount(here, asked[rows] * approved[rows], minlength=len(at)).astype(np.int64)
        given = np.maximum(made.signed[rows], 0) * approved[rows]
        returned = np.bincount(here, given, minlength=len(at)).astype(np.int64)
        closing = opening - paid + spent - returned + interest + fee
        least = np.minimum(closing, np.maximum(rule.floor, rule.share(closing, unit) + interest + fee))
        between = least + ((closing - least) * part[at] / unit).astype(np.int64) * unit
        everything = full[own] | (last[at] & cycles.billed[at])
        to_pay = np.where(everything, closing, np.where(terms.payer.take(own) == "minimum", least, between))
        found = {
            "opening": opening, "paid": paid, "purchases": spent, "refunds": returned, "interest": interest,
            "fee": fee, "closing": closing, "least": least, "to_pay": np.where(cycles.billed[at], to_pay, 0),
        }  # fmt: skip
        for name, column in found.items():
            columns[name][at] = column
        balance[own] = closing
    final = np.flatnonzero(last & cycles.billed)
    balance[card[final]] -= np.where(on[final] <= terms.end[card[final]], columns["to_pay"][final], 0)
    outcome = np.where(approved, made.outcome, OVER)
    return Bills(**columns, on=on, balance=balance), evolve(made, outcome=outcome)


_COLUMNS = ("opening", "paid", "purchases", "refunds", "interest", "fee", "closing", "least", "to_pay")


@frozen(eq=False)
class _Rule:
    """The least that is to be paid: hundredths, or hundredths of a per cent of the bill, with its interest."""

    floor: int
    percent: int

    @classmethod
    def of(cls, data: Data) -> _Rule:
        table: Table = data["card_billing"]
        floor, percent = (round(float(table.floats(name)[0]) * 100) for name in ("least", "least_percent"))
        return cls(floor, percent)

    def share(self, closing: Ints, unit: int) -> Ints:
        return closing * self.percent // (RATES * unit) * unit
