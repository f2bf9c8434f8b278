"""Numbers of people in Germany, Great Britain, France and Spain."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from datamimic import Text
from datamimic.columns import Ints, divided, join, select, where
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, initials, integers, letters


def german_tax(holder: Holder) -> Text:
    """Steuer-IdNr: of the first ten digits one occurs twice, eight once and one not at all."""
    repeats = _repeats()
    arrangements = 362_880  # eight of nine digits in order
    number = holder.numbered(len(repeats) * arrangements * (1 if holder.safe else 9))
    number, order = divided(number, arrangements)
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


def german_insurance(holder: Holder) -> Text:
    """Rentenversicherungsnummer: area, birth date, initial of the birth name, serial (women from 50), check digit."""
    year, month, day = holder.born()
    serial = holder.draw.integers(0, 49, "serial") + 50 * holder.female
    area = (
        np.full(len(year), 99) if holder.safe else GERMAN_AREAS[holder.draw.integers(0, len(GERMAN_AREAS) - 1, "area")]
    )
    letter = initials(holder.family_name)
    number = letter - ord("A") + 1
    digits = np.concatenate([places(area, 2), places(day, 2), places(month, 2), places(year % 100, 2)], axis=1)
    summed = np.concatenate([digits, places(number, 2), places(serial, 2)], axis=1)
    check = check_digits.cross_sums(summed, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) % 10
    return join(
        written("########", digits),
        letters(letter),
        written("###", with_check(places(serial, 2), check)),
    ).where(holder.age >= 16)


def british_insurance(holder: Holder) -> Text:
    """National Insurance number: two letters, six digits, a letter A to D; given out at 16."""
    if holder.safe:
        number = holder.numbered(4_000_000)
        prefix = Text.constant("QQ", len(number))
    else:
        prefixes = [a + b for a in "ABCEGHJKLMNOPRSTWXYZ" for b in "ABCEGHJKLMNPRSTWXYZ"]
        prefixes = [pair for pair in prefixes if pair not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}]
        number = holder.numbered(4_000_000 * len(prefixes))
        number, pair = divided(number, len(prefixes))
        prefix = Text.coded(pair, prefixes)
    suffix = Text.coded(number % 4, ("A", "B", "C", "D"))
    return join(prefix, written("######", places(number // 4, 6)), suffix).where(holder.age >= 16)


def british_tax(holder: Holder) -> Text:
    """Unique Taxpayer Reference: the first of ten digits checks the others."""
    digits = places(holder.numbered(10**9), 9)
    rest = check_digits.weighted_sum(digits, (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11
    check = np.array([int(digit) for digit in "21987654321"])[rest]
    return written("##########", np.concatenate([check[:, None], digits], axis=1)).where(holder.age >= 18)


def france(holder: Holder) -> Text:
    """NIR: sex, year, month, department and commune of birth, order, key of two digits."""
    year, month, _ = holder.born()
    postal: Text = holder.data["places"]["postal_code"].take(holder.birth_place)
    department = postal.map(department_of)
    # Overseas departments have three digits, which leaves two for the commune.
    overseas = department.matches(is_overseas)
    commune = np.zeros(len(year), np.int64) if holder.safe else holder.draw.integers(1, 89, "commune")
    order = holder.draw.integers(1, 999, "order")
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


def spain(holder: Holder) -> Text:
    """DNI: eight digits and a letter; from 14 years on."""
    low, space = (90_000_000, 10_000_000) if holder.safe else (1_000_000, 79_000_000)
    number = low + holder.numbered(space)
    letter = Text.coded(number % 23, tuple("TRWAGMYFPDXBNJZSQVHLCKE"))
    return join(written("########", places(number, 8)), letter).where(holder.age >= 14)


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
