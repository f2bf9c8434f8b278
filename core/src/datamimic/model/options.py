"""Options of an entity: named, typed, with a default and a range; `min_age=70` on the command line and in Python."""

from __future__ import annotations

import math
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, Union, cast, dataclass_transform, get_args, get_origin, get_type_hints

import attrs
import cattrs

from datamimic.base.utf8 import encodes
from datamimic.errors import DatamimicError, DefinitionError, InvalidOption, UnknownName, excerpt

T = TypeVar("T")
_KEY = "datamimic"
_LARGEST = (1 << 63) - 1


def option(
    default: T,
    *,
    doc: str,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: Sequence[Any] | None = None,
    values_in: str | None = None,
) -> T:
    """One option: its default, its meaning (`doc`), and the values that are allowed: from `minimum` to `maximum`, both
    included, or one of the `choices`.

    `values_in` names the `table.column` of the pack in which its values stand: they are described and completed from there;
    whether a value is among them, the options' own `__attrs_post_init__` decides.
    """
    rules = {"doc": doc, "minimum": minimum, "maximum": maximum, "choices": choices, "values_in": values_in}
    metadata = {_KEY: rules}
    return attrs.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(option,))
def options(cls: type[T]) -> type[T]:
    """Class decorator. Options inherit; `__attrs_post_init__` may compare them and raise ValueError.

    Raises `DefinitionError` (`bad_option`) for a default outside the option's own range.
    """
    made = attrs.frozen(kw_only=True)(cls)
    hints = get_type_hints(made, localns=dict(vars(cls)))
    for attribute in attrs.fields(cast(Any, made)):
        if _KEY not in attribute.metadata:
            raise DefinitionError("bad_option", f"{cls.__name__}.{attribute.name} is not made with option(...)")
        try:
            _check(attribute, attribute.default, hints[attribute.name])
        except InvalidOption as error:
            raise DefinitionError(
                "bad_option", f"the default of {cls.__name__}.{attribute.name}: {error.message}"
            ) from None
    return made


@options
class NoOptions:
    """For entities that have none."""


def make_options(cls: type[Any], given: Mapping[str, Any], owner: str) -> Any:
    """Check and convert `given` (text is converted, as it comes from a command line) into an instance of `cls`.

    `owner` is the entity that errors name. Raises `UnknownName` (`unknown_option`), `InvalidOption` (`invalid_option`,
    `impossible_constraint`).
    """
    attributes = {attribute.name: attribute for attribute in attrs.fields(cls)}
    hints = get_type_hints(cls)
    values = {}
    for name, value in given.items():
        if name not in attributes:
            raise UnknownName("option", name, attributes, owner=owner, path=f"$.{name}")
        converted = _convert(value, hints[name], name)
        _check(attributes[name], converted, hints[name])
        values[name] = converted
    _make_room(attributes, hints, values, owner)
    try:
        return cls(**values)
    except DatamimicError:
        raise
    except ValueError as error:
        raise InvalidOption("impossible_constraint", f"{owner}: {error}", details=dict(given)) from None


def _make_room(
    attributes: Mapping[str, attrs.Attribute[Any]], hints: Mapping[str, Any], values: dict[str, Any], owner: str
) -> None:
    """Of `min_x` and `max_x`, a limit that is given goes before the default of the other, which it would contradict."""
    for low in attributes:
        high = low.replace("min_", "max_", 1)
        if not low.startswith("min_") or high not in attributes:
            continue
        bottom, top = (values.get(name, attributes[name].default) for name in (low, high))
        if bottom is None or top is None or bottom <= top:
            continue
        default = next((name for name in (low, high) if name not in values), None)
        if default is None:
            raise InvalidOption(
                "impossible_constraint",
                f"{owner}: {low} {bottom} is above {high} {top}",
                path=f"$.{low}",
                details={low: bottom, high: top},
            )
        widest = attributes[default].metadata[_KEY][f"{default[:3]}imum"]
        values[default] = None if type(None) in get_args(hints[default]) else widest


