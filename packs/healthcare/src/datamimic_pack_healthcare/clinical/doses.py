"""How much of a drug somebody takes: by age, weight, kidney function and the strengths of the country."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Alias, Data, Draw, Table, Text
from datamimic.columns import Bools, Floats, Ints, concat, digits, join, number_text, where
from datamimic_pack_healthcare.wording import each_word_named, named

OLDEST = 120
KIDNEY_DISEASE = "Chronic Kidney Disease"


@frozen(eq=False)
class DoseModel:
    """`group` is int64 of shape (drugs, kidney reduced, years of age): a group of `alias` over rows of the table `doses`,
    behind which stand the usual doses of the drugs, in their order."""

    group: Ints
    alias: Alias


@lru_cache(maxsize=16)
def dose_model(doses: Table, medications: Table, country: str) -> DoseModel:
    """Read once per country; where the table speaks of the country, it counts instead of what holds elsewhere."""
    drugs = medications.columns["medication"]
    rows: dict[str, list[int]] = {}
    for row, drug in enumerate(doses.columns["medication"]):
        rows.setdefault(drug, []).append(row)
    age_from, kidney, where_ = doses.ints("age_from"), doses.columns["kidney"], doses.columns["country"]
    groups: list[tuple[list[int], list[float]]] = []
    known: dict[tuple[int, ...], int] = {}
    group = np.zeros((len(drugs), 2, OLDEST + 1), dtype=np.int64)
    for d, drug in enumerate(drugs):
        own = [row for row in rows.get(drug, []) if where_[row] in ("", country)]
        for reduced in (0, 1):
            fits = (
                [row for row in own if bool(kidney[row]) == bool(reduced)]
                if reduced
                else [r for r in own if not kidney[r]]
            )
            for age in range(OLDEST + 1):
                best = _of_age(fits, age_from, where_, age) or _of_age(
                    [r for r in own if not kidney[r]], age_from, where_, age
                )
                key = tuple(best) or (len(doses) + d,)
                if key not in known:
                    known[key] = len(groups)
                    weights = [doses.weights[row] if row < len(doses) else 1.0 for row in key]
                    groups.append(([*key], weights))
                group[d, reduced, age] = known[key]
    return DoseModel(group, Alias.build(groups))


def _of_age(rows: list[int], age_from: Ints, country: tuple[str, ...], age: int) -> list[int]:
    """The rows of the age band, those of the country alone where there are some."""
    reached = [row for row in rows if age_from[row] <= age]
    own = [row for row in reached if country[row]] or reached
    youngest = max((int(age_from[row]) for row in own), default=0)
    return [row for row in own if age_from[row] == youngest]


def doses_of(draw: Draw, drug: Ints, age: Ints, weight_kg: Floats, kidney: Bools, data: Data) -> tuple[Text, Text]:
    """(dose, frequency) of each drug, a row of the table `medications`; `draw` has one address for each."""
    table, drugs = data["doses"], data["medications"]
    model = dose_model(table, drugs, data.country)
    row = model.alias.pick(draw.bits("dose"), model.group[drug, kidney.astype(np.int64), np.clip(age, 0, OLDEST)])
    dose = each_word_named("unit", concat([table["dose"], drugs["dose"]]), data)
    frequency = named("frequency", concat([table["frequency"], drugs["frequency"]]), data)
    assert isinstance(dose, Text) and isinstance(frequency, Text)
    found: Any = dose.take(row)
    usual = np.zeros(len(drugs))
    per_kg = np.concatenate([table.floats("per_kg"), usual])[row]
    by_weight = np.flatnonzero(per_kg > 0)
    if len(by_weight):
        at = row[by_weight]
        step = table.floats("step")[at]
        amount = np.minimum(per_kg[by_weight] * weight_kg[by_weight], table.floats("most")[at])
        tenths = np.rint(np.maximum(np.rint(amount / step), 1.0) * step * 10.0).astype(np.int64)
        whole, rest = number_text(tenths // 10), digits(tenths % 10, 1)
        numbers = where(tenths % 10 == 0, whole, join(whole, ".", rest))
        written = join(numbers, " ", named("unit", table["unit"], data).take(at))
        texts = found.objects()
        texts[by_weight] = written.objects()
        found = Text.of(texts.tolist())
    return found, frequency.take(row)
