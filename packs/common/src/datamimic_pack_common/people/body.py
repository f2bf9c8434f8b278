"""Height and body mass index by age and sex, down to the month in early childhood."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Clock, Data, Draw, Table, Text
from datamimic.columns import Bools, Dates, Floats, Ints, year_month_day
from datamimic_pack_common.people.ages import SEXES
from datamimic_pack_common.people.habits import SCHOOLED, SCHOOLING

_BMI = "bmi_"
GROWN = 18
"""From this age on the tables go by years."""


@frozen(eq=False)
class BodyModel:
    """One row per gender and age band: mean and spread of height (cm), quantiles of the body mass index, and from which
    index on a person is obese (99 where nobody is called so)."""

    months: Ints
    height_mean: Floats
    height_sd: Floats
    obese_from: Floats
    probabilities: Floats
    bmi: NDArray[np.float64]

    def cell(self, sex: Text, age: Ints, birthdate: Dates, today: np.datetime64) -> Ints:
        """The row of the tables for each person."""
        band = np.searchsorted(self.months, np.arange(131) * 12, side="right") - 1
        bands = band[np.minimum(age, 130)]
        young = np.flatnonzero(age < GROWN)
        if len(young):
            year, month, day = year_month_day(birthdate[young])
            now_year, now_month, now_day = (int(part[0]) for part in year_month_day(np.array([today])))
            months = (now_year - year) * 12 + (now_month - month) - (day > now_day)
            bands[young] = np.searchsorted(self.months, np.maximum(months, 0), side="right") - 1
        return _sex_codes(sex) * len(self.months) + bands

    def height(self, cell: Ints, normal: Floats) -> Floats:
        """Centimetres to one decimal; `normal` is a standard normal draw, cut at 3.3."""
        cut = np.clip(normal, -3.3, 3.3)
        return np.rint((self.height_mean[cell] + self.height_sd[cell] * cut) * 10.0) / 10.0

    def mass_index(self, cell: Ints, uniform: Floats) -> Floats:
        """Body mass index at the given probability, interpolated between the table's quantiles."""
        right = np.clip(np.searchsorted(self.probabilities, uniform, side="right"), 1, len(self.probabilities) - 1)
        low, high = self.probabilities[right - 1], self.probabilities[right]
        share = np.clip((uniform - low) / (high - low), 0.0, 1.0)
        columns = len(self.probabilities)
        flat = self.bmi.ravel()
        start = flat[cell * columns + right - 1]
        step = share * (flat[cell * columns + right] - start)
        return start + step

    def obese_share(self) -> Floats:
        """Per cell the probability above which the index reaches the limit."""
        shares = np.ones(len(self.obese_from))
        for row, limit in enumerate(self.obese_from.tolist()):
            values = self.bmi[row]
            k = int(np.searchsorted(values, limit, side="right"))
            if 0 < k < len(values):
                inside = (limit - values[k - 1]) / (values[k] - values[k - 1])
                shares[row] = self.probabilities[k - 1] + inside * (self.probabilities[k] - self.probabilities[k - 1])
        return shares

    def is_obese(self, cell: Ints, bmi: Floats) -> Bools:
        return bmi >= self.obese_from[cell]


def _sex_codes(sex: Text) -> Ints:
    """Positions in SEXES."""
    codes, vocabulary = sex.coding()
    places = np.array([SEXES.values.index(value) for value in vocabulary.values], dtype=np.int64)
    return places[codes]


@lru_cache(maxsize=16)
def body_model(table: Table) -> BodyModel:
    """Read once per country from the table `bodies`."""
    columns = [name for name in table.columns if name.startswith(_BMI)]
    probabilities = np.array([float(name.removeprefix(_BMI)) for name in columns]) / 1000.0
    months = table.ints("age_months_from")
    count = len(months) // len(SEXES.values)
    return BodyModel(
        months[:count], table.floats("height_mean"), table.floats("height_sd"), table.floats("obese_from"), probabilities,
        np.stack([table.floats(name) for name in columns], axis=1),
    )  # fmt: skip


# -- rules ----------------------------------------------------------------------------------------------------------


def body_cell(sex: Text, age: Ints, birthdate: Any, data: Data, clock: Clock) -> Ints:
    return body_model(data["common.bodies"]).cell(sex, age, birthdate, clock.date)


def height_cm(body_cell: Ints, draw: Draw, data: Data) -> Floats:
    return body_model(data["common.bodies"]).height(body_cell, draw.normal())


def drawn_bmi(body_cell: Ints, age: Ints, schooling: Text, draw: Draw, data: Data) -> Floats:
    """The body mass index before weight is rounded: lower for those who went to school longer, where the country knows it."""
    lean = np.where(
        age < SCHOOLED, 0.0, _leaning(data["common.body_schooling"], data.country).take(schooling.coding()[0])
    )
    return body_model(data["common.bodies"]).mass_index(body_cell, leaning(draw.uniform(), lean))


def leaning(uniform: Floats, lean: Floats) -> Floats:
    """Uniform numbers, of which those above the middle come more often where `lean` (-1 to 1) is above 0: their density is
    1 + lean (2 u - 1)."""
    rest = 1.0 - lean
    root = np.sqrt(rest * rest + 4.0 * lean * uniform)
    return 2.0 * uniform / (rest + root)


@lru_cache(maxsize=16)
def _leaning(table: Table, country: str) -> Floats:
    """Per level of schooling, of `country`; 0 where the table has it not."""
    own = {
        level: float(lean)
        for code, level, lean in zip(
            *(table.columns[name] for name in ("country_code", "schooling", "lean")), strict=True
        )
        if code == country
    }
    return np.array([own.get(level, 0.0) for level in SCHOOLING])


def weight_kg(drawn_bmi: Floats, height_cm: Floats) -> Floats:
    metres = height_cm / 100.0
    return np.rint(drawn_bmi * metres * metres * 10.0) / 10.0


def bmi(weight_kg: Floats, height_cm: Floats) -> Floats:
    """Weight over height squared, to one decimal."""
    metres = height_cm / 100.0
    return np.rint(weight_kg / (metres * metres) * 10.0) / 10.0
