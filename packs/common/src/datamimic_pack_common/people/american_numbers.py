"""Numbers of people in the United States, Canada and Brazil."""

from __future__ import annotations

import numpy as np

from datamimic import Text
from datamimic.columns import Ints, digit_matrix, divided
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.people.number_holder import Holder, integers

AMERICAN_AREAS = np.array([area for area in (*range(1, 734), *range(750, 773)) if area != 666])
AMERICAN_SAFE = 100 * 49 * 9_999
AMERICAN_VALID = len(AMERICAN_AREAS) * 99 * 9_999


def united_states(holder: Holder, number: Ints) -> Text:
    """Social Security number AAA-GG-SSSS."""
    area, rest = divided(number, (49 if holder.safe else 99) * 9_999)
    area = area + 900 if holder.safe else AMERICAN_AREAS[area]
    group, serial = 1 + rest // 9_999, 1 + rest % 9_999
    return written("###-##-####", digit_matrix((area * 100 + group) * 10_000 + serial, 9) - ord("0"))


def canada(holder: Holder, number: Ints) -> Text:
    """Social Insurance Number: eight digits and a check digit by Luhn; the first of those that are given out is 1 to 7."""
    digits = places(number if holder.safe else number + 10**7, 8)
    return written("###-###-###", with_check(digits, check_digits.luhn(digits)))


BRAZILIAN_REGIONS = {
    state: region
    for region, states in enumerate(
        ("RS", "DF GO MS MT TO", "AC AM AP PA RO RR", "CE MA PI", "AL PB PE RN", "BA SE", "MG", "ES RJ", "SP", "PR SC")
    )
    for state in states.split()
}


def brazil(holder: Holder, number: Ints) -> Text:
    """CPF: eight digits, the fiscal region of the residence, two check digits."""
    states = holder.data["places"]["state_code"].take(holder.place)
    region = integers(states.map(brazilian_region))
    return cpf(number, region)


def cpf(number: Ints, region: Ints) -> Text:
    digits = np.concatenate([places(number, 8), places(region, 1)], axis=1)
    for first in (10, 11):
        rest = check_digits.weighted_sum(digits, range(first, 1, -1)) % 11
        digits = with_check(digits, np.where(rest < 2, 0, 11 - rest))
    return written("###.###.###-##", digits)


def brazilian_region(state_code: str) -> str:
    return str(BRAZILIAN_REGIONS[state_code.rpartition("-")[2]])
