"""The fields of a class that says what an object is like: Pydantic, attrs, dataclasses, TypedDict, NamedTuple."""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, get_args, get_origin

import attrs
from attrs import evolve, frozen

from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.reading.classes.annotations import Annotations, Endless
from datamimic_models.reading.classes.limits import limited, validated
from datamimic_models.reading.shapes import Shape


@frozen
class Member:
    """A field of a class; `optional` where it may be left out of what the class is made of."""

    name: str
    annotation: Any
    optional: bool
    metadata: tuple[Any, ...] = ()
    validator: Any = None
    comment: str = ""


def kind_of(cls: Any) -> str | None:
    """`pydantic`, `attrs`, `dataclass`, `typed dict`, `named tuple`; None of a class that has no fields to read."""
    if not isinstance(cls, type):
        return None
    if hasattr(cls, "model_fields") and hasattr(cls, "model_construct"):
        return "pydantic"
    if attrs.has(cls):
        return "attrs"
    if dataclasses.is_dataclass(cls):
        return "dataclass"
    if typing.is_typeddict(cls):
        return "typed dict"
    return "named tuple" if issubclass(cls, tuple) and hasattr(cls, "_fields") else None


def object_shape(cls: Any, annotations: Annotations) -> Shape | None:
    """The shape of an object of the class, None of a class that is no object here. Raises `Endless`."""
    cls, given = get_origin(cls) or cls, get_args(cls)
    kind = kind_of(cls)
    if kind is None:
        return None
    if getattr(cls, "__pydantic_root_model__", False):
        return annotations.shape(cls.model_fields["root"].annotation, place_of(cls))
    parameters = dict(zip(getattr(cls, "__parameters__", ()), given, strict=False))
    place = place_of(cls)
    members = []
    for member in READERS[kind](cls, annotations.mistakes):
        at = Place(f"{place.file}.{member.name}", place.line)
        try:
            shape = annotations.shape(_of_parameters(member.annotation, parameters), at)
        except Endless as error:
            if not member.optional:
                raise
            annotations.mistakes.warn("models.not_expressed", f"{member.name!r} is left out: {error}", at)
            continue
        shape = limited(shape, member.metadata, annotations.mistakes)
        shape = validated(shape, member.validator, annotations.mistakes)
        members.append((member.name, evolve(shape, comment=member.comment or shape.comment, place=at)))
        if problem := shape.contradiction:
            annotations.mistakes.add("models.impossible", f"there can be no {member.name}: {problem}", at)
    if not members:
        return Shape(type=ColumnType("json"), values=({},), place=place)
    struct = ColumnType("struct", members=tuple((name, shape.type) for name, shape in members))
    return Shape(type=struct, members=tuple(members), comment=_first_line(cls), place=place)


def _of_parameters(annotation: Any, parameters: dict[Any, Any]) -> Any:
    """An annotation of a generic class, of which something is said what it is generic over."""
    own = getattr(annotation, "__parameters__", ())
    if isinstance(annotation, typing.TypeVar):
        return parameters.get(annotation, annotation)
    return annotation[tuple(parameters.get(each, each) for each in own)] if own and parameters else annotation


def place_of(cls: type) -> Place:
    try:
        line: int | None = inspect.getsourcelines(cls)[1]
    except (OSError, TypeError):
        line = None
    return Place(f"{cls.__module__}:{cls.__qualname__}", line)


def _pydantic(cls: Any, mistakes: Mistakes) -> Iterator[Member]:
    """Under the name that the class takes it by: the alias, where there is one. What is computed or private is no field."""
    with suppress(Exception):  # what names a class that is defined later, and is not there yet
        cls.model_rebuild()
    for name, info in cls.model_fields.items():
        alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias
        by_name = cls.model_config.get("populate_by_name") or cls.model_config.get("validate_by_name")
        yield Member(
            name if by_name or not alias else alias,
            info.annotation,
            not info.is_required(),
            tuple(info.metadata),
            comment=info.description or "",
        )
    for what in ("field_validators", "model_validators"):
        for name in getattr(getattr(cls, "__pydantic_decorators__", None), what, {}):
            mistakes.warn(
                "models.not_expressed",
                f"what the validator {name} wants cannot be read: rows may not fit it",
                place_of(cls),
                hint="say it as a rule of the column, or as a check of the table",
            )


def _attrs(cls: Any, mistakes: Mistakes) -> Iterator[Member]:
    hints = _hints(cls, mistakes)
    for each in attrs.fields(cls):
        if each.init:
            annotation = hints.get(each.name, each.type if each.type is not None else _instance_of(each.validator))
            comment = each.metadata.get("doc", "") if isinstance(each.metadata.get("doc", ""), str) else ""
            yield Member(
                each.alias or each.name,
                annotation,
                each.default is not attrs.NOTHING,
                validator=each.validator,
                comment=comment,
            )


def _instance_of(validator: Any) -> Any:
    """The type that `instance_of` names, of a field without an annotation."""
    return validator.type if type(validator).__name__ == "_InstanceOfValidator" else str


def _dataclass(cls: Any, mistakes: Mistakes) -> Iterator[Member]:
    hints = _hints(cls, mistakes)
    for each in dataclasses.fields(cls):
        if each.init:
            optional = each.default is not dataclasses.MISSING or each.default_factory is not dataclasses.MISSING
            comment = each.metadata.get("doc", "") if isinstance(each.metadata.get("doc", ""), str) else ""
            yield Member(each.name, hints.get(each.name, str), optional, comment=comment)


def _typed_dict(cls: Any, mistakes: Mistakes) -> Iterator[Member]:
    for name, annotation in _hints(cls, mistakes).items():
        yield Member(name, annotation, name not in cls.__required_keys__)


def _named_tuple(cls: Any, mistakes: Mistakes) -> Iterator[Member]:
    hints = _hints(cls, mistakes)
    for name in inspect.signature(cls).parameters:
        yield Member(name, hints.get(name, str), False)


READERS: Final = {
    "pydantic": _pydantic,
    "attrs": _attrs,
    "dataclass": _dataclass,
    "typed dict": _typed_dict,
    "named tuple": _named_tuple,
}


def _hints(cls: Any, mistakes: Mistakes) -> dict[str, Any]:
    """The annotations, with names in quotation marks resolved where the class was written."""
    try:
        return typing.get_type_hints(cls, include_extras=True, localns=dict(vars(sys.modules[cls.__module__])))
    except (NameError, TypeError, SyntaxError, KeyError, AttributeError) as error:
        mistakes.add(
            "models.bad_class", f"the annotations of {cls.__qualname__} cannot be read: {error}", place_of(cls)
        )
        return {}


def _first_line(cls: type) -> str:
    """Of the docstring that somebody wrote; dataclasses make one of their own."""
    text = (vars(cls).get("__doc__") or "").strip()
    return "" if text.startswith((f"{cls.__name__}(", "Method generated by attrs")) else text.partition("\n")[0]
