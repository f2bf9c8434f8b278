"""Vital signs and laboratory values: which a patient has, and values that fit sex, conditions and each other."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_healthcare.clinical.bits import has
from datamimic_pack_healthcare.clinical.conditions import sex_codes

LARGEST_DEVIATION = 3.3
OWN, VISIT = 0.8, 0.6
"""How far a value is the person's, and how far the visit's: their squares are the shares of the variance."""
TOGETHER, APART = 0.62, 0.7846
"""Correlation of the two blood pressures at equal age, body mass and disease, and what it leaves."""
GLUCOSE_PER_A1C, GLUCOSE_OFFSET, GLUCOSE_SPREAD = 28.7, 46.7, 11.0
"""Estimated average glucose (mg/dL) = 28.7 * HbA1c - 46.7 (ADAG study), and how far a single value strays."""


@frozen(eq=False)
class ObservationModel:
    """Means and spreads of every test by sex (women first), what conditions add, and which tests belong to a condition."""

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    least: Floats
    most: Floats
    decimals: Ints
    min_age: Ints
    effects: tuple[tuple[int, int, float, float], ...]
    trends: tuple[tuple[int, float, float], ...]
    treatments: tuple[tuple[int, str, float], ...]
    routine: tuple[int, ...]
    panels: tuple[tuple[int, int], ...]

    def taken(self, age: Ints, conditions: Ints, seen: Bools) -> Bools:
        """Which tests each patient has: bool of shape (rows, tests); none for those who were never `seen`."""
        flags = np.zeros((len(age), len(self.names)), dtype=np.bool_)
        flags[:, list(self.routine)] = True
        for condition, test in self.panels:
            flags[:, test] |= has(conditions, condition)
        return flags & seen[:, None] & (age[:, None] >= self.min_age)

    def values(
        self, draw: Draw, person: Draw, sex: Text, age: Ints, bmi: Floats, conditions: Ints, treated: dict[str, Bools]
    ) -> NDArray[np.float64]:
        """A value of every test, (rows, tests), rounded as the test is; glucose follows HbA1c, LDL the other lipids.

        `draw` is that of the visit, `person` that of the patient, who has a level of her own; `treated` says who takes drugs of
        which class.
        """
        code = sex_codes(sex)
        mean, sd = self.mean[code], self.sd[code]
        years, excess = np.clip(age, 18, 85) - 45, np.clip(bmi, 17.0, 45.0) - 27.0
        for test, per_year, per_bmi in self.trends:
            mean[:, test] += per_year * years + per_bmi * excess
        for test, condition, more, wider in self.effects:
            flags = has(conditions, condition)
            mean[:, test] += flags * more
            sd[:, test] += flags * wider
        for test, drug_class, less in self.treatments:
            mean[:, test] -= less * treated[drug_class]
        value = np.empty_like(mean)
        systolic = np.zeros(len(sd))
        at = {name: place for place, name in enumerate(self.names)}
        for name, place in at.items():
            deviation = OWN * person.normal(name) + VISIT * draw.normal(name)
            if name == "sbp":
                systolic = deviation
            elif name == "dbp":
                # Both pressures rise and fall together.
                deviation = TOGETHER * systolic + APART * deviation
            deviation = np.clip(deviation, -LARGEST_DEVIATION, LARGEST_DEVIATION)
            if name == "glucose":
                middle = GLUCOSE_PER_A1C * value[:, at["a1c"]] - GLUCOSE_OFFSET
                value[:, place] = self._rounded(place, middle + GLUCOSE_SPREAD * np.clip(deviation, -2.5, 2.5))
            else:
                value[:, place] = self._rounded(place, mean[:, place] + sd[:, place] * deviation)
        value[:, at["sbp"]] = np.maximum(value[:, at["sbp"]], value[:, at["dbp"]] + 15.0)
        fifth = np.rint(value[:, at["tg"]] / 5.0)
        value[:, at["tc"]] = np.maximum(value[:, at["tc"]], value[:, at["hdl"]] + fifth + 20.0)
        value[:, at["ldl"]] = value[:, at["tc"]] - value[:, at["hdl"]] - fifth
        return value

    def _rounded(self, place: int, values: Floats) -> Floats:
        scale = 10.0 ** int(self.decimals[place])
        kept = np.clip(values, self.least[place], self.most[place])
        return np.rint(kept * scale) / scale


@lru_cache(maxsize=16)
def observation_model(
    tests: Table, effects: Table, trends: Table, treatments: Table, panels: Table, conditions: Table
) -> ObservationModel:
    names = tests.columns["test"]
    known = conditions.columns["condition"]
    added = zip(
        effects.columns["test"], effects.columns["condition"], effects.floats("mean"), effects.floats("sd"), strict=True
    )
    pairs = [*zip(panels.columns["condition"], panels.columns["test"], strict=True)]

    def by_sex(column: str) -> NDArray[np.float64]:
        return np.stack([tests.floats(f"{column}_female"), tests.floats(f"{column}_male")])

    return ObservationModel(
        names, by_sex("mean"), by_sex("sd"), by_sex("low"), by_sex("high"), tests.floats("least"), tests.floats("most"),
        tests.ints("decimals"), tests.ints("min_age"),
        tuple((names.index(test), known.index(c), float(mean), float(sd)) for test, c, mean, sd in added),
        tuple(
            (names.index(test), float(year), float(bmi))
            for test, year, bmi in zip(trends.columns["test"], trends.floats("per_year"), trends.floats("per_bmi"), strict=True)
        ),
        tuple(
            (names.index(test), drug_class, float(less))
            for test, drug_class, less in zip(
                treatments.columns["test"], treatments.columns["drug_class"], treatments.floats("less"), strict=True
            )
        ),
        tuple(names.index(test) for c, test in pairs if not c),
        tuple((known.index(c), names.index(test)) for c, test in pairs if c),
    )  # fmt: skip


def model_of(data: Data) -> ObservationModel:
    return observation_model(
        *(
            data[name]
            for name in (
                "laboratory_tests",
                "test_effects",
                "test_trends",
                "test_treatments",
                "test_panels",
                "conditions",
            )
        )
    )
