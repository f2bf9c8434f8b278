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
    routine: tuple[int, ...]
    panels: tuple[tuple[int, int], ...]

    def taken(self, age: Ints, conditions: Ints, seen: Bools) -> Bools:
        """Which tests each patient has: bool of shape (rows, tests); none for those who were never `seen`."""
        flags = np.zeros((len(age), len(self.names)), dtype=np.bool_)
        flags[:, list(self.routine)] = True
        for condition, test in self.panels:
            flags[:, test] |= has(conditions, condition)
        return flags & seen[:, None] & (age[:, None] >= self.min_age)

    def values(self, draw: Draw, sex: Text, conditions: Ints) -> NDArray[np.float64]:
        """A value of every test, (rows, tests), rounded as the test is; glucose follows HbA1c, LDL the other lipids."""
        code = sex_codes(sex)
        mean, sd = self.mean[code], self.sd[code]
        for test, condition, more, wider in self.effects:
            flags = has(conditions, condition)
            mean[:, test] += flags * more
            sd[:, test] += flags * wider
        value = np.empty_like(mean)
        at = {name: place for place, name in enumerate(self.names)}
        for name, place in at.items():
            deviation = np.clip(draw.normal(name), -LARGEST_DEVIATION, LARGEST_DEVIATION)
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
def observation_model(tests: Table, effects: Table, panels: Table, conditions: Table) -> ObservationModel:
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
        tuple(names.index(test) for c, test in pairs if not c),
        tuple((known.index(c), names.index(test)) for c, test in pairs if c),
    )  # fmt: skip


def model_of(data: Data) -> ObservationModel:
    return observation_model(
        *(data[name] for name in ("laboratory_tests", "test_effects", "test_panels", "conditions"))
    )
