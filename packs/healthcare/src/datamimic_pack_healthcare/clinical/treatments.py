"""Which drugs a patient takes: for each condition one or two of its drugs, fitting age, pregnancy and allergies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Draw, Lists, Text
from datamimic.columns import Ints
from datamimic.datasets.tables import Table
from datamimic.datasets.weighted import Alias

PREGNANCY = "Pregnancy"
NOTHING = -1
ROOM = 7
"""There are fewer than 2 ** ROOM drugs."""


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

    def draw(self, draw: Draw, age: Ints, conditions: Lists, allergies: Ints) -> Lists:
        """The drugs of each patient: rows of the table, no drug and no group of drugs twice, in table order.

        `conditions` are lists of table rows, `allergies` bits.
        """
        condition: Any = conditions.values
        row = conditions.parents
        items = draw.items(conditions.lengths)
        band = (np.searchsorted(self.ages, np.arange(131), side="right") - 1) * 2
        group = condition * (2 * len(self.ages)) + band[np.minimum(age, 130)][row]
        expecting = np.zeros(len(age), dtype=np.int64)
        expecting[row[condition == self.pregnancy]] = 1
        group += expecting[row]
        chance = items.uniform("treated")
        taken = []
        for label, share in (("first", self.treated), ("second", self.treated * self.second)):
            at = np.flatnonzero(chance < share[condition])
            picks = Draw((*items._address, label), items.rows[at])
            drug = self.first.pick(picks.bits(), group[at])
            self._replace_allergens(drug, picks, group[at], allergies[row[at]])
            fits = drug >= 0
            taken.append((row[at[fits]] << ROOM) + drug[fits])
        found = np.concatenate(taken)
        found.sort()
        rows, drug = found >> ROOM, found & ((1 << ROOM) - 1)
        # The table holds the drugs of a group together: of neighbours in one patient's list the first is kept, and a
        # drug that two conditions ask for stands beside itself.
        kept = np.ones(len(drug), dtype=np.bool_)
        kept[1:] = (rows[1:] != rows[:-1]) | (self.groups[drug[1:]] != self.groups[drug[:-1]])
        return Lists(np.bincount(rows[kept], minlength=len(age)), drug[kept])

    def _replace_allergens(self, drug: Ints, picks: Draw, group: Ints, allergies: Ints) -> None:
        needs = self.allergy[drug]
        suspects = np.flatnonzero((needs >= 0) & (drug >= 0))
        hit = suspects[(allergies[suspects] >> needs[suspects] & 1).astype(np.bool_)]
        if len(hit):
            drug[hit] = self.safe.pick(picks.bits("instead")[hit], group[hit])


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


def medication_rows(age: Ints, condition_places: Lists, allergy_bits: Ints, draw: Draw, data: Any) -> Lists:
    model = treatment_model_of(data)
    return model.draw(draw, age, condition_places, allergy_bits)


def medications(medication_rows: Lists, data: Any, locale: Any) -> Lists:
    names: Text = data["medications"][name_column(locale.country)]
    rows: Any = medication_rows.values
    return Lists(medication_rows.lengths, names.take(rows))
