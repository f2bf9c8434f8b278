"""What messages tell of a record: its entries with who took part, where they happened and what they belong to."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Lists, Ref, Struct, Table, Text, composite
from datamimic.columns import Dates, Ints, concat, take
from datamimic_pack_healthcare.clinical.observations import model_of
from datamimic_pack_healthcare.records import history, performed, seen
from datamimic_pack_healthcare.wording import english_of

CONDITIONS = 64
MINUTE = np.timedelta64(1, "m")
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
CARE_GIVER = (
    "doctor_id", "family_name", "given_name", "academic_title", "gender", "specialty", "phone", "email", "license_number",
    "npi_number", "dea_number", "lanr",
)  # fmt: skip
SITE = ("hospital_id", "name", "type", "phone", "email", "website", "npi_number", "ccn", "ik_number")
ADDRESS = ("line", "city", "district", "state_code", "postal_code", "country_code", "latitude", "longitude")


def visits(
    patient: Any, all_encounters: Lists, visit_moments: Lists, conditions: Lists, now: Dates, data: Data
) -> Lists:
    """Those of the record."""
    all_visits = history.visits_of(patient)
    items: Any = all_encounters.values
    kept = (
        "encounter_id",
        "encounter_class",
        "status",
        "start",
        "end",
        "reason",
        "reason_code",
        "specialty",
        "doctor_id",
        "hospital_id",
    )
    columns = {name: items.columns[name] for name in kept}
    columns["department"] = all_visits.column("department")
    columns["disposition"] = all_visits.column("discharge_disposition")
    columns["condition_code"] = recorded_code(conditions, all_encounters.parents, items.reason_en, data)
    told = seen.encounters(Lists(all_encounters.lengths, Struct(columns)), visit_moments, now)
    values: Any = told.values
    over = {"disposition": values.disposition.where(values.status == "finished")}
    return Lists(told.lengths, Struct({**values.columns, **over}))


def care_team(patient: Any, primary_doctor: Ref, visit_moments: Lists, now: Dates) -> Lists:
    """The patient's own doctor first, then those of the visits of the record, each once."""
    owners, doctors = _met(patient, primary_doctor, visit_moments, now, "doctor")
    found = {name: _of_both(doctors, name) for name in CARE_GIVER}
    found["hospital_id"] = concat([each.column("hospital").key() for each in doctors])
    return _each_once(len(primary_doctor), owners, doctors, found)


def sites(patient: Any, hospital: Ref, visit_moments: Lists, now: Dates) -> Lists:
    """The hospital that keeps the record, that of the patient's own doctor, and those of the visits, each once."""
    owners, hospitals = _met(patient, hospital, visit_moments, now, "hospital")
    found: dict[str, Any] = {name: _of_both(hospitals, name) for name in SITE}
    address = [each.column("address") for each in hospitals]
    found["address"] = Struct({name: concat([getattr(part, name) for part in address]) for name in ADDRESS})
    return _each_once(len(hospital), owners, hospitals, found)


def prescriptions(medications: Lists, conditions: Lists, data: Data) -> Lists:
    """The drugs of the record."""
    items: Any = medications.values
    kept = ("medication", "dose", "route", "frequency", "indication", "start", "end", "status")
    columns = {name: items.columns[name] for name in kept}
    columns["frequency_en"] = english_of("frequency", items.frequency, data)
    columns["condition_code"] = recorded_code(conditions, medications.parents, items.indication_en, data)
    return Lists(medications.lengths, Struct(columns))


def readings(patient: Any, observations: Lists, data: Data) -> Lists:
    """The values of the record but for blood pressures."""
    items: Any = observations.values
    alone = ~items.loinc.isin({SYSTOLIC, DIASTOLIC})
    table: Table = data["laboratory_tests"]
    routine = {table.columns["loinc"][row] for row in model_of(data).routine}
    kept = ("test", "loinc", "value", "unit", "reference_low", "reference_high", "flag", "taken_at")
    columns = {name: items.columns[name] for name in kept}
    columns["kind"] = Text.coded(items.loinc.isin(routine).astype(np.int64), ("laboratory", "vital-signs"))
    columns |= _of_visits(patient, observations, ("encounter_id", "doctor_id"))
    return Lists(observations.lengths, Struct(columns)).only(alone)


def pressures(patient: Any, observations: Lists) -> Lists:
    """Both blood pressures of the visits, which are taken together, one after the other."""
    items: Any = observations.values
    first = items.loinc == SYSTOLIC
    at = np.flatnonzero(first)
    parts = {"test": "_test", "value": "", "reference_low": "_low", "reference_high": "_high", "flag": "_flag"}
    columns: dict[str, Any] = {}
    for word, rows in (("systolic", at), ("diastolic", at + 1)):
        columns |= {f"{word}{end}": take(items.columns[name], rows) for name, end in parts.items()}
    columns["taken_at"] = items.taken_at[at]
    of_visits = _of_visits(patient, observations, ("encounter_id", "doctor_id"))
    columns |= {name: take(column, at) for name, column in of_visits.items()}
    return Lists(np.bincount(observations.parents[first], minlength=len(observations)), Struct(columns))


