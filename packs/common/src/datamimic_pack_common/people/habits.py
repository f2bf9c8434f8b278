"""Habits that follow from sex, age and schooling: smoking."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Ints

SCHOOLED = 25
SCHOOLING = ("low", "middle", "high")
"""Up to lower secondary school; upper secondary, vocational, or some years of college; bachelor's degree or more."""
_LOW, _HIGH = {"none", "primary", "lower_secondary"}, {"bachelor", "master", "doctorate"}


def schooling(education: Text, age: Ints) -> Text:
    """Position in SCHOOLING; the middle for those who are young enough to be at school."""
    codes, vocabulary = education.coding()
    levels = np.array([0 if name in _LOW else 2 if name in _HIGH else 1 for name in vocabulary.values], dtype=np.int64)
    return Text.coded(np.where(age < SCHOOLED, 1, levels[codes]), SCHOOLING)


def smoking_status(sex: Text, age: Ints, schooling: Text, draw: Draw, data: Data) -> Text:
    """never, former or current, by sex, age and schooling; null in a country for which no table says it."""
    if "common.smoking" not in data:
        return Text.constant(None, len(age))
    table: Table = data["common.smoking"]
    return table["smoking_status"].take(draw.pick(table.by("gender", "age_from", "schooling"), sex, age, schooling))
