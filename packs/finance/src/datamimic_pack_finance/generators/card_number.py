"""Card numbers (ISO/IEC 7812): a prefix, free digits, and the Luhn check digit; or one that is published for testing."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import numpy as np

from datamimic import Clock, Context, Data, LiteralGenerator, Text
from datamimic.columns import Bools, Ints, digits, from_bytes, join, select
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_finance.generators.digits import characters, luhn_check_digit, numbers_of

KINDS = ("generated", "published")


def card_numbers(iin: Text, lengths: Ints, free: Ints) -> Text:
    """Card numbers of 15 or 16 digits; `free` in [0, 10 ** 8) differs from row to row within a prefix."""
    texts = []
    for length in (15, 16):
        room = length - 7
        spread = free if room == 8 else free * 10 + free % 7
        own = (spread[:, None] // 10 ** np.arange(room - 1, -1, -1, dtype=np.int64)) % 10
        body = np.concatenate([numbers_of(characters(iin, 6)), own], axis=1)
        matrix = np.concatenate([body, luhn_check_digit(body)[:, None]], axis=1) + 48
        texts.append(from_bytes(matrix.astype(np.uint8)))
    return select(lengths - 15, texts)


def with_check_digit(bodies: Text) -> Text:
    """Numbers of 15 or 16 digits from what stands before their check digit."""
    lengths = bodies.lengths()
    found = np.zeros(len(bodies), dtype=np.int64)
    for length in (14, 15):
        at = np.flatnonzero(lengths == length)
        found[at] = luhn_check_digit(numbers_of(characters(Text.plain(bodies.take(at).arrow()), length)))
    return join(bodies, digits(found, 1))


def test_cards(iin: Text, data: Data) -> Text:
    """The number that is published for testing, of each prefix."""
    table = data["finance.test_cards"]
    return table["card_number"].take(table.lookup("iin", iin))


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
    """Credit and debit card numbers of the networks a country uses, with the prefixes of published test numbers and a valid
    check digit: an issuer may have issued the same. With `card_numbers="published"` only the published numbers."""

    tables = ("finance.card_networks", "finance.test_cards")
    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        card_numbers: str = "generated",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: str | datetime | date | Clock | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed, clock=clock)
        if card_numbers not in KINDS:
            raise InvalidOption(
                "invalid_option", f"card_numbers is {excerpt(card_numbers)}", hint=f"one of {', '.join(KINDS)}"
            )
        self._published = card_numbers == "published"

    def column(self, context: Context) -> Text:
        table = context.data["finance.card_networks"]
        rows = context.draw.pick(table, label="network")
        if self._published:
            return test_cards(table["iin"].take(rows), context.data)
        free = context.draw.integers(0, 10**8 - 1, "account")
        return card_numbers(table["iin"].take(rows), table.ints("length")[rows], free)