def describe_options(cls: type[Any]) -> list[dict[str, Any]]:
    """name, type, default, doc, minimum, maximum, choices and values_in of every option, in order of definition."""
    hints = get_type_hints(cls)
    return [
        {"name": a.name, "type": _type_name(hints[a.name]), "default": a.default, **a.metadata[_KEY]}
        for a in attrs.fields(cls)
    ]


def choices_in_words(choices: Iterable[Any]) -> str:
    """What an option may be, in words; empty text, which is what it is where nobody chooses, is no choice."""
    return "one of " + ", ".join(str(each) for each in choices if each != "")


def _convert(value: Any, annotation: Any, name: str) -> Any:
    if not isinstance(value, str):
        if get_origin(annotation) is frozenset and isinstance(value, list | tuple | set):
            try:
                return frozenset(value)
            except TypeError:  # of what cannot be hashed
                return value
        if annotation is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value) if abs(value) <= _LARGEST else value
        return value
    target = annotation
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        if str in parts:
            return value
        if value == "" and type(None) in get_args(annotation):
            return None
        target = parts[0]
    try:
        if target is bool:
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[value.lower()]
        if target in (int, float):
            return target(value)
        if get_origin(target) in (frozenset, tuple, list):
            return get_origin(target)(part.strip() for part in value.split(",") if part.strip())
        return value if target is str else cattrs.structure(value, target)
    except (ValueError, KeyError, TypeError, OverflowError, cattrs.BaseValidationError):
        raise InvalidOption(
            "invalid_option", f"{name} is {excerpt(value)}, not {in_words(annotation)}", path=f"$.{name}"
        ) from None


def _check(attribute: attrs.Attribute[Any], value: Any, annotation: Any) -> None:
    rules = attribute.metadata[_KEY]
    name, shown = attribute.name, excerpt(value)
    if not is_a(value, annotation):
        raise InvalidOption("invalid_option", f"{name} is {shown}, not {in_words(annotation)}", path=f"$.{name}")
    if value is None:
        return
    if rules["choices"] is not None and value not in rules["choices"]:
        hint = choices_in_words(rules["choices"])
        raise InvalidOption("invalid_option", f"{name} is {shown}", hint=hint, path=f"$.{name}")
    low, high = rules["minimum"], rules["maximum"]
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        limits = f"from {low}" if high is None else f"up to {high}" if low is None else f"from {low} to {high}"
        raise InvalidOption("invalid_option", f"{name} is {shown}", hint=f"a value {limits}", path=f"$.{name}")


def is_a(value: Any, annotation: Any) -> bool:
    """Is the value of the annotated type? No truth value is a number, and none is NaN."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return any(is_a(value, part) for part in get_args(annotation))
    if annotation is Any:
        return True
    if annotation is float:
        return is_a(value, int) or (isinstance(value, float) and math.isfinite(value))
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
    if annotation is str:
        return isinstance(value, str) and encodes(value)
    if origin in (frozenset, tuple, list, set):
        item = get_args(annotation)[0]
        return isinstance(value, origin) and all(is_a(part, item) for part in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, item = get_args(annotation)
        return isinstance(value, origin) and all(is_a(k, key) and is_a(v, item) for k, v in value.items())
    if isinstance(origin, type) and issubclass(origin, Sequence):
        item = get_args(annotation)[0]
        return isinstance(value, origin) and not isinstance(value, str) and all(is_a(part, item) for part in value)
    if isinstance(origin, type):
        return isinstance(value, origin)
    return isinstance(value, annotation) if isinstance(annotation, type) else True


def _type_name(annotation: Any) -> str:
    if get_origin(annotation) in (Union, types.UnionType):
        return " | ".join(_type_name(part) for part in get_args(annotation))
    if annotation is type(None):
        return "None"
    return str(annotation) if get_origin(annotation) else getattr(annotation, "__name__", str(annotation))


_IN_WORDS: dict[Any, str] = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


def in_words(annotation: Any) -> str:
    """What errors call a type."""
    if get_origin(annotation) in (Union, types.UnionType):
        return " or ".join(in_words(part) for part in get_args(annotation) if part is not type(None))
    return _IN_WORDS.get(annotation) or _type_name(annotation)
