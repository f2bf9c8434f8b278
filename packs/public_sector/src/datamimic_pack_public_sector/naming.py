"""Names and internet addresses of public institutions, put together from patterns and the place they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Table, Text
from datamimic.columns import Ints, Vocabulary, join, where
from datamimic_pack_common.people.letters import ascii_of, german_ascii_of
from datamimic_pack_common.people.naming import umlauts_spelt_out
from datamimic_pack_common.places.postal import VIETNAMESE_REFORM

ADDRESS = (
    "organization", "street", "house_number", "city", "district", "postal_code", "state", "state_code", "country",
    "country_code", "latitude", "longitude", "phone", "fax", "full_address",
)  # fmt: skip
"""The parts of an institution's address that stand in its table."""
TABLES_OF_PEOPLE = tuple(
    f"common.{name}"
    for name in (
        "given_names", "family_names", "second_names", "name_order", "marital_status", "country_customs", "origins",
        "origin_kinds", "origin_generations", "origin_given_names", "origin_family_names",
    )
)  # fmt: skip
"""What names of people read who are made for a post."""
VIETNAMESE_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
_NOT_A_LABEL = re.compile(r"[^a-z0-9]+")


def label_of(value: str) -> str:
    """A domain label: `St. Louis` → `st-louis`."""
    return _NOT_A_LABEL.sub("-", ascii_of(value.replace("'", "")).lower()).strip("-")


def german_label_of(value: str) -> str:
    """`Köln` → `koeln`."""
    return _NOT_A_LABEL.sub("-", german_ascii_of(value).lower()).strip("-")


def labels(text: Text, data: Data) -> Text:
    return text.map(german_label_of if umlauts_spelt_out(data) else label_of)


def host_part(data: Data, part: str) -> str:
    """A cell of the country in the table `host_names`, such as `school_suffix`."""
    table: Table = data["host_names"]
    return table.columns[part][table.of_country(data.country)]


def province(value: str) -> str:
    """A Vietnamese province with its kind: `tỉnh Bắc Ninh`, `thành phố Hà Nội`."""
    return ("thành phố " if value in VIETNAMESE_CITIES else "tỉnh ") + value


def county(value: str) -> str:
    """American county equivalents as they write themselves: `Richmond city` → `City of Richmond`."""
    plain = value.removeprefix("Municipality of ")
    for ending in (" city", " City"):
        if plain.endswith(ending) and plain != "Carson City":
            return "City of " + plain.removesuffix(ending)
    return plain


def state(place: Ints, data: Data, clock: Clock) -> Text:
    """The state of a place; before July 2025 the former one of Vietnam's 63 provinces."""
    places: Table = data["common.places"]
    former = "former_state" in places and bool(clock.date < VIETNAMESE_REFORM)
    return places["former_state" if former else "state"].take(place)


def commune(city: Text, state: Text, places: Table, place: Ints, data: Data, clock: Clock) -> Text:
    """The municipality with the word for its kind: `Stadt Köln`, `phường Thuận Hóa, thành phố Huế`, `Ely City Council`."""
    if data.country == "VN":
        after = clock.date >= VIETNAMESE_REFORM
        own = places["commune" if after else "former_commune"].take(place).map(small_first)
        around = state.map(province) if after else places["district"].take(place).map(small_first)
        return join(own, ", ", around)
    large = places.ints("population")[place] >= 10_000
    if data.country == "DE":
        return join(where(large, "Stadt ", "Gemeinde "), city)
    if data.country == "GB":
        english = places["state_code"].take(place) == "GB-ENG"
        kind = where(english, where(large, " Town Council", " Parish Council"), " Community Council")
        return join(city, kind)
    return city


def small_first(value: str) -> str:
    """`Phường Sài Gòn` → `phường Sài Gòn`."""
    return value[:1].lower() + value[1:]


_NUMBERS = Vocabulary([str(number) for number in range(1, 129)])


def number(place: Ints) -> Text:
    """1, 2, 3 … for 0, 1, 2 … (up to 127)."""
    return Text.coded(place, _NUMBERS)


def settled(place: Ints, data: Data) -> Ints:
    """The year from which the state had towns with offices and schools; 0 where that is long enough ago."""
    if "state_codes" not in data or "settled" not in data["state_codes"]:
        return np.zeros(len(place), dtype=np.int64)
    table: Table = data["state_codes"]
    return table.ints("settled")[table.lookup("state_code", data["common.places"]["state_code"].take(place))]


def namesakes(stem: Text, draw: Draw, data: Data, label: str) -> Text:
    """A person, landscape, saint or ward for the rows whose `stem` asks for one (any value elsewhere)."""
    table: Table = data["namesakes"]
    known = frozenset(table.columns["stem"])
    asked = where(stem.isin(known), stem, next(iter(table.columns["stem"])))
    return table["namesake"].take(draw.pick(table.by("stem"), asked, label=label))


def chosen(stem: Text, values: Mapping[str, Any]) -> Text:
    """Per row the text that its stem names; empty for `none`. Raises KeyError for a stem that no text is given for."""
    used = [] if stem.vocabulary is None else [value for value in stem.vocabulary.values if value != "none"]
    result: Text | None = None
    for name in used:
        if name in values:
            result = values[name] if result is None else where(stem == name, values[name], result)
        elif bool((stem == name).any()):
            raise KeyError(name)
    if result is None:
        return Text.constant("", len(stem))
    return (
        where(stem == "none", "", result) if "none" in (stem.vocabulary.values if stem.vocabulary else ()) else result
    )


def composed(table: Table, rows: Ints, prefix: str, stems: Mapping[str, Any]) -> Text:
    """`before` + stem + `between` + stem_2 + `after` of the pattern rows; column names start with `prefix` (`area_`)."""
    first, second = (prefix.rstrip("_"), f"{prefix}2") if prefix else ("stem", "stem_2")
    parts: list[Text | str] = [table[f"{prefix}before"].take(rows), chosen(table[first].take(rows), stems)]
    if f"{prefix}between" in table:
        parts += [table[f"{prefix}between"].take(rows), chosen(table[second].take(rows), stems)]
    return join(*parts, table[f"{prefix}after"].take(rows))


def spread(low: Any, median: Any, high: Any, uniform: Any) -> Any:
    """Values whose 5th, 50th and 95th percentile are given, linear in between, from half of `low` to 1.3 `high`."""
    points = (0.0, 0.05, 0.5, 0.95, 1.0)
    values = (low * 0.5, low, median, high, high * 1.3)
    result = np.zeros(len(uniform), dtype=np.float64)
    for left in range(4):
        inside = (uniform >= points[left]) & (uniform < points[left + 1])
        share = (uniform - points[left]) / (points[left + 1] - points[left])
        step = share * (values[left + 1] - values[left])
        result = np.where(inside, values[left] + step, result)
    return result


def founded(first: Any, median: Any, last: Any, uniform: Any, year: int) -> Ints:
    """A founding year: half before the median, none after the year of the clock."""
    early = first + (median - first) * (2 * uniform)
    late = median + (last - median) * (2 * uniform - 1)
    years: Ints = np.where(uniform < 0.5, early, late).astype(np.int64)
    return np.minimum(years, year)
