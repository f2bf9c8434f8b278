"""What must hold of a patient's conditions, in any file."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Lists, Table, Text
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_healthcare.clinical.bits import any_of, placed, sets_of
from datamimic_pack_healthcare.clinical.codes import codes_of


def conditions_fit_age_and_sex(conditions: Lists, age: Ints, gender: Text, data: Data) -> Bools:
    table: Table = data["conditions"]
    row = placed(conditions, table, "condition")
    years, other = age[conditions.parents], {"female": "male", "male": "female"}
    barred = gender.map(lambda value: other.get(value, "")).take(conditions.parents)
    fits = (row >= 0) & (years >= table.ints("min_age")[row]) & (years <= table.ints("max_age")[row])
    return conditions.all(fits & (table["sex"].take(row) != barred))


def conditions_go_together(conditions: Lists, data: Data) -> Bools:
    table: Table = data["conditions"]
    bits = sets_of(conditions, placed(conditions, table, "condition"))
    holds = np.ones(len(conditions), dtype=np.bool_)
    pairs: Table = data["comorbidity"]
    for name, given, ratio in zip(*(pairs.columns[c] for c in ("condition", "given", "odds_ratio")), strict=True):
        if ratio not in ("0", "only together"):
            continue
        one, other = (any_of(bits, 1 << table.position("condition", each)) for each in (name, given))
        if ratio == "0":
            holds &= ~(one & other)
        else:
            holds &= ~one | other
    return holds


def codes_of_conditions(
    conditions: Lists, condition_codes: Lists, age: Ints, bmi: Floats, data: Data, clock: Clock
) -> Bools:
    same = conditions.lengths == condition_codes.lengths
    if not same.all():
        return same
    row, parents = placed(conditions, data["conditions"], "condition"), conditions.parents
    day = np.full(len(row), clock.date)
    codes = codes_of(np.maximum(row, 0), age[parents], bmi[parents], day, data)
    return conditions.all((row >= 0) & (codes == condition_codes.values))
