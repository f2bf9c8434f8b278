"""MedicalRecord: the history of one patient, ordered in time, that explains the present conditions and drugs."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Locale,
    Service,
    Struct,
    Table,
    Text,
    check,
    entity,
    field,
    record,
    ref,
    serial,
)
from datamimic.columns import Bools, Dates, Ints, take
from datamimic_pack_healthcare.clinical.bits import numbers_of, text_of
from datamimic_pack_healthcare.clinical.observations import model_of
from datamimic_pack_healthcare.clinical.treatments import name_column, treatment_model_of
from datamimic_pack_healthcare.clinical.vaccinations import immunizations as immunizations_of
from datamimic_pack_healthcare.entities.doctor import Doctor
from datamimic_pack_healthcare.entities.encounter import Encounter
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.entities.patient import Patient

PAST = (
    "Upper Respiratory Infection",
    "Upper Respiratory Infection",
    "Pneumonia",
    "Otitis Media",
    "Urinary Tract Infection",
)
"""What somebody may have had and got over; drawn with equal chance, and left out where age forbids it."""
PAST_YEARS = 10
WITH_PAST = 0.45
RECORDED_WITHIN = 60
YEAR = 365.25
STARTED_WITHIN = 60
PERFORMED = 0.35
DAY_US = 86_400_000_000


@record
class RecordedEncounter:
    """An encounter of the patient, as in the table of encounters."""

    encounter_id: str
    encounter_class: str
    start: datetime
    end: datetime
    reason: str
    reason_code: str
    specialty: str
    doctor_id: str
    hospital_id: str


@record
class RecordedCondition:
    """A condition, present (active) or over (resolved)."""

    condition: str
    code: str
    onset: date
    recorded: date
    status: str
    abatement: date | None


@record
class RecordedMedication:
    """A drug taken at present."""

    medication: str
    drug_class: str
    dose: str
    route: str
    frequency: str
    indication: str
    start: date
    status: str


@record
class RecordedAllergy:
    """An allergy and when it was first written down."""

    allergy: str
    kind: str
    recorded: date


@record
class Observation:
    """A vital sign or laboratory value with the range it is compared with; flag is L, N or H."""

    test: str
    loinc: str
    value: float
    unit: str
    reference_low: float
    reference_high: float
    flag: str
    taken_at: datetime


@record
class PerformedProcedure:
    """A procedure done during an encounter."""

    procedure: str
    procedure_code: str
    condition: str
    date: date
    encounter_id: str


@record
class Immunization:
    """One dose of a vaccine; cvx is the CDC's code."""

    vaccine: str
    cvx: str
    dose: int
    date: date


def _visits(patient: Any) -> Any:
    """The patients' encounters, in order of time."""
    return patient.children(Encounter)


def encounters(patient: Any) -> Lists:
    visits = _visits(patient)
    names = ("encounter_id", "encounter_class", "start", "end", "reason", "reason_code", "specialty")
    columns = {name: visits.column(name) for name in names}
    columns["doctor_id"], columns["hospital_id"] = visits.column("doctor").key(), visits.column("hospital").key()
    return Lists(visits.counts, Struct(columns))


