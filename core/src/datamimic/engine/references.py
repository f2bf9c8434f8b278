"""Columns of relations: references, parents, children and siblings, whose fields are computed when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np

from datamimic.base.arrays import Bools, Dates, Ints
from datamimic.columns import Lists, kept, take
from datamimic.columns.conforming import in_form
from datamimic.draws.draw import positions, segment_sums
from datamimic.engine.batch import Batch, batch_of, plain_batch
from datamimic.engine.embedded import AbsentStruct
from datamimic.engine.engine import Engine
from datamimic.engine.holding import Located, batch_holding
from datamimic.engine.lifetimes import exists, micros
from datamimic.errors import DefinitionError, UnknownName
from datamimic.model.generator import ParentGenerator
from datamimic.model.spec import FieldSpec, Spec

C = TypeVar("C")


class Ref:
    """A column of references: any field of the target is an attribute, computed for the rows that are referred to.

    `rows` are row numbers of the target (int64), -1 where the reference is null; there every attribute is null as well, and
    children are none.
    """

    def __init__(self, world: Engine, target: Spec, rows: Ints, *, located: Located | None = None) -> None:
        """`located` says where the targets are, where that is known."""
        self.world = world
        self.target = target
        self.rows = rows
        self._located = located
        self._children: dict[tuple[type | str, str | None], Children] = {}

    @classmethod
    def knowing(cls, world: Engine, target: Spec, rows: Ints, known: Mapping[str, Any]) -> Ref:
        """References to rows that differ, of which some columns are `known`: what was made once need not be made again. Whoever
        refers to the same rows meanwhile knows them too."""
        return Ref(world, target, rows, located=(plain_batch(world, target, rows, known), None))

    def __len__(self) -> int:
        return len(self.rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._column(name)

    def is_null(self) -> Bools:
        """Where the reference refers to nothing."""
        return self.rows < 0

    @overload
    def column(self, name: str) -> Any: ...
    @overload
    def column(self, name: str, form: type[C]) -> C: ...
    def column(self, name: str, form: type[Any] = object) -> Any:
        """A field of the target, one value per reference; `ref.column("name", Text)` is one of this form for a type checker,
        and when it runs. Raises `DefinitionError` (`wrong_type`) where it has another."""
        return in_form(self._column(name), form, f"{self.target.name}.{name}")

    def _column(self, name: str) -> Any:
        missing = self.is_null()
        if not missing.any():
            batch, indices = self.located()
            made = batch.column(name)
            return made if indices is None else take(made, indices)
        if missing.all():
            # Nothing is made for nothing: so a value may follow references of its own entity down to where they end.
            return absent(self.world, self.target, name, len(self))
        batch, indices = self.located()
        assert indices is not None
        return kept(take(batch.column(name), np.maximum(indices, 0)), ~missing)

    def located(self, rows: Ints | None = None) -> Located:
        """A batch with the targets, and where in it they are (-1 for a null); of these `rows` of the column, or of all."""
        if self._located is None:
            missing = self.is_null()
            self._located = batch_holding(self.world, self.target, self.rows[~missing] if missing.any() else self.rows)
            if missing.any():
                batch, indices = self._located
                places = np.full(len(self), -1, dtype=np.int64)
                places[~missing] = np.arange(len(batch), dtype=np.int64) if indices is None else indices
                self._located = batch, places
        batch, indices = self._located
        if rows is None:
            return batch, indices
        return batch, rows if indices is None else indices[rows]

    def key(self) -> Any:
        """What stands in a table for the reference: the target's key."""
        key = self.target.key
        if key is None:
            raise DefinitionError(
                "bad_entity", f"{self.target.name} is referred to, but has no key", hint="mark one field key=True"
            )
        return self.column(key.name)

    def take(self, indices: Any) -> Ref:
        return Ref(self.world, self.target, self.rows[indices])

    def where(self, keep: Bools) -> Ref:
        """Null where `keep` is False."""
        return Ref(self.world, self.target, np.where(keep, self.rows, -1))

    def children(self, child: type | str, field: str | None = None) -> Children:
        """The child rows of every referenced row; whoever asks the same reference again gets the same columns, made once."""
        found = self._children.get((child, field))
        if found is None:
            # Of a copy, as what refers to itself is not given back at once.
            own = Ref(self.world, self.target, self.rows, located=self.located())
            found = self._children[child, field] = children_of(own, child, field)
        return found


