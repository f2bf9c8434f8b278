"""National, tax and social insurance numbers, agreeing with sex, birth date and birthplace where they tell of them.

With `identifiers=safe` numbers come from ranges that the authority has not given out or keeps for tests, where there is
such a range: US areas 900-999 with groups that no ITIN has, Canadian SIN that begin with 0, German tax numbers that
begin with 0 (the tax office's test numbers) and insurance numbers of the unused area 99, British prefix QQ, French
commune 000, Spanish numbers from 90 million, Indian Aadhaar from 9999 (test numbers). Vietnam, Brazil, Japan, the
British UTR and the Indian PAN have no such range: there the number has the right form and might, by chance, be
somebody's. With `identifiers=valid` all numbers are of that kind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, Locale, Permutation, Table, Text
from datamimic.columns import Bools, Ints, digit_matrix, divided, from_bytes, join, select, where, year_month_day
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.naming import ascii_of


@frozen
class Holder:
    """What a number may depend on: one batch of people."""

    rows: Ints
    draw: Draw
    data: Data
    safe: bool
    female: Bools
    age: Ints
    birthdate: Any
    birth_place: Ints
    place: Ints
    family_name: Text

    def numbered(self, space: int) -> Ints:
        """Numbers in range(space), different for any `space` rows in succession."""
        return Permutation(space, self.draw.address.labelled("numbers")).forward(self.rows % space)

    def born(self) -> tuple[Ints, Ints, Ints]:
        return year_month_day(self.birthdate)


def united_states(holder: Holder) -> Text:
    """Social Security number AAA-GG-SSSS."""
    if holder.safe:
        number = holder.numbered(100 * 49 * 9_999)
        area, rest = 900 + number // (49 * 9_999), number % (49 * 9_999)
        group = 1 + rest // 9_999
    else:
        areas = np.array([area for area in (*range(1, 734), *range(750, 773)) if area != 666])
        number = holder.numbered(len(areas) * 99 * 9_999)
        area, rest = areas[number // (99 * 9_999)], number % (99 * 9_999)
        group = 1 + rest // 9_999
    serial = 1 + rest % 9_999
    return written("###-##-####", digit_matrix((area * 100 + group) * 10_000 + serial, 9) - ord("0"))


def canada(holder: Holder) -> Text:
    """Social Insurance Number: eight digits and a check digit by Luhn."""
    if holder.safe:
        digits = places(holder.numbered(10**7), 8)
    else:
        first, rest = divided(holder.numbered(7 * 10**7), 10**7)
        digits = np.concatenate([places(first + 1, 1), places(rest, 7)], axis=1)
    return written("###-###-###", with_check(digits, check_digits.luhn(digits)))


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
    value += np.where(overseas, _ints(numeric) * 10**5, _ints(numeric) * 10**6) + commune * 1_000 + order
    key = 97 - (value - _corsica(department)) % 97
    return join(body, written("##", places(key, 2)))


def spain(holder: Holder) -> Text:
    """DNI: eight digits and a letter; from 14 years on."""
    low, space = (90_000_000, 10_000_000) if holder.safe else (1_000_000, 79_000_000)
    number = low + holder.numbered(space)
    letter = Text.coded(number % 23, tuple("TRWAGMYFPDXBNJZSQVHLCKE"))
    return join(written("########", places(number, 8)), letter).where(holder.age >= 14)


BRAZILIAN_REGIONS = {
    state: region
    for region, states in enumerate(
        ("RS", "DF GO MS MT TO", "AC AM AP PA RO RR", "CE MA PI", "AL PB PE RN", "BA SE", "MG", "ES RJ", "SP", "PR SC")
    )
    for state in states.split()
}


def brazil(holder: Holder) -> Text:
    """CPF: eight digits, the fiscal region of the residence, two check digits."""
    states = holder.data["places"]["state_code"].take(holder.place)
    region = _ints(states.map(brazilian_region))
    return cpf(holder.numbered(10**8), region)


def cpf(number: Ints, region: Ints) -> Text:
    digits = np.concatenate([places(number, 8), places(region, 1)], axis=1)
    for first in (10, 11):
        rest = check_digits.weighted_sum(digits, range(first, 1, -1)) % 11
        digits = with_check(digits, np.where(rest < 2, 0, 11 - rest))
    return written("###.###.###-##", digits)


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


NATIONAL: dict[str, Callable[[Holder], Text]] = {"VN": vietnam, "ES": spain, "IN": aadhaar, "JP": japan}
TAX: dict[str, Callable[[Holder], Text]] = {"DE": german_tax, "GB": british_tax, "BR": brazil, "IN": indian_tax}
SOCIAL: dict[str, Callable[[Holder], Text]] = {
    "US": united_states,
    "CA": canada,
    "DE": german_insurance,
    "GB": british_insurance,
    "FR": france,
}
NATIONAL_IS_TAX = frozenset({"ES", "VN"})
"""Countries where the national number serves as tax number too (Vietnam from 1 July 2025)."""


def number_from(kinds: dict[str, Callable[[Holder], Text]]) -> Callable[..., Text]:
    """A rule: the number of the country's kind, null where it has none."""

    def rule(
        rows: Ints,
        draw: Draw,
        data: Data,
        options: PersonOptions,
        locale: Locale,
        sex: Text,
        age: Ints,
        birthdate: Any,
        birth_place: Ints,
        place: Ints,
        first_family_name: Text,
    ) -> Text:
        if locale.country not in kinds:
            return Text.constant(None, len(rows))
        safe = options.identifiers == "safe"
        female = sex == "female"
        return kinds[locale.country](
            Holder(rows, draw, data, safe, female, age, birthdate, birth_place, place, first_family_name)
        )

    return rule


