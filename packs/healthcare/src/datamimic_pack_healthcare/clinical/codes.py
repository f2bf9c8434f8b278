"""Codes of conditions: those of the country's edition that held on the day, at the digit that the body mass index decides."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Data, Table, Text
from datamimic.columns import Bools, Dates, Floats, Ints, Vocabulary

ADULT = 18
_EVER, _NEVER = np.datetime64("1900-01-01", "D"), np.datetime64("9999-12-31", "D")


@frozen(eq=False)
class CodeModel:
    """`codes` holds the usual code of each condition, in order, and behind them the variants; these say of which `condition`
    they are, from and below which body mass index of an adult, and from when until when."""

    codes: Vocabulary
    condition: tuple[int, ...]
    bmi: tuple[tuple[float, float] | None, ...]
    days: tuple[tuple[np.datetime64, np.datetime64], ...]
    usual: int

    def of(self, place: Ints, grown: Bools, bmi: Floats, day: Dates) -> Text:
        """The code of each condition (a row of the table `conditions`)."""
        found = place.copy()
        for k, condition in enumerate(self.condition):
            at = np.flatnonzero(place == condition)
            if not len(at):
                continue
            since, until = self.days[k]
            holds = (day[at] >= since) & (day[at] <= until)
            limits = self.bmi[k]
            if limits:
                holds &= grown[at] & (bmi[at] >= limits[0]) & (bmi[at] < limits[1])
            found[at[holds]] = self.usual + k
        return Text.coded(found, self.codes)


@lru_cache(maxsize=16)
def _model(codes: Table, variants: Table) -> CodeModel:
    names = codes.columns["condition"]
    limits = zip(variants.columns["bmi_least"], variants.columns["bmi_below"], strict=True)
    days = zip(variants.columns["valid_from"], variants.columns["valid_until"], strict=True)
    return CodeModel(
        Vocabulary((*codes.columns["code"], *variants.columns["code"])),
        tuple(names.index(name) for name in variants.columns["condition"]),
        tuple((float(low), float(high)) if low else None for low, high in limits),
        tuple(
            (np.datetime64(since, "D") if since else _EVER, np.datetime64(until, "D") if until else _NEVER)
            for since, until in days
        ),
        len(names),
    )  # fmt: skip


def codes_of(place: Ints, age: Ints, bmi: Floats, day: Dates, data: Data) -> Text:
    """One code for each of the conditions `place`, of somebody of that age and body mass index, on a day."""
    return _model(data["condition_codes"], data["condition_code_variants"]).of(place, age >= ADULT, bmi, day)
