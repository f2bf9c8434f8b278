"""Teachers and pupils are people of the world, at schools near home that have their years."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from datamimic import World
from datamimic.errors import DatamimicError
from datamimic_pack_common import Person
from datamimic_pack_public_sector import EducationalInstitution, Pupil, PupilService, Teacher, TeacherService

COUNTRIES = ("US", "DE", "VN", "GB", "FR")
ROWS = 1_500
MEDIAN = {"US": 8, "DE": 4, "VN": 6, "GB": 3, "FR": 6}


@pytest.fixture(params=COUNTRIES, scope="module")
def world(request: pytest.FixtureRequest) -> World:
    return World("people of schools", request.param)


def rows(world: World, entity: type, *names: str) -> list[tuple[object, ...]]:
    table = world[entity][0:ROWS].select(list(names)).to_arrow()
    return [*zip(*(column.to_pylist() for column in table.columns), strict=True)]


def test_they_are_people_both_ways(world: World) -> None:
    same = ("person_id", "birthdate", "address.full_address")
    for entity, name in ((Teacher, "teacher"), (Pupil, "pupil")):
        both = rows(world, entity, *same, *(f"person.{each}" for each in same))
        assert all(row[:3] == row[3:] for row in both)
        ids = rows(world, entity, f"{name}_id", f"person.{name}.{name}_id")
        assert all(own == back for own, back in ids)
    people = world[Person][0:ROWS].select(["age", "profession", "pupil.pupil_id", "teacher.teacher_id"]).to_arrow()
    ages, professions, pupils, teachers = (column.to_pylist() for column in people.columns)
    for age, profession, pupil, teacher in zip(ages, professions, pupils, teachers, strict=True):
        assert (pupil is not None) == (5 <= age <= 14)
        assert (teacher is not None) == (profession == "teacher")


def test_school_is_near_and_has_the_year(world: World) -> None:
    names = (
        "age",
        "grade",
        "way_km",
        "address.state",
        "school.address.state",
        "school.isced_level",
        "school.age_from",
        "school.age_to",
    )
    found = rows(world, Pupil, *names)
    ways = np.array([row[2] for row in found], dtype=float)
    country = world.locale.country
    assert np.median(ways) < MEDIAN[country] and (ways > 30).mean() < 0.1 and (ways > 100).mean() < 0.015
    for age, grade, _, home, state, level, first, last in found:
        assert home == state and level <= 3
        assert (first <= age <= last) if grade is not None else (age == 5 and first == 6)
    grades = defaultdict(set)
    for age, grade, *_ in found:
        if grade is not None:
            grades[grade].add(age)
    # Years follow from ages: one, or where two kinds of schools count from different ages two.
    assert len(grades) >= 9 and max(map(len, grades.values())) <= 2


def test_brothers_and_sisters_go_to_one_school_where_it_has_both_years(world: World) -> None:
    by_household = defaultdict(list)
    for household, age, school in rows(world, Pupil, "household.household_id", "age", "school.institution_id"):
        by_household[household].append((age, school))
    pairs = [
        (one[1] == two[1])
        for own in by_household.values()
        for at, one in enumerate(own)
        for two in own[at + 1 :]
        if abs(one[0] - two[0]) <= 1
    ]
    assert len(pairs) > 15 and np.mean(pairs) > 0.5


def test_teachers_teach_what_their_occupation_says(world: World) -> None:
    found = rows(
        world, Teacher, "is_elementary", "grade", "subjects", "school.isced_level", "age", "teaching_since", "birthdate"
    )
    for elementary, grade, subjects, level, _, since, born in found:
        assert level <= 3 and subjects
        assert elementary or (grade is None and len(subjects) <= 2)
        assert since - born.year >= 24
    levels = {flag: np.mean([row[3] for row in found if row[0] is flag]) for flag in (True, False)}
    assert levels[True] + 0.7 < levels[False]
    ages = np.array([row[4] for row in found])
    assert ages.min() >= 24 and ages.max() <= 65 and 38 < ages.mean() < 50


def test_schools_of_a_small_world_are_few(world: World) -> None:
    small = World("few", world.locale.country, sizes={"public_sector.educational_institution": 40})
    assert {row[0] for row in rows(small, Pupil, "school.institution_id")} <= {
        small[EducationalInstitution][row].institution_id for row in range(40)
    }


def test_who_is_asked_for_by_age_is_a_population_of_its_own() -> None:
    with_ages = World(
        "asked",
        "US",
        options={"public_sector.pupil": {"min_age": 9, "max_age": 10}, "public_sector.teacher": {"min_age": 60}},
    )
    assert {row[0] for row in rows(with_ages, Pupil, "age")} == {9, 10}
    found = rows(with_ages, Teacher, "age", "person.person_id", "sex", "occupation")
    assert {row[1] for row in found} == {None} and min(row[0] for row in found) == 60
    assert 0.45 < np.mean([row[2] == "female" for row in found]) < 0.85
    assert {row[3] for row in found} == {"Elementary School Teacher", "Secondary School Teacher"}
    assert PupilService("DE", seed=1).generate().age in range(5, 15)
    assert TeacherService("DE", seed=1).generate().age in range(25, 66)
    for entity, asked in (("pupil", {"min_age": 20}), ("teacher", {"max_age": 20})):
        path = f"public_sector.{entity}"
        with pytest.raises(DatamimicError, match="years old"):
            World("asked", "US", options={path: asked})[path][0:1].to_arrow()
