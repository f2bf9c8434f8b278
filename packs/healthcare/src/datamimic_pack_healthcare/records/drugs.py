"""The drugs of a record: those taken at present, courses that are over, and drugs that were given up for another."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, composite
from datamimic.columns import Dates, Ints, ordered
from datamimic_pack_healthcare.clinical.bits import numbers_of
from datamimic_pack_healthcare.clinical.conditions import OBESITY
from datamimic_pack_healthcare.clinical.doses import KIDNEY_DISEASE, doses_of
from datamimic_pack_healthcare.clinical.history import YEAR, onset_model
from datamimic_pack_healthcare.clinical.treatments import NOTHING, approvals, name_column, traits_of, treatment_model_of
from datamimic_pack_healthcare.clinical.weekdays import on_weekday
from datamimic_pack_healthcare.records import history
from datamimic_pack_healthcare.wording import named

STARTED_WITHIN = 60
GIVEN_UP = 0.25
"""Share of the drugs of lasting conditions that took the place of another."""
SHORTEST, LONGEST = 60, 1500
"""Days for which a drug was taken that was given up, at least and at most."""
STATUS = ("active", "completed", "stopped")
CONDITIONS, DRUGS = 64, 256


def medications(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    """Each for a condition it treats, begun after the condition was known, its approval, and the age it is allowed from."""
    taken: Lists = patient.medication_rows
    drug = numbers_of(taken)
    row = taken.parents
    place = _reasons(patient, row, drug, data)
    onset = history.onset_of(patient, row, place)
    known = history.recorded_after(draw, row, place, onset, patient.death_day[row], data, clock)
    picks = Draw(draw.address.labelled("start"), composite(draw.rows[row], drug, DRUGS))
    until = np.minimum(patient.death_day, clock.date)[row]
    short = _short(place, data)
    allowed = np.minimum(np.maximum(known, _earliest(patient, row, drug, data)), until)
    left = (until - allowed).astype(np.int64)
    wait = picks.integers(0, STARTED_WITHIN) // np.where(short, 20, 1) % (left + 1)
    begun = allowed + wait.astype("timedelta64[D]")
    start = np.where(short, begun, on_weekday(begun, allowed, until))
    before = _given_up(patient, draw, row, drug, place, known, start, data)
    past = _courses(patient, draw, data, clock)
    parts = [(row, drug, place, start, np.where(patient.death_day[row] <= clock.date, 2, 0), until), before, past]
    row, drug, place, start, status, end = (np.concatenate([part[k] for part in parts]) for k in range(6))
    order = ordered(row, status != 0, drug)
    row, drug, place, start, status, end = (each[order] for each in (row, drug, place, start, status, end))
    table: Table = data["medications"]
    names = data["conditions"]
    addresses = Draw(draw.address.labelled("dose"), composite(draw.rows[row], drug, DRUGS))
    age = np.maximum((start - patient.birthdate.astype("datetime64[D]")[row]).astype(np.int64) / YEAR, 0).astype(
        np.int64
    )
    age = np.where(status == 0, patient.age[row], age)
    kidney = ((patient.condition_bits[row] >> names.position("condition", KIDNEY_DISEASE)) & 1).astype(np.bool_)
    weight = patient.weight_kg[row] * np.minimum(1.0, (age + 3) / np.minimum(patient.age[row] + 3, 21))
    dose, frequency = doses_of(addresses, drug, age, weight, kidney, data)
    columns: dict[str, Any] = {
        "medication": table[name_column(data)].take(drug),
        "drug_class": named("drug class", table["drug_class"], data).take(drug),
        "dose": dose, "route": named("route", table["route"], data).take(drug), "frequency": frequency,
        "indication": data["condition_names"]["name"].take(place), "indication_en": names["condition"].take(place),
        "start": start, "end": np.ma.MaskedArray(end, status == 0), "status": Text.coded(status, STATUS),
    }  # fmt: skip
    return Lists(np.bincount(row, minlength=len(taken)), Struct(columns))


def _reasons(patient: Any, row: Ints, drug: Ints, data: Data) -> Ints:
    """The first of the conditions that the drug treats."""
    model = treatment_model_of(data)
    reasons = model.treats[drug] & patient.condition_bits.astype(np.uint64)[row]
    lowest = reasons & (~reasons + np.uint64(1))
    # A power of two is exact as a float, and its exponent is the place.
    return np.maximum(np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1, 0)


def _short(place: Ints, data: Data) -> Any:
    lasts = onset_model(data["onset_ages"], data["condition_durations"]).lasts[place]
    return (lasts > 0) & (lasts <= 200)


def _earliest(patient: Any, row: Ints, drug: Ints, data: Data) -> Dates:
    """The later of the drug's approval and the day on which the patient was old enough."""
    table: Table = data["medications"]
    approved = approvals(table)
    of_age = np.ceil(table.ints("min_age") * YEAR).astype(np.int64)[drug].astype("timedelta64[D]")
    return np.maximum(approved[drug], patient.birthdate.astype("datetime64[D]")[row] + of_age)


