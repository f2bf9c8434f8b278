"""Households and the people in them: who lives with whom, in every country, and both ways."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import World
from datamimic_pack_common import Household, Person

COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")
MEANS = {"US": 2.51, "DE": 2.03, "VN": 3.6, "GB": 2.36, "FR": 2.2, "ES": 2.5, "BR": 2.79, "IN": 4.4, "JP": 2.21}
"""Mean size of households, of the anchors."""
CLOCK = "2025-06-15T00:00:00Z"
COLUMNS = [
    "person_id", "sex", "age", "birthdate", "household_id", "household_role", "marital_status", "partner_id", "mother_id",
    "father_id", "address.full_address", "first_family_name",
]  # fmt: skip


def people(country: str, count: int) -> dict[str, dict[str, Any]]:
    rows = World("homes", country, CLOCK)[Person].select(COLUMNS)[0:count].to_arrow().to_pylist()
    return {row["person_id"]: row for row in rows}


@pytest.mark.parametrize("country", COUNTRIES)
def test_families_hang_together(country: str) -> None:
    found = people(country, 12_000)
    born: dict[str, list[Any]] = {}
    for own in found.values():
        partner = found.get(own["partner_id"])
        if own["partner_id"] is not None and partner is not None:
            assert partner["partner_id"] == own["person_id"], "couples are mutual"
            assert (partner["marital_status"] == "married") == (own["marital_status"] == "married")
        assert own["marital_status"] != "married" or own["partner_id"] is not None
        for side, sex in (("mother_id", "female"), ("father_id", "male")):
            parent = found.get(own[side])
            if parent is None:
                continue
            days = (own["birthdate"] - parent["birthdate"]).days
            assert parent["sex"] == sex and days >= 16 * 365, (parent, own)
            assert side == "father_id" or days < 45.5 * 365.25
            assert parent["household_id"] == own["household_id"]
            if side == "mother_id":
                born.setdefault(own[side], []).append(own["birthdate"])
    for days in born.values():
        later = np.diff(np.array(sorted(days), dtype="datetime64[D]")).astype(int)
        assert (later >= 270).all(), "brothers and sisters are born nine months apart"
    homes = {(own["household_id"], own["address.full_address"]) for own in found.values()}
    assert len(homes) == len({home for home, _ in homes}), "a household has one address"


@pytest.mark.parametrize("country", COUNTRIES)
def test_households_add_up_to_the_country(country: str) -> None:
    homes = World("homes", country, CLOCK)[Household].select(["size", "household_type"])[0:8192].to_arrow().to_pydict()
    assert homes["size"][:4096].count(1) == homes["size"][4096:].count(1), "every block is the same"
    mean = sum(homes["size"]) / 8192
    assert country not in MEANS or mean == pytest.approx(MEANS[country], abs=0.01)
    types = Counter(homes["household_type"])
    assert types["alone"] == homes["size"].count(1)
    per_block = round(mean * 4096)
    counted = World("homes", country, CLOCK)[Person].select(["sex", "age"])[0 : 2 * per_block].to_arrow().to_pydict()
    cells = [(sex, min(age, 95) // 5) for sex, age in zip(counted["sex"], counted["age"], strict=True)]
    assert Counter(cells[:per_block]) == Counter(cells[per_block:]), "and has the same people"


def test_family_names_follow_custom() -> None:
    for country, child_of_mother, child_of_father in (("US", 0.6, 0.97), ("ES", 0.0, 0.97), ("JP", 0.85, 0.97)):
        found = people(country, 8_000)
        for side, least in (("mother_id", child_of_mother), ("father_id", child_of_father)):
            pairs = [(own, found[own[side]]) for own in found.values() if own[side] in found]
            same = sum(a["first_family_name"] == b["first_family_name"] for a, b in pairs) / len(pairs)
            assert least <= same and (country != "ES" or side == "father_id" or same < 0.2)


@settings(max_examples=30, deadline=None)
@given(start=st.integers(0, 2_000_000), count=st.integers(1, 40), country=st.sampled_from(COUNTRIES))
def test_members_of_a_household_are_its_people(start: int, count: int, country: str) -> None:
    world = World("homes", country, CLOCK)
    rows = world[Person][start : start + count]
    for person in (rows[0], rows[count - 1]):
        crew = person.household.members
        assert person.person_id in [each.person_id for each in crew]
        assert len(crew) == person.household.size
        assert {each.household_id for each in crew} == {person.household_id}


def test_narrowed_people_live_in_no_household() -> None:
    for options in (
        {"min_age": 18},
        {"max_age": 40},
        {"female_quota": 0.5},
        {"age_profile": "20-30:1"},
        {"city_sizes": "0:1"},
    ):
        made = World("homes", "US", CLOCK, options={"common.person": options})[Person][0:50].to_arrow().to_pydict()
        assert set(made["household_id"]) == {None} and set(made["partner_id"]) == {None}
    whole = World("homes", "US", CLOCK, options={"common.person": {"noble_quota": 0.5}})[Person][0:50].to_arrow()
    assert None not in whole["household_id"].to_pylist()
