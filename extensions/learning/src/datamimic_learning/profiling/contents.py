"""What texts are: their forms, as `AA-9999`, and what is written in them, such as whole numbers or dates."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.samples.texts import NULL_WORDS

CONTENTS: Final = {
    "boolean": r"(?i)^(true|false|yes|no|y|n|t|f|ja|nein|oui|non|si|sí)$",
    "whole number": r"^[+-]?\d+$",
    "decimal number": r"^[+-]?(\d+|\d{1,3}(,\d{3})+)\.\d+([eE][+-]?\d+)?$",
    "decimal number with comma": r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$",
    "number with unit": r"^[+-]?\d+([.,]\d+)?\s?(%|°C|°F|[a-zA-Zµ²³/€$£]{1,6})$|^[€$£]\s?\d+([.,]\d+)*$",
    "date": r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}/\d{1,2}/\d{1,2})$",
    "timestamp": (
        r"^(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})[ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?"
        r"( ?(Z|[+-]\d{2}:?\d{2}|[AaPp][Mm]))?$"
    ),
    "time": r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?$",
    "UUID": r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    "hash": r"(?i)^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$",
    "e-mail address": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "web address": r"(?i)^(https?|ftp)://\S+$",
    "IP address": r"^(\d{1,3}\.){3}\d{1,3}$|^(?i:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$",
    "JSON": r'^\s*(\{.*\}|\[.*\])\s*$',
    "code": r"^[A-Z0-9]+([-_/.][A-Z0-9]+)*$",
    "text": r"\S+(\s+\S+){4,}",
}  # fmt: skip
"""In the order in which they are tried: the first that nearly all values are, is what the column holds."""
_LEAST: Final = 0.95
_LOOKED_AT: Final = 50_000
_SHAPE = ((r"\p{Lu}", "A"), (r"\p{Ll}", "a"), (r"\p{Nd}", "9"))
_WORDS = pa.array(
    [*NULL_WORDS, "-", "--", "?", "unknown", "Unknown", "UNKNOWN", "n.a.", "k.A.", "none", "N/V", "tbd", "TBD", "."]
)


def content_of(values: pa.Array, counts: npt.NDArray[np.int64]) -> tuple[str | None, float]:
    """What the texts are and the share of rows whose text is; (None, 1.0) where nothing holds for nearly all."""
    total = int(counts.sum())
    for name, pattern in CONTENTS.items():
        fit = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
        share = float(counts[fit].sum()) / total if total else 0.0
        if share >= _LEAST and not (name == "boolean" and len(values) > 3):
            return name, share
    return None, 1.0


def shapes_of(values: pa.Array) -> pa.Array:
    """`AA-9999` of `DE-1234`, `Aaaa` of `Anna`; runs of more than four are told as `a+`."""
    for pattern, sign in _SHAPE:
        values = pc.replace_substring_regex(values, pattern, sign)
    for sign in "Aa":
        values = pc.replace_substring_regex(values, f"{sign}{{5,}}", f"{sign}+")
    return values


def patterns_of(values: pa.Array, counts: npt.NDArray[np.int64], most: int = 10) -> list[dict[str, Any]]:
    """The most frequent shapes of texts, with the share of rows."""
    values, counts = values.slice(0, _LOOKED_AT), counts[:_LOOKED_AT]
    if not len(values):
        return []
    shapes = shapes_of(values).dictionary_encode()
    sums = np.bincount(shapes.indices.to_numpy(zero_copy_only=False), counts, len(shapes.dictionary))
    order = np.argsort(-sums, kind="stable")[:most]
    names = shapes.dictionary.to_pylist()
    return [
        {"pattern": names[n][:80], "share": float(sums[n] / counts.sum())} for n in order
    ]  # fmt: skip


def placeholders_of(values: pa.Array, counts: npt.NDArray[np.int64]) -> int:
    """Rows whose text stands for nothing, such as `N/A`, `-` and `unknown`."""
    found = pc.is_in(values, _WORDS).to_numpy(zero_copy_only=False)
    return int(counts[found].sum())


def variants_of(values: pa.Array, counts: npt.NDArray[np.int64]) -> int:
    """Rows whose text differs from a more frequent one in capitals and spaces only."""
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(pc.replace_substring_regex(values, r"\s+", " "))).dictionary_encode()
    places = plain.indices.to_numpy(zero_copy_only=False)
    most = np.zeros(len(plain.dictionary), np.int64)
    np.maximum.at(most, places, counts)
    together = np.bincount(places, counts, len(plain.dictionary)).astype(np.int64)
    return int((together - most).sum())
