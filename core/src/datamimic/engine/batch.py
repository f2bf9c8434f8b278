"""Columns of one entity for one set of rows, each made once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from datamimic.base.arrays import Dates, Ints
from datamimic.base.clock import Clock
from datamimic.base.locale import Locale
from datamimic.base.observation import WATCHING
from datamimic.columns import take
from datamimic.columns.conforming import conform
from datamimic.draws.draw import Draw
from datamimic.engine.engine import Engine
from datamimic.engine.evaluation import current_evaluation, keeping_batches, note_batch
from datamimic.errors import DatamimicError, DefinitionError, UnknownName
from datamimic.model.generator import WHATEVER_RULES_RAISE, raised
from datamimic.model.spec import FieldSpec, Spec
from datamimic.tables.library import Data

T = TypeVar("T")


class Batch:
    """The columns of an entity for `rows` (int64 row numbers, in any order, repeats allowed).

    `path` is the address of the draws: `pack.entity` (its stream), and for an embedded entity `pack.entity.field`. `given`
    holds columns that come from outside instead of being made, or functions that fetch them when they are asked for; `options`
    are those of the entity in this world, unless an entity that it is part of has others for it. `now` is the moment at which
    each row is seen (datetime64[us]), that of the world without it.
    """

    def __init__(
        self,
        world: Engine,
        spec: Spec,
        rows: Ints,
        path: str,
        given: Mapping[str, Any],
        options: Any = None,
        now: Dates | None = None,
    ) -> None:
        self.world = world
        self.spec = spec
        self.rows = rows
        self.path = path
        self._options = options
        self.own_now = now
        self._given = given
        self._made: dict[str, Any] = {}
        self._wider: tuple[Batch, Ints] | None = None
        self._remembered: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def options(self) -> Any:
        return self.world.options(self.spec) if self._options is None else self._options

    @property
    def now(self) -> Dates:
        return np.full(len(self), self.world.now.instant) if self.own_now is None else self.own_now

    def where(self, name: str) -> str:
        """A field as messages name it: `pack.entity.field`, whatever stream its values are of."""
        world = self.world
        return f"{world.path(self.spec) if self.path == world.stream(self.spec) else self.path}.{name}"

    def column(self, name: str) -> Any:
        """Raises `UnknownName` (`unknown_column`), and whatever the field's generator raises."""
        made = self._made.get(name)
        if made is None:
            made = self._first(name)
        elif (watching := WATCHING.get()) is not None:
            watching.reused(self, name)
        return made

    def made(self, name: str) -> Any:
        """The column if it is there already, else None."""
        return self._made.get(name)

    def remembered(self, key: Any, make: Callable[[], T]) -> T:
        """What several columns of this batch share, made once."""
        if key not in self._remembered:
            self._remembered[key] = make()
        found: T = self._remembered[key]
        return found

    def _first(self, name: str) -> Any:
        given = self._given.get(name)
        if given is None:
            made = self._taken(name)
            if made is None:
                made = self._make(name)
        else:
            made = given() if callable(given) else given
        self._made[name] = made
        if given is not None and (watching := WATCHING.get()) is not None:
            watching.reused(self, name)
        return made

    def held_by(self, wider: Batch, places: Ints) -> Batch:
        """The same, which takes what is made in a `wider` batch of its entity, where its rows stand at these places."""
        self._wider = wider, places
        return self

    def _taken(self, name: str) -> Any:
        """The column from a wider batch, if it is there; not one whose parts would be made there for all of its rows."""
        if self._wider is None or name not in self.spec.fields:
            return None
        wider, places = self._wider
        generator = self.spec.fields[name].generator
        made = None if generator.embeds or generator.relates == "many" else wider.made(name)
        return None if made is None else take(made, places)

    def _make(self, name: str) -> Any:
        evaluation = current_evaluation()
        if evaluation is None:
            with keeping_batches():
                return self._make(name)
        try:
            spec = self.spec.fields[name]
        except KeyError:
            raise UnknownName("column", name, self.spec.fields, owner=self.path) from None
        where = self.where(name)
        evaluation.begin(where)
        try:
            context = BatchContext.of(self, spec)
            if (watching := WATCHING.get()) is not None:
                column = watching.make(self, name, lambda: spec.generator.column(context))
            else:
                column = spec.generator.column(context)
            return conform(column, spec.kind, self.rows, where, allow_nan=spec.allow_nan)
        except DatamimicError as error:
            unfit = self.world.library.unfit(self.path, error)
            if unfit is None:
                spec.locate(error, where)
                raise
            raise unfit from error
        except Warning:
            raise
        except WHATEVER_RULES_RAISE as error:
            generator = type(spec.generator)
            what = f"{generator.__name__}, which makes {where},"
            raise raised("generator_failed", what, generator.column, error) from error
        finally:
            evaluation.end()

    def of_rows(self, rows: Ints, given: Mapping[str, Any]) -> Batch:
        """Other rows of the same entity, of which some columns are `given`."""
        return batch_of(self.world, self.spec, rows, path=self.path, given=given, options=self._options)

    def forget(self) -> None:
        """Let go of the columns. One that is asked for again is made again."""
        self._made.clear()
        self._remembered.clear()
        self._wider = None
        self.__dict__.pop("family", None)

    @cached_property
    def family(self) -> Any:
        """The siblings of a child entity's rows, a `Family`."""
        parent = self.spec.parent
        if parent is None:
            raise DefinitionError(
                "bad_rule", f"{self.path} has no parent, so that its rows have no family", hint="use parent(...)"
            )
        name, generator = parent
        return generator.family(self, self.column(name))


