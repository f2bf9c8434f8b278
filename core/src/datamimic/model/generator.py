"""A generator makes one column, from draws, tables and other columns of the same rows."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_type_hints

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import Column, Text
from datamimic.draws.address import Address
from datamimic.draws.child_counts import ChildLayout
from datamimic.draws.counted_children import CountedChildren
from datamimic.errors import DatamimicError, DefinitionError
from datamimic.errors.messages import what_failed
from datamimic.model.context import Context
from datamimic.model.supplied import SUPPLIED

T = TypeVar("T")
WHATEVER_RULES_RAISE = (Exception, SystemExit, GeneratorExit)
"""All but what ends a program from outside."""


class Generator(ABC, Generic[T]):
    """Makes the column of a field. `T` is the Python type of one value, so that a type checker can compare it with the
    field's annotation; `python_type` lets the engine do the same, None meaning "any"."""

    python_type: ClassVar[Any] = None
    relates: Literal["", "one", "many"] = ""
    """Does the field reach another entity, or many, rather than hold a value?"""
    embeds: bool = False
    """Does the field hold another entity as a part?"""
    invertible: ClassVar[bool] = False
    """Can `row_of` tell the row of a value?"""
    exists: ClassVar[bool] = False
    """Is the field a column of a table that exists?"""
    copies: ClassVar[bool] = False
    """Does the field show a column that is there already, whatever its kind?"""
    target: Any = None
    """The entity that the field reaches or holds: a class, or `pack.entity`."""
    needs: tuple[str, ...] = ()
    """The fields of the same entity that this generator reads."""
    tables: tuple[str, ...] = ()
    """The tables that it reads, `name` or `pack.name`."""
    reads_now: bool = False
    """Does the value depend on the moment at which one looks? Then it changes as that passes one of the moments that it
    `needs`, and at no other time."""
    reads_children_there: bool = False
    """Does the value depend on which of the children that it `needs` there are at the moment at which one looks?"""
    function: Callable[..., Any] | None = None
    """The author's function that it calls, whose place errors name."""

    def names(self) -> tuple[str, ...]:
        """Of one that embeds: the fields of the part that stand in the table."""
        return tuple(each.name for each in self.target.__entity__.columns if not each.is_relation)

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        """Called with the field that has the generator and all fields of its entity, each a `FieldSpec`, before `bind`: for
        one that shows what another field reaches."""

    def bind(self, where: str) -> None:
        """Called once for every `Class.field` that has the generator; raises `DefinitionError` for what cannot work there."""

    def capacity(self) -> int | None:
        """How many rows it can serve before values would repeat; None where nothing is promised."""
        return None

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        """`capacity` in a world, of the field `name` of an entity (its `Spec`), where it depends on the size of others.

        Raises `InvalidOption` where no row can be made in that world.
        """
        return self.capacity()

    def most_held(self, world: Any, entity: Any, name: str, holders: Any) -> int | None:
        """How many rows of a role it can serve, whose people are `holders` among the entity's rows and have the field `name`
        from it."""
        most = self.most_rows(world, entity, name)
        return None if most is None else int(holders.below(np.array([most], dtype=np.int64))[0])

    def has_more(self, world: Any, entity: Any) -> str:
        """The option by which there are more values, such as `identifiers=valid`; nothing where there is none."""
        return ""

    def usual_rows(self, world: Any, entity: Any, name: str) -> int | None:
        """How many rows look as they usually do: of keys that grow, those before the first longer one."""
        return self.most_rows(world, entity, name)

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        """Which fields of the entity, the field `name` among them, are never alike together in two rows, since this generator
        makes it so and declares it; none where it promises nothing."""
        return ()

    def row_of(self, value: str, address: Address) -> int | None:
        """The row that has the value, where the generator is `invertible`; None for a value that no row has.

        `address` is that of the field's draws: seed, entity, field.
        """
        return None

    def rows_of(self, values: Text, address: Address) -> Ints:
        """The row of each of the values as `row_of` tells it, -1 for a null and for what no row has."""
        rows = (None if value is None else self.row_of(value, address) for value in values.tolist())
        return np.array([-1 if row is None else row for row in rows], dtype=np.int64)

    @abstractmethod
    def column(self, context: Context) -> Column:
        """One value per row of `context.rows`."""


