"""Numbers of doctors and hospitals: NPI, DEA (US), LANR (DE) and CCN (US)."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Context, Draw, LiteralGenerator, Permutation, Text
from datamimic.columns import Ints, Vocabulary, digit_matrix, digits, from_bytes, join
from datamimic.errors import InvalidOption
from datamimic_pack_common.check_digits import cross_sums, luhn, places, weighted_sum

NPI_PREFIX_SUM = 24
"""What the prefix 80840 adds to the Luhn sum of the nine digits after it."""
PERSON, ORGANISATION = 1, 2
NPI_SPACE = 10**8
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def with_check(numbers: Ints, width: int, check: Ints) -> Text:
    matrix = np.empty((len(numbers), width + 1), dtype=np.uint8)
    matrix[:, :width] = digit_matrix(numbers, width)
    matrix[:, width] = check + ord("0")
    return from_bytes(matrix)


def npi(numbers: Ints, kind: int) -> Text:
    """National Provider Identifier of numbers in [0, NPI_SPACE): Luhn over 80840 and the ten digits.

    `kind` is PERSON or ORGANISATION, the first digit.
    """
    body = numbers + kind * NPI_SPACE
    return with_check(body, 9, luhn(places(body, 9), NPI_PREFIX_SUM))


def dea(numbers: Ints, initials: Text) -> Text:
    """DEA registration of numbers in [0, 10**6): letter B, the surname's initial (9 where it is none of A to Z), six digits,
    check digit (d1 + d3 + d5) + 2 (d2 + d4 + d6) mod 10."""
    digits = places(numbers, 6)
    matrix = np.empty((len(numbers), 9), dtype=np.uint8)
    matrix[:, 0] = ord("B")
    codes, vocabulary = initials.coding()
    matrix[:, 1] = _initials(vocabulary)[codes]
    matrix[:, 2:8] = digit_matrix(numbers, 6)
    matrix[:, 8] = weighted_sum(digits, (1, 2, 1, 2, 1, 2)) % 10 + ord("0")
    return from_bytes(matrix)


@lru_cache(maxsize=64)
def _initials(names: Vocabulary) -> NDArray[np.uint8]:
    """The first letter of each name in upper case, as a byte; 9 for what is none of A to Z."""
    first = [name[:1].upper() for name in names.values]
    return np.array([ord(letter) if letter and letter in LETTERS else ord("9") for letter in first], dtype=np.uint8)


def lanr(numbers: Ints, group: Text) -> Text:
    """Lebenslange Arztnummer of numbers in [0, 10**6): six digits, check digit (weights 4 and 9), two digits of the
    specialty group."""
    check = (10 - weighted_sum(places(numbers, 6), (4, 9, 4, 9, 4, 9)) % 10) % 10
    matrix = np.empty((len(numbers), 9), dtype=np.uint8)
    matrix[:, :6] = digit_matrix(numbers, 6)
    matrix[:, 6] = check + ord("0")
    codes, vocabulary = group.coding()
    pairs = np.array([[*value.encode()] for value in vocabulary.values], dtype=np.uint8)
    matrix[:, 7:] = pairs[codes]
    return from_bytes(matrix)


def ccn(state: Text, last: Ints) -> Text:
    """CMS Certification Number: two digits of the state and four of the facility, which tell its type."""
    return join(state, digits(last, 4))


def ik_number(numbers: Ints) -> Text:
    """Institutionskennzeichen of hospitals (class 26) of numbers in [0, 10**6): the ninth digit checks the third to eighth
    with weights 2 and 1, digit sums modulo 10."""
    check = cross_sums(places(numbers, 6), (2, 1) * 3) % 10
    return with_check(numbers + 26 * 10**6, 8, check)


def serial_numbers(draw: Draw, space: int) -> Ints:
    """A different number in [0, space) for every row of the field that draws. Raises `InvalidOption` (`not_enough_ids`) for
    rows beyond `space`."""
    if len(draw.rows) and int(draw.rows.max()) >= space:
        raise InvalidOption(
            "not_enough_ids",
            f"{draw.address.where} has {space} different values, not {int(draw.rows.max()) + 1}",
            hint=f"ask for at most {space} rows",
        )
    return Permutation(space, draw.address.labelled("serial")).forward(draw.rows)


def numbered(context: Context, space: int) -> Ints:
    return serial_numbers(context.draw, space)


class NpiGenerator(LiteralGenerator[str]):
    """US National Provider Identifier, valid by its check digit; `organisation` chooses type 2 (hospitals) over type 1."""

    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        organisation: bool = False,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        self._kind = ORGANISATION if organisation else PERSON

    def capacity(self) -> int | None:
        return NPI_SPACE

    def column(self, context: Context) -> Any:
        return npi(numbered(context, NPI_SPACE), self._kind)


class DeaNumberGenerator(LiteralGenerator[str]):
    """US DEA registration number of a practitioner; the second letter stands for `family_name`."""

    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        family_name: str = "Smith",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        self._family_name = family_name

    def column(self, context: Context) -> Any:
        return dea(numbered(context, 10**6), Text.constant(self._family_name, len(context)))


class LanrGenerator(LiteralGenerator[str]):
    """German Lebenslange Arztnummer; `group` is the two-digit KBV specialty group (01 general practitioner)."""

    python_type = str

    def __init__(
        self, dataset: str | None = None, group: str = "01", *, rng: Random | None = None, seed: str | int | None = None
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        self._group = group

    def column(self, context: Context) -> Any:
        return lanr(numbered(context, 10**6), Text.constant(self._group, len(context)))
