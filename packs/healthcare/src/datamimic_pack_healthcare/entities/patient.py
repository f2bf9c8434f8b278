"""Patient: a person with conditions, drugs, allergies, a body, a payer and a doctor that agree with each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from datamimic import (
    Asked,
    Lists,
    Text,
    check,
    entity,
    expose,
    field,
    from_row,
    limited,
    otherwise,
    record,
    ref,
    role,
    serial,
    weighted,
)
from datamimic.columns import Bools, Floats, Ints
from datamimic_pack_common import Person
from datamimic_pack_common.demographics.config import DemographicConfig
from datamimic_pack_common.people import body as bodies
from datamimic_pack_common.people import habits
from datamimic_pack_common.people_services import PeopleService, demographics_of
from datamimic_pack_healthcare.clinical import allergies as allergy_rules
from datamimic_pack_healthcare.clinical import (
    body,
    cohort,
    condition_checks,
    contacts,
    deaths,
    drug_checks,
    history,
    membership,
    naming_systems,
    payers,
    treatments,
)
from datamimic_pack_healthcare.clinical import conditions as condition_rules
from datamimic_pack_healthcare.clinical.conditions import OBESITY
from datamimic_pack_healthcare.entities.doctor import Doctor
from datamimic_pack_healthcare.messages.views import enrolment as enrolments
from datamimic_pack_healthcare.messages.views.enrolment import Enrolment
from datamimic_pack_healthcare.profiles import conditions_of
from datamimic_pack_healthcare.regions import region_of
from datamimic_pack_healthcare.request_views import PATIENT

ADULT = 18


@record
class EmergencyContact:
    """Whom to call."""

    name: str
    relationship: str
    phone: str


OF_THE_PERSON = (
    "household", "household_role", "partner", "mother", "father",
    "place_of_birth", "middle_name", "name", "salutation", "academic_title", "nobility_title", "email", "phone", "mobile_phone",
    "address", "nationality", "education", "employment", "occupation", "income", "national_id", "tax_id",
    "social_security_number", "employer", "employer_name",
)  # fmt: skip
"""Fields that stay reachable (`patient.address.city`, `--columns phone`), but stand in the person's table, not in this one."""


@entity(
    "patient",
    options=cohort.PatientOptions,
    hide=OF_THE_PERSON,
    tables=(
        "common.bodies", "conditions", "condition_durations", "condition_prevalence", "comorbidity", "condition_codes",
        "condition_code_variants",
        "condition_names", "allergies", "medications", "treatments", "treatment_shares", "contraindications",
        "interactions", "payers", "common.smoking", "emergency_contacts", "relationships", "specialties", "common.places",
        "country_customs", "family_customs", "deaths", "onset_ages", "patient_shares", "clinical_terms",
        "exchange_customs", "member_number_systems", "cost_shares",
    ),
)  # fmt: skip
class Patient(Person):
    """A person with conditions, drugs, allergies, a body, a payer and a doctor that agree with each other."""

    # identity
    person: Person | None = field(
        role(Person, shares=cohort.shares),
        hidden=True,
        doc="who the patient is; null for people of a population of their own",
    )
    patient_id: str = field(serial("PAT-{country}-########", grows=True), key=True, doc="number of the patient")
    medical_record_number: str = field(serial("MRN-{country}-########", grows=True), doc="number of the record")
    ssn: str | None = field(
        membership.ssn, doc="social security number, in the country's form; null for those who have none yet"
    )

    # body
    blood_type: str = field(weighted("blood_groups"), doc="ABO and Rh blood group")
    height_cm: float = field(otherwise(bodies.height_cm), unit="cm", doc="height")
    drawn_bmi: float = field(
        otherwise(body.drawn_bmi), internal=True, unit="kg/m²", doc="body mass index before rounding"
    )
    weight_kg: float = field(otherwise(bodies.weight_kg), unit="kg", doc="weight")
    bmi: float = field(otherwise(bodies.bmi), unit="kg/m²", doc="body mass index: weight over height squared")

    # habits
    smoking_status: str = field(otherwise(habits.smoking_status), doc="never, former or current smoker")

    # conditions
    condition_bits: int = field(body.condition_bits, internal=True, doc="conditions as bits, in the order of the table")
    conditions: list[str] = field(condition_rules.conditions, doc="diagnosed conditions, by their English names")
    condition_names: list[str] = field(
        condition_rules.condition_names, doc="the same conditions in the country's language, in the same order"
    )
    condition_codes: list[str] = field(
        condition_rules.condition_codes, doc="codes of the conditions: ICD-10-CM (US), ICD-10-GM (DE), ICD-10 elsewhere"
    )
    condition_places: list[int] = field(
        condition_rules.condition_places, internal=True, doc="rows of the table of conditions"
    )
    tuberculosis_days: int = field(history.tuberculosis_days, internal=True, unit="d", doc="days of treatment, if ill")
    condition_onsets: list[date] = field(history.condition_onsets, hidden=True, doc="when each of the conditions began")

    # death
    death_day: date = field(deaths.death_day, internal=True, doc="day of death; far away for those who live")
    died_in_hospital: bool = field(deaths.died_in_hospital, internal=True, doc="did a stay end with the death?")
    deceased_on: date | None = field(
        deaths.deceased_on,
        since="deceased_on",
        doc="day of death of those who died within the last year; `age` is the one that they would have",
    )

    # allergies and drugs
    allergy_bits: int = field(
        allergy_rules.allergy_bits, internal=True, doc="allergies as bits, in the order of the table"
    )
    allergies_en: list[str] = field(allergy_rules.allergies_en, hidden=True, doc="the same allergies in English")
    allergies: list[str] = field(allergy_rules.allergies, doc="known allergies")
    medication_rows: list[int] = field(treatments.medication_rows, internal=True, doc="rows of `medications`")
    medications: list[str] = field(treatments.medications, doc="drugs taken at present, each for one of the conditions")

    # who pays
    payer_row: int = field(payers.payer_row, internal=True, doc="row of the table of payers")
    insurance_provider: str = field(
        from_row("payers", "insurance_provider", row="payer_row"), doc="health insurer or public programme"
    )
    coverage_type: str = field(from_row("payers", "coverage_type", row="payer_row"), doc="kind of health coverage")
    insurance_policy_number: str | None = field(
        limited(membership.insurance_policy_number, payers.most_members),
        doc="member number in the insurer's form; null for the uninsured",
    )
    payer_id: str = field(naming_systems.payer_id, hidden=True, doc="number of the payer among those of the country")
    named_by: naming_systems.NamedBy = field(naming_systems.named_by, hidden=True, doc="systems of the numbers")
    profiles: str | None = field(naming_systems.profiles, internal=True, doc="where the country's profiles are")
    enrolment: Enrolment = field(enrolments.enrolment, hidden=True, doc="since when the patient is insured, by whom")

    # whom to call
    contact_relationship: str = field(contacts.relationship, internal=True, doc="relationship of the emergency contact")
    contact_phone: str = field(contacts.contact_phone, internal=True, doc="phone number of the emergency contact")
    emergency_contact: EmergencyContact = field(contacts.emergency_contact, doc="whom to call in an emergency")
    contact_name: contacts.ContactName = field(contacts.contact_name, hidden=True, doc="its parts, for messages")
    contact_person: Person | None = field(
        contacts.PersonCalled(), doc="the same, where it is somebody of the household; null for somebody else"
    )

    # doctor
    region: str = field(region_of, hidden=True, doc="home state, see regions.py")
    primary_doctor: Doctor = field(
        ref(Doctor, by=membership.primary_doctor), doc="the doctor who knows the patient, near home"
    )


