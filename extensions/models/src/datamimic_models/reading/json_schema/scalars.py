"""Numbers, texts and fixed values of JSON Schema as shapes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from datamimic_models.model import ColumnType, Place
from datamimic_models.reading.json_schema.conjunctions import Conjunction, Impossible
from datamimic_models.reading.shapes import Shape, of_values, same

TYPED_FORMATS: Final = {
    "date": ColumnType("date"),
    "date-time": ColumnType("datetime", zone="UTC"),
    "time": ColumnType("time"),
    "duration": ColumnType("duration"),
    "uuid": ColumnType("uuid"),
}
"""Formats of texts that are types of their own; others are kept as the format of a text."""
BASE64: Final = "(?:[A-Za-z0-9+/]{4}){2,8}"
KINDS: Final[dict[str, Callable[[Any], bool]]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: (
        not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
    ),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
LEAST_INT, MOST_INT = -(2**63), 2**63 - 1


def number(found: Conjunction, nullable: bool, whole: bool) -> Shape:
    least, above = _limit(found, "minimum", "exclusiveMinimum", max)
    most, below = _limit(found, "maximum", "exclusiveMaximum", min)
    steps = [Decimal(str(each)) for each in found.said.get("multipleOf", ()) if KINDS["number"](each) and each > 0]
    step = max(steps, default=None)
    whole = whole or (step is not None and step == step.to_integral_value())
    kind = ColumnType("float")
    if whole:
        kind = ColumnType("int", bits=32 if found.first("format", str) == "int32" else 64)
        if most is not None and MOST_INT < most < 2**64 and least is not None and least >= 0:
            kind = ColumnType("int", bits=64, signed=False)
    elif step is not None or found.first("format", str) == "decimal":
        scale = 2 if step is None else max(0, -int(step.normalize().as_tuple().exponent))
        kind = ColumnType(
            "decimal", precision=15, scale=min(scale, 15)
        )  # more digits than JSON numbers have would be texts
    return Shape(
        type=kind,
        nullable=nullable,
        least=least,
        most=most,
        above=above,
        below=below,
        step=None if step is None or step == 1 else int(step) if whole else step,
        place=found.place,
    )


def _limit(found: Conjunction, word: str, exclusive: str, stricter: Callable[..., Any]) -> tuple[Any, bool]:
    """The strictest limit, and whether it is itself outside: a number of its own since draft 6, true before."""
    closed = [each for each in found.said.get(word, ()) if KINDS["number"](each)]
    opened = [each for each in found.said.get(exclusive, ()) if KINDS["number"](each)]
    if not closed and not opened:
        return None, False
    limit = stricter([*closed, *opened])
    return limit, limit in opened or True in [each for each in found.said.get(exclusive, ()) if isinstance(each, bool)]


def text(found: Conjunction, nullable: bool, warn: Callable[[str, Place], None]) -> Shape:
    formats = [each for each in found.said.get("format", ()) if isinstance(each, str)]
    shortest, longest = lengths(found, "minLength", "maxLength")
    patterns = list(dict.fromkeys(each for each in found.said.get("pattern", ()) if isinstance(each, str)))
    typed = next((each for each in formats if each in TYPED_FORMATS), None)
    if typed is not None:
        if patterns:
            warn(f"`pattern` beside the format {typed} is not taken over", found.place)
        return Shape(type=TYPED_FORMATS[typed], nullable=nullable, place=found.place)
    if not patterns and (found.first("contentEncoding", str) == "base64" or "byte" in formats):
        patterns = [f"^{BASE64}$"]
    return Shape(
        type=ColumnType("str", length=longest),
        nullable=nullable,
        shortest=shortest,
        longest=longest,
        pattern=_all_of(patterns) if patterns else None,
        format=next((each for each in formats if each not in ("password", "byte", "binary")), None),
        secret="password" in formats or True in found.said.get("writeOnly", ()),
        place=found.place,
    )


def _all_of(patterns: list[str]) -> str:
    """The pattern that says most of the whole text, with what the others ask looked for ahead of it."""
    *others, last = sorted(patterns, key=lambda each: each.startswith("^") + each.endswith("$"))
    if not others:
        return last
    ahead = "".join(f"(?={each})" if each.startswith("^") else f"(?=.*{each})" for each in others)
    before, after = "" if last.startswith("^") else ".*", "" if last.endswith("$") else ".*"
    return f"{ahead}{before}(?:{last}){after}"


def lengths(found: Conjunction, least: str, most: str) -> tuple[int | None, int | None]:
    shortest = [int(each) for each in found.said.get(least, ()) if KINDS["integer"](each) and each >= 0]
    longest = [int(each) for each in found.said.get(most, ()) if KINDS["integer"](each) and each >= 0]
    return max(shortest, default=None), min(longest, default=None)


def fixed(found: Conjunction, nullable: bool, kinds: set[str], warn: Callable[[str, Place], None]) -> Shape:
    """One of the values that `enum` and `const` leave; raises `Impossible` where they leave none."""
    first, *others = found.values
    left = [value for value in first if all(any(same(value, each) for each in other) for other in others)]
    left = [value for value in left if not kinds or any(KINDS[kind](value) for kind in kinds) or value is None]
    with_null = None in left and nullable
    left = [value for value in left if value is not None and _fits(value, found)]
    if not left and not with_null:
        raise Impossible("none of the values fits all that is said", found.place)
    scalars = [value for value in left if not isinstance(value, (list, dict))]
    if not scalars and left:
        warn("values that are lists or objects are made as documents", found.place)
        return Shape(type=ColumnType("json"), nullable=with_null, values=tuple(left), place=found.place)
    shape = of_values(scalars, found.place)
    if len(shape.values or ()) < len(left):
        warn("of values of several types those of one are taken", found.place)
    return evolve(shape, nullable=with_null or not left)


def _fits(value: Any, found: Conjunction) -> bool:
    if KINDS["number"](value):
        least, above = _limit(found, "minimum", "exclusiveMinimum", max)
        most, below = _limit(found, "maximum", "exclusiveMaximum", min)
        return not (
            (least is not None and (value < least or (above and value == least)))
            or (most is not None and (value > most or (below and value == most)))
        )
    if isinstance(value, str):
        shortest, longest = lengths(found, "minLength", "maxLength")
        patterns = [each for each in found.said.get("pattern", ()) if isinstance(each, str)]
        return (shortest or 0) <= len(value) and (longest is None or len(value) <= longest) and _match(patterns, value)
    return True


def _match(patterns: list[str], value: str) -> bool:
    """By RE2, in time that grows only with the text; a pattern that it does not know is none to judge by."""
    text = pa.array([value])
    try:
        return all(pc.match_substring_regex(text, pattern)[0].as_py() for pattern in patterns)
    except (pa.ArrowException, ValueError):
        return True
