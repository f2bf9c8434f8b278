"""Vital signs and laboratory values of encounters."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Struct, Table, Text
from datamimic_pack_healthcare.clinical.bits import numbers_of
from datamimic_pack_healthcare.clinical.laboratory import visits_over, with_laboratory
from datamimic_pack_healthcare.clinical.observations import model_of
from datamimic_pack_healthcare.records import history
from datamimic_pack_healthcare.wording import named


def observations(patient: Any, draw: Draw, data: Data) -> Lists:
    """Vital signs of every encounter that is over; the values that belong to the patient's conditions from the last of them,
    and from others about a year apart."""
    table: Table = data["laboratory_tests"]
    model = model_of(data)
    visits = history.visits_of(patient)
    count = len(visits.counts)
    chosen, row, from_last = visits_over(visits)
    starts = visits.column("start")[chosen]
    drugs, taken = numbers_of(patient.medication_rows), patient.medication_rows
    classes = data["medications"]["drug_class"].take(drugs)
    treated = {name: taken.any(classes == name) for name in {name for _, name, _ in model.treatments}}
    every = np.arange(len(row))
    laboratory = np.flatnonzero(with_laboratory(row, from_last, starts))
    parts = []
    for rows, tests in ((every, model.routine), (laboratory, model.laboratory)):
        own = row[rows]
        age, bits = visits.column("age_then")[chosen[rows]], patient.condition_bits[own]
        values = model.values(
            Draw(draw.address.labelled("visit"), visits.rows[chosen[rows]]), Draw(draw.address, draw.rows[own]),
            patient.sex.take(own), age, patient.bmi[own], bits, {name: flags[own] for name, flags in treated.items()}, tests,
        )  # fmt: skip
        for each in tests:
            taken = np.flatnonzero(model.taken(each, age, bits))
            parts.append((rows[taken], np.full(len(taken), each), values[each][taken]))
    at, test, found = (np.concatenate([part[k] for part in parts]) for k in range(3))
    # In order of encounters, and within each of the table of tests.
    order = np.argsort(at * len(model.names) + test, kind="stable")
    at, test, found = at[order], test[order], found[order]
    code = (patient.sex == "male").astype(np.int64)[row[at]]
    low, high = model.low[code, test], model.high[code, test]
    flag = np.where(found < low, 0, np.where(found > high, 2, 1))
    columns: dict[str, Any] = {
        "test": named("test", table["name"], data).take(test), "test_en": table["name"].take(test),
        "loinc": table["loinc"].take(test), "value": found, "unit": table["unit"].take(test),
        "reference_low": low, "reference_high": high, "flag": Text.coded(flag, ("L", "N", "H")), "taken_at": starts[at],
    }  # fmt: skip
    return Lists(np.bincount(row[at], minlength=count), Struct(columns))
