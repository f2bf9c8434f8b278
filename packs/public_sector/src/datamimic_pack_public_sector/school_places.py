"""Which schools there are where, and what they are called."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Data, Draw, Locale, Permutation, Struct, Table, Text, record
from datamimic.columns import Bools, Ints, join, join_present, number_text, where
from datamimic_pack_common.places.french import of_city
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.towns import state_key

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""The 23 check letters of a French UAI: letter number n mod 23 for the digits n."""
TERTIARY = 5
"""The first ISCED level of colleges and universities."""


@record
class SchoolStems:
    """The texts that names of schools are put together from."""

    city: str
    of_city: str
    state: str
    district: str
    person: str
    place: str
    saint: str
    number: str
    ward: str


def drawn_place(draw: Draw, data: Data) -> Ints:
    """A postal code, as often as people live there: what state the school is in, and where, if its kind may stand there."""
    return draw.pick(data["common.places"])


def share_row(drawn_place: Ints, draw: Draw, data: Data) -> Ints:
    """A type of school and its owner, as frequent as in the state."""
    table: Table = data["school_shares"]
    states = data["common.places"]["state_code"].take(drawn_place)
    return draw.pick(table.by("state_code"), state_key(table, states))


def school_key(share_row: Ints, data: Data) -> Text:
    return data["school_shares"]["school_key"].take(share_row)


def kind_row(school_key: Text, data: Data) -> Ints:
    table: Table = data["school_types"]
    return table.lookup("school_key", school_key)


def type(kind_row: Ints, data: Data) -> Text:
    return data["school_types"]["school_type"].take(kind_row)


def ownership(share_row: Ints, data: Data) -> Text:
    return data["school_shares"]["ownership"].take(share_row)


def name_row(type: Text, ownership: Text, draw: Draw, data: Data) -> Ints:
    """A pattern of names for the type and the owner."""
    table: Table = data["school_names"]
    return draw.pick(table.by("school_type", "ownership"), type, ownership)


def stems(state: Text, place: Ints, draw: Draw, data: Data) -> Struct:
    places: Table = data["common.places"]
    rows = len(place)
    city = places["city"].take(place)
    texts = dict.fromkeys(SchoolStems.__annotations__, Text.constant("", rows))
    texts |= {"city": city, "of_city": city.map(of_city), "state": state}
    texts["district"] = places["district"].take(place).map(naming.county)
    known = frozenset(data["namesakes"].columns["stem"])
    for stem in ("person", "place", "saint", "ward"):
        if stem in known:
            texts[stem] = naming.namesakes(Text.constant(stem, rows), draw, data, stem)
    texts["number"] = Text.plain(number_text(draw.integers(1, 20, "number")).arrow())
    return Struct(texts)


def name(name_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["school_names"], name_row, "", stems.columns)


def host(name_row: Ints, type: Text, stems: Struct, data: Data) -> Text:
    """A domain in a reserved name, from what the school is named after, its type and its town."""
    first = data["school_names"]["stem"].take(name_row)
    own = naming.chosen(first, stems.columns)
    town = stems.city.where(~first.isin({"city", "of_city"}))
    parts = (naming.labels(own, data), naming.labels(type, data), naming.labels(town, data))
    return join(join_present(*parts, separator="-"), f".{naming.host_part(data, 'school_suffix')}")


def code_row(place: Ints, kind_row: Ints, ownership: Text, data: Data) -> Ints:
    """How schools are numbered in the state."""
    table: Table = data["school_codes"]
    states = data["common.places"]["state_code"].take(place)
    tertiary: Bools = data["school_types"].ints("isced")[kind_row] >= TERTIARY
    apart = "private" in table.columns["sector"]
    sector = where(tertiary, "university", where((ownership == "private") & apart, "private", "school"))
    return table.by("state_code", "sector").first(state_key(table, states), sector)


SCHOOLS = 131_072
"""Institutions that have a code, at most."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


def code_series(code_row: Ints, data: Data) -> Ints:
    """Rows of the table of codes that write alike count together: the first of them."""
    table: Table = data["school_codes"]
    forms = [*zip(*(table.columns[name] for name in ("prefix", "digits", "letters")), strict=True)]
    return np.array([forms.index(form) for form in forms], dtype=np.int64)[code_row]


@lru_cache(maxsize=16)
def _first_digits(table: Table) -> Ints:
    """By row of the table the first digits after the prefix, -1 in the places that are left: a code without prefix begins with
    none that a series of the same length has as its own."""
    prefixes, digits = table.columns["prefix"], table.ints("digits").tolist()
    lengths = [len(prefix) + own for prefix, own in zip(prefixes, digits, strict=True)]
    result = np.full((len(prefixes), 10), -1, dtype=np.int64)
    for row, (prefix, length) in enumerate(zip(prefixes, lengths, strict=True)):
        barred = {other[0] for other, own in zip(prefixes, lengths, strict=True) if other and own == length}
        free = [digit for digit in range(10) if prefix or str(digit) not in barred]
        result[row, : len(free)] = free
    return result


def official_code(
    rows: Ints, code_row: Ints, code_series: Ints, code_rank: Ints, draw: Draw, data: Data, locale: Locale
) -> Text:
    """Prefix, digits and letters; a range that the authority does not use where there is one. Null for those who come when all
    codes of their series are given out."""
    table: Table = data["school_codes"]
    digits, letters = table.ints("digits")[code_row], table.ints("letters")[code_row]
    worded = (letters > 0) & (digits == 0)
    firsts = _first_digits(table)[code_row]
    size = np.where(worded, len(LETTERS) ** 3, (firsts >= 0).sum(axis=1) * 10 ** np.maximum(digits - 1, 0))
    enough = (code_rank >= 0) & (code_rank < size) & (rows < SCHOOLS)
    number = np.zeros(len(rows), dtype=np.int64)
    for space in np.unique(size).tolist():
        own = np.flatnonzero(enough & (size == space))
        order = Permutation(space, draw.address.labelled("code"))
        number[own] = order.forward(code_rank[own], code_series[own].astype(np.uint64) * _ODD)
    # One more digit in front keeps the zeros; it is cut off again.
    worth = number
    first, rest = np.divmod(number, 10 ** np.maximum(digits - 1, 0))
    number = firsts[np.arange(len(rows)), np.where(worded, 0, first)] * 10 ** np.maximum(digits - 1, 0) + rest
    body = number_text(10**digits + number).slice(1, 16)
    prefix = table["prefix"].take(code_row)
    result = join(prefix, body)
    if not bool(letters.any()):
        return result.where(enough)
    if locale.country == "FR":
        heads = np.array([int(value) for value in table.columns["prefix"]], dtype=np.int64)[code_row]
        return join(result, Text.coded((heads * size + number) % len(LETTERS), LETTERS)).where(enough)
    word = join(*(Text.coded(worth // len(LETTERS) ** n % len(LETTERS), LETTERS) for n in range(3)))
    return where(worded, word, result).where(enough)
