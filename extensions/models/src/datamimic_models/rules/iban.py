"""Bank account numbers as ISO 13616 writes them, of no bank that there is."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import numpy as np
from attrs import frozen

from datamimic import Context, Generator, Permutation
from datamimic.columns import Column, Ints, digit_matrix, from_bytes
from datamimic_models.model import Mistakes
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word

LENGTH: Final = 22
_ACCOUNTS: Final = 10**10
_BANKS: Final = 10**7
_LETTERS: Final = 13_14_00
"""D, E and the two check digits, as ISO 7064 reads them behind the rest."""


@frozen
class Iban(RuleKind):
    """An IBAN of the German form with right check digits. Its bank code begins with 9, as that of no bank does (Deutsche
    Bundesbank, Bankleitzahlen: 1 to 8 are its clearing areas). For keys, and where `account.iban` has none for the country."""

    kind: ClassVar[str] = "iban"

    spaced: bool = word("In groups of four, as on paper.", "bool", False)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        kind, needed = where.column.type, LENGTH + 5 * self.spaced
        if kind.name != "str" or (kind.length is not None and kind.length < needed):
            said = f"{where.label} is {kind}, and an IBAN is a text of {needed} characters"
            mistakes.add("models.type_mismatch", said, where.place, hint=f"type: str({needed})")

    def capacity(self) -> int | None:
        return _ACCOUNTS

    def generator(self, where: Where) -> Generator[Any]:
        return Ibans(self.spaced, where.unique)


class Ibans(Generator[Any]):
    """One text per row; of a unique column another account in every row."""

    def __init__(self, spaced: bool, unique: bool) -> None:
        self.spaced = spaced
        self.unique = unique

    def capacity(self) -> int | None:
        return _ACCOUNTS if self.unique else None

    def column(self, context: Context) -> Column:
        accounts = (
            np.asarray(Permutation(_ACCOUNTS, context.draw.address).forward(context.rows))
            if self.unique
            else context.draw.integers(0, _ACCOUNTS - 1, "account")
        )
        banks = 9 * _BANKS + context.draw.integers(0, _BANKS - 1, "bank")
        check = check_digits(banks * _ACCOUNTS + accounts)
        head = np.tile(np.frombuffer(b"DE", dtype=np.uint8), (len(accounts), 1))
        matrix = np.concatenate(
            [head, *(digit_matrix(part, wide) for part, wide in ((check, 2), (banks, 8), (accounts, 10)))], axis=1
        )
        if self.spaced:
            matrix = np.insert(matrix, range(4, LENGTH, 4), ord(" "), axis=1)
        return from_bytes(matrix)


def check_digits(national: Ints) -> Ints:
    """Of German account numbers of 18 digits: what makes all of it 1 modulo 97."""
    return 98 - (national % 97 * (10**6 % 97) + _LETTERS) % 97
