"""What identifies a payment from the order to both statements. All follow from the transaction that it is booked by."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from datamimic import Draw, Struct, Text
from datamimic.columns import Ints, digits, from_bytes, join, where
from datamimic_pack_common.generators.random_bytes import byte_matrix, hexadecimal
from datamimic_pack_finance.payments.parties import is_payment

_DIGITS = (7, 19)
"""Where the twelve digits of a transaction id stand, `TXN-US-000000000017`."""


def number(transaction_id: Text) -> Text:
    """Its twelve digits, which fit into every reference of every standard."""
    return transaction_id.slice(*_DIGITS)


def end_to_end_id(
    transaction_id: Text, event: Ints, own: Ints, by_loan: Ints, number_of_it: Ints, source: Ints, due: Struct
) -> Text:
    """What who pays calls the payment, and everybody carries through, both legs of a transfer between own accounts alike; null
    where nothing is sent between accounts and no loan is paid back. Dues are called what their pack calls them, those paid by
    card too."""
    named = is_payment(event) | (by_loan >= 0) | (source >= 0)
    at = np.flatnonzero(named)
    if not len(at):
        return Text.constant(None, len(event))
    made = _name(transaction_id.take(at), own[at], by_loan[at], number_of_it[at], due.reference.take(at))
    index = np.zeros(len(event), dtype=np.int64)
    index[at] = np.arange(len(at))
    return made.take(index).where(named)


def _name(transaction_id: Text, own: Ints, by_loan: Ints, number_of_it: Ints, told: Text) -> Text:
    country = transaction_id.slice(4, 6)
    between = join("OWN", country, digits(np.maximum(own, 0), 18))
    sent = where(own >= 0, between, where(told.is_null(), join("E2E", country, number(transaction_id)), told))
    back = by_loan >= 0
    return where(back, instalment(country, np.maximum(by_loan, 0), number_of_it), sent)


def instalment(country: Text | str, loan: Ints, number: Ints) -> Text:
    """What the bank calls a payment of a loan (its row): the `number`-th, from 0."""
    return join("LOAN", country, digits(loan, 9), "-", digits(number + 1, 3))


def instruction_id(transaction_id: Text, event: Ints) -> Text:
    """What one bank calls the payment to the next, at most 16 characters."""
    return join("I", transaction_id.slice(4, 6), number(transaction_id)).where(is_payment(event))


def uetr(event: Ints, draw: Draw) -> Text:
    """The unique end-to-end transaction reference (ISO 20022, SWIFT)."""
    return uuids(draw).where(is_payment(event))


def uuids(draw: Draw) -> Text:
    """UUIDs of version 4."""
    matrix = byte_matrix(draw, 16).copy()
    matrix[:, 6] = matrix[:, 6] & 0x0F | 0x40
    matrix[:, 8] = matrix[:, 8] & 0x3F | 0x80
    written = hexadecimal(matrix)
    dash = np.full((len(written), 1), ord("-"), dtype=np.uint8)
    ends = (0, 8, 12, 16, 20, 32)
    parts = [part for start, stop in pairwise(ends) for part in (written[:, start:stop], dash)]
    return from_bytes(np.concatenate(parts[:-1], axis=1))
