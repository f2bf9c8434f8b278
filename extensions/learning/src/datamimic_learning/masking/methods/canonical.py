"""Values as the texts that they are the same by: 17 and "17", a date and its ISO text, `Smith` and ` SMITH ` where asked
for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.masking.methods.matrices import stored

Form = Literal["trim", "case", "accents"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""`trim`: blanks at the ends and doubled ones do not count; `case`: nor capitals; `accents`: nor accents and umlauts."""


def canonical(values: pa.Array) -> pa.Array:
    """Texts (string, nulls kept), the same for the same value of whatever type; a dictionary is decoded."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        return canonical(values.dictionary).take(values.indices)
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return values.cast(pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array([None if each is None else each.hex() for each in values.to_pylist()], pa.string())
    if pa.types.is_floating(kind):
        # 17.0 is 17: frames have whole numbers with gaps as floats.
        return pc.replace_substring_regex(pc.cast(values, pa.string()), r"\.0$", "")
    if pa.types.is_date64(kind):
        return pc.cast(pc.cast(values, pa.date32()), pa.string())
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return pa.array([None if each is None else repr(each) for each in values.to_pylist()], pa.string())
    return pc.cast(values, pa.string())


def normal(texts: pa.Array, forms: Sequence[Form]) -> pa.Array:
    """Texts in the form in which they are compared."""
    if "trim" in forms:
        texts = pc.utf8_trim_whitespace(texts)
        if _has_gaps(texts):
            texts = pc.replace_substring_regex(texts, r"\s+", " ")
    if "case" in forms:
        texts = pc.utf8_lower(texts)
    if "accents" in forms:
        texts = pa.array([None if each is None else _plain(each) for each in texts.to_pylist()], pa.string())
    return texts


def _has_gaps(texts: pa.Array) -> bool:
    """Whether blanks are doubled, or are no blanks but tabulators and ends of lines, in any of the texts."""
    content, _ = stored(texts)
    blank = content == ord(" ")
    return bool(((content >= 9) & (content <= 13)).any() or (blank[1:] & blank[:-1]).any())


def _plain(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def joined(columns: Sequence[pa.Array]) -> pa.Array:
    """One text of several, null where all are; no two rows of other texts give the same one."""
    if len(columns) == 1:
        return columns[0]
    framed = [
        pc.binary_join_element_wise(pc.cast(pc.binary_length(each), pa.string()), each, ":", null_handling="emit_null")
        for each in columns
    ]
    found = pc.binary_join_element_wise(*framed, "|", null_handling="replace", null_replacement="")
    empty = pc.is_null(columns[0])
    for each in columns[1:]:
        empty = pc.and_(empty, pc.is_null(each))
    return pc.if_else(empty, pa.scalar(None, pa.string()), found)
