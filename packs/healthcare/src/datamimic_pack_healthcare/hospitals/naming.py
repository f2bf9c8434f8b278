"""Names of hospitals, and the hosts of their web sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Draw, Table, Text
from datamimic.columns import Bools, Ints, join, join_present, number_text, where
from datamimic_pack_common.people.letters import ascii_of, german_ascii_of
from datamimic_pack_common.people.naming import umlauts_spelt_out
from datamimic_pack_healthcare.regions import state_name

NOT_IN_HOSTS = re.compile(r"[^a-z0-9]+")

PLACES = re.compile(r"(\{city\}|\{state\})")

KINDS = ("", "{city}", "{state}")


def name_pattern(type_en: Text, place: Ints, site: Ints, number: Ints, draw: Draw, data: Data) -> Ints:
    """A row of the table `hospital_names`: hospitals of one type in one town go through the names of the type one by one, so
    that no two are called the same. Names after a state belong to the first hospital of the type there."""
    table: Table = data["hospital_names"]
    names = _names_of_types(table)
    cities, _ = data["common.places"]["city"].coding()
    # Drawn for the town, not for the hospital.
    first = Draw(draw.address, cities[place].astype(np.int64)).pick(table.by("hospital_type"), type_en)
    start, count = names.start[first], names.count[first]
    after_state = names.state_alone[first]
    turn = np.where(after_state, 0, first - start)
    usual = start + (turn + number) % count
    return np.where(after_state & (data["hospital_sites"].ints("first")[site] == 1) & (number == 0), first, usual)


def round_of(number: Ints, name_pattern: Ints, data: Data) -> Ints:
    """How often all names of the type are taken in the town already."""
    return number // _names_of_types(data["hospital_names"]).count[name_pattern]


@frozen(eq=False)
class _Names:
    """Per row of `hospital_names`: where the names of its type start, how many of them name no state alone, and which do; these
    stand after the others."""

    start: Ints
    count: Ints
    state_alone: Bools


@lru_cache(maxsize=16)
def _names_of_types(table: Table) -> _Names:
    types = table.columns["hospital_type"]
    alone = ["{state}" in text and "{city}" not in text for text in table.columns["pattern"]]
    starts = {kind: types.index(kind) for kind in types}
    counts = {kind: sum(own == kind and not state for own, state in zip(types, alone, strict=True)) for kind in starts}
    return _Names(
        np.array([starts[kind] for kind in types], dtype=np.int64),
        np.array([counts[kind] for kind in types], dtype=np.int64),
        np.array(alone, dtype=np.bool_),
    )


@cache
def name_parts(pattern: str) -> tuple[str, ...]:
    """`{state} University Hospital {city}` → five parts: text, place, text, place, text; empty where there is none."""
    parts = PLACES.split(pattern)
    return (*parts, *([""] * (5 - len(parts))))


def named(
    patterns: tuple[str, ...], row: Ints, city: Text, state: Text, spelt: Callable[[str], str] = str
) -> list[Text]:
    """The five parts of every name: the literal ones as they are spelt, the others with the places of the row."""
    columns = []
    for k in range(5):
        words = [name_parts(pattern)[k] for pattern in patterns]
        if k % 2 == 0:
            columns.append(Text.coded(row, [spelt(word) for word in words]))
            continue
        kind = np.array([KINDS.index(word) for word in words])[row]
        columns.append(where(kind == 0, "", where(kind == 1, city, state)))
    return columns


def name(name_pattern: Ints, number: Ints, place: Ints, data: Data, clock: Clock) -> Text:
    """The pattern with the place's city and state filled in, and a branch where all names are taken."""
    places: Table = data["common.places"]
    patterns = data["hospital_names"].columns["pattern"]
    whole = join(*named(patterns, name_pattern, places["city"].take(place), state_name(place, data, clock)))
    customs: Table = data["country_customs"]
    before, _, after = customs.columns["branch"][customs.of_country(data.country)].partition("{}")
    return _with_round(whole, round_of(number, name_pattern, data), f" {before}", after)


def host(name_pattern: Ints, number: Ints, place: Ints, data: Data, clock: Clock) -> Text:
    """A web name of the reserved top-level domain `.example`, spelt after the hospital's."""
    spelt = german_host_of if umlauts_spelt_out(data) else host_of
    city = data["common.places"]["city"].map(spelt).take(place)
    state = state_name(place, data, clock).map(spelt)
    parts = named(data["hospital_names"].columns["pattern"], name_pattern, city, state, spelt)
    whole = join_present(*parts, separator="-")
    return join(_with_round(whole, round_of(number, name_pattern, data), "-", ""), ".example")


def _with_round(name: Text, taken: Ints, before: str, after: str) -> Text:
    return where(taken == 0, name, join(name, before, number_text(taken + 1), after)) if (taken > 0).any() else name


def host_of(name: str) -> str:
    return NOT_IN_HOSTS.sub("-", ascii_of(name).lower()).strip("-")


def german_host_of(name: str) -> str:
    return NOT_IN_HOSTS.sub("-", german_ascii_of(name).lower()).strip("-")


def website(host: Text) -> Text:
    return join("https://www.", host)


def email(host: Text) -> Text:
    return join("info@", host)
