"""Where somebody lives and where he or she was born: rows of the table of places."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Draw, Text
from datamimic.columns import Ints

BORN_WHERE_THEY_LIVE = 0.55
"""Share of people who live in the city they were born in (estimate)."""


def place(draw: Draw, data: Any) -> Ints:
    return draw.pick(data["places"])


def birth_place(place: Ints, draw: Draw, data: Any) -> Ints:
    elsewhere = draw.pick(data["places"], label="elsewhere")
    return np.where(draw.chance(BORN_WHERE_THEY_LIVE, "stayed"), place, elsewhere)


def place_of_birth(birth_place: Ints, data: Any) -> Text:
    cities: Text = data["places"]["city"].take(birth_place)
    return cities
