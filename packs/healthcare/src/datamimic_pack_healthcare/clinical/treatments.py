"""Which drugs a patient takes: for each condition one or two of its drugs, fitting age, pregnancy and allergies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Alias, Data, Draw, Lists, Table, Text
from datamimic.columns import Bools, Ints
from datamimic_pack_healthcare.clinical.bits import placed, sets_of

PREGNANCY = "Pregnancy"
TUBERCULOSIS = "Tuberculosis"
INTENSIVE_DAYS = 60
"""For so long tuberculosis is treated with four drugs, twice as long with two of them (WHO)."""
NOTHING = -1
ROOM = 7
"""There are fewer than 2 ** ROOM drugs."""
LAST = (1 << ROOM) - 1


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
        stratum = band.take(np.minimum(age, 130))
        stratum[row[condition == self.pregnancy]] += 1
        group = condition * (2 * len(self.ages)) + stratum.take(row)
        chance = items.uniform("treated")
        taken = []
        for label, share in (("first", self.treated), ("second", self.treated * self.second)):
            at = np.flatnonzero(chance < share.take(condition))
            picks = Draw((*items.address, label), items.rows.take(at))
            patient, choice = row.take(at), group.take(at)
            drug = self.first.pick(picks.bits(), choice)
            self._replace_allergens(drug, picks, choice, patient, allergies)
            taken.append(((patient << ROOM) + drug)[drug >= 0])
        found = np.concatenate(taken)
        # Two runs that are nearly in order: a merging sort is many times faster here.
        found.sort(kind="stable")
        # The table holds the drugs of a group together: of neighbours in one patient's list the first is kept, and a
        # drug that two conditions ask for stands beside itself.
        patient, group = found >> ROOM, self.groups.take(found & LAST)
        kept = np.ones(len(found), dtype=np.bool_)
        kept[1:] = (patient[1:] != patient[:-1]) | (group[1:] != group[:-1])
        found = found[kept]
        return Lists(np.bincount(found >> ROOM, minlength=len(age)), found & LAST)

    def _replace_allergens(self, drug: Ints, picks: Draw, choice: Ints, patient: Ints, allergies: Ints) -> None:
        needs = self.allergy.take(drug)
        suspects = np.flatnonzero((needs >= 0) & (drug >= 0))
        hit = suspects[(allergies[patient[suspects]] >> needs[suspects] & 1).astype(np.bool_)]
        if len(hit):
            drug[hit] = self.safe.pick(picks.take(hit).bits("instead"), choice[hit])


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
    codes, _ = text.coding()
    return codes


# -- rules ----------------------------------------------------------------------------------------------------------


def treatment_model_of(data: Data) -> TreatmentModel:
    return treatment_model(
        *(data[name] for name in ("conditions", "medications", "treatments", "treatment_shares", "allergies"))
    )


def name_column(data: Data) -> str:
    """The column of the table `medications` with the names that the country uses."""
    customs = data["country_customs"]
    return customs.columns["medication_name"][customs.of_country(data.country)]


def medication_rows(age: Ints, condition_places: Lists, allergy_bits: Ints, draw: Draw, data: Data) -> Lists:
    model = treatment_model_of(data)
    return model.draw(draw, age, condition_places, allergy_bits)


def medications(medication_rows: Lists, data: Data) -> Lists:
    names: Text = data["medications"][name_column(data)]
    rows: Any = medication_rows.values
    return Lists(medication_rows.lengths, names.take(rows))


def drugs_are_indicated(conditions: Lists, medications: Lists, data: Data) -> Bools:
    model = treatment_model_of(data)
    row = placed(medications, data["medications"], name_column(data))
    bits = sets_of(conditions, placed(conditions, data["conditions"], "condition"))
    indicated = (row >= 0) & ((model.treats[row] & bits[medications.parents]) > 0)
    pairs = np.stack([medications.parents, np.where(row >= 0, model.groups[row], -1)])
    single = len(np.unique(pairs, axis=1).T) == pairs.shape[1]
    if single:
        return medications.all(indicated)
    _, first, counts = np.unique(pairs, axis=1, return_index=True, return_counts=True)
    twice = np.zeros(pairs.shape[1], dtype=np.bool_)
    twice[first[counts > 1]] = True
    return medications.all(indicated) & ~medications.any(twice)


def drugs_are_safe(age: Ints, conditions: Lists, allergies: Lists, medications: Lists, data: Data) -> Bools:
    drugs: Table = data["medications"]
    known: Table = data["allergies"]
    row = placed(medications, drugs, name_column(data))
    pregnant = conditions.contains(PREGNANCY)[medications.parents]
    old_enough = age[medications.parents] >= drugs.ints("min_age")[row]
    harmless = ~pregnant | (drugs.ints("pregnancy_safe")[row] == 1)
    held = sets_of(allergies, placed(allergies, known, "allergy"))[medications.parents]
    excluded = known.lookup("allergy", drugs["excluded_by_allergy"])[row]
    tolerated = (excluded < 0) | (((held >> np.maximum(excluded, 0).astype(np.uint64)) & np.uint64(1)) == 0)
    return medications.all((row >= 0) & old_enough & harmless & tolerated)