check(Patient, "every condition is known, and one that age and sex allow")(condition_checks.conditions_fit_age_and_sex)


check(Patient, "no two conditions rule each other out, and none lacks the one that it comes from")(
    condition_checks.conditions_go_together
)


check(Patient, "the codes are those of the conditions, in the same order")(condition_checks.codes_of_conditions)


check(Patient, "every drug treats one of the conditions, no group of drugs twice")(drug_checks.drugs_are_indicated)


check(Patient, "no drug below its age, against an allergy, or against a pregnancy")(drug_checks.drugs_are_safe)


check(Patient, "no drug that a condition, or being a woman who may become pregnant or an older smoker, rules out")(
    drug_checks.drugs_fit_conditions
)


check(Patient, "no two drugs that must not be taken together")(drug_checks.drugs_go_together)


@check(Patient, "nobody below 15 smokes or has smoked")
def children_do_not_smoke(age: Ints, smoking_status: Text) -> Bools:
    return (age >= 15) | (smoking_status == "never")


check(Patient, "no allergy is listed twice")(allergy_rules.allergies_are_distinct)


@check(Patient, "the body mass index is weight over height squared, and obesity is what lies above the limit")
def body_mass_index_fits(height_cm: Floats, weight_kg: Floats, bmi: Floats, age: Ints, conditions: Lists) -> Bools:
    metres = height_cm / 100.0
    holds: Bools = np.abs(bmi - weight_kg / (metres * metres)) < 0.06
    grown = age >= ADULT
    return holds & (~grown | ((bmi >= 30.0) == conditions.contains(OBESITY)))


@check(Patient, "the patient's doctor is somebody else")
def doctor_is_another(person_id: Text, primary_doctor: Any) -> Bools:
    return person_id != primary_doctor.person_id


check(Patient, "CHIP below 19; only the uninsured have no member number")(payers.coverage_fits)
check(Patient, "Medicare from 65, or for those whom a disability keeps from work")(payers.medicare_fits)


check(
    Patient,
    "children name a parent or guardian, only the married a spouse, and friends bear other names by other families",
)(contacts.contact_fits)


class PatientService(PeopleService[Patient]):
    """Patients of a country, of all ages and as many of each as it has; a `DemographicConfig` narrows ages and conditions."""

    conditions = True

    @classmethod
    def asked(cls, dataset: str | None, arguments: Mapping[str, Any]) -> Asked:
        config, sampler, _ = demographics_of(arguments)
        return super().asked(dataset, {**arguments, **conditions_of(config or DemographicConfig(), sampler, dataset)})


expose(Patient, PATIENT)
