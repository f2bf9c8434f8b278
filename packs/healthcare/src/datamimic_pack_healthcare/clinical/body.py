"""Height and body mass index by age and sex, down to the month in early childhood."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Text
from datamimic.columns import Bools, Dates, Floats, Ints, year_month_day
from datamimic.datasets.tables import Table
from datamimic_pack_healthcare.clinical.conditions import SEXES, sex_codes

_BMI = "bmi_"


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

    def cell(self, sex: Text, birthdate: Dates, today: np.datetime64) -> Ints:
        """The row of the tables for each person."""
        year, month, day = year_month_day(birthdate)
        now_year, now_month, now_day = (int(part[0]) for part in year_month_day(np.array([today])))
        age = (now_year - year) * 12 + (now_month - month) - (day > now_day)
        band = np.searchsorted(self.months, np.arange(1600), side="right") - 1
        cells: Ints = sex_codes(sex) * len(self.months) + band[np.clip(age, 0, 1599)]
        return cells

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
        result: Floats = start + step
        return result

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
        result: Bools = bmi >= self.obese_from[cell]
        return result


@lru_cache(maxsize=16)
def body_model(table: Table) -> BodyModel:
    """Read once per country from the table `body_size`."""
    columns = [name for name in table.columns if name.startswith(_BMI)]
    probabilities = np.array([float(name.removeprefix(_BMI)) for name in columns]) / 1000.0
    months = table.ints("age_months_from")
    count = len(months) // len(SEXES)
    return BodyModel(
        months[:count], table.floats("height_mean"), table.floats("height_sd"), table.floats("obese_from"), probabilities,
        np.stack([table.floats(name) for name in columns], axis=1),
    )  # fmt: skip
