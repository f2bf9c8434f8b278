"""Who holds an account: an adult of the world's people, with a spending profile and a net income that fit his or her work."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Text, World
from datamimic.columns import Ints, select, where
from datamimic.errors import InvalidOption, UnknownName

ADULT = 18
TRIES = 64
#: what somebody mainly does -> where the monthly income comes from
INCOME_KINDS = {
    "employed": "salary",
    "self_employed": "business",
    "retired": "pension",
    "student": "allowance",
    "pupil": "allowance",
}
PROFILE_OF_WORK = {"self_employed": "self_employed", "retired": "retiree", "student": "student", "pupil": "student"}


def adult_rows(draw: Draw, world: World, youngest: Ints | int = ADULT, oldest: Ints | int = 200) -> Ints:
    """Row numbers of people of at least `youngest` and at most `oldest` years, each equally likely.

    Draws again for those who do not fit; who has found nobody in the age range after 32 tries gets an adult of any age.
    Raises `InvalidOption` (`impossible_constraint`) when none of the people is an adult.
    """
    person = world.spec("common.person")
    size = world.size(person)
    rows = np.zeros(len(draw), dtype=np.int64)
    open_ = np.arange(len(draw), dtype=np.int64)
    least, most = np.broadcast_to(youngest, rows.shape), np.broadcast_to(oldest, rows.shape)
    for attempt in range(TRIES):
        candidates = draw.integers(0, size - 1, f"try {attempt}")[open_]
        age = Ref(world, person, candidates).column("age")
        fits = age >= ADULT
        if attempt < TRIES // 2:
            fits &= (age >= least[open_]) & (age <= most[open_])
        rows[open_[fits]] = candidates[fits]
        open_ = open_[~fits]
        if not len(open_):
            return rows
    adults = _adults(world)
    if not len(adults):
        raise InvalidOption(
            "impossible_constraint",
            f"none of the {size:,} people of common.person is an adult",
            hint="ask for more rows of common.person, or let it have ages of 18 and more (min_age=18)",
            path="$.common.person",
        )
    rows[open_] = adults[draw.integers(0, len(adults) - 1, "any adult")[open_]]
    return rows


def _adults(world: World) -> Ints:
    """Row numbers of all adults, for populations in which they are rare."""
    person = world.spec("common.person")

    def found() -> Ints:
        return np.flatnonzero(Ref(world, person, np.arange(world.size(person), dtype=np.int64)).column("age") >= ADULT)

    return world.memo("finance.adults", found)


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
