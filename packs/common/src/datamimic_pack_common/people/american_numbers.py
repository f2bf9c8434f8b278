"""Numbers of people in the United States, Canada and Brazil."""

from __future__ import annotations

import numpy as np

from datamimic import Text
from datamimic.columns import Ints, digit_matrix, divided
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, integers


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
    region = integers(states.map(brazilian_region))
    return cpf(holder.numbered(10**8), region)


def cpf(number: Ints, region: Ints) -> Text:
    digits = np.concatenate([places(number, 8), places(region, 1)], axis=1)
    for first in (10, 11):
        rest = check_digits.weighted_sum(digits, range(first, 1, -1)) % 11
        digits = with_check(digits, np.where(rest < 2, 0, 11 - rest))
    return written("###.###.###-##", digits)


def brazilian_region(state_code: str) -> str:
    return str(BRAZILIAN_REGIONS[state_code.rpartition("-")[2]])
