"""When it began: onsets of conditions and starts of drugs, in an order that explains the present."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Table, Text
from datamimic.columns import Dates, Ints
from datamimic_pack_healthcare.clinical.bits import any_of, members

LONGEST_YEARS = 15
"""A chronic condition began at most this long ago."""
ACUTE_DAYS = 21
PREGNANCY_DAYS = 270
YEAR = 365.25
LUNG_DISEASES = ("COPD", "Lung Cancer")


def condition_onsets(
    condition_bits: Ints, age: Ints, birthdate: Any, death_day: Dates, draw: Draw, data: Data, clock: Clock
) -> Lists:
    """One date per condition, in the order of `conditions`: after birth and the condition's youngest age, not after the
    clock; an old infarction not before the coronary disease behind it."""
    table: Table = data["conditions"]
    lengths, condition = members(condition_bits)
    row = np.repeat(np.arange(len(age)), lengths)
    born = birthdate.astype("datetime64[D]")[row]
    today = np.minimum(death_day, clock.date)[row]
    youngest = np.ceil(table.ints("min_age") * YEAR).astype(np.int64)[condition].astype("timedelta64[D]")
    names = table.columns["condition"]
    reach = np.where(table.ints("chronic") == 1, round(LONGEST_YEARS * YEAR), ACUTE_DAYS)
    reach[names.index("Pregnancy")] = PREGNANCY_DAYS
    earliest = np.minimum(np.maximum(born + youngest, today - reach[condition].astype("timedelta64[D]")), today)
    # What begins in childhood began then, however long ago that is.
    latest_age = table.ints("latest_onset")
    latest = born + np.floor(latest_age * YEAR).astype(np.int64)[condition].astype("timedelta64[D]")
    earliest = np.where(latest < earliest, born + youngest, earliest)
    latest = np.minimum(latest, today)
    span = (latest - earliest).astype(np.int64)
    onset = earliest + draw.items(lengths).integers(0, span).astype("timedelta64[D]")
    comorbidity: Table = data["comorbidity"]
    for child, parent, ratio in zip(
        *(comorbidity.columns[name] for name in ("condition", "given", "odds_ratio")), strict=True
    ):
        if ratio == "only together":
            onset = _not_before(onset, row, condition, names.index(child), names.index(parent))
    return Lists(lengths, onset)


def _not_before(onset: Dates, row: Ints, condition: Ints, later: int, earlier: int) -> Dates:
    """The onset of condition `later` moved to that of `earlier` where it would come first."""
    first = np.flatnonzero(condition == earlier)
    second = np.flatnonzero(condition == later)
    at = np.searchsorted(row[first], row[second])
    moved = onset.copy()
    moved[second] = np.maximum(onset[second], onset[first[at]])
    return moved


def smoking_status(sex: Text, age: Ints, condition_bits: Ints, draw: Draw, data: Data) -> Text:
    """never, former or current: by sex and age, and more among those with COPD or lung cancer."""
    names = data["conditions"]
    lungs = sum(1 << names.position("condition", name) for name in LUNG_DISEASES)
    table: Table = data["smoking"]
    ill = Text.coded(any_of(condition_bits, lungs).astype(np.int64), ("no", "yes"))
    return table["smoking_status"].take(draw.pick(table.by("gender", "age_from", "lung_disease"), sex, age, ill))
