"""What looks like a shared key of people and is none: the linkage report says so."""

from __future__ import annotations

from pathlib import Path

from datamimic import World
from datamimic.related.linkage import render
from datamimic.related.writing import prepare, write_set


def test_person_ids_of_two_tables_are_reported_as_different_people(tmp_path: Path) -> None:
    world = World("linkage", "US", options={"public_sector.police_officer": {"min_age": 30}})
    closure = prepare(world, {"healthcare.patient": 20, "ecommerce.customer": 20, "public_sector.police_officer": 5})
    report = write_set(closure, tmp_path / "set").linkage
    (shared,) = report["not_joinable"]
    assert shared["column"] == "person_id"
    assert {*shared["tables"]} == {"public_sector_police_officer", "common_person"}
    text = render(report)
    assert "person_id in " in text and "do not join by it" in text and "not the same person" in text
    # Patients, customers and doctors are people of the world; officers of an age are a population of their own.
    joined = {link["table"] for link in report["links"] if link["column"] == "person_id"}
    assert joined >= {"healthcare_patient", "healthcare_doctor", "ecommerce_customer"}
    assert "public_sector_police_officer" not in joined


def test_a_set_in_which_one_table_has_people_says_nothing_of_it(tmp_path: Path) -> None:
    closure = prepare(World("linkage", "US"), {"ecommerce.customer": 20})
    assert write_set(closure, tmp_path / "set").linkage["not_joinable"] == []


def test_people_who_are_named_by_their_keys_are_in_the_set(tmp_path: Path) -> None:
    closure = prepare(World("linkage", "US"), {"insurance.insurance_policy": 150, "insurance.endorsement": 40})
    links = {
        (each["table"], each.get("column")): each for each in write_set(closure, tmp_path / "set").linkage["links"]
    }
    for table, column in (
        ("insurance_insured", "dependant_ids"),
        ("insurance_insurance_policy", "beneficiaries.person_id"),
    ):
        assert links[table, column]["resolved"] > 5
        assert links[table, column]["orphaned"] == 0
