"""Vital signs and laboratory values: which a patient has, and values that fit sex, conditions and each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_healthcare.clinical.bits import any_of, has
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

    @property
    def laboratory(self) -> tuple[int, ...]:
        """All but the routine tests."""
        return tuple(place for place in range(len(self.names)) if place not in self.routine)

    def taken(self, test: int, age: Ints, conditions: Ints) -> Bools:
        """Who has a test: of the age for it, and of a condition that it belongs to unless it is routine."""
        wanted = sum(1 << condition for condition, panel in self.panels if panel == test)
        asked = any_of(conditions, wanted) | (test in self.routine)
        return asked & (age >= self.min_age[test])

    def values(
        self, draw: Draw, person: Draw, sex: Text, age: Ints, bmi: Floats, conditions: Ints, treated: dict[str, Bools],
        tests: Iterable[int],
    ) -> dict[int, Floats]:  # fmt: skip
        """A value of each of the `tests` for each row, rounded as the test is; glucose follows HbA1c, LDL the other lipids, and
        each is given with those it follows.

        `draw` is that of the visit, `person` that of the patient, who has a level of her own; `treated` says who takes drugs of
        which class.
        """
        code = sex_codes(sex)
        years, excess = np.clip(age, 18, 85) - 45, np.clip(bmi, 17.0, 45.0) - 27.0
        value: dict[int, Floats] = {}
        systolic = np.zeros(len(age))
        at = {name: place for place, name in enumerate(self.names)}
        for place in sorted(tests):
            name = self.names[place]
            deviation = OWN * person.normal(name) + VISIT * draw.normal(name)
            if name == "sbp":
                systolic = deviation
            elif name == "dbp":
                # Both pressures rise and fall together.
                deviation = TOGETHER * systolic + APART * deviation
            deviation = np.clip(deviation, -LARGEST_DEVIATION, LARGEST_DEVIATION)
            if name == "glucose":
                middle = GLUCOSE_PER_A1C * value[at["a1c"]] - GLUCOSE_OFFSET
                value[place] = self._rounded(place, middle + GLUCOSE_SPREAD * np.clip(deviation, -2.5, 2.5))
                continue
            mean, sd = self.mean[:, place].take(code), self.sd[:, place].take(code)
            for test, per_year, per_bmi in self.trends:
                if test == place:
                    mean += per_year * years + per_bmi * excess
            for test, condition, more, wider in self.effects:
                if test == place:
                    flags = has(conditions, condition)
                    mean += flags * more
                    sd += flags * wider
            for test, drug_class, less in self.treatments:
                if test == place:
                    mean -= less * treated[drug_class]
            value[place] = self._rounded(place, mean + sd * deviation)
        if at["sbp"] in value:
            value[at["sbp"]] = np.maximum(value[at["sbp"]], value[at["dbp"]] + 15.0)
        if at["ldl"] in value:
            fifth = np.rint(value[at["tg"]] / 5.0)
            value[at["tc"]] = np.maximum(value[at["tc"]], value[at["hdl"]] + fifth + 20.0)
            value[at["ldl"]] = value[at["tc"]] - value[at["hdl"]] - fifth
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
