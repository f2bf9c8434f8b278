"""One population: a person of a world is one person, in every pack and both ways."""

from __future__ import annotations

import numpy as np
import pytest

from datamimic import World, spec_of
from datamimic.engine.roles import held
from datamimic_pack_common import Person
from datamimic_pack_ecommerce import Customer
from datamimic_pack_healthcare import Patient
from datamimic_pack_insurance import Insured

ROLES = (Patient, Customer, Insured)
SAME = ["person_id", "full_name", "birthdate", "address.full_address", "email", "marital_status"]


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
    assert all(roles[one] - roles[other] for one in ROLES for other in ROLES if one is not other)


def test_contacts_are_people_of_the_household() -> None:
    world = World("one", "US", "2025-06-15T00:00:00Z")
    kin = 0
    for patient in world[Patient][0:120]:
        contact = patient.emergency_contact
        if contact.relationship in ("spouse", "mother", "father", "partner") and patient.person.household.size > 1:
            kin += contact.name in [each.name for each in patient.person.household.members]
    assert kin > 40


def test_options_make_a_population_of_their_own() -> None:
    world = World("one", "US", "2025-06-15T00:00:00Z")
    known = set(world[Person][0:4_000].select(["person_id"]).to_arrow()["person_id"].to_pylist())
    for entity in ROLES:
        own = world.with_options(entity, min_age=30)[entity]
        assert own[0].person is None
        assert not known & set(own[0:200].select(["person_id"]).to_arrow()["person_id"].to_pylist())