class BatchContext:
    """What the generator of one field sees of one batch; see `datamimic.model.context.Context`."""

    __slots__ = ("batch", "data", "draw", "name", "options")

    def __init__(self, batch: Batch, name: str, draw: Draw, data: Data, options: Any) -> None:
        self.batch = batch
        self.name = name
        self.draw = draw
        self.data = data
        self.options = options

    @classmethod
    def of(cls, batch: Batch, field: FieldSpec) -> BatchContext:
        world = batch.world
        draw = Draw(world.address(batch.path, field.stream or field.name), batch.rows)
        return cls(batch, field.name, draw, world.data(field.owner), batch.options)

    def with_draw(self, draw: Draw) -> BatchContext:
        return BatchContext(self.batch, self.name, draw, self.data, self.options)

    @property
    def rows(self) -> Ints:
        return self.batch.rows

    @property
    def clock(self) -> Clock:
        return self.batch.world.clock

    @property
    def now(self) -> Dates:
        return self.batch.now

    @property
    def locale(self) -> Locale:
        return self.batch.world.locale

    @property
    def world(self) -> Any:
        return self.batch.world

    @property
    def family(self) -> Any:
        return self.batch.family

    def column(self, name: str) -> Any:
        return self.batch.column(name)

    def __len__(self) -> int:
        return len(self.batch.rows)


def batch_of(
    world: Engine,
    spec: Spec,
    rows: Ints,
    *,
    path: str | None = None,
    given: Mapping[str, Any] | None = None,
    options: Any = None,
    now: Dates | None = None,
) -> Batch:
    """A batch that the current evaluation knows of."""
    if path is None and given is None and options is None and now is None:
        return plain_batch(world, spec, rows)
    made = Batch(world, spec, rows, path or world.stream(spec), given or {}, options, now)
    note_batch(made)
    return made


def plain_batch(world: Engine, spec: Spec, rows: Ints, known: Mapping[str, Any] | None = None) -> Batch:
    """A batch of these rows and nothing else: the one that the current evaluation has made, where it has; else a new one, of
    which some columns may be `known`, for whoever asks next. It takes what was made meanwhile for more rows."""
    evaluation = current_evaluation()
    if evaluation is None or evaluation.batches is None or WATCHING.get() is not None:
        return noted(Batch(world, spec, rows, world.stream(spec), known or {}))
    key = id(world), spec.cls
    found: Batch | None = evaluation.plain.of(key, rows)
    if found is None:
        found = noted(Batch(world, spec, rows, world.stream(spec), known or {}))
        wider = evaluation.plain.wider(key, rows)
        if wider is not None:
            found.held_by(*wider)
        evaluation.plain.add(key, found)
    return found


def noted(batch: Batch) -> Batch:
    note_batch(batch)
    return batch
