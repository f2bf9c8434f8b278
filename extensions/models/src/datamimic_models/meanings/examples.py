"""Examples of the values of a meaning, by which tests of a column are tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic import DatamimicError, Draw, Meaning, Registry, World
from datamimic_models.meanings.bounds import Bounds

_DRAWN: Final = 16
_LENGTHS: Final = (1, 3, 5, 6, 8, 9, 12, 16, 24, 40)
_YEARS: Final = (1952, 1964, 1971, 1979, 1985, 1990, 1996, 2003, 2012, 2021)


@frozen
class Examples:
    """Those of meanings in a locale: values of the entities that have them, else such as the meaning describes."""

    packs: Registry
    locale: str

    def share_held(self, meaning: Meaning, name: str, bounds: Bounds) -> float:
        """The share of examples, in the forms that are asked for, of which no test, an expression over `name`, is false; 1 of
        what there are no examples of."""
        # Expressions, patterns and worlds take a moment to import.
        from datamimic_models.expressions import parse
        from datamimic_models.expressions.scope import Row

        values = [bounds.formed(each) if isinstance(each, str) else each for each in self.of(meaning)]
        try:
            expressions = [parse(each, nulls="sql") for each in bounds.tests]
            held = [all(each.row(Row({name: value}), "null") is not False for each in expressions) for value in values]
        except DatamimicError:
            return 0.0
        return sum(held) / len(held) if held else 1.0

    def of(self, meaning: Meaning) -> tuple[Any, ...]:
        made: tuple[Any, ...] = self.packs.remembered.get(
            ("examples", meaning.name, self.locale), lambda: self._made(meaning) or described(meaning)
        )
        return made

    def _made(self, meaning: Meaning) -> tuple[Any, ...]:
        """Texts of the entity, in countries that it can be made for: only these say what letters there are in a name."""
        if meaning.part is not None or meaning.values or meaning.types[:1] != ("str",) or not meaning.fields:
            return ()
        try:
            pack, entity, path = meaning.fields[0].split(".", 2)
            rows = World("examples", self.locale, packs=self.packs)[f"{pack}.{entity}"][:_DRAWN]
            values = [attrgetter(path)(row) for row in rows]
        except (DatamimicError, AttributeError, ValueError):
            return ()
        return tuple(each for each in values if isinstance(each, str))


@lru_cache(maxsize=256)
def described(meaning: Meaning) -> tuple[Any, ...]:
    """Values as the meaning describes them."""
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
        from datamimic_models.patterns.tree import BadPattern
        from datamimic_models.patterns.writing import Texts

        draw = Draw(("", "examples", meaning.name), np.arange(_DRAWN, dtype=np.int64))
        try:
            yield from (str(each) for each in Texts.of(meaning.pattern).drawn(draw).tolist())
        except BadPattern:
            return
        return
    least, most = meaning.length or (1, 24)
    yield from ("Abcdefghijklmnopqrstuvwxyzabcdefghijklmn"[:size] for size in _LENGTHS if least <= size <= most)
