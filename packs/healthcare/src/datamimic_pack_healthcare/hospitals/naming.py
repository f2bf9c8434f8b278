"""Names of hospitals, and the hosts of their web sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Ints, join, join_present, where
from datamimic_pack_common.people.naming import ascii_of, german_ascii_of, umlauts_spelt_out

NOT_IN_HOSTS = re.compile(r"[^a-z0-9]+")

PLACES = re.compile(r"(\{city\}|\{state\})")

KINDS = ("", "{city}", "{state}")


def name_pattern(type: Text, draw: Draw, data: Data) -> Ints:
    """A row of the table `hospital_names`."""
    return draw.pick(data["hospital_names"].by("hospital_type"), type)


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


def name(name_pattern: Ints, place: Ints, data: Data) -> Text:
    """The pattern with the place's city and state filled in."""
    places: Table = data["common.places"]
    patterns = data["hospital_names"].columns["pattern"]
    return join(*named(patterns, name_pattern, places["city"].take(place), places["state"].take(place)))


def host(name_pattern: Ints, place: Ints, data: Data) -> Text:
    """A web name of the reserved top-level domain `.example`, spelt after the hospital's."""
    spelt = german_host_of if umlauts_spelt_out(data) else host_of
    places: Table = data["common.places"]
    city, state = (places[column].map(spelt).take(place) for column in ("city", "state"))
    parts = named(data["hospital_names"].columns["pattern"], name_pattern, city, state, spelt)
    return join(join_present(*parts, separator="-"), ".example")


def host_of(name: str) -> str:
    return NOT_IN_HOSTS.sub("-", ascii_of(name).lower()).strip("-")


def german_host_of(name: str) -> str:
    return NOT_IN_HOSTS.sub("-", german_ascii_of(name).lower()).strip("-")


def website(host: Text) -> Text:
    return join("https://www.", host)


def email(host: Text) -> Text:
    return join("info@", host)
