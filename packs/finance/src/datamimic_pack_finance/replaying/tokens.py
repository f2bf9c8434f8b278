"""Card numbers as tokens: as long, with the digits at both ends that are kept, and the same for the same number and key.

The digits between are encrypted by FF1 under a tweak of the others, so that numbers stay distinct and nothing is stored. Luhn's
sum is kept by walking the cycle of the permutation until a number has the sum of the original: again a permutation, of the
numbers with that sum (NIST SP 800-38G, on cycle walking). Where a token must be nobody's number, its last free digit is
changed afterwards: whatever single digit is changed, Luhn's check fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from attrs import field, frozen

from datamimic import FF1
from datamimic.columns import Ints

SHORTEST, LONGEST = 12, 19
"""Digits of a card number (ISO/IEC 7812-1)."""
LEAST_FREE = 6
"""Digits that are encrypted at least: a million numbers, what the revision of the standard (draft, 2019) asks for."""
_CHANGED_BY = 5
_DOUBLED = np.array([sum(divmod(2 * digit, 10)) for digit in range(10)])
Luhn = Literal["broken", "valid"]


@frozen
class Tokens:
    """What makes the token of a number; `first` and `last` digits are kept where at least six are left between them: of a
    shorter number fewer of the last, then of the first."""

    key: bytes = field(repr=False)
    first: int = 6
    last: int = 4
    luhn: Luhn = "broken"

    def of(self, numbers: Sequence[str]) -> list[str]:
        """The tokens of numbers of 12 to 19 digits."""
        lengths = np.array([len(number) for number in numbers], np.int64)
        made = [""] * len(numbers)
        for length in np.unique(lengths).tolist():
            at = np.flatnonzero(lengths == length)
            joined = "".join([numbers[place] for place in at.tolist()]).encode("ascii")
            digits = np.frombuffer(joined, np.uint8).reshape(-1, length).astype(np.int64) - 48
            text = (self._tokens(digits) + 48).astype(np.uint8).tobytes().decode("ascii")
            for row, place in enumerate(at.tolist()):
                made[place] = text[row * length : (row + 1) * length]
        return made

    def kept(self, length: int) -> tuple[int, int]:
        """How many of the first and last digits of a number of this length are kept."""
        first = min(self.first, length - LEAST_FREE)
        return first, min(self.last, length - LEAST_FREE - first)

    def _tokens(self, digits: Ints) -> Ints:
        first, last = self.kept(digits.shape[1])
        free = slice(first, digits.shape[1] - last)
        tweaks = np.concatenate([digits[:, :first], digits[:, free.stop :]], axis=1)
        tweaks = np.concatenate([tweaks, np.full((len(digits), 1), digits.shape[1])], axis=1).astype(np.uint8)
        cipher, sums = FF1(self.key), luhn_sums(digits)
        tokens = digits.copy()
        walking = np.arange(len(digits))
        while len(walking):
            tokens[walking, free] = cipher.encrypt(tokens[walking, free], tweaks[walking])
            walking = walking[luhn_sums(tokens[walking]) != sums[walking]]
        if self.luhn == "broken":
            passing = np.flatnonzero(sums == 0)
            tokens[passing, free.stop - 1] = (tokens[passing, free.stop - 1] + _CHANGED_BY) % 10
        return tokens


def luhn_sums(digits: Ints) -> Ints:
    """Luhn's sum of every row, modulo 10: zero where the check passes."""
    plain = digits[:, ::-1][:, ::2].sum(axis=1)
    return (plain + _DOUBLED[digits[:, ::-1][:, 1::2]].sum(axis=1)) % 10
