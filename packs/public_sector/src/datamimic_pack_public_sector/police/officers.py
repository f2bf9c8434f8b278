"""Where officers serve and live, their rank, unit, shift and badge."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Permutation, Table, Text, options
from datamimic.columns import Bools, Ints, digits, join, number_text, where
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.contacts import mailbox_spelling
from datamimic_pack_public_sector.towns import towns_of


@options
class PoliceOfficerOptions(PersonOptions):
    """Options of officers: those of people. Without ages they are as old as officers are."""

    def __attrs_post_init__(self) -> None:
        if self.city_sizes is not None:
            raise ValueError("officers live near their department: city_sizes cannot be asked for")
        super().__attrs_post_init__()


def of_department(strength: Ints) -> Ints:
    """As many officers as the department has."""
    return strength


def number_in_department(department: Any) -> Ints:
    return department.index + 1


def is_head(number_in_department: Ints) -> Bools:
    return number_in_department == 1


def place(department: Any, draw: Draw, data: Data) -> Ints:
    """Where the officer lives: most in the town of the department, the others in towns of the state near it."""
    towns = towns_of(data["common.places"])
    town = towns.number_of_place[department.place]
    near = towns.near[town, draw.integers(0, towns.near.shape[1] - 1, "near")]
    home = np.where(draw.chance(0.6, "in town"), town, near)
    return towns.place(home, draw.uniform("postal code"))


def badge_number(department: Any, draw: Draw, data: Data) -> Text:
    """Different for every officer of a department."""
    customs: Table = data["country_customs"]
    space = int(customs.ints("badge_numbers")[customs.of_country(data.country)])
    numbers = Permutation(space, draw.address.labelled("badge"))
    number = numbers.forward((department.badge_base + department.index) % space)
    if space < 1_000_000:
        return number_text(space // 9 + number)
    return join(digits(number // 1_000, 3), "-", digits(number % 1_000, 3))


def position(is_head: Bools, head_rank: Bools, sex: Text, department: Any, data: Data) -> Text:
    """The position of the head, acting where the rank that goes with it is not held yet; the others have none."""
    title = where(sex == "female", department.head_position_female, department.head_position)
    customs: Table = data["country_customs"]
    before, _, after = customs.columns["acting"][customs.of_country(data.country)].partition("{}")
    return where(head_rank, title, join(before, title, after)).where(is_head)


def head_rank(is_head: Bools, rank_code: Text, department: Any) -> Bools:
    """Does the head hold the rank that goes with the department?"""
    return is_head & (rank_code == department.head_rank_code)


def unit_row(is_head: Bools, rank_row: Ints, years_of_service: Ints, department: Any, draw: Draw, data: Data) -> Ints:
    table: Table = data["police_units"]
    role = data["police_ranks"]["role"].take(rank_row)
    role = where(is_head, "command", where((role == "general") & (years_of_service < 2), "beginner", role))
    return draw.pick(table.by("family", "role", "size_from"), department.ladder, role, department.officer_count)


def shift_row(unit_row: Ints, draw: Draw, data: Data) -> Ints:
    table: Table = data["police_shifts"]
    return draw.pick(table.by("schedule"), data["police_units"]["schedule"].take(unit_row))


def occupation(sex: Text, data: Data) -> Text:
    """Police officer, in the language of the country."""
    table: Table = data["common.occupations"]
    police = table["soc_code"] == "33-3051"
    found = {
        gender: table.columns["occupation"][int(np.flatnonzero(police & (table["gender"] == gender))[0])]
        for gender in ("female", "male")
    }
    return Text.coded(np.where(sex == "female", 0, 1), [found["female"], found["male"]])


def education(service_class: Text, age: Ints, draw: Draw, data: Data) -> Text:
    """The highest level completed, as usual for the career group."""
    table: Table = data["police_education"]
    return table["education"].take(draw.pick(table.by("service_class", "age_from"), service_class, age))


def email(given_name: Text, first_family_name: Text, department: Any, rows: Ints, data: Data) -> Text:
    """given.family and a number, in the domain of the department; the number is the officer's own in the world."""
    fold = mailbox_spelling(data)
    number = number_text(rows + 1)
    return join(given_name.map(fold), ".", first_family_name.map(fold), number, "@", department.host)
