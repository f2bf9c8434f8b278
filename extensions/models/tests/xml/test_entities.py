"""Entities in XML are those of the services of the same arguments."""

from __future__ import annotations

import importlib
from random import Random
from typing import Any

import pytest

from datamimic import DatamimicError, Service, installed_packs
from datamimic_models.xml import run_model
from datamimic_models.xml.arrow import without_classes

from .conftest import Run

PACKS = ("common", "healthcare", "finance", "insurance", "ecommerce", "public_sector")


def services() -> list[type[Service[Any]]]:
    found = []
    for pack in PACKS:
        package = importlib.import_module(installed_packs().pack(pack).package)
        found += [
            service
            for name in sorted(package.__all__)
            if isinstance(service := getattr(package, name), type)
            and issubclass(service, Service)
            and service is not Service
        ]
    return [service for service in found if hasattr(service, "entity")]


@pytest.mark.parametrize("service", services(), ids=lambda service: service.__name__)
def test_a_seed_gives_the_entities_that_the_service_gives(run: Run, service: type[Service[Any]]) -> None:
    name = service.__name__.removesuffix("Service")
    expected = service(dataset="US", rng=Random(1337)).generate_batch(count=3)
    fields = [field for field in expected[0].to_dict() if field.isidentifier()]
    keys = "".join(f'<key name="{field}" script="e.{field}"/>' for field in fields)
    inner = f'<variable name="e" entity="{name}" dataset="US" rngSeed="1337"/>{keys}'
    made = run(f'<generate name="x" count="3">{inner}</generate>')["x"]
    for row, entity in zip(made, expected, strict=True):
        for field in fields:
            value = getattr(entity, field)
            if field in ("academic_title", "nobility_title") and value is None:
                value = ""
            assert repr(row[field]) == repr(without_classes(value)), field


def test_ages_and_conditions_are_those_of_the_demographic_config(run: Run) -> None:
    common, healthcare = (importlib.import_module(f"datamimic_pack_{name}") for name in ("common", "healthcare"))
    config = common.DemographicConfig(
        age_min=60, age_max=70, conditions_include=frozenset({"Hypertension"}), conditions_exclude=frozenset({"COPD"})
    )
    expected = healthcare.PatientService(dataset="US", demographic_config=config, rng=Random(7)).generate_batch(5)
    made = run(
        '<generate name="x" count="5"><variable name="p" entity="Patient" dataset="US" ageMin="60" ageMax="70" '
        'conditionsInclude="Hypertension" conditionsExclude="COPD" rngSeed="7"/><key name="name" script="p.full_name"/>'
        '<key name="age" script="p.age"/><array name="conditions" script="p.conditions"/></generate>'
    )["x"]
    assert made == [{"name": p.full_name, "age": p.age, "conditions": list(p.conditions)} for p in expected]
    assert all(60 <= row["age"] <= 70 and "Hypertension" in row["conditions"] for row in made)


def test_two_variables_of_one_entity_are_different_people_and_arguments_narrow_them(run: Run) -> None:
    made = run(
        '<generate name="x" count="20"><variable name="a" entity="Person(min_age=21, max_age=67)"/>'
        '<variable name="b" entity="Person" locale="de_DE"/><key name="a" script="a.name"/><key name="b" script="b.name"/>'
        '<key name="age" script="a.age"/><key name="country" script="b.address.country_code"/></generate>'
    )["x"]
    assert all(21 <= row["age"] <= 67 and row["a"] != row["b"] and row["country"] == "DE" for row in made)


def test_the_example_of_the_description_runs(run: Run) -> None:
    common, healthcare = (importlib.import_module(f"datamimic_pack_{name}") for name in ("common", "healthcare"))
    made = run(
        """<generate name="seeded_doctors" count="3" target="CSV">
        <variable name="doc" entity="Doctor" dataset="US" ageMin="30" ageMax="45" conditionsInclude="Diabetes"
          conditionsExclude="Hypertension" rngSeed="1234" />
        <key name="full_name" script="doc.full_name" /><key name="age" script="doc.age" />
        <array name="certifications" script="doc.certifications" /></generate>"""
    )["seeded_doctors"]
    config = common.DemographicConfig(age_min=30, age_max=45)
    expected = healthcare.DoctorService(dataset="US", demographic_config=config, rng=Random(1234)).generate_batch(3)
    assert made == [
        {"full_name": doc.full_name, "age": doc.age, "certifications": list(doc.certifications)} for doc in expected
    ]


PYRAMID = "dataset,version,sex,age_min,age_max,weight\nUS,v1,F,30,39,1\nUS,v1,M,30,34,0.5\nUS,v1,M,60,64,0.5\n"


def test_people_are_of_the_ages_of_a_pyramid_of_ones_own(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = (
        '<demographics dataset="US" version="v1" dir="people" rngSeed="5"/>'
        '<generate name="x" count="400"><variable name="p" entity="Person"/><variable name="d" entity="Person" dataset="DE"/>'
        '<variable name="h" entity="BankAccount"/><key name="age" script="p.age"/><key name="other" script="d.age"/></generate>'
    )
    path = model(inner)
    (path.parent / "people").mkdir()
    (path.parent / "people" / "age_pyramid.dmgrp.csv").write_text(PYRAMID)
    made = run_model(path)["x"]
    ages = [each["age"] for each in made]
    assert {*ages} <= {*range(30, 40), *range(60, 65)} and 60 < sum(age >= 60 for age in ages) < 140
    assert min(each["other"] for each in made) < 20
    for wrong, line in (("US,v1,F,35,45,1\n", 5), ("US,v2,F,50,51,1\n", 5), ("US,v1,F,51,50,1\n", 5)):
        (path.parent / "people" / "age_pyramid.dmgrp.csv").write_text(PYRAMID + wrong)
        with pytest.raises(DatamimicError) as caught:
            run_model(path)
        assert caught.value.code == "models.bad_source" and caught.value.line == line


def test_entities_have_the_names_of_the_described_product_and_records_are_plain(run: Run) -> None:
    ways = {
        ("BankAccount", "bank_data.bic"): "bank.bic",
        ("CreditCard", "card_holder_data.name"): "account.holder.name",
        ("CreditCard", "bank_account_data.iban"): "account.iban",
        ("Patient", "person_data.address.city"): "person.address.city",
        ("InsuranceCompany", "company_data.name"): "name",
        ("Person", "dataset"): "'DE'",
    }
    inner = "".join(
        f'<variable name="e{n}" entity="{entity}" dataset="DE"/><key name="a{n}" script="e{n}.{one}"/>'
        f'<key name="b{n}" script="{other if other[0] == chr(39) else f"e{n}.{other}"}"/>'
        for n, ((entity, one), other) in enumerate(ways.items())
    )
    inner += (
        '<variable name="p" entity="Patient"/><nestedKey name="to" script="p.emergency_contact"/>'
        '<nestedKey name="home" script="p.person_data.address.to_dict()"/><key name="text" script="str(p.person.address)"/>'
    )
    for row in run(f'<generate name="x" count="3">{inner}</generate>')["x"]:
        assert all(row[f"a{n}"] == row[f"b{n}"] for n in range(len(ways)))
        assert row["to"].keys() == {"name", "relationship", "phone"} and row["home"]["city"] in row["text"]
