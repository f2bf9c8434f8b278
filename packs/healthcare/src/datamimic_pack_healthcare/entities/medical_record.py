"""MedicalRecord: the history of one patient, ordered in time, that explains the present conditions and drugs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from datamimic import Data, Entity, Lists, Service, Table, check, composite, entity, field, ref, serial
from datamimic.columns import Bools, Dates
from datamimic_pack_healthcare.clinical import naming_systems
from datamimic_pack_healthcare.clinical.treatments import name_column
from datamimic_pack_healthcare.entities.doctor import Doctor
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.entities.patient import Patient
from datamimic_pack_healthcare.messages.views import journey
from datamimic_pack_healthcare.messages.views.journey import VaccinationReport, VisitTold
from datamimic_pack_healthcare.records import (
    agreement,
    charges,
    details,
    drugs,
    entries,
    findings,
    history,
    performed,
    seen,
    told,
)

DAY_US = 86_400_000_000


@entity(
    "medical_record",
    happens="opened_on",
    tables=(
        "medications", "doses", "laboratory_tests", "test_effects", "test_trends",
        "test_treatments", "test_panels", "procedures", "vaccinations", "influenza",
        "condition_care", "encounter_counts", "visit_rates", "routine_reasons", "appointments", "booking_leads",
        "emergency_hours", "stay_nights", "office_hours", "common.public_holidays", "common.places", "clinical_terms",
        "cost_shares", "procedure_prices", "exchange_customs", "discharges",
        "message_customs", "disposition_codes",
    ),
)  # fmt: skip
class MedicalRecord(Entity):
    """The history of one patient, ordered in time, that explains the present conditions and drugs."""

    # of whom
    record_id: str = field(
        serial("REC-{country}-########", grows=True), key=True, doc="number of the record in this world"
    )
    patient: Patient = field(ref(Patient, by=lambda rows: rows), doc="the patient; record k is that of patient k")
    primary_doctor: Doctor = field(
        ref(Doctor, by=lambda patient: patient.primary_doctor.rows), doc="the patient's own doctor"
    )
    hospital: Hospital = field(
        ref(Hospital, by=lambda primary_doctor: primary_doctor.hospital.rows), doc="the hospital that keeps the record"
    )
    opened_on: date = field(
        history.opened_on, doc="since when it is kept: the patient's birth, or the opening of the hospital"
    )
    last_updated: datetime = field(seen.last_updated, doc="end of the last encounter; without one, opened_on")

    # everything up to the clock, and when it was written down
    all_encounters: list[entries.RecordedEncounter] = field(history.encounters, internal=True)
    visit_moments: list[datetime] = field(history.visit_moments, internal=True)
    all_conditions: list[entries.RecordedCondition] = field(history.conditions, internal=True, stream="conditions")
    condition_days: list[date] = field(history.condition_days, internal=True)
    all_medications: list[entries.RecordedMedication] = field(drugs.medications, internal=True, stream="medications")
    medication_days: list[date] = field(drugs.medication_days, internal=True)
    all_allergies: list[entries.RecordedAllergy] = field(history.allergies, internal=True, stream="allergies")
    allergy_days: list[date] = field(lambda all_allergies: seen.part(all_allergies, "recorded"), internal=True)
    all_observations: list[entries.Observation] = field(findings.observations, internal=True, stream="observations")
    observation_moments: list[datetime] = field(
        lambda all_observations: seen.part(all_observations, "taken_at"), internal=True
    )
    done: list[entries.Performed] = field(performed.performed, internal=True, stream="procedures")
    all_procedures: list[entries.PerformedProcedure] = field(performed.procedures, internal=True)
    procedure_moments: list[datetime] = field(performed.procedure_moments, internal=True)
    all_immunizations: list[entries.Immunization] = field(history.immunizations, internal=True, stream="immunizations")
    immunization_days: list[date] = field(lambda all_immunizations: seen.part(all_immunizations, "date"), internal=True)

    encounters: list[entries.RecordedEncounter] = field(
        seen.encounters, doc="encounters of the last three years, the oldest first"
    )
    conditions: list[entries.RecordedCondition] = field(
        seen.conditions, doc="present and past conditions, in order of onset"
    )
    medications: list[entries.RecordedMedication] = field(
        seen.medications, doc="drugs taken at present, each with its indication, and past ones"
    )
    allergies: list[entries.RecordedAllergy] = field(
        lambda all_allergies, allergy_days, now: seen.by_then(all_allergies, allergy_days, now), doc="known allergies"
    )
    observations: list[entries.Observation] = field(
        lambda all_observations, observation_moments, now: seen.by_then(all_observations, observation_moments, now),
        doc="vital signs of every encounter, laboratory values of the last and of others about a year apart",
    )
    procedures: list[entries.PerformedProcedure] = field(
        lambda all_procedures, procedure_moments, now: seen.by_then(all_procedures, procedure_moments, now),
        doc="procedures done during the encounters",
    )
    immunizations: list[entries.Immunization] = field(
        lambda all_immunizations, immunization_days, now: seen.by_then(all_immunizations, immunization_days, now),
        doc="vaccinations, by the schedule",
    )

    # what messages tell of it
    profiles: str | None = field(
        naming_systems.profiles, hidden=True, doc="where the country's profiles are; else null"
    )
    diagnosis_system: str = field(told.diagnosis_system, hidden=True, doc="system of the codes of conditions")
    visits: list[details.Visit] = field(told.visits, hidden=True, doc="the encounters, with departments and outcomes")
    care_team: list[details.CareGiver] = field(told.care_team, hidden=True, doc="the own doctor and those met")
    sites: list[details.Site] = field(told.sites, hidden=True, doc="the hospitals of the care team")
    prescriptions: list[details.Prescription] = field(told.prescriptions, hidden=True, doc="drugs, and what for")
    readings: list[details.Reading] = field(told.readings, hidden=True, doc="the other observations, with their visits")
    pressures: list[details.Pressure] = field(told.pressures, hidden=True, doc="blood pressures, with their visits")
    laboratory_reports: list[details.LaboratoryReport] = field(told.laboratory_reports, hidden=True, doc="by visit")
    interventions: list[details.Intervention] = field(told.interventions, hidden=True, doc="procedures, by whom")
    charges: list[details.Charge] = field(charges.charges, hidden=True, doc="what insurers were asked for, and paid")
    visits_told: list[VisitTold] = field(journey.visits_told, hidden=True, doc="what messages say of every visit")
    vaccination_reports: list[VaccinationReport] = field(
        journey.vaccination_reports, hidden=True, doc="what messages say of the vaccinations: one report, if any"
    )
    vaccinated: bool = field(journey.vaccinated, hidden=True, doc="is there such a report?")


def _in_order(lists: Lists, times: Any) -> Bools:
    parents = lists.parents
    if not len(parents):
        return np.ones(len(lists), dtype=np.bool_)
    return lists.all(np.concatenate(([True], (times[1:] >= times[:-1]) | (parents[1:] != parents[:-1]))))


@check(MedicalRecord, "encounters follow each other, each after the one before has ended")
def encounters_in_order(encounters: Lists, now: Dates) -> Bools:
    visits: Any = encounters.values
    parents = encounters.parents
    if not len(parents):
        return np.ones(len(encounters), dtype=np.bool_)
    missing = np.ma.getmaskarray(visits.end)
    end = np.where(missing, visits.start, np.ma.getdata(visits.end))
    later = (visits.start[1:] >= end[:-1]) | (parents[1:] != parents[:-1])
    moment = now[parents]
    inside = (end >= visits.start) & (missing | (end <= moment)) & (missing == (visits.status != "finished"))
    inside &= (visits.status == "cancelled") | ((visits.status == "planned") == (visits.start > moment))
    return encounters.all(inside & np.concatenate(([True], later)))


@check(MedicalRecord, "conditions are in order of onset, recorded after it and not after the clock")
def conditions_in_order(conditions: Lists, now: Dates) -> Bools:
    items: Any = conditions.values
    fits = (items.onset <= items.recorded) & (items.recorded <= now[conditions.parents])
    return conditions.all(fits) & _in_order(conditions, items.onset)


@check(MedicalRecord, "resolved conditions have an end after their onset, active ones have none")
def resolved_have_ended(conditions: Lists, now: Dates) -> Bools:
    items: Any = conditions.values
    missing = np.ma.getmaskarray(items.abatement)
    end = np.ma.getdata(items.abatement)
    return conditions.all(
        np.where(items.status == "active", missing, ~missing & (end >= items.onset) & (end <= now[conditions.parents]))
    )


@check(MedicalRecord, "every drug has a condition as its indication, and was begun after its onset and approval")
def drugs_are_explained(conditions: Lists, medications: Lists, data: Data, now: Dates) -> Bools:
    taken: Any = medications.values
    known: Any = conditions.values
    names: Table = data["conditions"]
    place = names.lookup("condition", known.condition_en)
    key = composite(conditions.parents, place, history.CONDITIONS)
    order = np.argsort(key, kind="stable")
    keys, onsets = key[order], known.onset[order]
    wanted = composite(medications.parents, names.lookup("condition", taken.indication_en), history.CONDITIONS)
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return medications.lengths == 0
    explained = keys[at] == wanted
    table: Table = data["medications"]
    row = table.lookup(name_column(data), taken.medication)
    approved = table.ints("approval_year")[row].astype("U4").astype("datetime64[D]")
    begun = (taken.start >= onsets[at]) & (taken.start >= approved) & (taken.start <= now[medications.parents])
    return medications.all((row >= 0) & explained & begun)


@check(MedicalRecord, "only drugs that are not taken any more have an end, after their start")
def drugs_end_after_start(medications: Lists, now: Dates) -> Bools:
    taken: Any = medications.values
    missing, end = np.ma.getmaskarray(taken.end), np.ma.getdata(taken.end)
    return medications.all(
        (missing == (taken.status == "active")) & (missing | ((end >= taken.start) & (end <= now[medications.parents])))
    )


@check(MedicalRecord, "a value is flagged as it compares with its reference range")
def flags_fit_values(observations: Lists) -> Bools:
    items: Any = observations.values
    low, high = items.value < items.reference_low, items.value > items.reference_high
    return observations.all(np.where(low, items.flag == "L", np.where(high, items.flag == "H", items.flag == "N")))


check(
    MedicalRecord, "systolic pressure lies above diastolic, LDL is what total cholesterol, HDL and triglycerides leave"
)(agreement.values_fit_each_other)


check(MedicalRecord, "every procedure was done during one of the encounters, for its reason")(
    agreement.procedures_during_encounters
)


check(MedicalRecord, "doses of a vaccine are numbered from 1, the first before the second")(agreement.doses_in_order)


class MedicalRecordService(Service[MedicalRecord]):
    """Records of the world's patients: record k is that of patient k."""
