"""What is proposed for columns of records, lists and JSON: which parts of them become what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from datamimic_learning.finding.documents import is_document, parts_of
from datamimic_learning.finding.found import LEAST, PersonalColumn
from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.plans.checking import kind_of
from datamimic_learning.masking.plans.meant import DEVICES, FIELDS, KEPT_IN_PARTS, NATIONAL_NUMBERS, NUMBERS_OF

_NOTE: Final = "text.personal"
_LOOKED_AT: Final = 60
"""Texts of a column."""


def are_keyed_by_values(values: pa.Array) -> bool:
    """Whether texts are JSON whose parts have no names of their own."""
    if kind_of(values.type) != "text" or isinstance(values, pa.DictionaryArray):
        return False
    texts = [text for text in canonical(values).slice(0, _LOOKED_AT).to_pylist() if text]
    return bool(texts) and all(map(is_document, texts)) and not parts_of(pa.chunked_array([texts]))


def holds_parts(values: pa.Array) -> bool:
    """Whether texts are JSON of which each part is called something."""
    return kind_of(values.type) == "text" and bool(parts_of(pa.chunked_array([canonical(values).slice(0, _LOOKED_AT)])))


def becomes_within(column: str, kind: str, within: Sequence[PersonalColumn], country: str) -> Any:
    """The parts that are personal are replaced; of what is neither record nor text nothing stays."""
    if kind not in ("text", "record"):
        return "redact"
    told = ((part.column.removeprefix(column).lstrip("."), _of_part(part, country)) for part in within)
    return {"method": "text", "parts": {path: becomes for path, becomes in told if becomes}}


def _of_part(part: PersonalColumn, country: str) -> str:
    """Empty for what stays, and for running text."""
    meaning = part.meaning or ""
    field = FIELDS.get(meaning, "")
    if meaning == _NOTE or field in KEPT_IN_PARTS:
        return ""
    number = NUMBERS_OF.get(meaning) or NATIONAL_NUMBERS.get((part.country or country, meaning))
    return field or number or ("encrypt" if part.identifies == "direct" or of_device(part) else "redact")


def of_device(each: PersonalColumn) -> bool:
    """Whether values are of devices, of which some are somebody's."""
    return each.meaning in DEVICES and each.probability >= LEAST
