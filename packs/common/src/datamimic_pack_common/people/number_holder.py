"""What a number of a person may tell: who holds it, letters of names, digits of texts."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Permutation, Text
from datamimic.columns import Bools, Ints, from_bytes, year_month_day
from datamimic_pack_common.people.naming import ascii_of


@frozen
class Holder:
    """What a number may depend on: one batch of people."""

    rows: Ints
    draw: Draw
    data: Data
    safe: bool
    female: Bools
    age: Ints
    birthdate: Any
    birth_place: Ints
    place: Ints
    family_name: Text

    def numbered(self, space: int) -> Ints:
        """Numbers in range(space), different for any `space` rows in succession."""
        return Permutation(space, self.draw.address.labelled("numbers")).forward(self.rows % space)

    def born(self) -> tuple[Ints, Ints, Ints]:
        return year_month_day(self.birthdate)


def initials(names: Text) -> Ints:
    """ASCII code of the first letter of each name, without its marks."""
    return integers(names.map(initial_code))


def letters(codes: Ints) -> Text:
    return from_bytes(np.atleast_2d(codes.T).T.astype(np.uint8))


def initial_code(name: str) -> str:
    first = next((letter for letter in ascii_of(name).upper() if "A" <= letter <= "Z"), "X")
    return str(ord(first))


def integers(texts: Text) -> Ints:
    """Text of whole numbers as numbers; converts each distinct value once."""
    if texts.codes is None or texts.vocabulary is None:
        return np.array([int(value or 0) for value in texts.tolist()], dtype=np.int64)
    return np.array([int(value) for value in texts.vocabulary.values], dtype=np.int64)[texts.codes]
