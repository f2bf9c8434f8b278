"""What must hold between nationality, country and place of birth, and the numbers that tell citizens from others."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Locale, Table, Text
from datamimic.columns import Bools, where


def birth_place_is_in_country_of_birth(
    place_of_birth: Text, country_of_birth: Text, data: Data, locale: Locale
) -> Bools:
    """Of countries whose towns are not known nothing is said."""
    abroad: Table = data["birth_cities"]
    towns = {
        (country, city)
        for country, city in zip(*(abroad.columns[name] for name in ("country_code", "city")), strict=True)
    }
    listed = frozenset(country for country, _ in towns)
    towns |= {(locale.country, city) for city in data["places"].columns["city"]}
    listed |= {locale.country}
    pairs = zip(country_of_birth.tolist(), place_of_birth.tolist(), strict=True)
    return np.array([None in pair or pair[0] not in listed or pair in towns for pair in pairs], dtype=np.bool_)


def born_here_is_a_national(nationality: Text, country_of_birth: Text, data: Data, locale: Locale) -> Bools:
    """In countries whose nationals all are who were born there."""
    customs: Table = data["common.country_customs"]
    if customs.columns["birthright"][customs.of_country(locale.country)] != "yes":
        return np.ones(len(nationality), dtype=np.bool_)
    return (country_of_birth != locale.country) | (nationality == locale.country)


def national_id_fits_nationality(national_id: Text, nationality: Text, locale: Locale) -> Bools:
    """Spain: foreigners have a NIE, nationals a DNI; Vietnam: citizens alone have a number."""
    national = nationality == locale.country
    none = national_id.is_null()
    if locale.country == "ES":
        return none | (where(none, "0", national_id.slice(0, 1)).isin(frozenset("XYZ")) != national)
    return national | none if locale.country == "VN" else np.ones(len(national), dtype=np.bool_)
