"""What holders of accounts are like as customers: their spending profile, and where their income comes from."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Ints, select, where
from datamimic.errors import InvalidOption, UnknownName

#: what somebody mainly does -> where the monthly income comes from
INCOME_KINDS = {
    "employed": "salary",
    "self_employed": "business",
    "retired": "pension",
    "student": "allowance",
    "pupil": "allowance",
}
PROFILE_OF_WORK = {"self_employed": "self_employed", "retired": "retiree", "student": "student", "pupil": "student"}


def profile(
    given: Text, employment: Text, marital_status: Text, age: Ints, gross: Ints, draw: Draw, data: Data
) -> Text:
    """The profile a person was given (a name, or a JSON mapping of names to weights), else the one that fits
    work and income."""
    names = data["customer_profiles"].columns["profile"]
    family = (marital_status == "married") & (age >= 25) & (age < 63) & draw.chance(0.75, "family")
    usual = where(family, "family", "employee")
    # Benefits and savings of the wealthy are not what marks them: only those at work can be affluent.
    rich = (gross >= data["net_incomes"].ints("affluent_from")[0] * 100) & employment.isin(
        {"employed", "self_employed"}
    )
    fixed = employment.map(_profile_of_work)
    own = where(rich, "affluent", where(fixed == "", usual, fixed))
    uniform = draw.uniform("weights")
    if given.is_null().all():
        return own
    asked = given.map(_first_of) if not given.matches(_is_mapping).any() else _drawn(given, uniform)
    for value in set(asked.tolist()) - {None, ""}:
        if value not in names:
            raise UnknownName("transaction profile", str(value), names, path="$.transaction_profile")
    return where(given.is_null(), own, asked)


def income_kind(employment: Text) -> Text:
    """salary, business, pension, allowance or benefit."""
    return employment.map(_income_kind)


def _profile_of_work(value: str) -> str:
    return PROFILE_OF_WORK.get(value, "")


def _income_kind(value: str) -> str:
    return INCOME_KINDS.get(value, "benefit")


def _is_mapping(value: str) -> bool:
    return value.startswith("{")


def _first_of(value: str) -> str:
    return value


def _drawn(given: Text, uniform: Any) -> Text:
    """Each row's profile from its own text, a name or a mapping of weights."""
    codes, vocabulary = given.coding()
    choices: list[Text | str | None] = []
    for text in vocabulary.values:
        weights = json.loads(text) if _is_mapping(text) else {text: 1}
        try:
            ends = np.cumsum([float(weight) for weight in weights.values()])
        except (TypeError, ValueError):
            ends = np.zeros(0)
        if not len(ends) or not ends[-1] > 0:
            raise InvalidOption(
                "invalid_option", f"the transaction profile {text} has no weights", path="$.transaction_profile"
            )
        place = np.minimum(np.searchsorted(ends, uniform * ends[-1], side="right"), len(ends) - 1)
        choices.append(Text.coded(place, list(weights)))
    return select(np.maximum(codes, 0), choices).where(~given.is_null())
