"""Who has died within the last year: by age and sex, and more often with a serious disease; where, and when."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Clock, Data, Draw, Table, Text
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.clinical.bits import any_of
from datamimic_pack_healthcare.clinical.conditions import SEXES, sex_codes

KEPT_DAYS = 365
"""Patients who died longer ago are not among the patients any more."""
OLDEST = 130
YOUNGEST_DAYS = 14
"""Newborns who died sooner are not among the patients: they have no time for the encounters of one."""
NOT_DEAD = np.datetime64("9999-01-01", "D")


@frozen(eq=False)
class DeathModel:
    """`chance` is float64 of shape (serious disease, sexes, years of age): of having died within the last `KEPT_DAYS`."""

    serious: int
    chance: NDArray[np.float64]


@lru_cache(maxsize=16)
def death_model(deaths: Table, conditions: Table) -> DeathModel:
    """Read once per country from the tables `deaths` and `conditions`."""
    ages = deaths.ints("age_from")
    rows = np.searchsorted(ages, np.arange(OLDEST + 1), side="right") - 1
    chance = np.stack(
        [
            np.stack([deaths.floats(f"{sex}_{health}")[rows] for sex in SEXES])
            for health in ("without_serious_disease", "with_serious_disease")
        ]
    )
    serious = sum(1 << place for place, flag in enumerate(conditions.columns["serious"]) if flag == "1")
    return DeathModel(serious, chance / 100.0)


# -- rules ----------------------------------------------------------------------------------------------------------


def death_day(
    sex: Text, age: Ints, birthdate: Any, condition_bits: Ints, draw: Draw, data: Data, clock: Clock
) -> Dates:
    """The day of death, NOT_DEAD for those who live."""
    model = death_model(data["deaths"], data["conditions"])
    ill = any_of(condition_bits, model.serious).astype(np.int64)
    died = draw.uniform() < model.chance[ill, sex_codes(sex), np.clip(age, 0, OLDEST)]
    day = np.full(len(age), NOT_DEAD)
    rows = np.flatnonzero(died)
    if len(rows):
        ago = draw.take(rows).integers(2, KEPT_DAYS, "days ago").astype("timedelta64[D]")
        youngest = birthdate.astype("datetime64[D]")[rows] + np.timedelta64(YOUNGEST_DAYS, "D")
        day[rows] = np.where(clock.date - ago >= youngest, clock.date - ago, NOT_DEAD)
    return day


def deceased_on(death_day: Dates) -> Any:
    return np.ma.MaskedArray(death_day, death_day == NOT_DEAD)


def died_in_hospital(death_day: Dates, draw: Draw, data: Data) -> Bools:
    """Did a stay end with the death?"""
    return (death_day != NOT_DEAD) & draw.chance(float(data["deaths"].floats("in_hospital")[0]) / 100.0)
