"""Numbers of people in Germany, Great Britain, France and Spain."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Data, Text
from datamimic.columns import Ints, divided, join, select, where, year_month_day
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, initials, integers, letters

ARRANGEMENTS = 362_880
"""Orders of eight of nine digits."""
GERMAN_TAX = 45 * ARRANGEMENTS
"""Numbers with one leading digit: of ten places two are alike."""


def german_tax(holder: Holder, number: Ints) -> Text:
    """Steuer-IdNr: of the first ten digits one occurs twice, eight once and one not at all."""
    repeats = _repeats()
    number, order = divided(number, ARRANGEMENTS)
    leading, pair = divided(number, len(repeats))
    leading += 0 if holder.safe else 1
    # The order in two look-ups: four of the nine, then four of the five that are left.
    fours, fives = _orders(9, 4), _orders(5, 4)
    order, first_four = divided(order, len(fours))
    places_left, chosen = fours.take(first_four, axis=0), fives.take(order, axis=0)
    row = np.arange(len(number)) * 9
    slots = np.empty((len(number), 9), dtype=np.uint8)
    slots[:, 1:5] = places_left[:, :4]
    for slot in range(4):
        slots[:, 5 + slot] = places_left.ravel().take(row + 4 + chosen[:, slot])
    slots += slots >= leading[:, None]
    slots[:, 0] = leading
    digits = np.empty((len(number), 10), dtype=np.uint8)
    for place, source in enumerate(repeats.take(pair, axis=0).T):
        digits[:, place] = slots.ravel().take(row + source)
    return written("###########", with_check(digits, check_digits.iso7064_mod_11_10(digits)))


@cache
def _repeats() -> NDArray[np.uint8]:
    """Per pair of places the slot of each of ten digits: the second place of the pair repeats the first, the others keep
    their order."""
    pairs = [(first, second) for first in range(10) for second in range(first + 1, 10)]
    return np.array(
        [[first if place == second else place - (place > second) for place in range(10)] for first, second in pairs],
        dtype=np.uint8,
    )


@cache
def _orders(of: int, count: int) -> NDArray[np.uint8]:
    """All ways to take `count` of the numbers below `of` in order, each followed by those left over, ascending."""
    ways: list[tuple[list[int], list[int]]] = [([], list(range(of)))]
    for _ in range(count):
        # The first choice changes fastest.
        ways = [
            ([*taken, left[choice]], [*left[:choice], *left[choice + 1 :]])
            for choice in range(len(ways[0][1]))
            for taken, left in ways
        ]
    return np.array([taken + left for taken, left in ways], dtype=np.uint8)


GERMAN_AREAS = np.array(
    [2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 40, 42, 44, 48, 52]
)
GERMAN_FREE_AREAS = np.array(
    [
        *range(90, 100),
        1,
        *range(5, 8),
        22,
        27,
        *range(30, 38),
        41,
        *range(45, 48),
        62,
        67,
        *range(70, 78),
        *range(83, 89),
    ]
)
"""Areas that no insurer has or had: none of the annex of the VKVV, nor of those that it replaced in 2008."""
GERMAN_SERIALS = 50


def german_insurance(holder: Holder, number: Ints) -> Text:
    """Rentenversicherungsnummer: area, birth date, initial of the birth name, serial (women from 50), check digit."""
    year, month, day = holder.born
    area, serial = divided(number, GERMAN_SERIALS)
    area = (GERMAN_FREE_AREAS if holder.safe else GERMAN_AREAS)[area]
    serial = serial + GERMAN_SERIALS * holder.female
    letter = initials(holder.family_name)
    digits = np.concatenate([places(area, 2), places(day, 2), places(month, 2), places(year % 100, 2)], axis=1)
    summed = np.concatenate([digits, places(letter - ord("A") + 1, 2), places(serial, 2)], axis=1)
    check = check_digits.cross_sums(summed, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) % 10
    return join(
        written("########", digits),
        letters(letter),
        written("###", with_check(places(serial, 2), check)),
    ).where(holder.age >= 16)


def german_cell(sex: Text, birthdate: Any, first_family_name: Text) -> Ints:
    """What an insurance number says of somebody: day of birth, sex and initial."""
    year, month, day = year_month_day(birthdate)
    cell: Ints = (((year % 100 * 12 + month) * 32 + day) * 2 + (sex == "female")) * 128 + initials(first_family_name)
    return cell


BRITISH_INSURANCE = 4_000_000
BRITISH_PREFIXES = tuple(
    a + b
    for a in "ABCEGHJKLMNOPRSTWXYZ"
    for b in "ABCEGHJKLMNPRSTWXYZ"
    if a + b not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
)


def british_insurance(holder: Holder, number: Ints) -> Text:
    """National Insurance number: two letters, six digits, a letter A to D; given out at 16."""
    pair, number = divided(number, BRITISH_INSURANCE)
    prefix = Text.constant("QQ", len(number)) if holder.safe else Text.coded(pair, BRITISH_PREFIXES)
    suffix = Text.coded(number % 4, ("A", "B", "C", "D"))
    return join(prefix, written("######", places(number // 4, 6)), suffix).where(holder.age >= 16)


def british_tax(holder: Holder, number: Ints) -> Text:
    """Unique Taxpayer Reference: the first of ten digits checks the others."""
    digits = places(number, 9)
    rest = check_digits.weighted_sum(digits, (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11
    check = np.array([int(digit) for digit in "21987654321"])[rest]
    return written("##########", np.concatenate([check[:, None], digits], axis=1)).where(holder.age >= 18)


FRENCH_ORDERS = 999
FRENCH_FREE_COMMUNES = 37
FRENCH_COMMUNES = 60
FRENCH_LAST, OVERSEAS_LAST = 949, 62
"""No department's communes, in mainland France and overseas, have numbers after these: the one with the most, Pas-de-Calais,
ends with 909, and Guyane with 62 (INSEE, Code officiel géographique)."""


def is_free_commune(commune: int, overseas: bool) -> bool:
    """Is there no commune of the number, of three digits, or two overseas?"""
    return commune == 0 or commune > (OVERSEAS_LAST if overseas else FRENCH_LAST)


def france(holder: Holder, number: Ints) -> Text:
    """NIR: sex, year, month, department and commune of birth, order, key of two digits.

    Free communes are 000 and those after the last (`is_free_commune`). Overseas departments have two digits for the commune;
    who was born abroad has 99 for the department, and three digits for what is a country there.
    """
    year, month, _ = holder.born
    department = birth_department(holder.birth_place, holder.data)
    overseas = department.matches(is_overseas)
    commune, order = divided(number, FRENCH_ORDERS)
    order = order + 1
    if holder.safe:
        commune = np.where(commune == 0, 0, commune + np.where(overseas, OVERSEAS_LAST, FRENCH_LAST))
    else:
        commune = commune + 1
    numeric = department.map(department_number)
    ends = where(overseas, written("##", places(commune, 2)), written("###", places(commune, 3)))
    body = join(
        written(
            "#####", np.concatenate([places(1 + holder.female, 1), places(year % 100, 2), places(month, 2)], axis=1)
        ),
        department,
        ends,
        written("###", places(order, 3)),
    )
    value = ((1 + holder.female) * 10**4 + year % 100 * 100 + month) * 10**8
    value += np.where(overseas, integers(numeric) * 10**5, integers(numeric) * 10**6) + commune * 1_000 + order
    key = 97 - (value - _corsica(department)) % 97
    return join(body, written("##", places(key, 2)))


def french_cell(sex: Text, birthdate: Any, birth_place: Ints, data: Data) -> Ints:
    """What a NIR says of somebody, without the commune: sex, month of birth, department."""
    year, month, _ = year_month_day(birthdate)
    department = integers(birth_department(birth_place, data).map(department_number))
    cell: Ints = ((year % 100 * 12 + month) * 2 + (sex == "female")) * 1_000 + department
    return cell


SPANISH_FREE = 90_000_000
"""From here on no DNI has been given out."""
SPANISH_SERIES = 10_000_000
"""Numbers of foreigners with one letter before them."""


def spain(holder: Holder, number: Ints) -> Text:
    """DNI: eight digits and a letter; from 14 years on. Foreigners have a NIE: X, Y or Z, which count as 0, 1 and
    2, seven digits and the letter; with safe numbers Z, the series that is being given out now."""
    foreign = holder.column("nationality") != "ES"
    series = np.full(len(number), 2) if holder.safe else number // SPANISH_SERIES
    own = np.where(foreign, series * SPANISH_SERIES + number % SPANISH_SERIES, number)
    own = np.where(foreign, own, own + (SPANISH_FREE if holder.safe else 1_000_000))
    letter = Text.coded(own % 23, tuple("TRWAGMYFPDXBNJZSQVHLCKE"))
    first = Text.coded(np.where(foreign, 10 + series, own // SPANISH_SERIES), tuple("0123456789XYZ"))
    return join(first, written("#######", places(own % SPANISH_SERIES, 7)), letter).where(holder.age >= 14)


ABROAD = "99"
"""What a NIR says instead of a department of those born abroad."""


def birth_department(birth_place: Ints, data: Data) -> Text:
    postal: Text = data["places"]["postal_code"].take(np.maximum(birth_place, 0))
    return where(birth_place < 0, ABROAD, postal.map(department_of))


def department_of(postal_code: str) -> str:
    """`75001` → `75`, `20200` → `2B`, `97400` → `974`."""
    if postal_code.startswith("20"):
        return "2A" if postal_code[2] in "01" else "2B"
    return postal_code[:3] if postal_code.startswith(("97", "98")) else postal_code[:2]


def department_number(department: str) -> str:
    return str(int(department.replace("A", "0").replace("B", "0")))


def is_overseas(department: str) -> bool:
    return len(department) == 3


def _corsica(department: Text) -> Ints:
    """What the key's rule takes off for 2A (19 for 20) and 2B (18 for 20)."""
    flags = select(department.matches("2A".__eq__) + 2 * department.matches("2B".__eq__), ("0", "1000000", "2000000"))
    return integers(flags)
