"""Examples of the values of a meaning, by which tests of a column are tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np

from datamimic import DatamimicError, Draw, Meaning
from datamimic_models.expressions import parse
from datamimic_models.expressions.scope import Row
from datamimic_models.patterns.parsing import BadPattern
from datamimic_models.patterns.writing import Texts

_DRAWN: Final = 16
_LENGTHS: Final = (1, 3, 5, 6, 8, 9, 12, 16, 24, 40)
_YEARS: Final = (1952, 1964, 1971, 1979, 1985, 1990, 1996, 2003, 2012, 2021)


def share_held(meaning: Meaning, name: str, tests: Sequence[str]) -> float:
    """The share of examples of which no test, an expression over `name`, is false; 1 of what there are no examples of."""
    examples = examples_of(meaning)
    try:
        expressions = [parse(each, nulls="sql") for each in tests]
        held = [all(each.row(Row({name: value}), "null") is not False for each in expressions) for value in examples]
    except DatamimicError:
        return 0.0
    return sum(held) / len(held) if held else 1.0


@lru_cache(maxsize=256)
def examples_of(meaning: Meaning) -> tuple[Any, ...]:
    """Values as those of the meaning may be."""
    kind = meaning.types[0] if meaning.types else "str"
    match kind:
        case "str":
            return tuple(_texts(meaning))
        case "date":
            return tuple(date(year, 6, 15) for year in _YEARS)
        case "datetime":
            return tuple(datetime(year, 6, 15, 9, 30) for year in _YEARS)
        case "int" | "float" | "decimal" if meaning.range is not None:
            low, high = meaning.range
            numbers = [low + (high - low) * at / 8 for at in range(9)]
            return tuple(round(each) if kind == "int" else each for each in numbers)
        case "bool":
            return (True, False)
    return ()


def _texts(meaning: Meaning) -> Iterator[str]:
    if meaning.values:
        yield from meaning.values
        return
    if meaning.pattern is not None:
        draw = Draw(("", "examples", meaning.name), np.arange(_DRAWN, dtype=np.int64))
        try:
            yield from (str(each) for each in Texts.of(meaning.pattern).drawn(draw).tolist())
        except BadPattern:
            return
        return
    least, most = meaning.length or (1, 24)
    yield from ("Abcdefghijklmnopqrstuvwxyzabcdefghijklmn"[:size] for size in _LENGTHS if least <= size <= most)
