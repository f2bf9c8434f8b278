"""One population: a person of a world is one person, in every pack and both ways."""

from __future__ import annotations

import numpy as np
import pytest

from datamimic import World, spec_of
from datamimic.engine.roles import held
from datamimic_pack_common import Person
from datamimic_pack_ecommerce import Customer
from datamimic_pack_healthcare import Doctor, Patient
from datamimic_pack_insurance import Insured

ROLES = (Patient, Customer, Insured, Doctor)
SAME = ["person_id", "full_name", "birthdate", "address.full_address", "email", "marital_status"]
ROWS = 100_000


@pytest.mark.parametrize("country", ["US", "VN"])
def test_a_number_names_one_person(country: str) -> None:
    world = World("one", country, "2025-06-15T00:00:00Z")
    everybody = world[Person].select(SAME)[0:1_200].to_arrow().to_pylist()
    roles = {}
    for entity in ROLES:
        spec = spec_of(entity)
        back = held(world, spec_of(Person), spec, np.arange(1_200)).rows
        rows = back[back >= 0]
        assert np.array_equal(rows, np.arange(len(rows)))
        made = world[entity].select(SAME)[0 : len(rows)].to_arrow().to_pylist()
        assert made == [everybody[place] for place in np.flatnonzero(back >= 0)]
        roles[entity] = {each["person_id"] for each in made}
    assert roles[Patient] & roles[Customer] & roles[Insured], "somebody is all of them"
    many = ROLES[:3]
    assert all(roles[one] - roles[other] for one in many for other in many if one is not other)


def test_contacts_are_people_of_the_household() -> None:
    world = World("one", "US", "2025-06-15T00:00:00Z")
    kin = 0
    for patient in world[Patient][0:120]:
        contact = patient.emergency_contact
        if contact.relationship in ("spouse", "mother", "father", "partner") and patient.person.household.size > 1:
            kin += contact.name in [each.name for each in patient.person.household.members]
    assert kin > 40


@pytest.mark.parametrize("country", ["DE", "VN"])
def test_a_body_and_a_habit_are_those_of_the_person(country: str) -> None:
    world = World("one", country, "2025-06-15T00:00:00Z")
    own = ["height_cm", "weight_kg", "bmi", "smoking_status"]
    made = world[Patient].select([*own, *(f"person.{name}" for name in own)])[0:400].to_arrow()
    assert all(made[name].equals(made[f"person.{name}"]) for name in own)
    insured = world[Insured].select(["smoker", "person.smoking_status"])[0:400].to_arrow().to_pydict()
    assert insured["smoker"] == [status == "current" for status in insured["person.smoking_status"]]
    assert 20 < sum(insured["smoker"]) < 200


def test_dependants_and_beneficiaries_are_people_of_the_household() -> None:
    world = World("one", "US", "2025-06-15T00:00:00Z")
    columns = ["person_id", "household_id", "age", "employment", "mother_id", "father_id", "partner_id"]
    people = {each["person_id"]: each for each in world[Person].select(columns)[0:3_000].to_arrow().to_pylist()}
    seen = 0
    for insured in world[Insured].select(["person_id", "dependants", "dependant_ids"])[0:900].to_arrow().to_pylist():
        assert insured["dependants"] == len(insured["dependant_ids"])
        own = {
            each["person_id"]
            for each in people.values()
            if insured["person_id"] in (each["mother_id"], each["father_id"])
            and (each["age"] < 18 or (each["age"] < 25 and each["employment"] == "student"))
        }
        if insured["person_id"] in people:
            assert own == set(insured["dependant_ids"])
            seen += len(own)
    assert seen > 200
    policies = world["insurance.insurance_policy"].select(["policy_holder.person_id", "beneficiaries"])[0:1_200]
    kin = 0
    for policy in policies.to_arrow().to_pylist():
        holder = people.get(policy["policy_holder.person_id"])
        for each in policy["beneficiaries"]:
            other = people.get(each["person_id"])
            if holder and other:
                partner = each["relationship"] in ("spouse", "partner")
                assert holder["household_id"] == other["household_id"]
                assert (holder["partner_id"] == other["person_id"]) == partner
                assert partner or holder["person_id"] in (other["mother_id"], other["father_id"])
                kin += 1
    assert kin > 10


def test_options_make_a_population_of_their_own() -> None:
    world = World("one", "US", "2025-06-15T00:00:00Z")
    known = set(world[Person][0:4_000].select(["person_id"]).to_arrow()["person_id"].to_pylist())
    for entity in ROLES:
        own = world.with_options(entity, min_age=30)[entity]
        assert own[0].person is None
        assert not known & set(own[0:200].select(["person_id"]).to_arrow()["person_id"].to_pylist())


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR"])
def test_who_is_this_doctor_and_is_this_person_a_doctor(country: str) -> None:
    """Both ways by arithmetic: every doctor is a physician among the people, and no other person is one."""
    world = World("posts", country, "2025-06-15T00:00:00Z")
    rows = np.arange(ROWS, dtype=np.int64)
    people = world.batch(spec_of(Doctor), rows).column("person").rows
    assert bool((np.diff(people) > 0).all())
    assert np.array_equal(held(world, spec_of(Person), spec_of(Doctor), people).rows, rows)
    first = world.refer(Person, rows)
    is_physician = first.column("profession") == "physician"
    assert np.array_equal(first.column("doctor").rows >= 0, is_physician)
    assert np.array_equal(np.flatnonzero(is_physician), people[people < ROWS])
    some = world.refer(Person, people[::50])
    assert bool((some.column("profession") == "physician").all())
    assert int(some.column("age").min()) >= 30 and int(some.column("age").max()) < 80


@pytest.mark.parametrize("country", ["US", "VN"])
def test_nobody_is_his_or_her_own_doctor(country: str) -> None:
    world = World("posts", country, "2025-06-15T00:00:00Z")
    patients = world.batch(spec_of(Patient), np.arange(ROWS))
    own = patients.column("doctor").rows
    assert (own >= 0).sum() > 20, "some patients are doctors"
    assert not ((own >= 0) & (patients.column("primary_doctor").rows == own)).any()
    # In a world of two doctors each is the other's.
    rows = np.flatnonzero((own >= 0) & (own < 2))
    two = World("posts", country, "2025-06-15T00:00:00Z", sizes={"healthcare.doctor": 2})
    patients = two.batch(spec_of(Patient), np.arange(ROWS)[rows])
    assert len(rows) and patients.column("primary_doctor").rows.tolist() == [1 - each for each in own[rows].tolist()]