def _alternative(patient: Any, draw: Draw, row: Ints, place: Ints, data: Data) -> Ints:
    """A drug of the condition's first line that the patient may take, NOTHING where none was found."""
    model = treatment_model_of(data)
    age = np.clip(patient.age[row], 0, 130)
    band = (np.searchsorted(model.ages, age, side="right") - 1) * 2
    regimen = model.lines[0].pick(draw.bits("regimen"), place * (2 * len(model.ages)) + band)
    traits = traits_of(patient.sex, patient.age, patient.smoking_status, patient.allergy_bits)
    barred = model.ruled_out(regimen, row, patient.condition_bits.view(np.uint64), traits)
    return np.where(barred, NOTHING, model.drugs_of[regimen, 0])


def _given_up(
    patient: Any, draw: Draw, row: Ints, drug: Ints, place: Ints, known: Dates, start: Dates, data: Data
) -> tuple[Any, ...]:
    """What was taken before some of the drugs: of the same condition since it was known, none of those taken now."""
    picks = Draw(draw.address.labelled("before"), composite(draw.rows[row], drug, DRUGS))
    some = np.flatnonzero(
        picks.chance(GIVEN_UP) & ~_short(place, data) & (place != data["conditions"].position("condition", OBESITY))
    )
    picks = picks.take(some)
    other = _alternative(patient, picks, row[some], place[some], data)
    room = (start[some] - np.maximum(known[some], _earliest(patient, row[some], np.maximum(other, 0), data))).astype(
        np.int64
    )
    days = np.minimum(picks.integers(SHORTEST, LONGEST, "days"), room)
    now = np.isin(composite(row[some], np.maximum(other, 0), DRUGS), composite(row, drug, DRUGS))
    key = composite(row[some], np.maximum(other, 0), DRUGS)
    first = np.zeros(len(key), dtype=np.bool_)
    first[np.unique(key, return_index=True)[1]] = True
    kept = np.flatnonzero((other >= 0) & ~now & (days >= SHORTEST) & first)
    at = some[kept]
    begun = start[at] - days[kept].astype("timedelta64[D]")
    return row[at], other[kept], place[at], begun, np.full(len(at), 2), start[at]


def _courses(patient: Any, draw: Draw, data: Data, clock: Clock) -> tuple[Any, ...]:
    """The drug of a past infection, taken for five to ten days."""
    past, onset = history.past_infections_of(patient, data, clock, draw)
    row, place = past.parents, numbers_of(past)
    picks = Draw(draw.address.labelled("course"), draw.rows[row])
    drug = _alternative(patient, picks, row, place, data)
    known = history.recorded_after(draw, row, place, onset, patient.death_day[row], data, clock)
    begun = np.maximum(onset + picks.integers(0, 2, "begun").astype("timedelta64[D]"), known)
    end = begun + picks.integers(5, 10, "days").astype("timedelta64[D]")
    old_enough = begun >= _earliest(patient, row, np.maximum(drug, 0), data)
    last = np.minimum(patient.death_day, clock.date)[row]
    now = np.isin(
        composite(row, np.maximum(drug, 0), DRUGS),
        composite(patient.medication_rows.parents, numbers_of(patient.medication_rows), DRUGS),
    )
    kept = np.flatnonzero((drug >= 0) & old_enough & (end <= last) & ~now)
    return row[kept], drug[kept], place[kept], begun[kept], np.full(len(kept), 1), end[kept]


def medication_days(all_medications: Lists) -> Lists:
    """Begin and end of each."""
    items: Any = all_medications.values
    return history.days_of(all_medications, items.start, items.end)
