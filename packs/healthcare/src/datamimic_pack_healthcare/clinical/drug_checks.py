"""What must hold of a patient's drugs, in any file."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Lists, Table, Text
from datamimic.columns import Bools, Ints
from datamimic_pack_healthcare.clinical.allergies import placed_allergies
from datamimic_pack_healthcare.clinical.bits import placed, sets_of
from datamimic_pack_healthcare.clinical.treatments import (
    PREGNANCY,
    SMOKER,
    WOMAN,
    name_column,
    treatment_model_of,
)


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
    held = sets_of(allergies, placed_allergies(allergies, data))[medications.parents]
    excluded = known.lookup("allergy", drugs["excluded_by_allergy"])[row]
    tolerated = (excluded < 0) | (((held >> np.maximum(excluded, 0).astype(np.uint64)) & np.uint64(1)) == 0)
    return medications.all((row >= 0) & old_enough & harmless & tolerated)


def drugs_fit_conditions(
    gender: Text, age: Ints, smoking_status: Text, conditions: Lists, medications: Lists, data: Data
) -> Bools:
    """No drug with a condition, or for a kind of people, that the table `contraindications` names."""
    table: Table = data["contraindications"]
    holds = np.ones(len(conditions), dtype=np.bool_)
    names: Text = data["medications"][name_column(data)]
    woman = (gender == "female") & (age >= 12) & (age <= 50)
    smoker = (smoking_status == "current") & (age >= 35)
    with_: dict[str, list[str]] = {}
    for drug, other in zip(table.columns["medication"], table.columns["with"], strict=True):
        row = data["medications"].position("medication", drug)
        with_.setdefault(other, []).append(str(names.tolist()[row]))
    for other, barred in with_.items():
        are = woman if other == WOMAN else smoker if other == SMOKER else conditions.contains(other)
        taken = medications.any(_text(medications).isin({*barred}))
        holds &= ~(are & taken)
    return holds


def drugs_go_together(medications: Lists, data: Data) -> Bools:
    """No two drugs of which the table `interactions` says that one is stopped."""
    table: Table = data["interactions"]
    names: list[str] = [str(name) for name in data["medications"][name_column(data)].tolist()]
    place = {drug: k for k, drug in enumerate(data["medications"].columns["medication"])}
    held = {}
    holds = np.ones(len(medications), dtype=np.bool_)
    text = _text(medications)
    for stopped, other in zip(table.columns["stopped"], table.columns["with"], strict=True):
        for drug in (stopped, other):
            if drug not in held:
                held[drug] = medications.any(text == names[place[drug]])
        holds &= ~(held[stopped] & held[other])
    return holds


def _text(lists: Lists) -> Text:
    assert isinstance(lists.values, Text)
    return lists.values
