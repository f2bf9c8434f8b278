"""What a number of a person may tell: who holds it, letters of names, digits of texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from datamimic import Data, Text
from datamimic.columns import Bools, Ints, from_bytes, year_month_day
from datamimic_pack_common.people.letters import ascii_of


class Holder:
    """What a number may depend on: one batch of people."""

    TELLS = ("sex", "age", "birthdate", "birth_place", "place", "first_family_name", "nationality")

    def __init__(self, data: Data, safe: bool, column: Callable[[str], Any]) -> None:
        """`column` gives each of what it `TELLS` by its name."""
        self.data, self.safe, self.column = data, safe, column

    @cached_property
    def female(self) -> Bools:
        found: Bools = self.column("sex") == "female"
        return found

    @property
    def age(self) -> Any:
        return self.column("age")

    @property
    def birth_place(self) -> Any:
        return self.column("birth_place")

    @property
    def place(self) -> Any:
        return self.column("place")

    @property
    def family_name(self) -> Text:
        found: Text = self.column("first_family_name")
        return found

    @cached_property
    def born(self) -> tuple[Ints, Ints, Ints]:
        """Year, month and day of birth."""
        return year_month_day(self.column("birthdate"))


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
