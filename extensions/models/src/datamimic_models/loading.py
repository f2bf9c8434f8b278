"""Tables of one's own, as Python has them: read, checked, made into a world, printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from datamimic import Clock, DescribedPack, Locale, World
from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.once import needs_one_each
from datamimic_models.compiling.planning import Plan, TablePlan
from datamimic_models.flattening import flattened
from datamimic_models.model import Mistake, Mistakes, RowCount
from datamimic_models.model import Model as Tables
from datamimic_models.model.sources import said_from
from datamimic_models.model_reader import planned
from datamimic_models.printing.text import to_json, to_yaml
from datamimic_models.reading.languages import read_any
from datamimic_models.reading.tables_files import of_document


@frozen
class Model:
    """`Model.load("shop.yaml").world(seed="demo")["customers"][0:1000]`: tables that somebody describes, as entities.

    `tables` is what was read, `warnings` what is odd about it and stops nothing.
    """

    tables: Tables
    trusted: bool = False
    warnings: tuple[Mistake, ...] = field(default=(), eq=False)
    place: str | None = field(default=None, eq=False)
    _plan: Plan | None = field(default=None, eq=False, repr=False)
    _described: DescribedPack | None = field(default=None, eq=False, repr=False)

    @classmethod
    def load(cls, place: str | Path | Mapping[str, Any], *, trust: bool = False) -> Model:
        """The model in a file, of any language that is known by its ending; or `module:Class`, which is imported where it is
        trusted; or a document of the tables language, as JSON or YAML reads. Raises `BadModel` with all of its mistakes."""
        mistakes = Mistakes()
        if isinstance(place, Mapping):
            return cls._checked(of_document(json.dumps(place), mistakes), mistakes, trust, None)
        return cls._checked(read_any(str(place), mistakes, trusted=trust), mistakes, trust, str(place))

    @classmethod
    def of(cls, *classes: Any, name: str = "") -> Model:
        """The model of classes of Pydantic, SQLAlchemy, attrs or dataclasses. Raises `BadModel`."""
        from datamimic_models.reading.classes.loading import read_objects

        mistakes = Mistakes()
        return cls._checked(read_objects(classes, mistakes, name=name), mistakes, False, None)

    @classmethod
    def checked(cls, tables: Tables, *, trust: bool = False) -> Model:
        """Of tables that are made by a program. Raises `BadModel`."""
        return cls._checked(tables, Mistakes(), trust, None)

    @classmethod
    def _checked(cls, tables: Tables, mistakes: Mistakes, trusted: bool, place: str | None) -> Model:
        mistakes.refuse()
        plan, made = planned(tables, mistakes, place, trusted=trusted)
        return cls(tables, trusted, tuple(mistakes.found), place, plan, made)

    def with_rows(self, rows: int | None = None, **of_tables: int) -> Model:
        """With other numbers of rows: of all tables that have none of their own, and of single ones by name."""
        return self.with_rows_of(rows, of_tables)

    def with_rows_of(self, rows: int | None, of_tables: Mapping[str, int]) -> Model:
        """As `with_rows`, for names that are none in Python. Raises `BadModel` for more than the keys of a table can have."""
        mistakes = self._unknown(of_tables)
        tables = tuple(
            evolve(each, rows=RowCount(of_tables[each.name])) if each.name in of_tables else each
            for each in self.tables.tables
        )
        made = evolve(self.tables, tables=tables, rows=self.tables.rows if rows is None else rows)
        return self._checked(made, mistakes, self.trusted, self.place)

    def with_given(self, sources: Mapping[str, str | Path]) -> Model:
        """With rows of tables that exist, by name: `{"shop": "shops.csv"}`, a file of any format that is read, or a table of a
        database, `shop.db#shop`. Raises `BadModel`; for what lies outside the model's folder, unless that is trusted."""
        from datamimic_models.reading.given_columns import with_given_columns

        mistakes = self._unknown(sources)
        folder = Path(self.tables.folder or ".").resolve()
        tables = tuple(
            evolve(each, source=said_from(folder, str(sources[each.name])), rows=None) if each.name in sources else each
            for each in self.tables.tables
        )
        made = with_given_columns(
            evolve(self.tables, tables=tables, folder=str(folder)), mistakes, trusted=self.trusted
        )
        return self._checked(made, mistakes, self.trusted, self.place)

    def _unknown(self, asked: Iterable[str]) -> Mistakes:
        """Raises `BadModel` for tables that there are not."""
        names = [each.name for each in self.tables.tables]
        mistakes = Mistakes()
        for name in asked:
            if name not in names:
                mistakes.add("models.unknown_table", f"there is no table {name!r}", hint=f"tables: {', '.join(names)}")
        mistakes.refuse()
        return mistakes

    @property
    def plan(self) -> Plan:
        """What every table is made of."""
        assert self._plan is not None
        return self._plan

    @property
    def described(self) -> DescribedPack:
        """As an origin carries it."""
        assert self._described is not None
        return self._described

    def world(
        self,
        seed: str | int | None = None,
        locale: str | Locale | None = None,
        clock: str | Clock | None = None,
        **others: Any,
    ) -> World:
        """The world of the tables; seed, locale and clock are the model's own where none are given. `others` are those of
        `datamimic.World`. References go to the rows that the tables have, whose number the model says."""
        made = World(
            seed if seed is not None else self.tables.seed or "0",
            locale if locale is not None else self.tables.locale,
            clock if clock is not None else self.tables.clock,
            models=self.described,
            **others,
        )
        made_tables = [name for name, table in self.plan.tables.items() if table.table.source is None]
        sizes = {self.plan.path(name): size for name, size in self.counts(made).items() if size and name in made_tables}
        return made.evolve(sizes={**sizes, **made.origin.sizes})

    def counts(self, world: World) -> dict[str, int]:
        """How many rows every table has in a world: those that the model says, and as many as parents have."""
        found: dict[str, int] = {}
        for name in self._parents_first():
            found[name] = self._count(name, found, world)
        return found

    def _count(self, name: str, known: Mapping[str, int], world: World) -> int:
        table = self.plan.tables[name]
        spec = world.spec(self.plan.path(name))
        if spec.rows is not None:
            return world.size(spec)
        key = next((each for each in table.keys if each.counting), None)
        if key is None:
            bounding = [each.key.parent_table for each in table.keys if self._bounds(table, each)]
            needed = [known[each] for each in bounding if each in known]
            return min([table.counted.rows, *needed])
        parents = known[key.key.parent_table]
        if parents == 0:
            return 0
        last = world.refer(self.plan.path(key.key.parent_table), np.array([parents - 1], dtype=np.int64))
        children = world.children(last, self.plan.path(name), key.reference)
        return int(children.first[0] + children.counts[0])

    @staticmethod
    def _bounds(table: TablePlan, key: KeyPlan) -> bool:
        """Has a table that says no number no more rows than this key finds parents for?"""
        return table.table.rows is None and table.table.source is None and needs_one_each(key.key, table.table)

    def _parents_first(self) -> list[str]:
        order: list[str] = []
        seen: set[str] = set()

        def visit(name: str) -> None:
            if name in seen:
                return
            seen.add(name)
            for each in self.plan.tables[name].keys:
                if each.counting or self._bounds(self.plan.tables[name], each):
                    visit(each.key.parent_table)
            order.append(name)

        for name in self.plan.tables:
            visit(name)
        return order

    def flat(self) -> Model:
        """The same without documents: members of structs are columns, lists of structs child tables."""
        return self._checked(flattened(self.tables), Mistakes(), self.trusted, self.place)

    def to_yaml(self) -> str:
        """YAML of the tables language that reads as the same model."""
        return to_yaml(self.tables)

    def to_json(self) -> str:
        return to_json(self.tables)
