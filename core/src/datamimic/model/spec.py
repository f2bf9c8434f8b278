"""What the engine knows of an entity class: its fields, checks, options and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from datamimic.base.arrays import Bools
from datamimic.base.docstrings import docstring
from datamimic.base.memo import Memo
from datamimic.columns.value_types import ValueType, kind_of
from datamimic.errors import DatamimicError, DefinitionError, InvalidOption, excerpt, suggest
from datamimic.model.breaks import Breaks
from datamimic.model.generator import Generator, ParentGenerator
from datamimic.model.source import Source
from datamimic.model.supplied import SUPPLIED
from datamimic.model.unique import Unique, uniques_of


@attrs.frozen(kw_only=True, eq=False)
class FieldSpec:
    """One field of an entity; `owner` is the class that declares how it is made, whose pack's tables it reads."""

    name: str
    kind: ValueType
    generator: Generator[Any]
    owner: type
    doc: str = ""
    unit: str = ""
    hidden: bool = False
    key: bool = False
    internal: bool = False
    """Machinery of the rules: hidden, and not described to users either."""
    allow_nan: bool = False
    """May its floats be NaN or infinite?"""
    since: str = ""
    """The field with the moment before which it is null."""
    changes: str = ""
    """The field with further moments at which its value changes."""
    stream: str = ""
    """The name of its draws, where that is not its own."""
    column: str = ""
    """Its name in tables, where the author gives it one of its own."""
    names: type | str | None = None
    """The entity whose keys its values are, or those of its list, without being a reference."""
    place: tuple[str, int] = ("", 0)
    """File and line of `field(...)`."""

    @property
    def is_relation(self) -> bool:
        """Is the field reached as another entity (or a list of them) rather than held as a value?"""
        return (self.kind.shape == "entity" and not self.is_embedded) or (
            self.kind.shape == "list" and self.kind.item is not None and self.kind.item.shape == "entity"
        )

    @property
    def is_embedded(self) -> bool:
        return self.generator.embeds

    @property
    def is_column(self) -> bool:
        """Does the field (or the key of what it refers to) stand in the entity's table?"""
        return not self.hidden and not (self.kind.shape == "list" and self.is_relation)

    @property
    def column_name(self) -> str:
        """The name in tables: a reference `hospital` is the column `hospital_id`, unless the field says another."""
        return self.column or self.attribute_name

    @property
    def attribute_name(self) -> str:
        """Under which an entity object holds the value; of a reference, which is reached by its name, the key."""
        return f"{self.name}_id" if self.is_relation else self.name

    def locate(self, error: DatamimicError, where: str) -> None:
        """Say in an error that making the field raised which field it is, and where its rule stands, or the field itself.

        Only the field that raised it says so, not those that need it; not in errors about what is asked for or installed.
        """
        code = getattr(self.generator.function, "__code__", None)
        locate(error, where, (code.co_filename, code.co_firstlineno) if code else self.place)


@attrs.frozen
class ShownKey:
    """A reference that stands in no column of its own: other `fields` of the entity show what the `targets` are, fields of the
    row that it refers to."""

    reference: str
    fields: tuple[str, ...]
    targets: tuple[str, ...]