national_id = number_from(NATIONAL)
social_security_number = number_from(SOCIAL)
own_tax_id = number_from(TAX)


def tax_id(national_id: Text, own_tax_id: Text, locale: Locale) -> Text:
    return national_id if locale.country in NATIONAL_IS_TAX else own_tax_id


def initials(names: Text) -> Ints:
    """ASCII code of the first letter of each name, without its marks."""
    return _ints(names.map(initial_code))


def letters(codes: Ints) -> Text:
    return from_bytes(np.atleast_2d(codes.T).T.astype(np.uint8))


def initial_code(name: str) -> str:
    first = next((letter for letter in ascii_of(name).upper() if "A" <= letter <= "Z"), "X")
    return str(ord(first))


def department_of(postal_code: str) -> str:
    """`75001` → `75`, `20200` → `2B`, `97400` → `974`."""
    if postal_code.startswith("20"):
        return "2A" if postal_code[2] in "01" else "2B"
    return postal_code[:3] if postal_code.startswith(("97", "98")) else postal_code[:2]


def department_number(department: str) -> str:
    return str(int(department.replace("A", "0").replace("B", "0")))


def is_overseas(department: str) -> bool:
    return len(department) == 3


def brazilian_region(state_code: str) -> str:
    return str(BRAZILIAN_REGIONS[state_code.rpartition("-")[2]])


def _corsica(department: Text) -> Ints:
    """What the key's rule takes off for 2A (19 for 20) and 2B (18 for 20)."""
    flags = select(department.matches("2A".__eq__) + 2 * department.matches("2B".__eq__), ("0", "1000000", "2000000"))
    return _ints(flags)


def _ints(texts: Text) -> Ints:
    """Text of whole numbers as numbers; converts each distinct value once."""
    if texts.codes is None or texts.vocabulary is None:
        return np.array([int(value or 0) for value in texts.tolist()], dtype=np.int64)
    return np.array([int(value) for value in texts.vocabulary.values], dtype=np.int64)[texts.codes]
