"""What an annotation of Python says of a value, as a shape; what is made of it is a value of the annotation."""

from __future__ import annotations

import datetime
import decimal
import enum
import types
import typing
import uuid
from collections import abc
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from attrs import define, evolve, field

from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.reading.classes.limits import limited
from datamimic_models.reading.classes.named_types import named_shape
from datamimic_models.reading.shapes import USUAL_PROPERTIES, Shape, by_place, invented_names, of_values

SCALARS: Final = {
    int: ColumnType("int"),
    str: ColumnType("str"),
    float: ColumnType("float"),
    bool: ColumnType("bool"),
    bytes: ColumnType("bytes"),
    decimal.Decimal: ColumnType("decimal", precision=12, scale=2),
    datetime.date: ColumnType("date"),
    datetime.datetime: ColumnType("datetime"),
    datetime.time: ColumnType("time"),
    datetime.timedelta: ColumnType("duration"),
    uuid.UUID: ColumnType("uuid"),
    Any: ColumnType("str"),
    object: ColumnType("str"),
}
LISTS: Final = (
    list,
    set,
    frozenset,
    abc.Sequence,
    abc.MutableSequence,
    abc.Set,
    abc.MutableSet,
    abc.Iterable,
    abc.Collection,
)
DISTINCT: Final = (set, frozenset, abc.Set, abc.MutableSet)
MAPPINGS: Final = (dict, abc.Mapping, abc.MutableMapping)
USUAL_ITEMS: Final = 3
"""How many more items than the least a list has at most, where nothing limits it."""


class Endless(Exception):
    """A class holds itself, and nothing lets it end."""


