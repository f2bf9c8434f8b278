"""Plain values of a model, as a document has them, as a column of a kind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from datamimic import DatamimicError, Text
from datamimic.columns import Column, Vocabulary
from datamimic.columns.value_types import Duration, Misfit, Str, ValueType
from datamimic.errors import excerpt
from datamimic_models.rules.bounds import BadBound, bound_of
from datamimic_models.rules.words import thawed


def column_of(values: Sequence[Any], kind: ValueType, label: str) -> Column:
    """The column of these values; text that is made of numbers says them. Raises `Misfit` for what is not of the kind."""
    plain = [as_plain(each, kind) for each in values]
    if isinstance(kind, Str):
        for each in plain:
            if each is not None and not isinstance(each, str):
                raise Misfit(f"{each!r} is not {kind.name}", label)
        vocabulary = Vocabulary([each for each in dict.fromkeys(plain) if each is not None])
        codes = {each: number for number, each in enumerate(vocabulary.values)}
        return Text.coded(np.array([codes.get(each, -1) for each in plain], dtype=np.int32), vocabulary)
    try:
        made: Column = kind.or_null().from_plain(plain, label)
    except DatamimicError as error:
        raise Misfit(error.message, label) from None
    except (TypeError, AttributeError):  # a number where a record or a list is
        raise Misfit(f"{excerpt(plain)} are not {kind.name}", label) from None
    return made


def as_plain(value: Any, kind: ValueType) -> Any:
    """The value as JSON would have it for the kind."""
    value = thawed(value)
    if isinstance(kind, Str) and not isinstance(value, str) and value is not None:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else str(value)
    if isinstance(kind, Duration) and isinstance(value, str):
        return _iso_duration(value)
    if kind.python is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _iso_duration(text: str) -> str:
    """`90min`, as ranges have it, as ISO 8601 has it."""
    try:
        seconds, rest = divmod(abs(units := bound_of(text, "duration").units), 1_000_000)
    except BadBound:
        return text
    return f"{'-' if units < 0 else ''}PT{seconds}.{rest:06d}S"
