"""Patient: a person with conditions, drugs, allergies, a body, a payer and a doctor that agree with each other."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import Draw, Lists, Service, Text, check, entity, field, option, options, record, ref, serial, weighted
from datamimic.datasets.tables import Table
from datamimic.columns import Bools, Floats, Ints, Struct
from datamimic.errors import InvalidOption
from datamimic_pack_common import Person
from datamimic_pack_common.demographics import DemographicConfig, DemographicSampler, PersonOptions, person_options
from datamimic_pack_healthcare.clinical import contacts, payers
from datamimic_pack_healthcare.clinical.allergies import allergy_model
from datamimic_pack_healthcare.clinical.bits import has, members
from datamimic_pack_healthcare.clinical.body import body_model
from datamimic_pack_healthcare.clinical.conditions import OBESITY, condition_model, known_conditions, limits
from datamimic_pack_healthcare.clinical.treatments import treatment_model
from datamimic_pack_healthcare.regions import region_of
from datamimic_pack_healthcare.entities.doctor import Doctor, doctors_at, primary_specialty


@options
class PatientOptions(PersonOptions):
    """Options of people, and which conditions patients have."""

    conditions_include: frozenset[str] = option(frozenset(), doc="conditions that every patient has; ages and sex are narrowed to those who can")
    conditions_exclude: frozenset[str] = option(frozenset(), doc="conditions that no patient has")

    def __attrs_post_init__(self) -> None:
        included, excluded = known_conditions(self.conditions_include), known_conditions(self.conditions_exclude)
        low, high = self.min_age, self.max_age
        for name in sorted(included):
            limit = limits()[name]
            low, high = max(low or 0, limit.min_age), min(115 if high is None else high, limit.max_age)
            if low > high:
                raise ValueError(f"nobody from {self.min_age or 0} to {115 if self.max_age is None else self.max_age} years has {name}")
            self._need_sex(name, limit.sex)
        if included & excluded:
            raise InvalidOption("impossible_constraint", f"{', '.join(sorted(included & excluded))}: both included and excluded")
        for name, value in (("conditions_include", included), ("conditions_exclude", excluded), ("min_age", low), ("max_age", high)):
            object.__setattr__(self, name, value)
        super().__attrs_post_init__()

    def _need_sex(self, condition: str, sex: str) -> None:
        quota = {"female": 1.0, "male": 0.0}.get(sex)
        if quota is None:
            return
        if self.other_gender_quota or self.female_quota not in (None, quota):
            raise ValueError(f"only {sex} patients have {condition}: female_quota must be {quota:g}")
        object.__setattr__(self, "female_quota", quota)


@record
class EmergencyContact:
    """Whom to call."""

    name: str
    relationship: str
    phone: str


# -- the body -------------------------------------------------------------------------------------------------------


def body_cell(sex: Text, birthdate: Any, data: Any, clock: Any) -> Ints:
    return body_model(data["body_size"]).cell(sex, birthdate, clock.date)


def height_cm(body_cell: Ints, draw: Draw, data: Any) -> Floats:
    return body_model(data["body_size"]).height(body_cell, draw.normal())


def drawn_bmi(body_cell: Ints, draw: Draw, data: Any, options: PatientOptions) -> Floats:
    model = body_model(data["body_size"])
    uniform = draw.uniform()
    if OBESITY in options.conditions_include or OBESITY in options.conditions_exclude:
        slim = model.obese_share()[body_cell]
        inside = OBESITY in options.conditions_include
        # The half per mille between the two keeps rounding from crossing the limit.
        uniform = slim + 0.0005 + uniform * (0.9995 - slim) if inside else uniform * np.maximum(slim - 0.0005, 0.0)
        uniform = np.clip(uniform, 0.0, 1.0 - 2.0**-53)
    return model.mass_index(body_cell, uniform)


def weight_kg(drawn_bmi: Floats, height_cm: Floats) -> Floats:
    metres = height_cm / 100.0
    return np.rint(drawn_bmi * metres * metres * 10.0) / 10.0


def bmi(weight_kg: Floats, height_cm: Floats) -> Floats:
    metres = height_cm / 100.0
    return np.rint(weight_kg / (metres * metres) * 10.0) / 10.0


# -- what the patient has and takes ---------------------------------------------------------------------------------


def condition_bits(sex: Text, age: Ints, body_cell: Ints, bmi: Floats, draw: Draw, data: Any, options: PatientOptions) -> Ints:
    obese = body_model(data["body_size"]).is_obese(body_cell, bmi)
    model = condition_model(data["conditions"], data["condition_prevalence"], data["comorbidity"])
    return model.draw(draw, sex, age, obese, options.conditions_include, options.conditions_exclude).astype(np.int64)


def conditions(condition_bits: Ints, data: Any) -> Lists:
    lengths, places = members(condition_bits)
    return Lists(lengths, data["conditions"]["condition"].take(places))


def condition_codes(condition_bits: Ints, data: Any) -> Lists:
    lengths, places = members(condition_bits)
    return Lists(lengths, data["condition_codes"]["code"].take(places))


def allergy_bits(age: Ints, condition_bits: Ints, draw: Draw, data: Any) -> Ints:
    rhinitis = has(condition_bits, data["conditions"].position("condition", "Allergic Rhinitis"))
    return allergy_model(data["allergies"]).draw(draw, age, rhinitis).astype(np.int64)


def allergies(allergy_bits: Ints, data: Any) -> Lists:
    lengths, places = members(allergy_bits)
    return Lists(lengths, data["allergies"]["allergy"].take(places))


def medication_rows(age: Ints, condition_bits: Ints, allergy_bits: Ints, draw: Draw, data: Any) -> Lists:
    model = treatment_model(*(data[name] for name in ("conditions", "medications", "treatments", "treatment_shares", "allergies")))
    return Lists(*model.draw(draw, age, condition_bits.astype(np.uint64), allergy_bits.astype(np.uint64)))


def medications(medication_rows: Lists, data: Any, locale: Any) -> Lists:
    names: Text = data["medications"]["medication" if locale.country == "US" else "inn"]
    rows: Any = medication_rows.values
    return Lists(medication_rows.lengths, names.take(rows))


# -- payer, contact, doctor -----------------------------------------------------------------------------------------


def insurance_provider(payer_row: Ints, data: Any) -> Text:
    return data["payers"]["insurance_provider"].take(payer_row)  # type: ignore[no-any-return]


def coverage_type(payer_row: Ints, data: Any) -> Text:
    return data["payers"]["coverage_type"].take(payer_row)  # type: ignore[no-any-return]


def insurance_policy_number(payer_row: Ints, age: Ints, employment: Text, place: Ints, draw: Draw, data: Any, locale: Any) -> Text:
    group = province = None
    if locale.country == "VN":
        group = payers.bhyt_group(age, employment)
        provinces: Table = data["common.provinces"]
        codes = data["common.places"]["former_state_code"].take(place)
        province = provinces["gso_code"].take(provinces.lookup("former_state_code", codes))
    return payers.member_numbers(data["payers"]["number_format"].take(payer_row), draw, group, province)


def primary_doctor(region: Text, age: Ints, draw: Draw, data: Any, world: Any) -> Ints:
    """A doctor of the patient's state: a pediatrician for children, otherwise of general practice."""
    specialty = primary_specialty(age, draw.uniform("specialty"), data)
    return doctors_at(world, data, region, specialty, draw.bits("doctor"))