@define
class Annotations:
    """Reads annotations. `members` gives the fields of a class that is an object of its own, None for any other class; `met`
    are those that were met as parts."""

    mistakes: Mistakes
    members: Callable[[Any, Annotations], Shape | None]
    opened: list[Any] = field(factory=list)
    met: list[Any] = field(factory=list)

    def shape(self, annotation: Any, place: Place) -> Shape:
        """Raises `Endless`."""
        if isinstance(annotation, typing.NewType):
            return self.shape(annotation.__supertype__, place)
        if isinstance(annotation, typing.TypeVar):
            return self.shape(annotation.__bound__ or str, place)
        if hasattr(annotation, "__value__"):  # `type Name = …`
            return self.shape(annotation.__value__, place)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return limited(self.shape(arguments[0], place), arguments[1:], self.mistakes)
        if origin in (typing.Required, typing.NotRequired, typing.Final, typing.ClassVar):
            return self.shape(arguments[0], place)
        if origin in (Union, types.UnionType):
            return self._union(arguments, place)
        if origin is Literal:
            return _fixed(arguments, place)
        if origin is tuple or annotation is tuple:
            return self._tuple(arguments, place)
        if (origin or annotation) in LISTS:
            return self._list(origin or annotation, arguments, place)
        if (origin or annotation) in MAPPINGS:
            return self._mapping(annotation, arguments, place)
        return self._class(annotation, place)

    def _class(self, annotation: Any, place: Place) -> Shape:
        if annotation is None or annotation is type(None):
            return Shape(type=ColumnType("str"), nullable=True, values=(None,), place=place)
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return _fixed([member.value for member in annotation], place)
        if (named := named_shape(annotation)) is not None:
            if _said(annotation) == "NaiveDatetime":
                self._warn("moments are written with their zone, UTC: rows may not fit NaiveDatetime", place)
            return evolve(named, place=place)
        if (shape := self._object(annotation)) is not None:
            return shape
        kinds = annotation.__mro__[:-1] if isinstance(annotation, type) else (annotation,)
        known = next((SCALARS[kind] for kind in kinds if kind in SCALARS), None)
        if known is None:
            self._warn(f"{_said(annotation)} is not known here: it is made as a text", place)
        return Shape(type=known or ColumnType("str"), place=place)

    def _object(self, cls: Any) -> Shape | None:
        if cls in self.opened:
            raise Endless(f"{_said(cls)} holds itself without an end")
        self.opened.append(cls)
        try:
            shape = self.members(cls, self)
            self.met += [cls] if shape is not None else []
            return shape
        finally:
            self.opened.pop()

    def _union(self, arguments: Iterable[Any], place: Place) -> Shape:
        """The first that there can be, null where it is among them."""
        others = [each for each in arguments if each is not type(None) and each is not None]
        nullable = len(others) < len(list(arguments))
        endless: Endless | None = None
        for each in others:
            try:
                shape = self.shape(each, place)
            except Endless as error:
                endless = error
                continue
            if len(others) > 1:
                self._warn(f"of {' | '.join(map(_said, others))} {_said(each)} is made", place)
            return evolve(shape, nullable=nullable or shape.nullable)
        if not nullable and endless is not None:
            raise endless
        self._warn(f"always null: {endless}" if endless else "always null", place)
        return Shape(type=ColumnType("str"), nullable=True, values=(None,), place=place)

    def _list(self, origin: Any, arguments: tuple[Any, ...], place: Place) -> Shape:
        try:
            item, longest = self.shape(arguments[0] if arguments else str, place), None
        except Endless as error:
            self._warn(f"the list is empty: {error}", place)
            item, longest = Shape(type=ColumnType("str"), place=place), 0
        return listed(item, 0, longest, origin in DISTINCT, place)

    def _tuple(self, arguments: tuple[Any, ...], place: Place) -> Shape:
        if (len(arguments) == 2 and arguments[1] is Ellipsis) or not arguments:
            return self._list(tuple, arguments[:1], place)
        items = [self.shape(each, place) for each in arguments]
        if all(each == items[0] for each in items):
            return listed(items[0], len(items), len(items), False, place)
        differing = by_place(items, place)
        if differing is None:
            self._warn("items of a tuple that are of several types are made like the first", place)
            return listed(items[0], len(items), len(items), False, place)
        item, places = differing
        return evolve(listed(item, len(items), len(items), False, place), places=places)

    def _mapping(self, annotation: Any, arguments: tuple[Any, ...], place: Place) -> Shape:
        """A few keys: those that are listed, numbers, or words."""
        keys = value = None
        with suppress(Endless):
            keys, value = map(self.shape, arguments or (str, str), (place, place))
        if keys is None or value is None or keys.type.name not in ("str", "int"):
            self._warn(f"mappings of any keys are empty ({_said(annotation)})", place)
            return Shape(type=ColumnType("json"), values=({},), place=place)
        if keys.values is not None:
            names = [str(each) for each in keys.values]
        elif keys.type.name == "int":
            names = [str(each + 1) for each in range(USUAL_PROPERTIES)]
        else:
            names = invented_names(USUAL_PROPERTIES)
        kind = ColumnType("struct", members=tuple((name, value.type) for name in names))
        return Shape(type=kind, members=tuple((name, value) for name in names), place=place)

    def _warn(self, message: str, place: Place) -> None:
        if not any(each.place == place and each.message == message for each in self.mistakes.found):
            self.mistakes.warn("models.not_expressed", message, place)


def listed(item: Shape, shortest: int, longest: int | None, distinct: bool, place: Place) -> Shape:
    most = shortest + USUAL_ITEMS if longest is None else longest
    length = shortest if shortest == most and shortest else None
    kind = ColumnType("list", item=item.type, length=length)
    return Shape(type=kind, shortest=shortest, longest=longest, item=item, distinct=distinct, place=place)


def _fixed(values: Iterable[Any], place: Place) -> Shape:
    """Of a `Literal` and an `Enum`: those of the type of the first that is not null."""
    plain = [value.value if isinstance(value, enum.Enum) else value for value in values]
    left = [value for value in plain if value is not None]
    return evolve(of_values(left, place), nullable=len(left) < len(plain))


def _said(annotation: Any) -> str:
    return annotation.__qualname__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")
