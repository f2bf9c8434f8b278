"""Doctors and hospitals are near, few, found again, and stand in towns of the kind that has them."""

from collections import defaultdict

import numpy as np
import pytest

from datamimic import World, kilometres
from datamimic_pack_healthcare import Doctor, Encounter, Hospital, Patient
from datamimic_pack_healthcare.providers import choice

COUNTRIES = ("US", "DE", "VN", "GB", "FR")
ROWS = 10_000


@pytest.fixture(params=COUNTRIES, scope="module")
def world(request):
    return World("nearness", request.param)


def distances(world, entity, home, work):
    names = [f"{path}address.{part}" for path in (home, work) for part in ("latitude", "longitude")]
    table = world[entity][0:ROWS].select(names).to_arrow()
    return kilometres(*(table.column(number).to_numpy() for number in range(4)))


def test_people_have_a_doctor_near(world):
    apart = distances(world, Patient, "", "primary_doctor.hospital.")
    assert np.median(apart) < 10
    assert (apart > 30).mean() < 0.13
    assert (apart > 100).mean() < 0.02
    of_doctors = distances(world, Doctor, "", "hospital.")
    assert np.median(of_doctors) < 10 and (of_doctors > 30).mean() < 0.17


@pytest.mark.parametrize("country", ["US", "DE"])
def test_many_people_have_a_general_practitioner_for_so_many_of_them(country):
    """In towns of so many people that nearness asks for no more than the ratio does."""
    world = World("many", country, sizes={"healthcare.patient": 20_000_000, "healthcare.doctor": 60_000})
    data = world.data(Patient)
    catchment = choice._working(world, data, choice.GENERAL)
    places, at = data["common.places"], catchment.positions.of_place
    people = np.bincount(at, weights=np.array(places.weights)) * 20_000_000 / sum(places.weights)
    dense = catchment.groups[people[catchment.groups] > 20_000]
    own = np.isin(catchment.groups, dense)
    assert own.any()
    ratio = people[dense].sum() / catchment.counts[own].sum()
    assert 500 < ratio < 3_000


def test_a_patient_sees_one_doctor_of_each_specialty(world):
    table = world[Encounter][0:ROWS].select(["patient.patient_id", "specialty", "doctor.doctor_id"]).to_arrow()
    seen = defaultdict(set)
    for patient, specialty, doctor in zip(*(column.to_pylist() for column in table.columns), strict=True):
        seen[patient, specialty].add(doctor)
    assert max(map(len, seen.values())) == 1


def test_a_world_has_no_more_doctors_than_its_people_need(world):
    table = (
        world[Patient][0:ROWS].select(["primary_doctor.doctor_id", "primary_doctor.hospital.hospital_id"]).to_arrow()
    )
    doctors, hospitals = (len(set(column.to_pylist())) for column in table.columns)
    assert hospitals < 0.25 * ROWS and doctors < (0.3 if world.locale.country == "US" else 0.11) * ROWS


@pytest.mark.parametrize("size", [1, 3, 50])
def test_few_hospitals_are_enough(world, size):
    small = World("few", world.locale.country, sizes={"healthcare.hospital": size})
    found = small[Doctor][0:500].select(["hospital.hospital_id"]).to_arrow().column(0).to_pylist()
    assert set(found) <= {small[Hospital][row].hospital_id for row in range(size)}


def test_hospitals_stand_in_towns_of_their_kind(world):
    count = len(world.data(Hospital)["hospital_sites"])
    table = world[Hospital][0:count].select(["type_en", "name", "address.city", "region"]).to_arrow()
    kinds, titles, cities, states = (column.to_pylist() for column in table.columns)
    people = world.data(Hospital)["common.places"].ints("population")
    place = world.batch(world.spec(Hospital), np.arange(count)).column("place")
    inhabitants = defaultdict(list)
    for kind, size in zip(kinds, people[place].tolist(), strict=True):
        inhabitants[kind].append(size)
    if world.locale.country == "US":
        assert max(inhabitants["Critical Access"]) < 10_000
        assert min(inhabitants["Academic Medical Center"]) > 10_000
    if world.locale.country == "DE":
        assert min(inhabitants["University Hospital"]) > 40_000
    for kind in ("Children's Hospital", "Cancer Center", "Maximum Care Hospital"):
        assert min(inhabitants.get(kind, [10**6])) >= 80_000
    assert len(set(zip(titles, cities, states, strict=True))) == count, "two hospitals of one town share a name"
