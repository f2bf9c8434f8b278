"""Whether values of a meaning can be values of a column: type, length, size, choices, checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from datamimic import Meaning
from datamimic_models.meanings.bounds import Bounds, bounds_of
from datamimic_models.meanings.examples import Examples
from datamimic_models.meanings.sexes import SEXES, choices_by_sex
from datamimic_models.model import Column, ColumnType, Table

_TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "str": ("str", "date", "datetime", "int", "decimal", "float", "uuid", "time"),
    "int": ("int", "decimal", "float"),
    "float": ("float", "decimal", "int"),
    "decimal": ("decimal", "float", "int"),
    "bool": ("bool",),
    "date": ("date", "datetime"),
    "datetime": ("datetime", "date"),
    "time": ("time",),
    "duration": ("duration",),
    "uuid": ("uuid",),
    "bytes": ("bytes",),
    "json": ("json",),
    "list": ("list",),
    "struct": ("struct",),
}
"""Type of a column -> types of values that it can hold, the closest first."""
_AS_TEXT: Final = {"date": 10, "datetime": 19, "int": 11, "decimal": 14, "float": 14, "uuid": 36, "time": 8}
_SHORT: Final = 6
_LEAST_SHARE: Final = 5
_MOST_HOLD: Final = 0.3
"""Of values that hold the checks of a column. Those that do not are made again."""
_ROOMY: Final = 3


@frozen
class Fit:
    """How well values fit, from 0 to 1, and what is done to them, in words."""

    score: float
    how: str


def fit(meaning: Meaning, column: Column, table: Table, examples: Examples) -> Fit | str:
    """How values fit, or why they cannot; tests of a check are tried with examples."""
    kind = column.type
    bounds = bounds_of(column.name, table)
    if bounds.any and kind.name not in ("int", "float", "decimal"):
        return f"a check of the table says what {column.name} may be"
    if bounds.tests and examples.share_held(meaning, column.name, bounds) < (1.0 if column.unique else _MOST_HOLD):
        return f"a check of the table says what {column.name} may be"
    choices = kind.choices or bounds.choices
    if choices:
        return _choices(meaning, choices)
    taken = [each for each in _TAKES[kind.name] if each in meaning.types]
    if not taken:
        return f"type {kind} does not take {' or '.join(meaning.types)}"
    value = taken[0]
    if kind.name == "str":
        found = _length(meaning, kind, value)
    else:
        found = _size(meaning, kind, bounds)
    if isinstance(found, str):
        return found
    exact = 0.0 if value == kind.name or {value, kind.name} <= {"date", "datetime"} else 0.04
    twice = 0.05 if column.unique and not meaning.distinct else 0.0
    return Fit(found.score - exact - twice, found.how)


def _length(meaning: Meaning, kind: ColumnType, value: str) -> Fit | str:
    room = kind.length
    if value != "str":
        needed = _AS_TEXT.get(value, 32)
        return Fit(0.94, f"type {kind} takes it as text") if room is None or room >= needed else f"{kind} is too short"
    least, most = meaning.length or (1, 1)
    if room is None or room >= most:
        roomy = meaning.length is not None and most <= _SHORT and (room is None or room > _ROOMY * most)
        return Fit(0.95 if roomy else 1.0, f"type {kind} fits")
    if meaning.cut and room >= max(least, most // _LEAST_SHARE):
        return Fit(0.97, f"type {kind}: what is longer is cut")
    if room >= least:
        return Fit(0.96, f"type {kind} fits where the country's values are so short")
    return f"{kind} is shorter than its values, which have {least} to {most} characters"


def _size(meaning: Meaning, kind: ColumnType, bounds: Bounds) -> Fit | str:
    """Values are moved into bounds of checks; into those of the type only where they usually fit."""
    greatest = meaning.range[1] if meaning.range is not None and bounds.most is None else None
    if greatest is not None:
        if (
            kind.name == "decimal"
            and kind.precision is not None
            and greatest >= 10 ** (kind.precision - (kind.scale or 0))
        ):
            return f"{kind} is too small for values up to {greatest:g}"
        if kind.name == "int" and kind.bits is not None and greatest >= 2 ** (kind.bits - kind.signed):
            return f"an int of {kind.bits} bits is too small for values up to {greatest:g}"
    return Fit(1.0, f"type {kind} fits")


def _choices(meaning: Meaning, choices: tuple[str, ...]) -> Fit | str:
    if choice_of(meaning.values, choices) is None:
        return f"its values are not among {', '.join(choices[:4])}"
    return Fit(0.98, "its values are the choices")


def choice_of(values: tuple[str, ...], choices: tuple[str, ...]) -> Mapping[str, str] | None:
    """Value -> the choice that stands for it: the same word, one that begins so, or its first letter. None where one of the
    first two values has none, or two have the same."""
    if not values:
        return None
    found: dict[str, str] = {}
    for value in values:
        for choice in choices:
            one, other = value.casefold(), choice.casefold()
            if one == other or (other and one.startswith(other)) or (one and other.startswith(one)):
                found[value] = choice
                break
    enough = all(value in found for value in values[:2]) and (len(found) == len(values) or values[-1] == "other")
    if enough and len(set(found.values())) == len(found):
        return found
    are_sexes = [each[:1].lower() for each in values] == [each[0] for each in SEXES]
    sexes = choices_by_sex(choices) if are_sexes else None
    return (
        None if sexes is None else {value: sexes[sex] for value, sex in zip(values, SEXES, strict=True) if sex in sexes}
    )
