"""Those to whom an account sends money and from whom it gets some, and whom it pays rent: few, and found again."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Ints, join, where
from datamimic_pack_common.people.naming import is_family_first
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.spending import PAYEES

PERSONS = 0.6
"""Of landlords, those who are people; the others are firms."""


def payee_number(kind: Ints, payee: Ints, account_rows: Ints) -> Ints:
    """One number for each payee and landlord of an account, -1 for whoever is known by another number."""
    which = np.where(kind == NUMBER["rent"], PAYEES, payee)
    known = among(kind, "transfer_out", "transfer_in", "rent")
    return np.where(known, account_rows * (PAYEES + 1) + which, -1)


def payee_names(numbers: Ints, world: World, data: Data) -> Text:
    """Names of payees, by distinct numbers."""
    draw = Draw(world.address(ACCOUNT, "payees"), numbers)
    given: Table = data["common.given_names"]
    family: Table = data["common.family_names"]
    first = given["given_name"].take(draw.pick(given, label="given name"))
    last = family["family_name"].take(draw.pick(family, label="family name"))
    person = join(last, " ", first) if is_family_first(data) else join(first, " ", last)
    others: Table = data["counterparties"]
    firm = others["counterparty"].take(
        draw.pick(others.by("role"), Text.constant("landlord", len(numbers)), label="firm")
    )
    return where((numbers % (PAYEES + 1) == PAYEES) & ~draw.chance(PERSONS, "person"), firm, person)
