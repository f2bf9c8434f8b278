"""Text that is hardly ever twice the same: identifiers by their format, free text by its length. No value is copied."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.learning.counting import Counting, quantiles

_MOST_FORMS: Final = 12
_TOLD: Final = 0.8
"""Of so many rows the forms have to be told, that a column is one of formats."""
_LONGEST_FORM: Final = 40
_MOST_WORDS: Final = 8
"""That an invented phrase has."""
_CLASSES: Final = (("9", r"\d"), ("a", "[a-z]"), ("A", "[A-Z]"))
_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def text_rule(column: pa.Array, counting: Counting, *, unique: bool) -> dict[str, Any]:
    """What the model says of the column: its type and its rule."""
    there = column.drop_null()
    if not len(there):
        return {"type": "str", "rule": {"type": "constant", "value": None}}
    if counting.always(_holds(there, f"^{_UUID}$")):
        return {"type": "uuid", "rule": {"type": "uuid"}}
    pattern = _pattern(there, counting)
    if pattern is not None:
        return {"type": "str", "rule": {"type": "pattern", "pattern": pattern}}
    words = pc.add(pc.count_substring(there, " "), 1).to_numpy(zero_copy_only=False).astype(np.float64)
    lengths = pc.utf8_length(there).to_numpy(zero_copy_only=False).astype(np.float64)
    few, most = (int(each) for each in quantiles(words, 20)[[1, 19]])
    longest = int(quantiles(lengths, 100)[99])
    few, most = max(1, min(few, _MOST_WORDS)), max(1, min(most, _MOST_WORDS))
    if unique:
        return {"type": "str", "rule": {"type": "serial", "pattern": "*" * int(np.clip(longest, 8, 16))}}
    rule: dict[str, Any] = {"type": "phrase", "min": few, "max": most}
    return {"type": f"str({max(longest, 8)})", "rule": rule}


def has_form(column: pa.Array, counting: Counting) -> bool:
    """Are its texts identifiers of few forms?"""
    there = column.drop_null()
    return not len(there) or counting.always(_holds(there, f"^{_UUID}$")) or _pattern(there, counting) is not None


def _holds(there: pa.Array, pattern: str) -> Any:
    return pc.match_substring_regex(there, pattern).to_numpy(zero_copy_only=False)


def forms_of(there: pa.Array) -> pa.Array:
    """Every digit as 9, every letter as a or A: `ORD-0017` as `AAA-9999`."""
    made = pc.replace_substring_regex(there, r"\p{Nd}", "9")
    made = pc.replace_substring_regex(made, r"\p{Ll}", "a")
    return pc.replace_substring_regex(made, r"\p{Lu}", "A")


def _pattern(there: pa.Array, counting: Counting) -> str | None:
    """A regular expression for text of few forms; None where forms are many, or hardly say anything."""
    forms = forms_of(there)
    kept, weights = counting.values(forms)
    if not len(kept) or weights.sum() < _TOLD * len(there):
        return None
    order = np.argsort(-weights, kind="stable")[:_MOST_FORMS]
    if weights[order].sum() < _TOLD * len(there):
        return None
    chosen = kept.take(pa.array(order)).to_pylist()
    if any(len(form) > _LONGEST_FORM or not form or " " in form for form in chosen):
        return None
    parts = []
    for form in chosen:
        own = there.filter(pc.equal(forms, form))
        made = _regex(form, own, counting)
        if made is None:
            return None
        parts.append(made)
    parts = [*dict.fromkeys(parts)]
    return parts[0] if len(parts) == 1 else f"({'|'.join(parts)})"


def _regex(form: str, own: pa.Array, counting: Counting) -> str | None:
    """What all texts of a form have alike stays, other places are any of their kind."""
    made = []
    free = 0
    for at, kind in enumerate(form):
        if kind not in "9aA":
            if not kind.isascii():
                return None
            made.append(re.escape(kind) if kind in r"\.^$*+?{}[]|()" else kind)
            continue
        letters = pc.utf8_slice_codeunits(own, at, at + 1)
        first = letters[0].as_py()
        same = pc.equal(letters, first).to_numpy(zero_copy_only=False)
        if counting.always(same) and first.isascii():
            made.append(first)
            continue
        free += 1
        made.append(dict(_CLASSES)[kind])
    if not free:
        return None
    return _shortened(made)


def _shortened(parts: list[str]) -> str:
    r"""`\d\d\d` as `\d{3}`."""
    made, at = "", 0
    while at < len(parts):
        end = at
        while end < len(parts) and parts[end] == parts[at]:
            end += 1
        many = end - at
        grouped = len(parts[at]) > 1 or many > 3
        made += f"{parts[at]}{{{many}}}" if many > 1 and grouped else parts[at] * many
        at = end
    return made
