"""Encounter: a patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic import (
    Data,
    Entity,
    Service,
    Text,
    check,
    entity,
    field,
    from_row,
    parent,
    ref,
    serial,
    to_local,
    via,
)
from datamimic.columns import Bools
from datamimic_pack_healthcare.entities.doctor import Doctor
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.entities.patient import Patient
from datamimic_pack_healthcare.messages.views import told
from datamimic_pack_healthcare.messages.views import visit as views
from datamimic_pack_healthcare.messages.views.claim import Claim
from datamimic_pack_healthcare.messages.views.claim import claim as view_of_claim
from datamimic_pack_healthcare.messages.views.findings import Findings, Known
from datamimic_pack_healthcare.messages.views.findings import findings as view_of_findings
from datamimic_pack_healthcare.messages.views.findings import known as view_of_known
from datamimic_pack_healthcare.messages.views.moments import Chances, Moments, chances
from datamimic_pack_healthcare.messages.views.moments import moments as view_of_moments
from datamimic_pack_healthcare.messages.views.visit import Visit
from datamimic_pack_healthcare.visits import booking, checks, frequency, reasons, times, window
from datamimic_pack_healthcare.visits.choice import EncounterOptions


@entity(
    "encounter",
    options=EncounterOptions,
    happens="booked_at",
    tables=(
        "conditions",
        "condition_codes",
        "condition_code_variants",
        "condition_care",
        "routine_reasons",
        "discharges",
        "encounter_counts",
        "visit_rates",
        "appointments",
        "booking_leads",
        "emergency_hours",
        "stay_nights",
        "office_hours",
        "common.public_holidays",
        "common.places",
        "specialties",
        "condition_names",
        "clinical_terms",
        "country_customs",
        "message_customs",
        "disposition_codes",
        "test_panels",
        "laboratory_tests",
        "test_effects",
        "test_treatments",
        "test_trends",
        "professional_fees",
        "fee_agreements",
        "cost_shares",
    ),
)
class Encounter(Entity):
    """A patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

    # of whom
    encounter_id: str = field(
        serial("ENC-{country}-##########", grows=True), key=True, doc="number of the encounter in this world"
    )
    patient: Patient = field(parent(Patient, counts=frequency.encounters), doc="the patient")

    # what the rest follows from
    opens: int = field(
        window.opens, internal=True, unit="us", doc="beginning of the patient's last three years, or life"
    )
    last_stay: int = field(window.last_stay, internal=True, unit="us", doc="time for a stay that ends in death")
    ends_in_death: bool = field(window.ends_in_death, internal=True, doc="is it a stay that ends in death?")
    slot: int = field(window.slot, internal=True, unit="us", doc="length of the time that the encounter has to itself")
    phase: float = field(window.phase, internal=True, doc="when the patient's first slot begins, in slots")
    position: float = field(window.position, internal=True, doc="when it begins, in slots")
    rough_start: int = field(
        window.rough_start, internal=True, unit="us", doc="start before office hours are looked at"
    )
    free_from: int = field(
        window.free_from, internal=True, unit="us", doc="beginning of the time that it has to itself"
    )
    free_until: int = field(window.free_until, internal=True, unit="us", doc="end of that time")
    condition_row: int = field(
        reasons.condition_row, internal=True, doc="row of the table of conditions, -1 for a routine encounter"
    )
    age_then: int = field(reasons.age_then, internal=True, unit="a", doc="the patient's age at the encounter")
    routine_row: int = field(reasons.routine_row, internal=True, doc="row of the table of routine reasons")
    class_code: int = field(reasons.class_code, internal=True, doc="class as a number")
    stays: bool = field(lambda class_code: class_code == window.INPATIENT, internal=True, doc="is it a stay in a bed?")

    # how and why
    encounter_class: str = field(
        reasons.encounter_class, doc="HL7 ActCode: AMB ambulatory, EMER emergency, IMP inpatient"
    )
    reason_en: str = field(reasons.reason_en, hidden=True, doc="reason, in English")
    reason: str = field(reasons.reason, doc="condition treated, or reason of a routine encounter")
    reason_code: str = field(reasons.reason_code, doc="ICD-10 code of the reason, in the country's edition")

    # where and by whom
    specialty_asked: int = field(
        reasons.specialty_asked, internal=True, doc="row of the table of specialties that the patient needs"
    )
    doctor: Doctor = field(ref(Doctor, by=reasons.doctor), doc="the doctor, near the patient's home")
    specialty_row: int = field(via("doctor.specialty_row"), internal=True, doc="row of the table of specialties")
    specialty_en: str = field(
        from_row("specialties", "specialty", row="specialty_row"),
        hidden=True,
        doc="specialty of the doctor, in English",
    )
    specialty: str = field(reasons.specialty, doc="specialty of the doctor")
    department_en: str = field(
        from_row("specialties", "department", row="specialty_row"), hidden=True, doc="department, in English"
    )
    department: str = field(reasons.department, doc="department of the hospital")
    hospital: Hospital = field(ref(Hospital, by=reasons.hospital), doc="the doctor's hospital")

    # when and how it went
    place: int = field(times.place, internal=True, doc="row of the table of places")
    ahead: int = field(times.ahead, internal=True, unit="us", doc="what the clocks of the place are ahead of UTC")
    planned: bool = field(times.planned, internal=True, doc="was there an appointment?")
    outcome: int = field(times.outcome, internal=True, doc="what became of the appointment, as a number")
    local_start: int = field(
        times.local_start, internal=True, unit="us", doc="start by the clocks of the hospital's place"
    )
    local_end: int = field(times.local_end, internal=True, unit="us", doc="end by the clocks of the hospital's place")
    start: datetime = field(times.start, doc="when it began, or is to begin")
    booked_at: datetime = field(booking.booked_at, doc="when it was booked; what had no appointment, when it began")
    cancelled_at: datetime | None = field(
        booking.cancelled_at, since="cancelled_at", doc="when it was called off; else null"
    )
    end: datetime | None = field(
        times.end, since="end", doc="when it ended; null while it lasts, and for what did not take place"
    )
    over: bool = field(booking.is_over, internal=True, doc="has it taken place, and ended by the clock?")
    status: str = field(
        booking.status,
        doc="planned, in-progress, finished, cancelled before it began, no-show where the patient did not come",
    )
    discharge_disposition: str | None = field(
        reasons.discharge_disposition, since="end", doc="where to after an emergency or a stay; expired: died there"
    )

    # what messages tell
    visit: Visit = field(views.visit, hidden=True, doc="what messages say of the visit")
    known: Known = field(view_of_known, hidden=True, doc="what the record knew of the patient before the visit")
    findings: Findings = field(view_of_findings, hidden=True, doc="what messages say of the patient's body")
    chances: Chances = field(chances, internal=True, doc="what messages can tell of the visit")
    moments: Moments = field(view_of_moments, hidden=True, doc="when messages tell of the visit")
    begun_by: int = field(told.begun_by, internal=True, unit="us", doc="time by which it has begun for certain")
    over_by: int = field(told.over_by, internal=True, unit="us", doc="time by which it is over for certain")
    may_be_withdrawn: bool = field(
        told.could_be("no-show", window.INPATIENT), internal=True, doc="would a stay be missed?"
    )
    may_be_missed: bool = field(
        told.could_be("no-show", window.AMBULATORY), internal=True, doc="would a visit be missed?"
    )
    may_be_called_off: bool = field(
        told.could_be("cancelled", window.AMBULATORY, window.INPATIENT), internal=True, doc="would it be called off?"
    )
    told_admitted: bool = field(told.at_beginning("admitted"), internal=True, doc="is the admission told?")
    told_registered: bool = field(told.at_beginning("registered"), internal=True, doc="is the registration told?")
    told_moved: bool = field(told.told_moved, internal=True, doc="is it told that the patient is moved?")
    told_withdrawn: bool = field(
        told.when_begun("withdrawn"), internal=True, doc="is it told that nobody came to a stay?"
    )
    told_missed: bool = field(told.when_begun("missed"), internal=True, doc="is it told that nobody came?")
    told_called_off: bool = field(
        told.at_beginning("called_off"), internal=True, doc="is it told that it is called off?"
    )
    told_ordered: bool = field(told.told_ordered, internal=True, doc="is it told that tests are ordered?")
    told_resulted: bool = field(told.when_over("resulted"), internal=True, doc="are results told?")
    told_updated: bool = field(told.when_over("updated"), internal=True, doc="is it told what is new?")
    told_documented: bool = field(told.when_over("documented"), internal=True, doc="is the document told?")
    told_left: bool = field(told.when_over("left"), internal=True, doc="is the end told?")
    claim: Claim = field(view_of_claim, hidden=True, doc="what the doctor asks the payer for the visit")


