"""National, tax and social insurance numbers, agreeing with sex, birth date and birthplace where they tell of them, and each
given once: to one person of one entity (see `issuing`).

With `identifiers=safe` numbers come from ranges that the authority has not given out or keeps for tests, where there is
such a range: US areas 900-999 with groups that no ITIN has, Canadian SIN that begin with 0, German tax numbers that
begin with 0 (the tax office's test numbers) and insurance numbers of areas that no insurer has, British prefix QQ, French
communes that there are not, Spanish numbers from 90 million, Indian Aadhaar from 9999 (test numbers). Vietnam, Brazil, Japan,
the British UTR, the Indian PAN and the Spanish NIE of foreigners have no such range: there the number has the right form and
might, by chance, be somebody's. With `identifiers=valid` all numbers are of that kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic import Data, Locale, Text
from datamimic.columns import Ints
from datamimic_pack_common.people import american_numbers as american
from datamimic_pack_common.people import asian_numbers as asian
from datamimic_pack_common.people import european_numbers as european
from datamimic_pack_common.people.issuing import IssuedNumber, Kind


def largest(district: Callable[[Data], list[str]]) -> Callable[[Data], float]:
    """The share of the people who live in the most populous of the districts, of which each place has one."""

    def share(data: Data) -> float:
        weights: dict[str, float] = {}
        for name, weight in zip(district(data), data["places"].floats("weight").tolist(), strict=True):
            weights[name] = weights.get(name, 0.0) + weight
        return max(weights.values()) / sum(weights.values())

    return share


def departments(data: Data) -> list[str]:
    return [european.department_of(code) for code in data["places"].columns["postal_code"]]


def provinces(data: Data) -> list[str]:
    return list(data["places"].columns["former_state_code"])


BORN_ABROAD = 0.2
"""No more of an age were born abroad: all of them have one district in a French number."""
NATIONAL = {
    "VN": Kind(asian.vietnam, 10**6, 10**6, "number_cell", largest(provinces)),
    "ES": Kind(european.spain, european.SPANISH_SERIES, 3 * european.SPANISH_SERIES),
    "IN": Kind(asian.aadhaar, 10**7, 8 * 10**10),
    "JP": Kind(asian.japan, 10**11, 10**11),
}
TAX = {
    "DE": Kind(european.german_tax, european.GERMAN_TAX, 9 * european.GERMAN_TAX),
    "GB": Kind(european.british_tax, 10**9, 10**9),
    "BR": Kind(american.brazil, 10**8, 10**8),
    "IN": Kind(asian.indian_tax, asian.INDIAN_TAX, asian.INDIAN_TAX),
}
SOCIAL = {
    "US": Kind(american.united_states, american.AMERICAN_SAFE, american.AMERICAN_VALID),
    "CA": Kind(american.canada, 10**7, 7 * 10**7),
    "DE": Kind(
        european.german_insurance,
        european.GERMAN_SERIALS * len(european.GERMAN_FREE_AREAS),
        european.GERMAN_SERIALS * len(european.GERMAN_AREAS),
        "number_cell",
        lambda data: 0.12 / 365,
    ),
    "GB": Kind(
        european.british_insurance,
        european.BRITISH_INSURANCE,
        european.BRITISH_INSURANCE * len(european.BRITISH_PREFIXES),
    ),
    "FR": Kind(
        european.france,
        european.FRENCH_ORDERS * european.FRENCH_FREE_COMMUNES,
        european.FRENCH_ORDERS * european.FRENCH_COMMUNES,
        "number_cell",
        lambda data: max(largest(departments)(data), BORN_ABROAD) / 12,
    ),
}
NATIONAL_IS_TAX = frozenset({"ES", "VN"})
"""Countries where the national number serves as tax number too (Vietnam from 1 July 2025)."""

national_id = IssuedNumber(NATIONAL)
social_security_number = IssuedNumber(SOCIAL)
own_tax_id = IssuedNumber(TAX)


def number_cell(
    sex: Text, birthdate: Any, birth_place: Ints, first_family_name: Text, data: Data, locale: Locale
) -> Ints:
    """What the country's number says of somebody, as a number; -1 where it says nothing."""
    if locale.country == "DE":
        return european.german_cell(sex, birthdate, first_family_name)
    if locale.country == "FR":
        return european.french_cell(sex, birthdate, birth_place, data)
    if locale.country == "VN":
        return asian.vietnamese_cell(sex, birthdate, birth_place, data)
    return np.full(len(birth_place), -1)


def tax_id(national_id: Text, own_tax_id: Text, locale: Locale) -> Text:
    return national_id if locale.country in NATIONAL_IS_TAX else own_tax_id