@attrs.frozen(eq=False)
class Check:
    """A sentence that holds for every row, and the function that says for which rows it does."""

    name: str
    sentence: str
    function: Callable[..., Bools]
    parameters: tuple[str, ...]
    sql: str = ""
    """The same in SQL, over the columns as tables name them."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in self.parameters if name not in SUPPLIED)

    def locate(self, error: DatamimicError, where: str) -> None:
        """Say in an error that the check raised which check it is, and where it stands."""
        code = self.function.__code__
        locate(error, where, (code.co_filename, code.co_firstlineno))


def locate(error: DatamimicError, where: str, place: tuple[str, int]) -> None:
    """Say in an error what it comes of and in which file and line that stands, unless it says so already; not in errors about
    what is asked for or installed."""
    if isinstance(error, InvalidOption) or "field" in error.details or error.code in ("cycle", "missing_table"):
        return
    error.details["field"] = where
    if where not in error.message:
        error.message = f"{where}: {error.message}"
    file, line = place
    if error.file is None and file:
        error.file, error.line = file, line
    elif file and error.file != file:
        error.message += f"; asked for in {file}:{line}"


@attrs.define(eq=False)
class Spec:
    """Everything the engine knows of an entity class; found on the class as `__entity__`."""

    name: str
    version: str
    cls: type[Any]
    fields: Mapping[str, FieldSpec]
    options: type
    size: int
    own_tables: tuple[str, ...]
    own_checks: list[Check]
    aliases: tuple[str, ...] = ()
    """Other names that the entity is registered under; its stream decides its values."""
    looks_at: tuple[str, ...] = ()
    """Entities whose rows its rules compute without a reference to them."""
    stream: str = ""
    """The name that stands in the address of its draws: its own, unless it was renamed; `pack.name` where it has moved."""
    own_unique: tuple[tuple[str, ...], ...] = ()
    """Fields that the class declares to be unique together."""
    rows: Source | None = None
    """Where its rows lie, of an entity whose rows exist; they are its size."""
    happens: str = ""
    """The field with the moment from which on a row exists, or the reference with whose row it comes and goes."""
    ends: str = ""
    """The field with the moment from which on it does not exist any more."""
    table: str = ""
    """Its name among related tables, where that is not `pack_entity`."""
    shown_keys: tuple[ShownKey, ...] = ()
    """Its foreign keys that other columns than that of a reference show."""
    breaks: Breaks = attrs.field(factory=Breaks)
    """Which columns breaks on demand change."""
    request: Any = None
    """The entity's view in the request API, where it has one of its own."""
    remembered: Memo = attrs.field(factory=Memo, init=False, repr=False)
    """What others make of it once: it goes with the class, which of a described pack is not for ever."""

    def __reduce__(self) -> tuple[Callable[[type], Spec], tuple[type]]:
        # What an entity is stands in its module: a copy elsewhere is the class that stands there.
        return spec_of, (self.cls,)

    @property
    def doc(self) -> str:
        return docstring(self.cls)

    @property
    def key(self) -> FieldSpec | None:
        """What references to the entity show; None where it has no key, or one of several fields."""
        keys = self.primary_key
        return keys[0] if len(keys) == 1 else None

    @property
    def primary_key(self) -> tuple[FieldSpec, ...]:
        return tuple(spec for spec in self.fields.values() if spec.key)

    @property
    def parent(self) -> tuple[str, ParentGenerator[Any]] | None:
        """The field that is the parent of its rows, and its generator; None of an entity that is nobody's child."""
        for name, field in self.fields.items():
            if isinstance(field.generator, ParentGenerator):
                return name, field.generator
        return None

    @property
    def uniques(self) -> tuple[Unique, ...]:
        """What no two rows have alike, the key among it."""
        return uniques_of(self)

    @property
    def columns(self) -> list[FieldSpec]:
        """The fields that stand in the entity's table, in order of definition."""
        return [spec for spec in self.fields.values() if spec.is_column]

    @property
    def checks(self) -> list[Check]:
        """The checks of the class and of those it inherits from, the most general first."""
        found: list[Check] = []
        for cls in reversed(self.cls.__mro__):
            if "__entity__" in cls.__dict__:
                found += cls.__dict__["__entity__"].own_checks
        return found

    def kind_at(self, path: str) -> ValueType:
        """The kind of the values at the end of a path: `address.city` through a reference, a parent, an embedded entity or a
        record. Null where a value on the way may be. Raises `DefinitionError` for a path that leads to nothing."""
        head, _, rest = path.partition(".")
        field = self.fields.get(head)
        if field is None:
            raise DefinitionError(
                "bad_field", f"{self.name} has no field {excerpt(head)}", hint=_near(head, self.fields)
            )
        if not rest:
            return field.kind
        target = field.generator.target
        if isinstance(target, type) and field.kind.shape != "list":
            found = spec_of(target).kind_at(rest)
        else:
            found = _member(field.kind, rest, f"{self.name}.{head}")
        return found.or_null() if field.kind.nullable else found

    def tables(self) -> dict[type, set[str]]:
        """The tables that the fields read, by the class that declares them; embedded entities included."""
        found: dict[type, set[str]] = {}
        for cls in self.cls.__mro__:
            if "__entity__" in cls.__dict__:
                found.setdefault(cls, set()).update(cls.__dict__["__entity__"].own_tables)
        for spec in self.fields.values():
            found.setdefault(spec.owner, set()).update(spec.generator.tables)
            if spec.is_embedded:
                for owner, names in spec_of(spec.generator.target).tables().items():
                    found.setdefault(owner, set()).update(names)
        return found


def _near(name: str, known: Iterable[str]) -> str | None:
    near = suggest(name, known)
    return f"did you mean {excerpt(near[0])}?" if near else None


def _member(kind: ValueType, path: str, where: str) -> ValueType:
    head, _, rest = path.partition(".")
    members = kind.members if kind.shape != "list" else None
    if members is None or head not in members:
        raise DefinitionError("bad_field", f"{where} has no {excerpt(head)}", hint=_near(head, members or ()))
    return _member(members[head], rest, f"{where}.{head}") if rest else members[head]


def key_kind(reference: FieldSpec) -> ValueType:
    """The kind of the key that a reference shows: that of its target, text where the target is not known yet."""
    target = reference.generator.target
    key = spec_of(target).key if isinstance(target, type) else None
    kind = key.kind if key else kind_of(str, reference.name)
    return kind.or_null() if reference.kind.nullable else kind


def spec_of(cls: Any) -> Spec:
    """Raises `DefinitionError` for a class that is no entity."""
    spec = getattr(cls, "__entity__", None)
    if not isinstance(spec, Spec):
        raise DefinitionError(
            "bad_entity",
            f"{excerpt(getattr(cls, '__name__', cls))} is no entity class",
            hint="decorate it with @entity(...)",
        )
    return spec
