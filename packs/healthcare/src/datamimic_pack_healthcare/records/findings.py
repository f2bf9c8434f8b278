"""Vital signs and laboratory values of the latest encounters."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Struct, Table, Text
from datamimic.columns import Ints
from datamimic_pack_healthcare.clinical.bits import numbers_of
from datamimic_pack_healthcare.clinical.observations import model_of
from datamimic_pack_healthcare.records import history
from datamimic_pack_healthcare.wording import named

KEPT = 3
"""Encounters whose vital signs are kept: the latest."""
A_YEAR = np.timedelta64(300, "D")


def observations(patient: Any, draw: Draw, data: Data) -> Lists:
    """Vital signs of the latest encounters; the values that belong to the patient's conditions from the last of them, and from
    one about a year before."""
    table: Table = data["laboratory_tests"]
    model = model_of(data)
    visits = history.visits_of(patient)
    count = len(visits.counts)
    chosen = np.flatnonzero(history.over(visits))
    row = np.repeat(np.arange(count), visits.counts)[chosen]
    have = np.bincount(row, minlength=count)
    from_last = (np.cumsum(have) - 1)[row] - np.arange(len(row))
    chosen, row, from_last = (each[from_last < KEPT] for each in (chosen, row, from_last))
    starts = visits.column("start")[chosen]
    drugs, taken = numbers_of(patient.medication_rows), patient.medication_rows
    classes = data["medications"]["drug_class"].take(drugs)
    treated = {name: taken.any(classes == name)[row] for _, name, _ in model.treatments}
    visit_draw, person = Draw(draw.address.labelled("visit"), visits.rows[chosen]), Draw(draw.address, draw.rows[row])
    age = visits.column("age_then")[chosen]
    bits = patient.condition_bits[row]
    value = model.values(visit_draw, person, patient.sex.take(row), age, patient.bmi[row], bits, treated)
    wanted = model.taken(age, bits, np.ones(len(row), dtype=np.bool_))
    laboratory = np.ones(wanted.shape[1], dtype=np.bool_)
    laboratory[list(model.routine)] = False
    wanted &= ~laboratory | (_with_laboratory(row, from_last, starts)[:, None])
    at, test = np.nonzero(wanted)
    found = value[at, test]
    code = (patient.sex == "male").astype(np.int64)[row[at]]
    low, high = model.low[code, test], model.high[code, test]
    flag = np.where(found < low, 0, np.where(found > high, 2, 1))
    columns: dict[str, Any] = {
        "test": named("test", table["name"], data).take(test), "test_en": table["name"].take(test),
        "loinc": table["loinc"].take(test), "value": found, "unit": table["unit"].take(test),
        "reference_low": low, "reference_high": high, "flag": Text.coded(flag, ("L", "N", "H")), "taken_at": starts[at],
    }  # fmt: skip
    return Lists(np.bincount(row[at], minlength=count), Struct(columns))


def _with_laboratory(row: Ints, from_last: Ints, starts: Any) -> Any:
    """The last encounter, and the latest of those that lie about a year before it."""
    last = from_last == 0
    latest = np.zeros(int(row.max(initial=-1)) + 1, dtype="datetime64[us]")
    latest[row[last]] = starts[last]
    before = latest[row] - starts >= A_YEAR
    # Of neighbours that are both early enough the later one counts.
    next_before = np.concatenate((before[1:] & (row[1:] == row[:-1]), [False]))[: len(row)]
    return last | (before & ~next_before)
