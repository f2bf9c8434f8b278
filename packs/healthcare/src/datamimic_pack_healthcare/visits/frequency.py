"""How often patients come: by age, sex and illness, and one much oftener than another."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text
from datamimic.columns import Dates, Ints
from datamimic_pack_healthcare.clinical.bits import members
from datamimic_pack_healthcare.visits.choice import LEAST_DAYS, WINDOW_DAYS, EncounterOptions, period

PER_CONDITION = 0.25
"""By how much of the visits of the healthy each condition adds to them; an estimate."""
MOST = 20
"""Encounters of the last three years; more would leave no room between them."""


def encounters(
    sex: Text, age: Ints, birthdate: Any, condition_bits: Ints, death_day: Dates, draw: Draw, data: Data, clock: Clock,
    options: EncounterOptions,
) -> Ints:  # fmt: skip
    """Encounters within the last three years, or the time since birth: the usual number times how much oftener people of the
    age and sex see a doctor, and times how much iller than others of their age they are."""
    usual, rates = data["encounter_counts"], data["visit_rates"]
    row = rates.by("gender", "age_from").first(sex, age)
    conditions, _ = members(condition_bits)
    ill = (1.0 + PER_CONDITION * conditions) / (1.0 + PER_CONDITION * rates.floats("mean_conditions")[row])
    since, until = (np.datetime64(each, "us").astype("datetime64[D]") for each in period(options, clock))
    lived = np.minimum(death_day, until) - np.maximum(birthdate.astype("datetime64[D]"), since)
    days = np.maximum(lived.astype(np.int64), 0)
    part = days / WINDOW_DAYS
    expected = usual.ints("count")[draw.pick(usual, label="usual")] * rates.floats("relative")[row] * ill * part
    count = np.minimum((expected + draw.uniform("rounded")).astype(np.int64), MOST)
    if options.encounter_class:
        # Each has time enough to be of the class.
        count = np.minimum(count, days // LEAST_DAYS)
    return count