class ParentGenerator(Generator[T]):
    """Makes the field of a child entity that is its parent; see `datamimic.parent`."""

    relates = "one"
    childless: ClassVar[bool] = True
    """May a parent be without children, so that a set needs those as well to have the declared counts?"""

    @abstractmethod
    def layout(self, world: Any, spec: Any, name: str) -> ChildLayout:
        """Where the children of every parent lie; `name` is the field, `spec` the child entity."""

    def is_counted(self, world: Any, spec: Any, name: str) -> bool:
        """Whether a child is found by counting the children of all parents before its own, so that a late row costs more."""
        return isinstance(self.layout(world, spec, name), CountedChildren)

    @abstractmethod
    def family(self, batch: Any, parents: Any) -> Any:
        """The siblings of a batch's rows; `parents` is the field's column."""


class RoleGenerator(Generator[T]):
    """Makes the field of an entity that says whose role a row is; see `datamimic.role`."""

    relates = "one"

    @abstractmethod
    def apart(self, world: Any, spec: Any) -> bool:
        """Are the rows of the entity (its `Spec`) a population of their own in this world?"""

    @abstractmethod
    def most_of(self, world: Any, spec: Any, name: str) -> int | None:
        """How many rows of the entity, which are no population of their own, have a value of the inherited field `name`; None
        where it does not end."""


class OfHolder(Generator[T]):
    """An inherited field of a role: that of the member whose role it is, or made here for a population of its own."""

    copies = True

    def __init__(self, made: Generator[T], role: str, generator: RoleGenerator[Any] | None = None) -> None:
        """`made` is how the field is made here, `role` the field with the member, of this generator."""
        self.made = made
        self.role = role
        self.generator = generator
        self.relates = made.relates
        self.embeds = made.embeds
        self.target = made.target
        self.needs = (role, *(name for name in made.needs if name != role))
        self.tables = made.tables
        self.function = made.function

    def names(self) -> tuple[str, ...]:
        return self.made.names()

    def capacity(self) -> int | None:
        return self.made.capacity()

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        if self.generator is None or self.generator.apart(world, entity):
            return self.made.most_rows(world, entity, name)
        return self.generator.most_of(world, entity, name)

    def has_more(self, world: Any, entity: Any) -> str:
        return self.made.has_more(world, entity)

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return self.made.unique_fields(name, fields)

    def apart(self, context: Context) -> bool:
        """Is the field made here for these rows?"""
        return self.generator is None or self.generator.apart(context.world, context.batch.spec)

    def column(self, context: Context) -> Column:
        if self.apart(context):
            return self.made.column(context)
        made: Column = context.column(self.role).column(context.name)
        return made


class Rule(Generator[Any]):
    """A function as a generator: its parameter names are the columns it reads and what the engine supplies."""

    function: Callable[..., Any]

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.parameters = parameter_names(function)
        self.needs = tuple(name for name in self.parameters if name not in SUPPLIED)
        self.reads_now = "now" in self.parameters

    @property
    def returns(self) -> Any:
        """The annotation of what the function returns; None where there is none or it cannot be resolved."""
        try:
            return get_type_hints(self.function).get("return")
        except (NameError, TypeError, AttributeError):
            return None

    def column(self, context: Context) -> Column:
        arguments = [getattr(context, name) if name in SUPPLIED else context.column(name) for name in self.parameters]
        try:
            result: Column = self.function(*arguments)
        except (DatamimicError, Warning):
            raise
        except WHATEVER_RULES_RAISE as error:
            rule = f"the rule of {context.batch.where(context.name)}"
            raise raised("rule_failed", rule, self.function, error) from error
        return result


def raised(code: str, what: str, function: Callable[..., Any], error: BaseException) -> DefinitionError:
    """What an author's function raised, as an error with the place of the function."""
    place = function.__code__
    message = f"{what} raised {what_failed(error)}"
    return DefinitionError(code, message, file=place.co_filename, line=place.co_firstlineno)


def parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Raises `DefinitionError` (`bad_rule`) for what is no plain function of named parameters."""
    name = getattr(function, "__name__", repr(function))
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        raise DefinitionError("bad_rule", f"{name} is not a function", hint="a rule is a function of columns") from None
    for parameter in parameters:
        if parameter.kind in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
            parameter.KEYWORD_ONLY,
            parameter.POSITIONAL_ONLY,
        ):
            raise DefinitionError(
                "bad_rule",
                f"the rule {name} has the parameter {parameter}",
                hint="a rule has plain parameters only, each named after a column",
            )
        if parameter.default is not parameter.empty:
            raise DefinitionError(
                "bad_rule",
                f"the parameter {parameter.name} of {name} has a default",
                hint="parameters are columns, which are always given; what never changes is a constant of the module",
            )
    return tuple(parameter.name for parameter in parameters)
