"""Which drugs a patient takes: for each condition one or two of its drugs, fitting age, pregnancy and allergies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Draw, Lists, Text
from datamimic.columns import Bools, Ints
from datamimic.datasets.tables import Table
from datamimic.datasets.weighted import Alias
from datamimic_pack_healthcare.clinical.bits import Bits, any_of, members

PREGNANCY = "Pregnancy"
NOTHING = -1


@frozen(eq=False)
class TreatmentModel:
    """Alias tables over drugs per (condition, age band, pregnant); positions are rows of the table `medications`."""

    drugs: tuple[str, ...]
    ages: Ints
    treated: NDArray[np.float64]
    second: NDArray[np.float64]
    first: Alias
    safe: Alias
    pregnancy: int
    allergy: Ints
    treats: NDArray[np.uint64]
    groups: NDArray[np.int32]

    def draw(self, draw: Draw, age: Ints, conditions: Bits, allergies: Bits) -> tuple[Ints, Ints]:
        """(drugs per row, their table rows): no drug twice, in table order."""
        counts, condition = members(conditions)
        row = np.repeat(np.arange(len(age), dtype=np.int64), counts)
        items = draw.items(counts)
        band = (np.searchsorted(self.ages, np.arange(131), side="right") - 1)[np.clip(age, 0, 130)]
        pregnant = any_of(conditions, 1 << self.pregnancy)
        group = condition * (2 * len(self.ages)) + (band * 2 + pregnant)[row]
        chance = items.uniform("treated")
        taken = np.zeros((len(age), len(self.drugs)), dtype=np.bool_)
        for label, wanted in (("first", chance < self.treated[condition]),
                              ("second", chance < (self.treated * self.second)[condition])):  # fmt: skip
            at = np.flatnonzero(wanted)
            drug = self.first.pick(items.bits(label)[at], group[at])
            allergic = self._rules_out(drug, allergies[row[at]])
            if allergic.any():
                again = np.flatnonzero(allergic)
                drug[again] = self.safe.pick(items.bits(f"{label} instead")[at[again]], group[at[again]])
            fits = drug >= 0
            taken[row[at[fits]], drug[fits]] = True
        rows, drug = np.divmod(np.flatnonzero(taken), len(self.drugs))
        # The table holds the drugs of a group together: of neighbours in one patient's list the first is kept.
        kept = np.ones(len(drug), dtype=np.bool_)
        kept[1:] = (rows[1:] != rows[:-1]) | (self.groups[drug[1:]] != self.groups[drug[:-1]])
        return np.bincount(rows[kept], minlength=len(age)).astype(np.int64), drug[kept]

    def _rules_out(self, drug: Ints, allergies: Bits) -> Bools:
        needs = self.allergy[drug]
        flags: Bools = (
            (drug >= 0) & (needs >= 0) & (((allergies >> np.maximum(needs, 0).astype(np.uint64)) & np.uint64(1)) > 0)
        )
        return flags


@lru_cache(maxsize=16)
def treatment_model(
    conditions: Table, medications: Table, treatments: Table, shares: Table, allergies: Table
) -> TreatmentModel:
    """Read once per country."""
    names = conditions.columns["condition"]
    drugs = medications.columns["medication"]
    min_age, pregnancy_safe = medications.ints("min_age"), medications.ints("pregnancy_safe")
    excluded = medications.columns["excluded_by_allergy"]
    ages = sorted({0, *min_age.tolist()})
    candidates: dict[str, list[tuple[int, float]]] = {name: [] for name in names}
    treats = np.zeros(len(drugs), dtype=np.uint64)
    for name, drug, weight in zip(
        treatments.columns["condition"], treatments.columns["medication"], treatments.weights, strict=True
    ):
        candidates[name].append((drugs.index(drug), weight))
        treats[drugs.index(drug)] |= np.uint64(1 << names.index(name))
    first, safe = [], []
    for name in names:
        for age in ages:
            for pregnant in (0, 1):
                fitting = [
                    (d, w) for d, w in candidates[name] if min_age[d] <= age and (pregnancy_safe[d] or not pregnant)
                ]
                mild = [(d, w) for d, w in fitting if not excluded[d]]
                first.append(_group(fitting))
                safe.append(_group(mild))
    known = allergies.columns["allergy"]
    return TreatmentModel(
        drugs, np.array(ages), shares.floats("treated"), shares.floats("second_drug"), Alias.build(first), Alias.build(safe),
        names.index(PREGNANCY), np.array([known.index(a) if a else -1 for a in excluded], dtype=np.int64), treats,
        _codes(medications["duplication_group"]),
    )  # fmt: skip


def _group(candidates: list[tuple[int, float]]) -> tuple[list[int], list[float]]:
    if not candidates:
        return [NOTHING], [1.0]
    return [drug for drug, _ in candidates], [weight for _, weight in candidates]


def _codes(text: Text) -> NDArray[np.int32]:
    assert text.codes is not None
    return text.codes


# -- rules ----------------------------------------------------------------------------------------------------------


def treatment_model_of(data: Any) -> TreatmentModel:
    return treatment_model(
        *(data[name] for name in ("conditions", "medications", "treatments", "treatment_shares", "allergies"))
    )


def name_column(country: str) -> str:
    """The column of the table `medications` with the names that the country uses."""
    return "medication" if country == "US" else "inn"


def medication_rows(age: Ints, condition_bits: Ints, allergy_bits: Ints, draw: Draw, data: Any) -> Lists:
    model = treatment_model_of(data)
    return Lists(*model.draw(draw, age, condition_bits.astype(np.uint64), allergy_bits.astype(np.uint64)))


def medications(medication_rows: Lists, data: Any, locale: Any) -> Lists:
    names: Text = data["medications"][name_column(locale.country)]
    rows: Any = medication_rows.values
    return Lists(medication_rows.lengths, names.take(rows))