class ParentRef(Ref):
    """The parents of child rows; `index` is the position among the siblings, `count` how many there are (int64)."""

    def __init__(
        self, world: Engine, target: Spec, rows: Ints, index: Ints, count: Ints, *, located: Located | None = None
    ) -> None:
        super().__init__(world, target, rows, located=located)
        self.index = index
        self.count = count

    def take(self, indices: Any) -> ParentRef:
        return ParentRef(self.world, self.target, self.rows[indices], self.index[indices], self.count[indices])

    def where(self, keep: Bools) -> ParentRef:
        rows = np.where(keep, self.rows, -1)
        return ParentRef(self.world, self.target, rows, kept(self.index, keep), kept(self.count, keep))


class Children:
    """The child rows of a batch of parents: `counts` and `first` (int64 per parent); columns are of all children,
    parent after parent. `parents` are the parents themselves, known under `field` in the child."""

    def __init__(
        self, world: Engine, target: Spec, field: str, parents: Ref, layout: Callable[[], tuple[Ints, Ints]]
    ) -> None:
        """`layout` gives `first` and `counts`. It is asked when these are: of a far parent it may look at all before."""
        self.world = world
        self.target = target
        self.field = field
        self.parents = parents
        self._layout = layout
        self._batch: Batch | None = None

    @cached_property
    def _laid(self) -> tuple[Ints, Ints]:
        return self._layout()

    @property
    def first(self) -> Ints:
        return self._laid[0]

    @property
    def counts(self) -> Ints:
        return self._laid[1]

    def __len__(self) -> int:
        return len(self.parents)

    @property
    def rows(self) -> Ints:
        return np.repeat(self.first, self.counts) + positions(self.counts)

    @overload
    def column(self, name: str) -> Any: ...
    @overload
    def column(self, name: str, form: type[C]) -> C: ...
    def column(self, name: str, form: type[Any] = object) -> Any:
        """The children's column, one value per child; with a `form` as `Ref.column` takes one."""
        return in_form(self._column(name), form, f"{self.target.name}.{name}")

    def _column(self, name: str) -> Any:
        if self._batch is None:
            self._batch = self.batch()
        return self._batch.column(name)

    def batch(self, now: Dates | None = None) -> Batch:
        """A batch of the children, seen at these moments. They look at the same parents: what is made for these need not be
        made again."""
        own = np.repeat(np.arange(len(self.counts), dtype=np.int64), self.counts)
        parents = ParentRef(
            self.world,
            self.parents.target,
            self.parents.rows[own],
            positions(self.counts),
            self.counts[own],
            located=self.parents.located(own),
        )
        rows = self.rows
        if now is not None:
            return batch_of(self.world, self.target, rows, given={self.field: parents}, now=now)
        return plain_batch(self.world, self.target, rows, {self.field: parents})

    def lists(self, name: str) -> Lists:
        return Lists(self.counts, self.column(name))

    def sum(self, name: str | Ints) -> Ints:
        """Per parent the sum of an integer (or money) column of the children; 0 without children."""
        values = self.column(name) if isinstance(name, str) else name
        return segment_sums(np.asarray(values, dtype=np.int64), self.counts)

    def as_of(self, now: Dates) -> Children:
        """Those that there were at the moment (datetime64[us]) of each parent, what a rule gets as `now`; their columns are
        what was known then. All of them where the children have no history, or come and go with their parent."""
        if not comes_by_itself(self):
            return self
        return ChildrenThen(self, now)

    def take(self, indices: Any) -> Children:
        laid = self.first[indices], self.counts[indices]
        # Looked up where all parents are, whose columns are made anyhow.
        some = Ref(self.world, self.parents.target, self.parents.rows[indices], located=self.parents.located(indices))
        return Children(self.world, self.target, self.field, some, lambda: laid)

    def where(self, keep: Bools) -> Children:
        """Without children where `keep` is False."""
        return Children(
            self.world,
            self.target,
            self.field,
            self.parents.where(keep),
            lambda: (self.first, np.where(keep, self.counts, 0)),
        )


