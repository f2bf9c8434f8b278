"""What raises the risk of diseases besides other diseases: body mass, smoking and schooling."""

from __future__ import annotations

from datamimic import Text
from datamimic.columns import Bools, Floats, Ints

ADULT = 18


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
