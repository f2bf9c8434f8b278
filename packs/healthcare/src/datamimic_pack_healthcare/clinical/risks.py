"""What raises the risk of diseases besides other diseases: body mass, smoking and schooling."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Floats, Ints

ADULT, SCHOOLED = 18, 25
SCHOOLING = ("low", "middle", "high")
"""Up to lower secondary school; upper secondary, vocational, or some years of college; bachelor's degree or more."""
_LOW, _HIGH = {"none", "primary", "lower_secondary"}, {"bachelor", "master", "doctorate"}
_SMOKING = ("never", "former", "current")


def schooling(education: Text, age: Ints) -> Text:
    """Position in SCHOOLING; the middle for those who are young enough to be at school."""
    codes, vocabulary = education.coding()
    levels = np.array([0 if name in _LOW else 2 if name in _HIGH else 1 for name in vocabulary.values], dtype=np.int64)
    return Text.coded(np.where(age < SCHOOLED, 1, levels[codes]), SCHOOLING)


def smoking_status(sex: Text, age: Ints, schooling: Text, draw: Draw, data: Data) -> Text:
    """never, former or current, by sex, age and schooling."""
    table: Table = data["smoking"]
    return table["smoking_status"].take(draw.pick(table.by("gender", "age_from", "schooling"), sex, age, schooling))


def risks(age: Ints, bmi: Floats, smoking_status: Text, schooling: Text) -> dict[str, Bools]:
    """Who is in which of the groups that the table `comorbidity` names; body mass counts from ADULT on."""
    grown = age >= ADULT
    return {
        "Underweight": grown & (bmi < 18.5),
        "Overweight": grown & (bmi >= 25.0) & (bmi < 30.0),
        "Severe Obesity": grown & (bmi >= 35.0),
        "Current Smoker": smoking_status == "current",
        "Former Smoker": smoking_status == "former",
        "Low Schooling": schooling == "low",
        "High Schooling": schooling == "high",
    }