def laboratory_reports(patient: Any, readings: Lists) -> Lists:
    """One for each visit with laboratory values."""
    values: Any = readings.values
    own = readings.only(values.kind == "laboratory")
    items: Any = own.values
    owner, taken = own.parents, items.taken_at
    begins = np.ones(len(owner), dtype=np.bool_)
    begins[1:] = (owner[1:] != owner[:-1]) | (taken[1:] != taken[:-1])
    first = np.flatnonzero(begins)
    counts = np.diff(np.append(first, len(owner)))
    names = ("encounter_id", "doctor_id", "taken_at")
    columns: dict[str, Any] = {name: take(items.columns[name], first) for name in names}
    lengths = np.bincount(owner[first], minlength=len(own))
    columns |= _of_visits(patient, Lists(lengths, Struct(columns)), ("hospital_id",))
    columns["loincs"] = Lists(counts, items.loinc)
    return Lists(lengths, Struct(columns))


def interventions(
    patient: Any,
    done: Lists,
    all_procedures: Lists,
    procedure_moments: Lists,
    conditions: Lists,
    now: Dates,
    data: Data,
) -> Lists:
    """The procedures of the record."""
    items: Any = all_procedures.values
    all_visits = history.visits_of(patient)
    at = performed.among_all(all_visits, done)
    columns: dict[str, Any] = {
        name: items.columns[name] for name in ("procedure", "procedure_code", "condition", "encounter_id")
    }
    columns["start"] = all_visits.column("start")[at]
    columns["end"] = np.ma.getdata(all_visits.column("end"))[at]
    columns["doctor_id"] = take(all_visits.column("doctor").key(), at)
    columns["hospital_id"] = take(all_visits.column("hospital").key(), at)
    columns["condition_code"] = recorded_code(conditions, all_procedures.parents, items.condition_en, data)
    return seen.by_then(Lists(all_procedures.lengths, Struct(columns)), procedure_moments, now)


def recorded_code(conditions: Lists, row: Ints, condition_en: Text, data: Data) -> Text:
    """The code under which the record of each `row` has a condition; null where it has it not."""
    table: Table = data["conditions"]
    known: Any = conditions.values
    keys = composite(conditions.parents, table.lookup("condition", known.condition_en), CONDITIONS)
    order = np.argsort(keys, kind="stable")
    place = table.lookup("condition", condition_en)
    if not len(keys):
        return Text.constant(None, len(row))
    wanted = composite(row, np.maximum(place, 0), CONDITIONS)
    at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    return known.code.take(order[at]).where((keys[order][at] == wanted) & (place >= 0))


def diagnosis_system(rows: Ints, data: Data) -> Text:
    return Text.constant(data["condition_codes"].columns["code_system"][0], len(rows))


def _met(patient: Any, own: Ref, visit_moments: Lists, now: Dates, name: str) -> tuple[Ints, tuple[Ref, Ref]]:
    """Whose they are and who: those of the records, then those of their visits that were booked by then."""
    all_visits = history.visits_of(patient)
    moments: Any = visit_moments.values
    known = np.flatnonzero(moments.reshape(-1, 4)[:, 0] <= now[np.repeat(np.arange(len(own)), all_visits.counts)])
    owner = np.repeat(np.arange(len(own)), all_visits.counts)[known]
    return np.concatenate([np.arange(len(own)), owner]), (own, all_visits.column(name).take(known))


def _of_both(refs: tuple[Ref, Ref], name: str) -> Any:
    return concat([each.column(name) for each in refs])


def _each_once(count: int, owners: Ints, refs: tuple[Ref, Ref], columns: dict[str, Any]) -> Lists:
    rows = np.concatenate([each.rows for each in refs])
    _, first = np.unique(np.stack([owners, rows], axis=1), axis=0, return_index=True)
    kept = first[np.lexsort((first, owners[first]))]
    return Lists(np.bincount(owners[kept], minlength=count), Struct(columns).take(kept))


def _of_visits(patient: Any, entries: Lists, names: tuple[str, ...]) -> dict[str, Any]:
    """Columns of the visits at which entries were taken: those that were over, which begin at moments of their own."""
    all_visits = history.visits_of(patient)
    over = np.flatnonzero(all_visits.column("over"))
    owner = np.repeat(np.arange(len(all_visits.counts)), all_visits.counts)[over]
    items: Any = entries.values
    starts = (all_visits.column("start")[over] - np.datetime64(0, "us")) // MINUTE
    taken = (items.taken_at - np.datetime64(0, "us")) // MINUTE
    least = min(starts.min(initial=0), taken.min(initial=0))
    most = int(max(starts.max(initial=0), taken.max(initial=0)) - least) + 1
    at = over[np.searchsorted(owner * most + starts - least, entries.parents * most + taken - least)]
    found: dict[str, Any] = {}
    for name in names:
        column = all_visits.column(name.removesuffix("_id")) if name != "encounter_id" else None
        found[name] = take(all_visits.column(name), at) if column is None else column.take(at).key()
    return found
