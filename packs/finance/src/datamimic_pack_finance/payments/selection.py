"""Which transactions are payments between banks, and which of them the holder of the account orders."""

from __future__ import annotations

from typing import Final

import numpy as np

from datamimic import Text
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.ledger.booking import NUMBER, kind_of
from datamimic_pack_finance.payments import codes

TRANSFERS: Final = ("transfer_out", "transfer_in", "income", "rent")
"""Credit transfers, which one bank sends to another; a saver's own transfers stay in one."""
ORDERS: Final = ("transfer_out", "rent")
"""Those that the holder of the account orders."""
DEBITS: Final = ("bill",)
"""Direct debits, which a supplier collects."""


def is_one_of(event: Ints, kinds: tuple[str, ...]) -> Bools:
    return np.isin(kind_of(event), [NUMBER[kind] for kind in kinds])


def is_transfer(event: Ints) -> Bools:
    return is_one_of(event, TRANSFERS)


def is_collection(event: Ints) -> Bools:
    return is_one_of(event, DEBITS)


def purpose_code(transaction_type: Text) -> Text:
    # Few values, in an order that depends on the rows: no dictionary of one vocabulary.
    return Text.plain(codes.purpose(transaction_type).arrow())
