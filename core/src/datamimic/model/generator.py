"""A generator makes one column, from draws, tables and other columns of the same rows."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, get_type_hints

from datamimic.base.arrays import Ints
from datamimic.draws.draw import Draw
from datamimic.errors import DatamimicError, DefinitionError

if TYPE_CHECKING:
    from datamimic.base.clock import Clock
    from datamimic.base.locale import Locale
    from datamimic.columns import Column
    from datamimic.engine.batch import Batch
    from datamimic.model.entity import Spec
    from datamimic.tables.library import Data
    from datamimic.world import World

T = TypeVar("T")

SUPPLIED = ("rows", "draw", "data", "clock", "locale", "options", "world", "family")
"""Rule parameters that the engine supplies; every other parameter is a field of the entity."""


class Context:
    """What the generator of one field sees of one batch.

    `rows` are row numbers (int64), `draw` the field's addressed randomness, `data` the tables of the pack that declares
    the field, `options` the entity's options; `column(name)` is another field of the same rows.
    """

    __slots__ = ("batch", "data", "draw", "name", "options")

    def __init__(self, batch: Batch, name: str, draw: Draw, data: Data, options: Any) -> None:
        self.batch = batch
        self.name = name
        self.draw = draw
        self.data = data
        self.options = options

    @property
    def rows(self) -> Ints:
        return self.batch.rows

    @property
    def clock(self) -> Clock:
        return self.batch.world.clock

    @property
    def locale(self) -> Locale:
        return self.batch.world.locale

    @property
    def world(self) -> World:
        return self.batch.world

    @property
    def family(self) -> Any:
        return self.batch.family

    def column(self, name: str) -> Any:
        return self.batch.column(name)

    def __len__(self) -> int:
        return len(self.batch.rows)


class Generator(ABC, Generic[T]):
    """Makes the column of a field. `T` is the Python type of one value, so that a type checker can compare it with the
    field's annotation; `python_type` lets the engine do the same, None meaning "any"."""

    python_type: ClassVar[Any] = None
    relates: ClassVar[Literal["", "one", "many"]] = ""
    """Does the field reach another entity, or many, rather than hold a value?"""
    invertible: ClassVar[bool] = False
    """Can `row_of` tell the row of a value?"""

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields of the same entity that this generator reads."""
        return ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it reads, `name` or `pack.name`."""
        return ()

    def bind(self, spec: Spec, name: str) -> None:
        """Called once per entity class that has the field; raises `DefinitionError` for what cannot work there."""

    def capacity(self) -> int | None:
        """How many rows it can serve before values would repeat; None where nothing is promised."""
        return None

    def row_of(self, value: str, address: tuple[str, ...]) -> int | None:
        """The row that has the value, where the generator is `invertible`; None for a value that no row has.

        `address` is that of the field's draws: seed, entity, field.
        """
        return None

    @abstractmethod
    def column(self, context: Context) -> Column:
        """One value per row of `context.rows`."""


class Rule(Generator[Any]):
    """A function as a generator: its parameter names are the columns it reads and what the engine supplies."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.parameters = parameter_names(function)
        self._needs = tuple(name for name in self.parameters if name not in SUPPLIED)

    @property
    def needs(self) -> tuple[str, ...]:
        return self._needs

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
        except DefinitionError as error:
            place(error, self)
            raise
        except (DatamimicError, Warning):
            raise
        except Exception as error:
            code = self.function.__code__
            raise DefinitionError(
                "rule_failed",
                f"the rule of {context.batch.path}.{context.name} raised {type(error).__name__}: {error}",
                file=code.co_filename,
                line=code.co_firstlineno,
            ) from error
        return result


class RowRule(Generator[Any]):
    """A function that makes one value at a time from plain Python values; slower, for rules that are not worth vectorising."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.parameters = parameter_names(function)
        self._needs = tuple(name for name in self.parameters if name not in SUPPLIED)
        refused = sorted({"rows", "data", "world", "family"} & set(self.parameters))
        if refused:
            raise DefinitionError(
                "bad_rule",
                f"the row rule {function.__name__} asks for {', '.join(refused)}, which only column rules get",
                hint="a row rule reads fields, draw, clock, locale and options",
            )

    @property
    def needs(self) -> tuple[str, ...]:
        return self._needs

    def column(self, context: Context) -> Column:
        from datamimic.model.pythonic import column_of, values_of

        spec = context.batch.spec
        inputs = {name: values_of(context.column(name), spec.fields[name].kind) for name in self._needs}
        shared: dict[str, Any] = {"clock": context.clock, "locale": context.locale, "options": context.options}
        values = []
        for position, row in enumerate(context.rows.tolist()):
            own = dict(shared, draw=RowDraw(context.draw, row)) | {name: inputs[name][position] for name in self._needs}
            try:
                values.append(self.function(*(own[name] for name in self.parameters)))
            except (DatamimicError, Warning):
                raise
            except Exception as error:
                code = self.function.__code__
                raise DefinitionError(
                    "rule_failed",
                    f"the rule of {context.batch.path}.{context.name} raised {type(error).__name__} in row {row}: {error}",
                    file=code.co_filename,
                    line=code.co_firstlineno,
                ) from error
        return column_of(values, spec.fields[context.name].kind, f"{context.batch.path}.{context.name}")


class RowDraw:
    """The draws of one field in one row, as plain numbers."""

    __slots__ = ("_draw",)

    def __init__(self, draw: Draw, row: int) -> None:
        import numpy as np

        self._draw = Draw(draw.address, np.array([row], dtype=np.int64))

    def uniform(self, label: str = "") -> float:
        return float(self._draw.uniform(label)[0])

    def integer(self, low: int, high: int, label: str = "") -> int:
        return int(self._draw.integers(low, high, label)[0])

    def chance(self, probability: float, label: str = "") -> bool:
        return bool(self._draw.chance(probability, label)[0])

    def choice(self, values: Any, label: str = "") -> Any:
        return values[int(self._draw.one_of(values, label)[0])]


def place(error: DefinitionError, generator: Generator[Any]) -> None:
    """Give an error that has no place yet that of the generator's rule."""
    code = getattr(getattr(generator, "function", None), "__code__", None)
    if error.file is None and code is not None:
        error.file, error.line = code.co_filename, code.co_firstlineno


def row_rule(function: Callable[..., Any]) -> RowRule:
    """`field(row_rule(function))`: the function sees plain values of one row and returns one value."""
    return RowRule(function)


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
    return tuple(parameter.name for parameter in parameters)