class ChildrenThen(Children):
    """Those of the children that there were at the moment of each parent."""

    def __init__(self, every: Children, now: Dates) -> None:
        self._then = np.repeat(now, every.counts)
        self._seen = every.batch(self._then)
        self._present = exists(self._seen)
        counts = segment_sums(self._present.astype(np.int64), every.counts)
        super().__init__(every.world, every.target, every.field, every.parents, lambda: (every.first, counts))
        self._rows = every.rows[self._present]

    @property
    def rows(self) -> Ints:
        return self._rows

    def _column(self, name: str) -> Any:
        """Null where it was not known yet."""
        made, since = self._seen.column(name), self.target.fields[name].since
        if since:
            made = kept(made, micros(self._seen.column(since)) <= micros(self._then))
        return take(made, np.flatnonzero(self._present))


def comes_by_itself(children: Children) -> bool:
    """Do children come or go at other moments than their parents?"""
    child = children.target
    return bool(child.happens) and (child.happens != children.field or bool(child.ends))


def children_of(parents: Ref, child: type | str, field: str | None = None) -> Children:
    """The child rows of parents. Raises `UnknownName` or `DefinitionError` where they are not related."""
    world, parent = parents.world, parents.target
    spec = world.spec(child)
    name = field or world.memo(("parent", spec.cls, parent.cls), lambda: _parent_field(world, parent, spec))
    generator = spec.fields[name].generator if name in spec.fields else None
    if not isinstance(generator, ParentGenerator):
        raise UnknownName(
            "parent field", name, [n for n, f in spec.fields.items() if isinstance(f.generator, ParentGenerator)]
        )
    made = Children(
        world, spec, name, parents, lambda: generator.layout(world, spec, name).of(np.maximum(parents.rows, 0))
    )
    missing = parents.is_null()
    return made.where(~missing) if missing.any() else made


def absent(world: Engine, spec: Spec, name: str, length: int) -> Any:
    """The column of a field behind references that are all null."""
    field = spec.fields.get(name)
    if field is None:
        raise UnknownName("column", name, spec.fields, owner=world.path(spec))
    generator, none = field.generator, np.full(length, -1, dtype=np.int64)
    if generator.relates == "one":
        target = world.spec(generator.target)
        if isinstance(generator, ParentGenerator):
            return ParentRef(world, target, none, none, none).where(none >= 0)
        return Ref(world, target, none)
    if generator.relates == "many":
        return children_of(Ref(world, spec, none), generator.target, getattr(generator, "field", None))
    return _absent_value(world, field, length)


def _absent_value(world: Engine, field: FieldSpec, length: int) -> Any:
    if not field.is_embedded:
        return field.kind.nulls(length)
    part = world.spec(field.generator.target)
    return AbsentStruct(field.generator.names(), length, lambda name, length: absent(world, part, name, length))


def _parent_field(world: Engine, parent: Spec, child: Spec) -> str:
    found = [
        name
        for name, each in child.fields.items()
        if isinstance(each.generator, ParentGenerator) and world.spec(each.generator.target).cls is parent.cls
    ]
    if len(found) != 1:
        raise DefinitionError(
            "bad_field",
            f"{child.name} has {len(found)} parent fields of {parent.name}",
            hint="name the field: children(..., field=...)" if found else "declare one with parent(...)",
        )
    return found[0]
