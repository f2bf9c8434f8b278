"""Numbers of insured people: MBI (US), KVNR (DE), BHYT (VN) and NHS number (GB)."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from datamimic import Context, LiteralGenerator, Text
from datamimic.columns import Ints, digit_matrix, divided, from_bytes
from datamimic_pack_common.check_digits import cross_sums, places, weighted_sum
from datamimic_pack_healthcare.generators.providers import numbered

MBI_LETTERS = np.frombuffer(b"ACDEFGHJKMNPQRTUVWXY", dtype=np.uint8)
MBI_BOTH = np.frombuffer(b"0123456789ACDEFGHJKMNPQRTUVWXY", dtype=np.uint8)
MBI_PLACES = "ABD-ABD-AADD"
"""After the leading 1: A a letter, B letter or digit, D a digit (CMS, Understanding the MBI, without the dashes)."""
MBI_SPACE = 20 * 30 * 10 * 20 * 30 * 10 * 20 * 20 * 10 * 10
KVNR_SPACE = 26 * 10**8
NHS_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
NHS_SPACE = 9 * 10**5
"""Of ten numbers in succession one has no check digit."""
BHYT_SPACE = 10**10


def mbi(numbers: Ints) -> Text:
    """Medicare Beneficiary Identifier of numbers in [0, MBI_SPACE): eleven characters without dashes; the letters S, L, O, I, B
    and Z are never used (CMS, "Understanding the MBI format")."""
    matrix = np.empty((len(numbers), 11), dtype=np.uint8)
    matrix[:, 0] = ord("1")
    rest = numbers
    for place, kind in reversed([*enumerate(MBI_PLACES.replace("-", ""), 1)]):
        alphabet = {"A": MBI_LETTERS, "B": MBI_BOTH}.get(kind, MBI_BOTH[:10])
        rest, digit = divided(rest, len(alphabet))
        matrix[:, place] = alphabet[digit]
    return from_bytes(matrix)


def kvnr(numbers: Ints) -> Text:
    """Krankenversichertennummer of numbers in [0, KVNR_SPACE): letter, eight digits, check digit over the letter's number
    01 to 26 and the digits with weights 1 and 2, digit sums modulo 10."""
    letter, body = divided(numbers, 10**8)
    digits = np.concatenate([places(letter + 1, 2), places(body, 8)], axis=1)
    matrix = np.empty((len(numbers), 10), dtype=np.uint8)
    matrix[:, 0] = letter + ord("A")
    matrix[:, 1:9] = digit_matrix(body, 8)
    matrix[:, 9] = cross_sums(digits, (1, 2) * 5) % 10 + ord("0")
    return from_bytes(matrix)


def nhs_number(numbers: Ints) -> Text:
    """NHS number of numbers in [0, NHS_SPACE): starts with 999, the range that the NHS keeps for tests; check digit mod 11."""
    head, last = divided(numbers, 9)
    body = (999 * 10**5 + head) * 10
    total = weighted_sum(places(body, 9), NHS_WEIGHTS)
    # The digit with which the check would be ten, 2 × digit ≡ 1 - total (mod 11), is left out; 6 is the inverse of 2.
    last = last + (last >= (1 - total) * 6 % 11)
    check = (11 - (total + 2 * last) % 11) % 11
    matrix = np.empty((len(numbers), 10), dtype=np.uint8)
    matrix[:, :9] = digit_matrix(body + last, 9)
    matrix[:, 9] = check + ord("0")
    return from_bytes(matrix)


def bhyt(numbers: Ints, group: Text, province: Text) -> Text:
    """Vietnamese health insurance card: two letters of the insured group with its benefit level, two digits of the
    province, ten digits."""
    matrix = np.empty((len(numbers), 15), dtype=np.uint8)
    for text, start, width in ((group, 0, 3), (province, 3, 2)):
        codes, vocabulary = text.coding()
        cells = np.array([[*value.encode("ascii")] for value in vocabulary.values], dtype=np.uint8).reshape(-1, width)
        matrix[:, start : start + width] = cells[codes]
    matrix[:, 5:] = digit_matrix(numbers, 10)
    return from_bytes(matrix)


class MbiGenerator(LiteralGenerator[str]):
    """US Medicare Beneficiary Identifier, eleven characters without dashes."""

    python_type = str

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)

    def capacity(self) -> int | None:
        return MBI_SPACE

    def column(self, context: Context) -> Any:
        return mbi(numbered(context, MBI_SPACE))


class KvnrGenerator(LiteralGenerator[str]):
    """German Krankenversichertennummer, the part of it that stays for life."""

    python_type = str

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)

    def capacity(self) -> int | None:
        return KVNR_SPACE

    def column(self, context: Context) -> Any:
        return kvnr(numbered(context, KVNR_SPACE))
