"""Numbers of people in Vietnam, India and Japan."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Table, Text
from datamimic.columns import Ints, divided, join, year_month_day
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, initials, letters


def vietnam(holder: Holder, number: Ints) -> Text:
    """Citizen number (CCCD): province of birth, century and sex, year of birth, six digits; of citizens born here."""
    year, _, _ = holder.born
    cell = vietnamese_cell(holder.column("sex"), holder.column("birthdate"), holder.birth_place, holder.data)
    # The code of the century begins with the twentieth.
    return written("############", np.concatenate([places(cell, 6), places(number, 6)], axis=1)).where(
        (year >= 1900) & (holder.birth_place >= 0) & (holder.column("nationality") == "VN")
    )


def vietnamese_cell(sex: Text, birthdate: Any, birth_place: Ints, data: Data) -> Ints:
    """What a citizen number says of somebody: its first six digits."""
    provinces: Table = data["cccd_provinces"]
    former = data["places"]["former_state_code"].take(np.maximum(birth_place, 0))
    code = provinces.ints("cccd_code")[provinces.lookup("former_state_code", former)]
    year, _, _ = year_month_day(birthdate)
    century = 2 * np.maximum(year // 100 - 19, 0) + (sex == "female")
    cell: Ints = (code * 10 + century) * 100 + year % 100
    return cell


INDIAN_TAX = 26**4 * 9_999


def indian_tax(holder: Holder, number: Ints) -> Text:
    """PAN: three letters, P for a person, initial of the family name, four digits, a letter; from 18 years on."""
    number, serial = divided(number, 9_999)
    four = number[:, None] // (26 ** np.arange(4)) % 26 + ord("A")
    person = np.full(len(number), ord("P"))
    head = np.stack([four[:, 0], four[:, 1], four[:, 2], person, initials(holder.family_name)], axis=1)
    return join(letters(head), written("####", places(1 + serial, 4)), letters(four[:, 3])).where(holder.age >= 18)


def aadhaar(holder: Holder, number: Ints) -> Text:
    """Twelve digits, the last by Verhoeff."""
    digits = places(number + (9_999 * 10**7 if holder.safe else 2 * 10**10), 11)
    return written("############", with_check(digits, check_digits.verhoeff(digits)))


def japan(holder: Holder, number: Ints) -> Text:
    """My Number: eleven digits and a check digit."""
    digits = places(number, 11)
    check = -check_digits.weighted_sum(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return written("############", with_check(digits, check))
