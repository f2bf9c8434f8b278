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
from typing import Any

from datamimic import Data, Draw, Locale, Text
from datamimic.columns import Ints
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.american_numbers import brazil, canada, united_states
from datamimic_pack_common.people.asian_numbers import aadhaar, indian_tax, japan, vietnam
from datamimic_pack_common.people.european_numbers import (
    british_insurance,
    british_tax,
    france,
    german_insurance,
    german_tax,
    spain,
)
from datamimic_pack_common.people.number_holder import Holder

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
