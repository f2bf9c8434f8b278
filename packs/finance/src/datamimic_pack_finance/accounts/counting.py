"""How many bookings an account has: known without making any."""

from __future__ import annotations

import numpy as np

from datamimic import Ref, World
from datamimic.columns import Ints
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.cards.of_accounts import CardsOf
from datamimic_pack_finance.dues.of_accounts import DuesOf
from datamimic_pack_finance.lending.of_accounts import LoansOf


def booking_count(
    rows: Ints, own_count: Ints, leg_count: Ints, interest_months: Ints, savings_row: Ints, world: World
) -> Ints:
    """All bookings of an account: those of the plan of its savings stand on both accounts, those of bills and instalments
    with its cards and loans too, and dues with other packs."""
    count = own_count + leg_count + interest_months
    cards, dues = CardsOf.of(world), DuesOf.of(world)
    count += cards.bills_of(rows) + LoansOf.of(world).counts_of(rows) + dues.counts_of(rows) + cards.dues_of(rows)
    at = np.flatnonzero(savings_row >= 0)
    count[at] += Ref(world, world.spec(ACCOUNT), savings_row[at]).column("leg_count")
    return count
