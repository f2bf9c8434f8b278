"""Columns of one entity for one set of rows, each made once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from datamimic.base.arrays import Ints
from datamimic.base.observation import WATCHING
from datamimic.columns.value_types import conform
from datamimic.draws.draw import Draw
from datamimic.engine.relations import Family, Parent
from datamimic.errors import DatamimicError, DefinitionError, UnknownName
from datamimic.model.generator import Context, place

if TYPE_CHECKING:
    from datamimic.model.entity import Spec
    from datamimic.world import World

DEEPEST = 120
"""Fields waiting for each other across entities before the engine calls it a circle."""


class Batch:
    """The columns of an entity for `rows` (int64 row numbers, in any order, repeats allowed).

    `path` is the address of the draws: `pack.entity`, and for an embedded entity `pack.entity.field`. `given` holds columns
    that come from outside instead of being made, or functions that fetch them when they are asked for.
    """

    def __init__(self, world: World, spec: Spec, rows: Ints, path: str, given: Mapping[str, Any]) -> None:
        self.world = world
        self.spec = spec
        self.rows = rows
        self.path = path
        self._given = given
        self._made: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Any:
        """Raises `UnknownName` (`unknown_column`), and whatever the field's generator raises."""
        made = self._made.get(name)
        if made is None:
            made = self._first(name)
        elif (watching := WATCHING.get()) is not None:
            watching.reused(self, name)
        return made

    def _first(self, name: str) -> Any:
        given = self._given.get(name)
        if given is None:
            made = self._make(name)
        else:
            made = given() if callable(given) else given
        self._made[name] = made
        if given is not None and (watching := WATCHING.get()) is not None:
            watching.reused(self, name)
        return made

    def _make(self, name: str) -> Any:
        try:
            spec = self.spec.fields[name]
        except KeyError:
            raise UnknownName("column", name, self.spec.fields, owner=self.path) from None
        where = f"{self.path}.{name}"
        waiting = self.world.waiting
        if len(waiting) >= DEEPEST:
            raise DefinitionError(
                "cycle",
                f"fields need each other in a circle across entities: … {' → '.join([*waiting[-6:], where])}",
                hint="break the circle at one of them",
            )
        waiting.append(where)
        try:
            draw = Draw((self.world.seed, self.path, name), self.rows)
            context = Context(self, name, draw, self.world.data(spec.owner), self.world.options(self.spec))
            if (watching := WATCHING.get()) is not None:
                column = watching.make(self, name, lambda: spec.generator.column(context))
            else:
                column = spec.generator.column(context)
        except DatamimicError as error:
            unfit = self.world.library.unfit(self.path, error)
            if unfit is None:
                raise
            raise unfit from error
        finally:
            waiting.pop()
        try:
            return conform(column, spec.kind, len(self.rows), where)
        except DefinitionError as error:
            place(error, spec.generator)
            raise

    def forget(self) -> None:
        """Let go of the columns; who asks for one again has it made again."""
        self._made.clear()
        self.__dict__.pop("family", None)

    @cached_property
    def family(self) -> Family:
        """The siblings of a child entity's rows."""
        for name, spec in self.spec.fields.items():
            if isinstance(spec.generator, Parent):
                return Family(self, self.column(name))
        raise DefinitionError(
            "bad_rule", f"{self.path} has no parent, so that its rows have no family", hint="use parent(...)"
        )