def conditions(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    """The patient's conditions, and often an infection that is over; in order of onset."""
    table, codes = data["conditions"], data["condition_codes"]
    places: Lists = patient.condition_places
    onsets: Lists = patient.condition_onsets
    count = len(places)
    born = patient.birthdate.astype("datetime64[D]")
    past, onset = _past(born, patient.sex, places, draw, data, clock)
    row = np.concatenate([places.parents, past.parents])
    place: Any = np.concatenate([numbers_of(places), numbers_of(past)])
    begun: Any = np.concatenate([numbers_of(onsets), onset])
    over = np.arange(len(row)) >= len(places.values)
    order = np.lexsort((place, begun.astype(np.int64), row))
    row, place, begun, over = row[order], place[order], begun[order], over[order]
    # The address of an item is the condition, so that its date does not depend on what else the patient has.
    delay = _of_condition(draw, "delay", row, place, 0, RECORDED_WITHIN)
    recorded = np.minimum(begun + np.where(over, delay // 12, delay).astype("timedelta64[D]"), clock.date)
    ended = begun + (6 + delay % 15).astype("timedelta64[D]")
    columns: dict[str, Any] = {
        "condition": table["condition"].take(place), "code": codes["code"].take(place), "onset": begun, "recorded": recorded,
        "status": Text.coded(over.astype(np.int64), ("active", "resolved")), "abatement": np.ma.MaskedArray(ended, ~over),
    }  # fmt: skip
    return Lists(np.bincount(row, minlength=count), Struct(columns))


def _past(born: Dates, sex: Text, places: Lists, draw: Draw, data: Data, clock: Clock) -> tuple[Lists, Dates]:
    """A past infection for some patients, and when it began: one the patient does not have now and that age allows."""
    table: Table = data["conditions"]
    kinds = np.array([table.position("condition", name) for name in PAST])
    kind = kinds[draw.one_of(PAST, "past")]
    earliest = np.maximum(born, clock.date - np.timedelta64(PAST_YEARS * 365, "D"))
    span = (clock.date - earliest).astype(np.int64) - 40
    onset = earliest + (np.maximum(span, 1) * draw.uniform("when")).astype(np.int64).astype("timedelta64[D]")
    years = (onset - born).astype(np.int64) / 365.25
    allowed = (years >= table.ints("min_age")[kind]) & (years < table.ints("max_age")[kind]) & (span > 0)
    present = places.any(numbers_of(places) == kind[places.parents])
    keep = allowed & ~present & draw.chance(WITH_PAST, "has past")
    return Lists(keep.astype(np.int64), kind[keep]), onset[keep]


def _of_condition(draw: Draw, label: str, row: Ints, place: Ints, low: int, high: int) -> Ints:
    """A whole number for each (row, condition), the same whatever the order of the list."""
    width = 64
    grid = Draw((*draw.address, label), (draw.rows[row] * width) + place)
    return grid.integers(low, high)


def medications(patient: Any, draw: Draw, data: Data, clock: Clock, locale: Locale) -> Lists:
    """The drugs that the patient takes: each for a condition it treats, begun after the condition, its own approval and
    the age it is allowed from."""
    table: Table = data["medications"]
    model = treatment_model_of(data)
    taken: Lists = patient.medication_rows
    drug: Any = taken.values
    row = taken.parents
    reasons = model.treats[drug] & patient.condition_bits.astype(np.uint64)[row]
    # The lowest of the conditions that the drug treats.
    lowest = reasons & (~reasons + np.uint64(1))
    place = np.zeros(len(row), dtype=np.int64)
    for condition in range(len(data["conditions"])):
        place[lowest == np.uint64(1 << condition)] = condition
    onset = _onset_of(patient, row, place)
    approved = np.array([np.datetime64(f"{year}-07-01", "D") for year in table.columns["approval_year"]])[drug]
    # Not before the condition was written down, which takes up to RECORDED_WITHIN days.
    begun = onset + (RECORDED_WITHIN + _of_drug(draw, row, drug)).astype("timedelta64[D]")
    of_age = np.ceil(table.ints("min_age") * YEAR).astype(np.int64)[drug].astype("timedelta64[D]")
    start = np.maximum(np.maximum(begun, approved), patient.birthdate.astype("datetime64[D]")[row] + of_age)
    columns: dict[str, Any] = {
        "medication": table[name_column(locale.country)].take(drug), "drug_class": table["drug_class"].take(drug),
        "dose": table["dose"].take(drug), "route": table["route"].take(drug), "frequency": table["frequency"].take(drug),
        "indication": data["conditions"]["condition"].take(place), "start": np.minimum(start, clock.date),
        "status": Text.constant("active", len(row)),
    }  # fmt: skip
    return Lists(taken.lengths, Struct(columns))


def _onset_of(patient: Any, row: Ints, place: Ints) -> Dates:
    """The onset of the condition `place` of each `row`."""
    places: Lists = patient.condition_places
    key = places.parents * 64 + numbers_of(places)
    onsets: Any = patient.condition_onsets.values
    return onsets[np.searchsorted(key, row * 64 + place)]


def _of_drug(draw: Draw, row: Ints, drug: Ints) -> Ints:
    return Draw(draw.address.labelled("start"), draw.rows[row] * 256 + drug).integers(0, STARTED_WITHIN)


def allergies(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    """The patient's allergies, written down at some time of life."""
    table: Table = data["allergies"]
    held: Lists = patient.allergies
    place = table.lookup("allergy", text_of(held))
    row = held.parents
    born = patient.birthdate.astype("datetime64[D]")[row]
    days = (clock.date - born).astype(np.int64)
    share = Draw(draw.address.labelled("recorded"), draw.rows[row] * 64 + place).uniform()
    columns: dict[str, Any] = {
        "allergy": table["allergy"].take(place), "kind": table["kind"].take(place),
        "recorded": born + (days * share).astype(np.int64).astype("timedelta64[D]"),
    }  # fmt: skip
    return Lists(held.lengths, Struct(columns))


def observations(patient: Any, draw: Draw, data: Data) -> Lists:
    """Vital signs of the last encounter, and the values that belong to the patient's conditions."""
    table: Table = data["laboratory_tests"]
    model = model_of(data)
    visits = _visits(patient)
    seen = visits.counts > 0
    last = np.cumsum(visits.counts) - 1
    starts = visits.column("start")
    conditions_ = patient.condition_bits
    value = model.values(draw, patient.sex, conditions_)
    rows, test = np.nonzero(model.taken(patient.age, conditions_, seen))
    found = value[rows, test]
    code = (patient.sex == "male").astype(np.int64)[rows]
    low, high = model.low[code, test], model.high[code, test]
    flag = np.where(found < low, 0, np.where(found > high, 2, 1))
    columns: dict[str, Any] = {
        "test": table["name"].take(test), "loinc": table["loinc"].take(test), "value": found, "unit": table["unit"].take(test),
        "reference_low": low, "reference_high": high, "flag": Text.coded(flag, ("L", "N", "H")),
        "taken_at": starts[last[rows]] if len(starts) else np.zeros(0, dtype="datetime64[us]"),
    }  # fmt: skip
    return Lists(np.bincount(rows, minlength=len(seen)), Struct(columns))


def procedures(patient: Any, draw: Draw, data: Data) -> Lists:
    """Procedures that the reasons of some encounters asked for; big operations only during stays, and each only once."""
    table: Table = data["procedures"]
    visits = _visits(patient)
    row = np.repeat(np.arange(len(visits.counts)), visits.counts)
    condition = visits.column("condition_row")
    names = data["conditions"].columns["condition"]
    by_condition: list[list[int]] = [[] for _ in names]
    for number, name in enumerate(table.columns["condition"]):
        # A present pregnancy has not ended, and no womb is taken out beside it.
        if name and "Delivery" not in table.columns["procedure"][number]:
            by_condition[names.index(name)].append(number)
    longest = max(map(len, by_condition))
    grid = np.array([[*places, *([-1] * (longest - len(places)))] for places in by_condition])
    sizes = np.array([len(places) for places in by_condition])
    items = Draw(draw.address.labelled("visit"), visits.rows)
    at = np.maximum(condition, 0)
    chosen = np.where(condition >= 0, grid[at, (items.uniform("which") * sizes[at]).astype(np.int64)], -1)
    place = np.maximum(chosen, 0)
    age, code = visits.column("age_then"), visits.column("class_code")
    sex = patient.sex.take(row)
    minutes = (visits.column("end") - visits.column("start")).astype("timedelta64[m]").astype(np.int64)
    pregnant = ((patient.condition_bits >> names.index("Pregnancy")) & 1).astype(np.bool_)[row]
    womb = table["procedure"].take(place) == "Hysterectomy"
    fits = (
        (chosen >= 0) & items.chance(PERFORMED, "performed")
        & (age >= table.ints("min_age")[place]) & (age <= table.ints("max_age")[place])
        & ((table["sex"].take(place) == "any") | (table["sex"].take(place) == sex))
        & (table.ints("minutes_low")[place] <= minutes)
        & ((table["category"].take(place) != "Surgical") | (code == 2)) & ~(womb & pregnant)
    )  # fmt: skip
    kept = np.flatnonzero(fits)
    surgical = table["category"].take(place[kept]) == "Surgical"
    key = np.where(surgical, row[kept] * 256 + place[kept], -1 - np.arange(len(kept)))
    kept = kept[np.sort(np.unique(key, return_index=True)[1])]
    columns: dict[str, Any] = {
        "procedure": table["procedure"].take(place[kept]), "procedure_code": table["procedure_code"].take(place[kept]),
        "condition": table["condition"].take(place[kept]), "date": visits.column("start")[kept].astype("datetime64[D]"),
        "encounter_id": take(visits.column("encounter_id"), kept),
    }  # fmt: skip
    return Lists(np.bincount(row[kept], minlength=len(visits.counts)), Struct(columns))


def immunizations(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    return immunizations_of(draw, patient.birthdate, data, clock)


def last_updated(patient: Any, clock: Clock) -> Any:
    """The end of the last encounter, or the clock without one."""
    visits = _visits(patient)
    ends = visits.column("end")
    last = np.maximum(np.cumsum(visits.counts) - 1, 0)
    now = clock.instant
    return np.where(visits.counts > 0, ends[last], now) if len(ends) else np.full(len(visits.counts), now)


@entity(
    "medical_record",
    tables=(
        "medications", "laboratory_tests", "test_effects", "test_panels", "procedures", "vaccinations",
        "condition_care", "encounter_counts", "routine_reasons",
    ),
)  # fmt: skip
class MedicalRecord:
    """The history of one patient, ordered in time, that explains the present conditions and drugs."""

    record_id: str = field(serial("REC-########"), key=True, doc="number of the record in this world")
    patient: Patient = field(ref(Patient, by=lambda rows: rows), doc="the patient; record k is that of patient k")
    primary_doctor: Doctor = field(
        ref(Doctor, by=lambda patient: patient.primary_doctor.rows), doc="the patient's own doctor"
    )
    hospital: Hospital = field(
        ref(Hospital, by=lambda primary_doctor: primary_doctor.hospital.rows), doc="the hospital that keeps the record"
    )
    last_updated: datetime = field(last_updated, doc="end of the last encounter, or the clock")
    encounters: list[RecordedEncounter] = field(encounters, doc="encounters of the last three years, the oldest first")
    conditions: list[RecordedCondition] = field(conditions, doc="present and past conditions, in order of onset")
    medications: list[RecordedMedication] = field(medications, doc="drugs taken at present, each with its indication")
    allergies: list[RecordedAllergy] = field(allergies, doc="known allergies")
    observations: list[Observation] = field(observations, doc="vital signs and laboratory values of the last encounter")
    procedures: list[PerformedProcedure] = field(procedures, doc="procedures done during the encounters")
    immunizations: list[Immunization] = field(immunizations, doc="vaccinations, by the schedule")


def _in_order(lists: Lists, times: Any) -> Bools:
    parents = lists.parents
    if not len(parents):
        return np.ones(len(lists), dtype=np.bool_)
    return lists.all(np.concatenate(([True], (times[1:] >= times[:-1]) | (parents[1:] != parents[:-1]))))


@check(MedicalRecord, "encounters follow each other, each after the one before has ended")
def encounters_in_order(encounters: Lists, clock: Clock) -> Bools:
    visits: Any = encounters.values
    parents = encounters.parents
    if not len(parents):
        return np.ones(len(encounters), dtype=np.bool_)
    later = (visits.start[1:] >= visits.end[:-1]) | (parents[1:] != parents[:-1])
    inside = (visits.end >= visits.start) & (visits.end <= clock.instant)
    return encounters.all(inside & np.concatenate(([True], later)))


@check(MedicalRecord, "conditions are in order of onset, recorded after it and not after the clock")
def conditions_in_order(conditions: Lists, clock: Clock) -> Bools:
    items: Any = conditions.values
    fits = (items.onset <= items.recorded) & (items.recorded <= clock.date)
    return conditions.all(fits) & _in_order(conditions, items.onset)


@check(MedicalRecord, "resolved conditions have an end after their onset, active ones have none")
def resolved_have_ended(conditions: Lists, clock: Clock) -> Bools:
    items: Any = conditions.values
    missing = np.ma.getmaskarray(items.abatement)
    end = np.ma.getdata(items.abatement)
    return conditions.all(
        np.where(items.status == "active", missing, ~missing & (end >= items.onset) & (end <= clock.date))
    )


@check(
    MedicalRecord, "every drug has an active condition as its indication, and was begun after its onset and approval"
)
def drugs_are_explained(conditions: Lists, medications: Lists, data: Data, clock: Clock, locale: Locale) -> Bools:
    drugs: Any = medications.values
    known: Any = conditions.values
    names: Table = data["conditions"]
    active = known.status == "active"
    key = conditions.parents * 64 + names.lookup("condition", known.condition)
    order = np.argsort(key[active], kind="stable")
    keys, onsets = key[active][order], known.onset[active][order]
    wanted = medications.parents * 64 + names.lookup("condition", drugs.indication)
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return medications.lengths == 0
    explained = keys[at] == wanted
    table: Table = data["medications"]
    row = table.lookup("medication" if locale.country == "US" else "inn", drugs.medication)
    approved = table.ints("approval_year")[row].astype("U4").astype("datetime64[D]")
    begun = (drugs.start >= onsets[at]) & (drugs.start >= approved) & (drugs.start <= clock.date)
    return medications.all((row >= 0) & explained & begun)


@check(MedicalRecord, "a value is flagged as it compares with its reference range")
def flags_fit_values(observations: Lists) -> Bools:
    items: Any = observations.values
    low, high = items.value < items.reference_low, items.value > items.reference_high
    return observations.all(np.where(low, items.flag == "L", np.where(high, items.flag == "H", items.flag == "N")))


@check(
    MedicalRecord, "systolic pressure lies above diastolic, LDL is what total cholesterol, HDL and triglycerides leave"
)
def values_fit_each_other(observations: Lists) -> Bools:
    items: Any = observations.values
    parents = observations.parents
    count = len(observations)
    value = {}
    for code in ("8480-6", "8462-4", "2093-3", "2085-9", "2571-8", "13457-7"):
        column = np.full(count, np.nan)
        flags = items.loinc == code
        column[parents[flags]] = items.value[flags]
        value[code] = column
    pressure = np.isnan(value["8480-6"]) | (value["8480-6"] > value["8462-4"] + 10)
    rest = value["2093-3"] - value["2085-9"] - value["2571-8"] / 5
    return pressure & (np.isnan(value["13457-7"]) | (np.abs(value["13457-7"] - rest) <= 0.51))


@check(MedicalRecord, "every procedure was done during one of the encounters, for its reason")
def procedures_during_encounters(encounters: Lists, procedures: Lists) -> Bools:
    visits: Any = encounters.values
    done: Any = procedures.values
    known = {
        (visit, day, reason)
        for visit, day, reason in zip(
            visits.encounter_id.tolist(),
            visits.start.astype("datetime64[D]").tolist(),
            visits.reason.tolist(),
            strict=True,
        )
    }
    items = zip(
        done.encounter_id.tolist(), done.date.astype("datetime64[D]").tolist(), done.condition.tolist(), strict=True
    )
    return procedures.all(np.array([item in known for item in items], dtype=np.bool_))


@check(MedicalRecord, "doses of a vaccine are numbered from 1, the first before the second")
def doses_in_order(immunizations: Lists, clock: Clock) -> Bools:
    items: Any = immunizations.values
    parents = immunizations.parents
    fits = items.date <= clock.date
    if len(parents):
        same = (parents[1:] == parents[:-1]) & (items.vaccine[1:] == items.vaccine[:-1])
        follows = (items.dose[1:] == items.dose[:-1] + 1) & (
            items.date[1:] >= items.date[:-1] + np.timedelta64(21, "D")
        )
        fits &= np.concatenate(([True], np.where(same, follows, True)))
        fits &= np.concatenate(([True], same)) | (items.dose == 1)
    return immunizations.all(fits)


class MedicalRecordService(Service[MedicalRecord]):
    """Records of the world's patients: record k is that of patient k."""

    entity = MedicalRecord

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
