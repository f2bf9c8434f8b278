"""Keys: every value once, of the same form, none of them copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from datamimic_learning.learning.counting import Counting, quantiles
from datamimic_learning.learning.texts import text_rule
from datamimic_models.rules.text_patterns import Pattern

_ROOM = 4
"""A range of numbers has so many times as many values as there are rows, at least."""
_MEETING = 0.005
"""Of all numbers that are as long as the keys, so large a share may be keys of the sample."""


def has_room(rule: Mapping[str, Any], rows: int) -> bool:
    """Does a rule make each of its texts once, and far more of them than there are rows?"""
    if rule["type"] == "uuid":
        return True
    capacity = Pattern(rule["pattern"]).capacity() if rule["type"] == "pattern" else None
    return capacity is not None and capacity >= _ROOM * rows


def key_column(name: str, column: pa.Array, rows: int, counting: Counting) -> dict[str, Any]:
    """What the model says of a column whose values tell rows apart."""
    said = {"name": name, "constraints": ["PK"], "nullable": False}
    if pa.types.is_integer(column.type):
        values = column.cast(pa.int64(), safe=False).to_numpy(zero_copy_only=False)
        if counting.always(np.sort(values) == int(values.min()) + np.arange(len(values))):
            first = int(values.min())
            return {**said, "type": "int", "rule": {"type": "serial", **({"start": first} if first != 1 else {})}}
        digits = len(str(int(np.abs(quantiles(values.astype(np.float64), 20)[-2]))))
        low = 10 ** (digits - 1)
        if rows > _MEETING * (10**digits - low) and 10 ** (digits + 1) <= np.iinfo(column.type.to_pandas_dtype()).max:
            # Close keys: of numbers that are as long many would be those of the sample, by chance.
            low, digits = 10**digits, digits + 1
        while 10**digits - low < _ROOM * rows:
            digits += 1
        return {**said, "type": "int", "rule": {"type": "range", "min": low, "max": 10**digits - 1}}
    made = text_rule(column.cast(pa.string()), counting, unique=True)
    if made["rule"]["type"] == "pattern" and not has_room(made["rule"], rows):
        # So few texts of this form that all of them would be those of the sample.
        made = {"type": "str", "rule": {"type": "serial", "pattern": "*" * max(8, len(str(rows)) + 2)}}
    if made["type"] == "uuid":
        return {**said, "type": "uuid", "rule": made["rule"]}
    return {**said, "type": "str", "rule": made["rule"]}
