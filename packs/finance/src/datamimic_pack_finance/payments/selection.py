"""Which transactions are payments between banks, and which of them the holder of the account orders."""

from __future__ import annotations

from typing import Final

import numpy as np

from datamimic import Struct, Text
from datamimic.columns import Bools, Ints, where
from datamimic_pack_finance.ledger.booking import NUMBER, kind_of
from datamimic_pack_finance.payments import codes

TRANSFERS: Final = ("transfer_out", "transfer_in", "income", "rent", "due_sent", "due_received")
"""Credit transfers, which one bank sends to another; a saver's own transfers stay in one."""
ORDERS: Final = ("transfer_out", "rent", "due_sent")
"""Those that the holder of the account orders."""
DEBITS: Final = ("bill", "due_collected")
"""Direct debits, which a supplier collects."""


def is_one_of(event: Ints, kinds: tuple[str, ...]) -> Bools:
    return np.isin(kind_of(event), [NUMBER[kind] for kind in kinds])


def is_transfer(event: Ints) -> Bools:
    return is_one_of(event, TRANSFERS)


def is_collection(event: Ints) -> Bools:
    return is_one_of(event, DEBITS)


def purpose_code(transaction_type: Text, due: Struct) -> Text:
    # Few values, in an order that depends on the rows: no dictionary of one vocabulary.
    said: Text = due.purpose
    return Text.plain(where(said.is_null(), codes.purpose(transaction_type), said).arrow())
