"""What a pack author writes: entity classes, their fields, and the checks that must hold between them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast, dataclass_transform

import attrs

from datamimic.errors import DefinitionError, excerpt
from datamimic.model.breaks import Breaks, inherited_breaks
from datamimic.model.class_body import (
    annotations_of,
    check_graph,
    fields_of,
    options_of,
    rows_of,
    shown_keys_of,
    unique_of,
)
from datamimic.model.field import FieldMarker, field
from datamimic.model.history import check_history, inherited
from datamimic.model.instances import (
    LazyAttribute,
    entity_eq,
    entity_html,
    entity_repr,
    entity_state,
    from_dict,
    to_dict,
    value_hash,
)
from datamimic.model.options import NoOptions
from datamimic.model.source import Source
from datamimic.model.spec import Spec, key_kind
from datamimic.model.supplied import unknown_parameter

T = TypeVar("T")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
DEFAULT_SIZE = 65_536


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def entity(
    name: str,
    *,
    version: str = "v1",
    size: int = DEFAULT_SIZE,
    tables: Sequence[str] = (),
    looks_at: Sequence[str] = (),
    options: type = NoOptions,
    aliases: Sequence[str] = (),
    stream: str | None = None,
    hide: Sequence[str] = (),
    unique: Sequence[Sequence[str]] = (),
    zone: str = "",
    rows: Source | None = None,
    happens: str = "",
    ends: str = "",
    table: str = "",
    foreign_keys: Mapping[str, Mapping[str, str]] | None = None,
    breaks: Breaks | None = None,
) -> Callable[[type[T]], type[T]]:
    """Class decorator: makes a frozen attrs class of a class whose annotated attributes are `field(...)`.

    `name` and `version` are how requests ask for it; `options` is a class of options (`datamimic.options`). `size` is how
    many of the entity's rows references may point to, unless a world says otherwise; `tables` are those that its rules read
    (generators name theirs themselves), and `looks_at` the entities (`pack.name`) whose rows its rules compute without a
    reference to them, so that it needs what they need; `aliases` are other names that its pack may register it by; `zone`
    is the time zone that its moments are shown in, as in Europe/Berlin, where they have none of their own. `stream` is the
    name that an entity had before it was renamed (`pack.name` where it has moved to another pack): values are drawn by it,
    so that they stay what they were, and the old name still finds the entity. `unique` names fields that no two rows have
    alike together, `[("room", "day")]`; it stands in schemas and is checked. `rows` are those that exist,
    `rows=source("customers.csv")`: as many as there are, whatever `size` says, with the columns that fields made by
    `given(...)` name. `happens` names the date or date-time field from which on a row exists, `ends` the one from which on
    it does not any more (null while there is no end), for `World.as_of`; `happens` may also name a reference, with whose
    row it comes and goes. `table` is its name among related tables and in databases, any text, where that is not
    `pack_entity`. `foreign_keys` are those of several columns: of a hidden reference, which fields show which fields of the
    row that it refers to, `{"team": {"org": "org", "team_no": "number"}}`. `breaks` says which columns breaks on demand change
    (`--break altered=5`), where their names do not tell: `Breaks(amount="gross")`. Fields are inherited; a field may be made
    anew in a subclass, and those that `hide` names stand in no table of it. Every mistake is a `DefinitionError` that names the
    field.
    """
    if not _NAME.fullmatch(name):
        raise DefinitionError(
            "bad_entity", f"{excerpt(name)} is no entity name", hint="lower case, digits and underscores"
        )
    if stream is not None and not all(_NAME.fullmatch(part) for part in stream.split(".", 1)):
        raise DefinitionError(
            "bad_entity",
            f"{excerpt(stream)} is no stream of the entity {name}",
            hint="the name that it had, `reading` or `energy.reading`",
        )
    if size < 1:
        raise DefinitionError("bad_entity", f"the entity {name} has the size {size}", hint="at least 1")
    frame = sys._getframe(1)
    scope, file, line = frame.f_locals, frame.f_code.co_filename, frame.f_lineno

    def decorate(cls: type[T]) -> type[T]:
        try:
            return define(cls)
        except DefinitionError as error:
            if error.file is None:
                error.file, error.line = file, line
            raise

    def define(cls: type[T]) -> type[T]:
        fields_ = fields_of(cls, scope, zone)
        for hidden in hide:
            if hidden not in fields_:
                raise unknown_parameter(f"hide of {cls.__name__}", hidden, fields_)
            fields_[hidden] = attrs.evolve(fields_[hidden], hidden=True)
        spec = Spec(
            name,
            version,
            cls,
            fields_,
            options_of(cls, options),
            size,
            tuple(tables),
            [],
            tuple(aliases),
            looks_at=tuple(looks_at),
            stream=stream or name,
            own_unique=unique_of(cls, unique, fields_),
            rows=rows_of(cls, None if rows is None else rows.beside(file), fields_),
            happens=happens or inherited(cls, "happens"),
            ends=ends or inherited(cls, "ends"),
            table=table,
            shown_keys=shown_keys_of(cls, foreign_keys or {}, fields_),
            breaks=breaks or inherited_breaks(cls),
        )
        check_graph(cls, fields_)
        check_history(spec)
        made = _attrs_class(cls, spec)
        spec.cls = made
        cast(Any, made).__entity__ = spec
        for each in fields_.values():
            each.generator.bind(f"{made.__name__}.{each.name}")
        return made

    return decorate


def _attrs_class(cls: type[T], spec: Spec) -> type[T]:
    own = {key: value for key, value in vars(cls).items() if isinstance(value, FieldMarker)}
    these = {}
    for name in own:
        delattr(cls, name)
        each = spec.fields[name]
        if each.is_column:
            kind = key_kind(each) if each.is_relation else each.kind
            python = kind.python | None if kind.nullable else kind.python
            these[each.attribute_name] = attrs.field(type=python, metadata={"doc": each.doc})
    # attrs takes the types from `these`: with annotations beside them it would refuse.
    annotations = annotations_of(cls)
    cls.__annotations__ = {}
    made = attrs.define(these=these, frozen=True, slots=False, kw_only=True, eq=False, repr=False)(cls)
    made.__annotations__ = annotations
    for name in own:
        each = spec.fields[name]
        # A value that the instance holds shadows these: they are read only for what it does not hold yet.
        setattr(made, name, LazyAttribute(name, each.doc))
        if each.is_column and each.is_relation:
            setattr(made, each.attribute_name, LazyAttribute(each.attribute_name, each.doc))
    methods: dict[str, Any] = {
        "__getstate__": entity_state,
        "__repr__": entity_repr,
        "_repr_html_": entity_html,
        "from_dict": classmethod(from_dict),
        "to_dict": to_dict,
    }
    if "__eq__" not in cls.__dict__:
        # Whoever says what is equal says what is hashed.
        methods |= {"__eq__": entity_eq, "__hash__": value_hash}
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:
            setattr(made, name, method)
    return made
