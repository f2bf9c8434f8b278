"""When it began: onsets of conditions, by the ages at which they begin, in an order that explains the present."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Clock, Data, Draw, Lists, Table, Text
from datamimic.columns import Dates, Floats, Ints
from datamimic_pack_healthcare.clinical.bits import members
from datamimic_pack_healthcare.clinical.conditions import SEXES, sex_codes
from datamimic_pack_healthcare.clinical.treatments import INTENSIVE_DAYS, TUBERCULOSIS

YEAR = 365.25
OLDEST = 121
_AGE = "age_"


@frozen(eq=False)
class OnsetModel:
    """`begun` is float64 of shape (conditions, sexes, years of age): the share of those who ever have the condition in whom it
    has begun by that age; rows rise by 2 from stratum to stratum, so that all of them together ascend. Passing conditions last
    `lasts` days, 0 for those that stay."""

    begun: NDArray[np.float64]
    lasts: Ints

    def age(self, stratum: Ints, age: Floats, uniform: Floats) -> Floats:
        """Age at onset, in years, of somebody who has the condition at `age`."""
        flat = self.begun.ravel()
        year = np.minimum(age.astype(np.int64), OLDEST - 2)
        at = stratum * OLDEST + year
        reached = flat[at] + (flat[at + 1] - flat[at]) * (age - year)
        value = 2.0 * stratum + uniform * (reached - 2.0 * stratum)
        place = np.clip(np.searchsorted(flat, value, side="right") - 1, stratum * OLDEST, stratum * OLDEST + OLDEST - 2)
        found: Floats = place - stratum * OLDEST + (value - flat[place]) / (flat[place + 1] - flat[place])
        return np.minimum(found, age)


@lru_cache(maxsize=4)
def onset_model(onsets: Table, durations: Table) -> OnsetModel:
    """Read once from the tables `onset_ages` and `condition_durations`, whose order is that of `conditions`."""
    columns = [name for name in onsets.columns if name.startswith(_AGE)]
    shares = [float(name.removeprefix(_AGE)) / 100.0 for name in columns]
    ages = np.stack([onsets.floats(name) for name in columns], axis=1)
    names, years = durations.columns["condition"], np.arange(OLDEST)
    begun = np.tile(years / OLDEST, (len(names), len(SEXES), 1))
    for row, (name, gender) in enumerate(zip(onsets.columns["condition"], onsets.columns["gender"], strict=True)):
        # Where nothing begins there is a slope all the same, so that every share has an age.
        steep = np.interp(years, ages[row], shares) + years * 1e-9
        begun[names.index(name), SEXES.index(gender)] = steep / steep[-1]
    begun += 2.0 * np.arange(len(names) * len(SEXES)).reshape(len(names), len(SEXES), 1)
    return OnsetModel(begun, durations.ints("lasts_days"))


# -- rules ----------------------------------------------------------------------------------------------------------


def condition_onsets(
    condition_bits: Ints,
    sex: Text,
    birthdate: Any,
    death_day: Dates,
    tuberculosis_days: Ints,
    draw: Draw,
    data: Data,
    clock: Clock,
) -> Lists:
    """One date per condition, in the order of `conditions`: at an age at which it begins, not after the clock or the death; an
    old infarction not before the coronary disease behind it."""
    table: Table = data["conditions"]
    model = onset_model(data["onset_ages"], data["condition_durations"])
    lengths, condition = members(condition_bits)
    row = np.repeat(np.arange(len(lengths)), lengths)
    born = birthdate.astype("datetime64[D]")[row]
    lived = (np.minimum(death_day, clock.date)[row] - born).astype(np.int64)
    uniform = draw.items(lengths).uniform()
    lasts = model.lasts[condition]
    stratum = condition * len(SEXES) + sex_codes(sex)[row]
    begun = (model.age(stratum, lived / YEAR, uniform) * YEAR).astype(np.int64)
    ago = (uniform * (lasts + 1)).astype(np.int64)
    ill = np.flatnonzero(condition == table.position("condition", TUBERCULOSIS))
    ago[ill] = tuberculosis_days[row[ill]]
    onset = born + np.clip(np.where(lasts > 0, lived - ago, begun), 0, lived).astype("timedelta64[D]")
    comorbidity: Table = data["comorbidity"]
    names = table.columns["condition"]
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


def tuberculosis_days(draw: Draw, data: Data) -> Ints:
    """How long somebody with tuberculosis has been treated: the drugs of the first two months are others than those after."""
    return draw.integers(0, INTENSIVE_DAYS * 3 - 1)
