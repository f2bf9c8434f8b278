"""Card numbers (ISO/IEC 7812): an issuer prefix reserved for testing, free digits, and the Luhn check digit."""

from __future__ import annotations

import numpy as np

from datamimic import Context, LiteralGenerator, Text
from datamimic.columns import Bools, Ints, from_bytes, select
from datamimic_pack_finance.generators.digits import characters, luhn_check_digit, numbers_of


def card_numbers(iin: Text, lengths: Ints, free: Ints) -> Text:
    """Card numbers of 15 or 16 digits; `free` in [0, 10 ** 8) differs from row to row within a prefix."""
    texts = []
    for length in (15, 16):
        room = length - 7
        spread = free if room == 8 else free * 10 + free % 7
        digits = (spread[:, None] // 10 ** np.arange(room - 1, -1, -1, dtype=np.int64)) % 10
        body = np.concatenate([numbers_of(characters(iin, 6)), digits], axis=1)
        matrix = np.concatenate([body, luhn_check_digit(body)[:, None]], axis=1) + 48
        texts.append(from_bytes(matrix.astype(np.uint8)))
    return select(lengths - 15, texts)


def luhn_is_valid(numbers: Text) -> Bools:
    """Do the digits of each number satisfy the Luhn check?"""
    valid = np.zeros(len(numbers), dtype=np.bool_)
    lengths = numbers.lengths()
    for length in np.unique(lengths).tolist():
        if length >= 12:
            at = np.flatnonzero(lengths == length)
            digits = numbers_of(characters(Text.plain(numbers.take(at).arrow()), length))
            written = ((digits >= 0) & (digits <= 9)).all(axis=1)
            valid[at] = written & (luhn_check_digit(digits[:, :-1]) == digits[:, -1])
    return valid


class CardNumberGenerator(LiteralGenerator[str]):
    """Credit and debit card numbers of the networks a country uses, all within published test ranges."""

    python_type = str

    @property
    def tables(self) -> tuple[str, ...]:
        return ("finance.card_networks",)

    def column(self, context: Context) -> Text:
        table = context.data["finance.card_networks"]
        rows = context.draw.pick(table, label="network")
        free = context.draw.integers(0, 10**8 - 1, "account")
        return card_numbers(table["iin"].take(rows), table.ints("length")[rows], free)