check(Encounter, "it is booked before the moment at which it is seen and before it begins, and ends after that")(
    checks.ends_after_start
)
check(Encounter, "only what was cancelled has a day on which it was called off, between booking and beginning")(
    checks.cancelled_between
)
check(Encounter, "what is told by the clock is what has a moment until then")(checks.told_at_its_moment)


check(
    Encounter,
    "an ambulatory visit lies within the doctor's office hours, by the clocks of the hospital's place, on no holiday",
)(checks.within_office_hours)


@check(
    Encounter, "what is over has an end, what lasts or did not take place has none, and only appointments are missed"
)
def status_fits(status: Text, end: Any, encounter_class: Text) -> Bools:
    missed = status.isin({"cancelled", "no-show"})
    return ((status == "finished") == ~np.ma.getmaskarray(end)) & (~missed | (encounter_class != "EMER"))


@check(Encounter, "who died in a hospital died at the end of a stay, on the patient's day of death")
def ends_on_day_of_death(
    discharge_disposition: Text, end: Any, hospital: Any, patient: Any, encounter_class: Text, data: Data
) -> Bools:
    expired = discharge_disposition == "expired"
    zones = data["common.places"]["time_zone"].take(hospital.place)
    day = to_local(np.ma.getdata(end), zones).astype("datetime64[D]")
    holds: Bools = (day == patient.death_day) & (encounter_class == "IMP")
    return ~expired | holds


check(Encounter, "department and specialty belong together")(checks.department_of_specialty)
check(Encounter, "the reason's code is that of the country's edition of ICD-10")(checks.code_of_reason)


@check(Encounter, "only emergencies and stays that are over have a discharge")
def discharge_of_stays(encounter_class: Text, status: Text, discharge_disposition: Text) -> Bools:
    return ((encounter_class == "AMB") | (status != "finished")) == discharge_disposition.is_null()


class EncounterService(Service[Encounter]):
    """Encounters of the world's patients, one patient after the other."""
