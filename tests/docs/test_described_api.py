"""What the described product prints as examples, under our import lines: docs/how-to/move-over.md has the table."""

from __future__ import annotations

import importlib
import json
import re
import unittest
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from datamimic import generate_domain
from datamimic_pack_common import DemographicConfig, PersonService
from datamimic_pack_ecommerce import ProductService
from datamimic_pack_finance import BankAccountService, TransactionService
from datamimic_pack_healthcare import DoctorService, HospitalService, MedicalRecordService, PatientService

MOVE_OVER = Path(__file__).parents[2] / "docs" / "how-to" / "move-over.md"
OURS = re.compile(r"`from (datamimic\w*) import ([\w, ]+)`")


def test_every_import_line_of_the_table_works() -> None:
    lines = OURS.findall(MOVE_OVER.read_text(encoding="utf-8"))
    assert len(lines) >= 20
    for module, names in lines:
        for name in names.split(", "):
            assert getattr(importlib.import_module(module), name)


def test_a_person() -> None:
    service = PersonService(dataset="US", min_age=18, max_age=65, female_quota=0.5)
    person = service.generate()
    assert person.name
    assert 18 <= person.age <= 65
    assert "@" in person.email


def test_a_seeded_person_with_an_address() -> None:
    person = PersonService(dataset="US", rng=Random(42)).generate()
    assert f"{person.address.street}, {person.address.city}, {person.address.state}".count(", ") >= 2
    assert person == PersonService(dataset="US", rng=Random(42)).generate()


def test_a_patient() -> None:
    patient = PatientService().generate()
    assert patient.patient_id
    assert patient.full_name
    assert patient.blood_type in {group + sign for group in ("A", "B", "AB", "O") for sign in "+-"}
    assert isinstance(patient.conditions, list | tuple)
    assert not (patient.age < 30 and "Alzheimer's Disease" in patient.conditions)


class DatetimeEncoder(json.JSONEncoder):
    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | date) else super().default(o)


def test_a_batch_as_json_with_and_without_an_encoder() -> None:
    people = PersonService(dataset="US", rng=Random(1234)).generate_batch(count=100)
    assert len(people) == 100
    text = json.dumps([p.to_dict() for p in people])
    assert text == json.dumps([p.to_dict() for p in people], cls=DatetimeEncoder)
    assert people == PersonService(dataset="US", rng=Random(1234)).generate_batch(count=100)


def test_a_hundred_patients_follow_their_ages() -> None:
    patients = PatientService(rng=Random(7)).generate_batch(count=100)
    assert len({patient.patient_id for patient in patients}) == 100
    ill = [patient.age for patient in patients if patient.conditions]
    well = [patient.age for patient in patients if not patient.conditions]
    assert not well or sum(ill) / len(ill) > sum(well) / len(well)


class Result(NamedTuple):
    processed: list[Any]
    error_count: int


class TransactionProcessor:
    """What an application might have: books transactions in the currency of the account."""

    def process_transactions(self, account: Any, transactions: list[Any]) -> Result:
        good = [t for t in transactions if isinstance(t.amount, Decimal) and t.currency == account.currency]
        return Result(good, len(transactions) - len(good))


class TestTransactionProcessor(unittest.TestCase):
    """As printed, but that both services get the seed."""

    def setUp(self) -> None:
        rng = Random(2025)
        self.account_service = BankAccountService(dataset="US", rng=rng)
        self.transaction_service = TransactionService(dataset="US", rng=rng)
        self.test_account = self.account_service.generate()
        self.test_transactions = self.transaction_service.generate_batch(count=10)
        self.processor = TransactionProcessor()

    def test_transaction_processing(self) -> None:
        result = self.processor.process_transactions(self.test_account, self.test_transactions)
        self.assertEqual(len(result.processed), 10)  # noqa: PT009
        self.assertEqual(result.error_count, 0)  # noqa: PT009


def test_the_same_seed_gives_the_same_sequence() -> None:
    first, again = (PatientService(dataset="US", rng=Random(99)) for _ in range(2))
    pairs = [(first.generate(), again.generate()) for _ in range(2)]
    assert all(one == other for one, other in pairs)
    assert pairs[0][0] != pairs[1][0]


def test_an_account() -> None:
    account = BankAccountService().generate()
    assert account.account_number
    assert isinstance(account.balance, Decimal)


def test_seniors_by_demographic_config() -> None:
    config = DemographicConfig(age_min=70, age_max=75)
    service = PatientService(dataset="US", demographic_config=config, rng=Random(1337))
    assert all(70 <= service.generate().to_dict()["age"] <= 75 for _ in range(3))


def test_what_the_xml_example_asks_for() -> None:
    """entity="Doctor" ageMin="30" ageMax="45" rngSeed="1234", three of them, with certifications."""
    config = DemographicConfig(age_min=30, age_max=45)
    doctors = DoctorService("US", demographic_config=config, rng=Random(1234)).generate_batch(count=3)
    assert [30 <= doctor.age <= 45 for doctor in doctors] == [True] * 3
    assert all(doctor.full_name and isinstance(list(doctor.certifications), list) for doctor in doctors)


def test_conditions_in_and_out() -> None:
    config = DemographicConfig(conditions_include={"Type 2 Diabetes"}, conditions_exclude={"Hypertension"})
    for patient in PatientService("US", demographic_config=config, rng=Random(1234)).generate_batch(count=20):
        assert "Type 2 Diabetes" in patient.conditions
        assert "Hypertension" not in patient.conditions


def test_a_product_without_generator_objects() -> None:
    assert ProductService(dataset="US", rng=Random(42)).generate() == ProductService("US", rng=Random(42)).generate()


@pytest.mark.parametrize("service", [HospitalService, MedicalRecordService])
def test_other_healthcare_services(service: type[Any]) -> None:
    entity = service(dataset="DE", rng=Random(1)).generate()
    assert type(entity).from_dict(entity.to_dict()) == entity


def test_a_request() -> None:
    request = {
        "domain": "person",
        "version": "v1",
        "count": 1,
        "seed": "docs-demo",
        "locale": "en_US",
        "clock": "2025-01-01T00:00:00Z",
    }
    response = generate_domain(request)
    assert response["items"][0]["id"]
    assert json.dumps(response) == json.dumps(generate_domain(request))
