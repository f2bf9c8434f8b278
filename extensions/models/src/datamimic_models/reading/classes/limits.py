"""Limits that stand beside an annotation: those of annotated-types, Pydantic and validators of attrs, read by what they say.

None of these packages is imported: what says `ge`, `max_length`, `pattern` … is read as such, wherever it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import attrs
from attrs import evolve

from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.reading.shapes import Shape, narrowed

BASE64: Final = "^(?:[A-Za-z0-9+/]{4}){2,8}$"
BASE64_OF_TEXT: Final = "^(?:[YZ][GWm2][FJNRVZdhlptx159][h-z0-6]){2,8}$"
SILENT: Final = ("Strict", "AllowInfNan", "FailFast", "Tag", "Discriminator", "PlainSerializer", "WrapSerializer")
"""What says nothing of the values that there may be, or nothing beyond their type."""
SAYS: Final = (
    *("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern", "max_digits", "decimal_places"),
    *("uuid_version", "encoder", "tz", "to_upper", "metadata"),
)


def limited(shape: Shape, metadata: Iterable[Any], mistakes: Mistakes) -> Shape:
    """A shape within what the metadata of `Annotated` and of a Pydantic field say."""
    for each in metadata:
        if each is None or isinstance(each, (str, int)):
            continue
        if type(each).__name__ == "Json" and type(each).__module__ == "pydantic.types":
            shape = Shape(type=ColumnType("json"), nullable=shape.nullable, values=_document(shape), place=shape.place)
            continue
        if isinstance(inner := getattr(each, "metadata", None), (list, tuple)):  # a `Field(…)` within `Annotated`
            shape = limited(shape, inner, mistakes)
        elif any(hasattr(each, name) for name in SAYS):
            shape = _within(shape, each, mistakes)
        elif type(each).__name__ not in SILENT and type(each).__module__.split(".")[0] in (
            "pydantic",
            "annotated_types",
        ):
            name = type(each).__name__
            mistakes.warn("models.not_expressed", f"{name} is not taken over: rows may not fit it", shape.place)
    return shape


def _document(shape: Shape) -> tuple[Any, ...]:
    """An empty one of the kind that the text is of."""
    return {"list": ([],), "struct": ({},), "str": ('""',), "bool": (True,)}.get(shape.type.name, (0,))


def _within(shape: Shape, said: Any, mistakes: Mistakes) -> Shape:
    def of(*names: str) -> Any:
        return next((value for name in names if (value := getattr(said, name, None)) is not None), None)

    if of("encoder") is not None:
        # What a text is decoded to is a text as well.
        return evolve(shape, type=ColumnType("str"), pattern=BASE64 if shape.type.name == "bytes" else BASE64_OF_TEXT)
    if (version := of("uuid_version")) not in (None, 4):
        mistakes.warn("models.not_expressed", f"UUIDs are made of version 4, not {version}", shape.place)
    if (zone := of("tz")) is not None and shape.type.name == "datetime":
        shape = evolve(shape, type=ColumnType("datetime", zone=zone if isinstance(zone, str) else "UTC"))
    kind = shape.type
    digits, places = of("max_digits"), of("decimal_places")
    if kind.name == "decimal" and (digits is not None or places is not None):
        scale = min(places if places is not None else 2, digits or 38)
        kind = ColumnType("decimal", precision=digits or max(12, scale), scale=scale)
    shortest, longest = of("min_length"), of("max_length")
    if kind.name in ("str", "bytes") and longest is not None:
        kind = evolve(kind, length=longest if kind.length is None else min(kind.length, longest))
    pattern = of("pattern")
    step = of("multiple_of")
    return narrowed(
        evolve(shape, type=kind),
        Shape(
            type=kind,
            nullable=True,
            least=of("gt", "ge"),
            above=of("gt") is not None,
            most=of("lt", "le"),
            below=of("lt") is not None,
            step=step if step is None or kind.name == "int" else Decimal(str(step)),
            shortest=shortest or None,
            longest=longest,
            pattern=pattern.pattern if isinstance(pattern, re.Pattern) else pattern,
        ),
    )


def validated(shape: Shape, validator: Any, mistakes: Mistakes) -> Shape:
    """A shape within what a validator of attrs says; a function of one's own says nothing that could be read."""
    if validator is None:
        return shape
    match type(validator).__name__:
        case "_AndValidator":
            for each in attrs.astuple(validator, recurse=False)[0]:
                shape = validated(shape, each, mistakes)
            return shape
        case "_OptionalValidator":
            return evolve(validated(evolve(shape, nullable=False), validator.validator, mistakes), nullable=True)
        case "_InValidator":
            options = tuple(each for each in validator.options if each is not None)
            return narrowed(shape, evolve(shape, values=tuple(getattr(each, "value", each) for each in options)))
        case "_NumberValidator":
            return _compared(shape, validator.compare_op, validator.bound)
        case "_MinLengthValidator" | "_MaxLengthValidator":
            return _within(shape, validator, mistakes)
        case "_MatchesReValidator":
            pattern = validator.pattern.pattern
            whole = getattr(validator.match_func, "__name__", "") == "fullmatch"
            return evolve(shape, pattern=f"^(?:{pattern})$" if whole else pattern)
        case "_DeepIterable" if shape.item is not None:
            shape = evolve(shape, item=validated(shape.item, validator.member_validator, mistakes))
            return validated(shape, validator.iterable_validator, mistakes)
        case "_InstanceOfValidator":
            return shape
    name = getattr(validator, "__name__", type(validator).__name__)
    mistakes.warn(
        "models.not_expressed",
        f"what the validator {name} wants cannot be read: rows may not fit it",
        shape.place,
        hint="say it as a rule of the column, or as a check of the table",
    )
    return shape


def _compared(shape: Shape, operator: str, bound: Any) -> Shape:
    limit = evolve(shape, least=None, most=None, above=False, below=False)
    if operator in (">", ">="):
        return narrowed(shape, evolve(limit, least=bound, above=operator == ">"))
    return narrowed(shape, evolve(limit, most=bound, below=operator == "<"))