@entity(
    "patient",
    options=PatientOptions,
    tables=(
        "body_size", "conditions", "condition_prevalence", "comorbidity", "condition_codes", "allergies", "medications", "treatments",
        "treatment_shares", "payers", "emergency_contacts", "relationships", "doctor_posts",
    ),
)  # fmt: skip
class Patient(Person):
    """A person with conditions, drugs, allergies, a body, a payer and a doctor that agree with each other."""

    patient_id: str = field(serial("PAT-########"), key=True, doc="number of the patient in this world")
    medical_record_number: str = field(serial("MRN-########"), doc="number of the patient's record")
    blood_type: str = field(weighted("blood_groups"), doc="ABO and Rh blood group")
    body_cell: int = field(body_cell, hidden=True, doc="row of the table of body sizes")
    height_cm: float = field(height_cm, unit="cm", doc="height")
    drawn_bmi: float = field(drawn_bmi, hidden=True, unit="kg/m²", doc="body mass index before rounding")
    weight_kg: float = field(weight_kg, unit="kg", doc="weight")
    bmi: float = field(bmi, unit="kg/m²", doc="body mass index: weight over height squared")
    condition_bits: int = field(condition_bits, hidden=True, doc="conditions as bits, in the order of the table")
    conditions: list[str] = field(conditions, doc="diagnosed conditions")
    condition_codes: list[str] = field(condition_codes, doc="codes of the conditions: ICD-10-CM (US), ICD-10-GM (DE), ICD-10 elsewhere")
    allergy_bits: int = field(allergy_bits, hidden=True, doc="allergies as bits, in the order of the table")
    allergies: list[str] = field(allergies, doc="known allergies")
    medication_rows: list[int] = field(medication_rows, hidden=True, doc="rows of the table of medications")
    medications: list[str] = field(medications, doc="drugs taken at present, each for one of the conditions")
    payer_row: int = field(payers.payer_row, hidden=True, doc="row of the table of payers")
    insurance_provider: str = field(insurance_provider, doc="health insurer or public programme")
    coverage_type: str = field(coverage_type, doc="kind of health coverage")
    insurance_policy_number: str | None = field(insurance_policy_number, doc="member number in the insurer's form; null for the uninsured")
    contact_relationship: str = field(contacts.relationship, hidden=True, doc="relationship of the emergency contact")
    contact_phone: str = field(contacts.contact_phone, hidden=True, doc="phone number of the emergency contact")
    emergency_contact: EmergencyContact = field(contacts.emergency_contact, doc="whom to call in an emergency")
    region: str = field(region_of, hidden=True, doc="home state, see regions.py")
    primary_doctor: Doctor = field(ref(Doctor, by=primary_doctor), doc="the doctor who knows the patient, in the same state")


class PatientService(Service[Patient]):
    """Patients of a country. A `DemographicConfig` narrows ages and conditions; without one they are of 18 to 65 years."""

    entity = Patient

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        demographic_sampler: DemographicSampler | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        config = demographic_config or DemographicConfig()
        asked = person_options(config, demographic_sampler, None, None) | {
            "conditions_include": config.conditions_include,
            "conditions_exclude": config.conditions_exclude,
        }
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, options=asked)
