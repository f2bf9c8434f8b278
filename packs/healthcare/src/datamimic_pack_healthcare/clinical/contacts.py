"""Whom to call in an emergency: a grown-up whose relationship, age and family name fit the patient's."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Draw, Struct, Text
from datamimic.columns import Bools, Ints, where
from datamimic.datasets.tables import Table
from datamimic_pack_common import Person
from datamimic_pack_common.contact.telephones import telephone
from datamimic_pack_common.demographics import PersonOptions
from datamimic_pack_common.people.naming import name, pick_given

ADULT = 18
MOTHER_KEEPS_NAME = frozenset({"VN", "CN", "ES"})
SPOUSES_SHARE_NAME = {"US": 0.75, "DE": 0.8, "GB": 0.75, "FR": 0.7}
"""Share of spouses with one family name; 0 where it is not the custom (estimate)."""


def relationship(age: Ints, marital_status: Text, draw: Draw, data: Any) -> Text:
    table: Table = data["emergency_contacts"]
    married = where(marital_status == "married", "yes", "no")
    return table["relationship"].take(draw.pick(table.by("age_from", "married"), age, married))


def contact_phone(place: Ints, draw: Draw, data: Any, options: PersonOptions) -> Text:
    area = data["common.places"]["area_code"].take(place)
    return telephone(draw, data["common.phone_plans"], area, "mobile", options.identifiers)


def emergency_contact(
    contact_relationship: Text, contact_phone: Text, sex: Text, tradition: Text, birthdate: Any, family_name: Text,
    draw: Draw, data: Any, world: Any, clock: Any, locale: Any,
) -> Struct:  # fmt: skip
    """Name, relationship and phone. The contact is of age, and bears the patient's family name where that is the custom."""
    people = world.data(Person)
    kinds: Table = data["relationships"]
    at = kinds.lookup("relationship", contact_relationship)
    assert sex.codes is not None
    own = sex.codes
    either = draw.integers(0, 1, "sex")
    female, male, opposite = (kinds["sex"].take(at) == value for value in ("female", "male", "opposite"))
    code = np.where(female, 0, np.where(male, 1, np.where(opposite, 1 - own, either)))
    older = draw.integers(kinds.ints("older_least")[at], kinds.ints("older_most")[at], "older")
    days = (older * 365 + draw.integers(0, 364, "day")).astype("timedelta64[D]")
    of_age = clock.date - np.timedelta64(ADULT * 366, "D")
    born = np.minimum(birthdate - days, of_age)
    given = pick_given(draw, people, tradition, Text.coded(code, sex.vocabulary), born, "given name")  # type: ignore[arg-type]
    names: Table = people["family_names"]
    columns = [column for column in ("tradition", "gender") if column in names]
    known = {"tradition": tradition, "gender": sex}
    choices: Any = names.by(*columns) if columns else names
    drawn = draw.pick(choices, *(known[column] for column in columns), label="family name")
    # Nobody who is no relative bears the patient's name by chance: the next name of the table instead.
    twin = names["family_name"].take(drawn) == family_name
    other = names["family_name"].take(np.where(twin, (drawn + 1) % len(names), drawn))
    family = where(_shares_name(kinds["family_name"].take(at), draw, locale.country), family_name, other)
    return Struct(
        {"name": name(given, family, people, locale), "relationship": contact_relationship, "phone": contact_phone}
    )


def _shares_name(custom: Text, draw: Draw, country: str) -> Bools:
    spouses = draw.chance(SPOUSES_SHARE_NAME.get(country, 0.0), "one family name")
    same = custom == "same"
    if country not in MOTHER_KEEPS_NAME:
        same = same | (custom == "mother")
    result: Bools = same | ((custom == "spouse") & spouses)
    return result
