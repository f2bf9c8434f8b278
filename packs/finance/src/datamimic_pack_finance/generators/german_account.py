"""German account numbers that satisfy their bank's check-digit method.

The methods are those the Deutsche Bundesbank publishes ("Prüfzifferberechnungsmethoden"). The ones here weigh the digits,
add them up and complete the sum to a multiple of 10 or 11, where a result of 10 or 11 becomes 0; they cover four fifths of
the banks that check at all. Position 1 of the ten is always 0 here, which method 63 demands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Text
from datamimic_pack_finance.generators.digits import Matrix

#: method -> (check position, modulus, weights of the positions before it from right to left, digit sums of products?)
METHODS: dict[str, tuple[int, int, tuple[int, ...], bool]] = {
    "00": (10, 10, (2, 1, 2, 1, 2, 1, 2, 1, 2), True),
    "01": (10, 10, (3, 7, 1, 3, 7, 1, 3, 7, 1), False),
    "06": (10, 11, (2, 3, 4, 5, 6, 7, 2, 3, 4), False),
    "10": (10, 11, (2, 3, 4, 5, 6, 7, 8, 9, 10), False),
    "13": (8, 10, (2, 1, 2, 1, 2, 1, 0), True),
    "20": (10, 11, (2, 3, 4, 5, 6, 7, 8, 9, 3), False),
    "28": (8, 11, (2, 3, 4, 5, 6, 7, 8), False),
    "32": (10, 11, (2, 3, 4, 5, 6, 7, 0, 0, 0), False),
    "34": (8, 11, (2, 4, 8, 5, 10, 9, 7), False),
    "38": (10, 11, (2, 4, 8, 5, 10, 9, 0, 0, 0), False),
    "63": (8, 10, (2, 1, 2, 1, 2, 1, 0), True),
    "88": (10, 11, (2, 3, 4, 5, 6, 7, 0, 0, 0), False),
    "99": (10, 11, (2, 3, 4, 5, 6, 7, 2, 3, 4), False),
}


def _contributions(method: str) -> NDArray[np.int64]:
    """What a digit (second index) at a position (first index, 0 to 9) adds to the sum."""
    check, _, weights, crossed = METHODS[method]
    table = np.zeros((10, 10), dtype=np.int64)
    for step, weight in enumerate(weights):
        for digit in range(10):
            product = digit * weight
            table[check - 2 - step, digit] = product // 10 + product % 10 if crossed else product
    if method == "88":
        table[2, 9] = 9 * 8  # the third position counts only where it holds a 9
    return table


_NUMBERS = {method: number for number, method in enumerate(METHODS)}
_TABLES = np.stack([_contributions(method) for method in METHODS])
_CHECKS = np.array([METHODS[method][0] for method in METHODS], dtype=np.int64)
_MODULI = np.array([METHODS[method][1] for method in METHODS], dtype=np.int64)


def german_account_numbers(base: Matrix, methods: Text) -> Matrix:
    """Ten digits per row, int64 of shape (rows, 10), from eight free digits per row and the method of each row's bank.

    Different free digits of one method give different account numbers. Raises KeyError for a method not in `METHODS`.
    """
    codes, vocabulary = methods.coding()
    method = np.array([_NUMBERS[value] for value in vocabulary.values], dtype=np.int64)[codes]
    early = _CHECKS[method] == 8
    rows = len(base)
    account = np.zeros((rows, 10), dtype=np.int64)
    account[:, 1:7] = base[:, 0:6]
    account[:, 7] = np.where(early, 0, base[:, 6])
    account[:, 8] = np.where(early, base[:, 6], base[:, 7])
    account[:, 9] = np.where(early, base[:, 7], 0)
    total = np.zeros(rows, dtype=np.int64)
    for position in range(9):
        total += _TABLES[method, position, account[:, position]]
    modulus = _MODULI[method]
    digit = modulus - total % modulus
    digit[digit >= 10] = 0
    account[:, 7] = np.where(early, digit, account[:, 7])
    account[:, 9] = np.where(early, account[:, 9], digit)
    return account


def german_account_is_valid(account: Matrix, methods: Text) -> NDArray[np.bool_]:
    """Does the check digit of each ten-digit account number fit its bank's method?"""
    method = np.array([_NUMBERS[value] for value in methods.vocabulary.values], dtype=np.int64)[methods.codes]  # type: ignore[union-attr]
    early = _CHECKS[method] == 8
    written = ((account >= 0) & (account <= 9)).all(axis=1)
    account = np.clip(account, 0, 9)
    total = np.zeros(len(account), dtype=np.int64)
    for position in range(9):
        total += np.where(early & (position >= 7), 0, _TABLES[method, position, account[:, position]])
    digit = _MODULI[method] - total % _MODULI[method]
    digit[digit >= 10] = 0
    return written & (digit == np.where(early, account[:, 7], account[:, 9]))
