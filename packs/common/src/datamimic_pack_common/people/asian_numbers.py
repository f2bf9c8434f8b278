"""Numbers of people in Vietnam, India and Japan."""

from __future__ import annotations

import numpy as np

from datamimic import Table, Text
from datamimic.columns import divided, join
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, initials, letters


def vietnam(holder: Holder) -> Text:
    """Citizen number (CCCD): province of birth registration, century and sex, year of birth, six digits."""
    provinces: Table = holder.data["cccd_provinces"]
    former = holder.data["places"]["former_state_code"].take(holder.birth_place)
    code = provinces.ints("cccd_code")[provinces.lookup("former_state_code", former)]
    year, _, _ = holder.born()
    century = 2 * np.maximum(year // 100 - 19, 0) + holder.female
    tail = holder.draw.integers(0, 999_999, "tail")
    digits = [places(code, 3), places(century, 1), places(year % 100, 2), places(tail, 6)]
    # The code of the century begins with the twentieth.
    return written("############", np.concatenate(digits, axis=1)).where(year >= 1900)


def indian_tax(holder: Holder) -> Text:
    """PAN: three letters, P for a person, initial of the family name, four digits, a letter; from 18 years on."""
    number = holder.numbered(26**4 * 9_999)
    number, serial = divided(number, 9_999)
    four = number[:, None] // (26 ** np.arange(4)) % 26 + ord("A")
    person = np.full(len(number), ord("P"))
    head = np.stack([four[:, 0], four[:, 1], four[:, 2], person, initials(holder.family_name)], axis=1)
    return join(letters(head), written("####", places(1 + serial, 4)), letters(four[:, 3])).where(holder.age >= 18)


def aadhaar(holder: Holder) -> Text:
    """Twelve digits, the last by Verhoeff."""
    if holder.safe:
        digits = np.concatenate(
            [places(np.full(len(holder.rows), 9_999), 4), places(holder.numbered(10**7), 7)], axis=1
        )
    else:
        digits = places(2 * 10**10 + holder.numbered(8 * 10**10), 11)
    return written("############", with_check(digits, check_digits.verhoeff(digits)))


def japan(holder: Holder) -> Text:
    """My Number: eleven digits and a check digit."""
    digits = places(holder.numbered(10**11), 11)
    check = -check_digits.weighted_sum(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return written("############", with_check(digits, check))
