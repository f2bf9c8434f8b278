"""Unit, shift, badge and e-mail address of officers."""

from __future__ import annotations

from typing import Any

from datamimic import Data, Draw, Permutation, Table, Text, options
from datamimic.columns import Ints, digits, join, number_text, where
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.contacts import mailbox_spelling


@options
class PoliceOfficerOptions(PersonOptions):
    """Options of officers: those of people. Without ages they are as old as officers are."""


def badge_number(department: Any, rows: Ints, draw: Draw, data: Data) -> Text:
    """Different for every officer of a department; longer ones where all of the usual length are given out."""
    customs: Table = data["country_customs"]
    space = int(customs.ints("badge_numbers")[customs.of_country(data.country)])
    numbers = Permutation(space, draw.address.labelled("badge"))
    number = numbers.forward((department.badge_base + rows) % space) + rows // space * space
    if space < 1_000_000:
        return number_text(space // 9 + number)
    front = number // 1_000
    return join(where(front < 1_000, digits(front % 1_000, 3), number_text(front)), "-", digits(number % 1_000, 3))


def unit_row(rank_row: Ints, years_of_service: Ints, department: Any, draw: Draw, data: Data) -> Ints:
    table: Table = data["police_units"]
    role = data["police_ranks"]["role"].take(rank_row)
    role = where((role == "general") & (years_of_service < 2), "beginner", role)
    return draw.pick(table.by("family", "role", "size_from"), department.ladder, role, department.officer_count)


def shift_row(unit_row: Ints, draw: Draw, data: Data) -> Ints:
    table: Table = data["police_shifts"]
    return draw.pick(table.by("schedule"), data["police_units"]["schedule"].take(unit_row))


def email(given_name: Text, first_family_name: Text, department: Any, rows: Ints, data: Data) -> Text:
    """given.family and a number, in the domain of the department; the number is the officer's own in the world."""
    fold = mailbox_spelling(data)
    number = number_text(rows + 1)
    return join(given_name.map(fold), ".", first_family_name.map(fold), number, "@", department.host)
