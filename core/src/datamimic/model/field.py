"""One field of an entity, as an author writes it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn, TypeVar, Union, overload

import attrs

from datamimic.errors import DefinitionError
from datamimic.model.generator import Generator, Rule

T = TypeVar("T")


@attrs.frozen
class FieldMarker:
    """What `field(...)` leaves in the class body until `@entity` reads it."""

    generator: Generator[Any]
    doc: str
    unit: str
    hidden: bool
    key: bool
    internal: bool
    allow_nan: bool
    since: str
    changes: str
    stream: str
    column: str
    names: type | str | None
    place: tuple[str, int]

    def __call__(self, *_: object, **__: object) -> NoReturn:
        """A class body that calls what was a generator before a field took its name."""
        raise self._taken(sys._getframe(1), "cannot be called")

    def __getattr__(self, name: str) -> NoReturn:
        """A class body that asks what was a generator, a module or a class for one of its names."""
        if name.startswith("_"):
            raise AttributeError(name)
        raise self._taken(sys._getframe(1), f"has no {name}")

    def __getitem__(self, _: object) -> NoReturn:
        """`Decimal[...]`, `choice[...]` in a class body where a field has the name."""
        raise self._taken(sys._getframe(1), "has no items")

    def __or__(self, other: Any) -> Any:
        """The annotation `date | None` in a class body where a field is called `date`; see `field_types`."""
        return Union[self, other]  # noqa: UP007 - evaluated, of what is no type

    __ror__ = __or__

    def _taken(self, frame: FrameType, why: str) -> DefinitionError:
        body = frame.f_locals
        name = next((key for key, value in body.items() if value is self), None)
        return taken_name(f"{body.get('__qualname__', 'the class')}", name, why)


def taken_name(cls: str, name: str | None, why: str) -> DefinitionError:
    """For what a class body asks of a name that one of its fields has taken."""
    shown = name or "a field"
    return DefinitionError(
        "bad_field",
        f"{cls}.{shown} is a field from here on, and {why}",
        hint=f"make it by a name that no field has: `import datamimic`, `field(datamimic.{shown}(…))`"
        if why == "cannot be called"
        else f"import it by a name that no field has: `from … import {shown} as …`",
    )


@overload
def field(
    generator: Generator[T],
    *,
    doc: str = ...,
    unit: str = ...,
    hidden: bool = ...,
    key: bool = ...,
    internal: bool = ...,
    allow_nan: bool = ...,
    since: str = ...,
    changes: str = ...,
    stream: str = ...,
    column: str = ...,
    names: type | str | None = ...,
    place: tuple[str, int] | None = ...,
) -> T: ...


@overload
def field(
    generator: Callable[..., Any],
    *,
    doc: str = ...,
    unit: str = ...,
    hidden: bool = ...,
    key: bool = ...,
    internal: bool = ...,
    allow_nan: bool = ...,
    since: str = ...,
    changes: str = ...,
    stream: str = ...,
    column: str = ...,
    names: type | str | None = ...,
    place: tuple[str, int] | None = ...,
) -> Any: ...


def field(
    generator: Generator[Any] | Callable[..., Any],
    *,
    doc: str = "",
    unit: str = "",
    hidden: bool = False,
    key: bool = False,
    internal: bool = False,
    allow_nan: bool = False,
    since: str = "",
    changes: str = "",
    stream: str = "",
    column: str = "",
    names: type | str | None = None,
    place: tuple[str, int] | None = None,
) -> Any:
    """One field: a generator, or a rule, that is a function whose parameter names are the columns it reads. `doc` says
    what its values mean, `unit` what they are counted in.

    `hidden` fields are reachable as attributes and by rules, but stand in no table and no `to_dict()`. `internal` ones are
    hidden and left out of descriptions as well: row numbers, codes and other machinery of the rules.
    The `key` of an entity is unique and not null; references to the entity show it. A value is null only where the annotation
    says `X | None`; its floats are NaN or infinite only where `allow_nan` says so. `since` names a date or date-time field:
    until that moment has come, rows show null. A date may name itself. Rules read what will be shown, whatever the moment.
    `changes` names a field with further moments at which a value that depends on `now` changes, beside those that its rule
    reads: a date or date-time, a list of such, or children; it is only made where changes are asked for.
    `stream` is the name that its draws have, where that is not its own: a field that was renamed keeps its values.
    `column` is its name in tables, any text, where that is not its own: `field(…, column="Kunden-Nr.")`; rules and attributes
    keep the name of the field. `names` is an entity, keys of whose rows are the values, or those of the list: no reference, but
    sets of related tables bring those rows too, where their keys tell which they are. `place` is the file and line that errors
    name, of a field that is written elsewhere.
    """
    made = generator if isinstance(generator, Generator) else Rule(generator)
    caller = sys._getframe(1)
    place = (caller.f_code.co_filename, caller.f_lineno) if place is None else place
    return FieldMarker(
        made, doc, unit, hidden or internal, key, internal, allow_nan, since, changes, stream, column, names, place
    )
