"""A patient's insurance numbers, and the doctor whom a patient sees first."""

from __future__ import annotations

from typing import Any

from datamimic import Data, Draw, Locale, Ref, Table, Text
from datamimic.columns import Ints
from datamimic_pack_healthcare.clinical import payers
from datamimic_pack_healthcare.providers.choice import doctors_near, primary_specialty


def insurance_policy_number(
    payer_row: Ints,
    age: Ints,
    employment: Text,
    place: Ints,
    social_security_number: Text,
    draw: Draw,
    data: Data,
    locale: Locale,
) -> Text:
    group = province = None
    if locale.country == "VN":
        group = payers.bhyt_group(age, employment)
        provinces: Table = data["common.provinces"]
        codes = data["common.places"]["former_state_code"].take(place)
        province = provinces["gso_code"].take(provinces.lookup("former_state_code", codes))
    return payers.member_numbers(
        data["payers"]["number_format"].take(payer_row), draw, group, province, social_security_number
    )


def ssn(social_security_number: Text, national_id: Text, locale: Locale) -> Text:
    """The social security number; in Viet Nam the citizen's number, which serves as one."""
    return national_id if locale.country == "VN" else social_security_number


def primary_doctor(place: Ints, age: Ints, doctor: Ref, draw: Draw, data: Data, world: Any) -> Ints:
    """A doctor near the patient's home, who is somebody else: a pediatrician for children, otherwise of general practice."""
    specialty = primary_specialty(age, data)
    return doctors_near(world, data, place, specialty, draw.bits("doctor"), doctor.rows)
