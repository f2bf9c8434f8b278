"""What holders pay for their policies, and get back: instalments of terms, and what an early end leaves.

The mandate is the policy's number; what both sides call a payment is the term's number with that of the instalment, from 1 on,
and 00 for what is given back. Who is cancelled for non-payment has not paid the last instalment before the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import MEANS, Dues, Owed, Text, Told, World, positions, segment_sums
from datamimic.columns import Bools, Ints, digits, join

COLLECTED, RECEIVED = MEANS.index("collected"), MEANS.index("received")
BLOCK = 8_192
"""Policies that are looked at at once."""
BACK = 0
"""The number of what is given back; instalments are counted from 1 on."""
PURPOSE = "INSU"
"""`InsurancePremium`, of the external purpose codes of ISO 20022 (ExternalPurpose1Code)."""


class Premiums(Dues):
    """Premiums of policies whose holders are people of the world, from their accounts."""

    name = "insurance_premiums"
    entity = "insurance.insurance_policy"
    merchant_code = "6300"

    def owed(self, people: Ints, since: int, until: int, world: World) -> Owed:
        """`contract` is a row of `policy_term`, `number` that of the instalment, 0 for what is given back."""
        size = world.size(world.spec(self.entity))
        return Owed.joined(
            _of_policies(np.arange(start, min(start + BLOCK, size), dtype=np.int64), people, since, until, world)
            for start in range(0, size, BLOCK)
        )

    def told(self, contract: Ints, number: Ints, world: World) -> Told:
        terms = world.refer("insurance.policy_term", contract)
        policy = terms.policy
        return Told(
            policy.company.name,
            policy.id.where(number != BACK),
            join(terms.term_id, "-", digits(number, 2)),
            Text.constant(PURPOSE, len(contract)),
        )


def _of_policies(rows: Ints, people: Ints, since: int, until: int, world: World) -> Owed:
    policies = world.refer("insurance.insurance_policy", rows)
    known, place = Dues.among(people, policies.policy_holder.person.rows)
    terms = world.refer("insurance.insurance_policy", rows[known]).children("insurance.policy_term")
    own = np.repeat(np.arange(len(known)), terms.counts)
    start, end = (terms.column(name).astype(np.int64) for name in ("start_date", "end_date"))
    near = np.flatnonzero((start <= until) & (end >= since))
    return _of_terms(terms.rows[near], place[own[near]], policies.cancellation_reason.take(known[own[near]]), world)


def _of_terms(rows: Ints, person: Ints, reason: Text, world: World) -> Owed:
    terms: Any = world.refer("insurance.policy_term", rows)
    listed, ends = terms.instalments, terms.cover_ends
    early = ~np.ma.getmaskarray(ends)
    last = np.where(early, np.ma.getdata(ends), terms.end_date)
    term, counts = listed.parents, listed.lengths
    due, amount = listed.values.due_on, np.asarray(listed.values.amount)
    asked = (due < last[term]) & (amount > 0)
    unpaid = early & _unpaid(reason)
    final = np.append(term[1:] != term[:-1], True) | np.append(~asked[1:], True) if len(term) else asked
    paid = asked & ~(unpaid[term] & final)
    at = np.flatnonzero(paid)
    number = positions(counts)[at] + 1
    # What was paid beyond what the time of cover costs.
    total = segment_sums(np.where(paid, amount, 0), counts)
    back = total - (np.asarray(terms.premium) - np.ma.filled(terms.refund, 0))
    given = np.flatnonzero(early & (back > 0))
    return Owed.joined(
        [
            _payments(person[term[at]], due[at], amount[at], COLLECTED, rows[term[at]], number),
            _payments(person[given], last[given], back[given], RECEIVED, rows[given], np.full(len(given), BACK)),
        ]
    )


def _payments(person: Ints, day: Any, amount: Ints, means: int, contract: Ints, number: Ints) -> Owed:
    return Owed(person, day.astype(np.int64), amount, np.full(len(person), means), contract, number)


def _unpaid(reason: Text) -> Bools:
    """Was the contract ended since the holder did not pay?"""
    return reason.matches(lambda text: "non-payment" in text)
