"""Values that lead to one person, and that many rows have since she has many rows: a minimum of rows hides nobody there. Others
that are nobody's stand for them, as often and beside the same values of other columns."""

from __future__ import annotations

import string
from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic import DatamimicError, World
from datamimic_learning.finding.finding import find_personal
from datamimic_learning.finding.found import PersonalColumn
from datamimic_learning.finding.text_numbers import number_spans
from datamimic_learning.finding.written import Written
from datamimic_learning.learning.columns import one_array

_SHARED: Final = frozenset(
    {"person.given_name", "person.given_names", "person.middle_name", "person.family_name", "person.first_family_name",
     "person.second_family_name", "person.maiden_name", "person.name_kana", "address.street", "address.house_number"}
)  # fmt: skip
"""What many people have in common, so that enough rows hide each."""
_FIELDS: Final = {
    "person.full_name": "name", "card.holder": "name", "account.holder": "name", "emergency_contact.name": "name",
    "review.author": "name", "person.email": "email", "person.phone": "phone", "person.mobile_phone": "mobile_phone",
}  # fmt: skip
_CONTACTS: Final = ("person.email", "person.phone", "account.iban", "card.number")
_SURE: Final = 0.8
_MOST: Final = 5_000
"""Different values of a column; more are no categories."""


def of_nobody(table: pa.Table, apart: Collection[str]) -> pa.Table:
    """The table, in texts of which no value leads to somebody; but for the columns `apart`, of which none are told."""
    may = {name: one_array(table[name]) for name in dict.fromkeys(table.column_names) if name not in apart}
    may = {name: column for name, column in may.items() if pa.types.is_string(column.type) and _repeats(column)}
    if not may:
        return table
    for each in find_personal(pa.table(may)).columns:
        if each.column in may:
            made = _replaced(may[each.column], each)
            if made is not may[each.column]:
                table = table.set_column(table.column_names.index(each.column), each.column, made)
    return table


def _repeats(column: pa.Array) -> bool:
    count = pc.count_distinct(column).as_py()
    return bool(0 < count < len(column) - column.null_count and count <= _MOST)


def _replaced(column: pa.Array, found: PersonalColumn) -> pa.Array:
    counts = pc.value_counts(column.drop_null())
    known = counts.field(0).to_pylist()
    order = sorted(range(len(known)), key=lambda at: (-counts.field(1)[at].as_py(), known[at]))
    texts = [known[at] for at in order]
    meaning = found.meaning or ""
    of_one = found.identifies == "direct" and meaning not in {*_SHARED, "text.personal"}
    # Words joined by dots and lines are log-ins where the header says so, else they may be anything.
    if of_one and found.probability >= _SURE and (meaning != "user.name" or found.by_header):
        others = _others(texts, meaning)
    else:
        others = [_like(text, at) if _has_contact(text) else text for at, text in enumerate(texts)]
        if others == texts:
            return column
    places = pc.index_in(column, value_set=pa.array(texts, pa.string()))
    return pa.array(others, pa.string()).take(places)


def _others(texts: Sequence[str], meaning: str) -> list[str]:
    """As many different values of people whom there are not, or of signs of the same kinds."""
    field = _FIELDS.get(meaning)
    if field is not None:
        try:
            rows = World(seed="nobody")["common.person"].select([field])[0 : 2 * len(texts) + 8].to_arrow()
        except DatamimicError:
            return [_like(text, at) for at, text in enumerate(texts)]
        made = list(dict.fromkeys(rows.column(0).to_pylist()))
        if len(made) >= len(texts):
            return made[: len(texts)]
    return [_like(text, at) for at, text in enumerate(texts)]


def _like(text: str, number: int) -> str:
    """Other letters and digits in the places of those of a text: they follow from its number alone."""
    drawn = blake2b(str(number).encode(), digest_size=8).digest()
    draws = np.random.Generator(np.random.PCG64(int.from_bytes(drawn, "big"))).integers(0, 1 << 16, len(text)).tolist()
    return "".join(_sign(sign, draw) for sign, draw in zip(text, draws, strict=True))


def _sign(sign: str, draw: int) -> str:
    if sign.isdigit():
        return str(draw % 10)
    if not sign.isalpha():
        return sign
    letters = string.ascii_uppercase if sign.isupper() else string.ascii_lowercase
    return letters[draw % len(letters)]


def _has_contact(text: str) -> bool:
    return any(kind in _CONTACTS for _, _, kind in number_spans(Written.of(text).said))
