"""What stands in the class body of an entity, read into fields: their names and keys, and what needs what."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, cast

import attrs

from datamimic.errors import DefinitionError
from datamimic.model.field import FieldMarker
from datamimic.model.field_types import check_type, kind_of_field, meant_types
from datamimic.model.generator import OfHolder, ParentGenerator, RoleGenerator
from datamimic.model.options import NoOptions
from datamimic.model.source import Source
from datamimic.model.spec import FieldSpec, ShownKey
from datamimic.model.supplied import SUPPLIED, unknown_parameter


def fields_of(cls: type, scope: Mapping[str, Any], zone: str = "") -> dict[str, FieldSpec]:
    """The fields of a class and of those that it inherits from; `scope` is where its annotations find their names,
    `zone` that of moments that have none of their own.

    Raises `DefinitionError` for everything that a class body can say wrongly, but for what `check_graph` finds.
    """
    inherited: dict[str, FieldSpec] = {}
    for base in reversed(cls.__mro__[1:]):
        if "__entity__" in base.__dict__:
            inherited |= base.__dict__["__entity__"].fields
    annotations = annotations_of(cls)
    markers = {key: value for key, value in vars(cls).items() if isinstance(value, FieldMarker)}
    for key in annotations:
        if key not in markers:
            raise DefinitionError(
                "bad_field", f"{cls.__name__}.{key} does not say how it is made", hint=f"write {key}: … = field(…)"
            )
    fields_ = dict(inherited)
    for key, marker in markers.items():
        where = f"{cls.__name__}.{key}"
        if key in SUPPLIED or key.startswith("_") or key in ("to_dict", "from_dict"):
            raise DefinitionError("bad_field", f"{where}: this name is taken by the engine", hint="choose another name")
        if key in annotations:
            said = meant_types(cls, annotations[key], markers, scope)
            kind = kind_of_field(cls, said, marker.generator, scope, where)
            kind = kind.in_zone(zone) if zone else kind
        elif key in inherited:
            kind = inherited[key].kind
        else:
            raise DefinitionError("missing_annotation", f"{where} has no type", hint=f"write {key}: type = field(…)")
        before = inherited.get(key)
        check_type(marker.generator, kind, where)
        fields_[key] = FieldSpec(
            name=key,
            kind=kind,
            generator=marker.generator,
            owner=cls,
            doc=marker.doc or (before.doc if before else ""),
            unit=marker.unit or (before.unit if before else ""),
            hidden=marker.hidden if key in annotations or before is None else before.hidden,
            key=marker.key or bool(before and before.key),
            internal=marker.internal if key in annotations or before is None else before.internal,
            allow_nan=marker.allow_nan,
            since=marker.since,
            changes=marker.changes,
            stream=marker.stream,
            column=marker.column or (before.column if before else ""),
            names=marker.names or (before.names if before else None),
            place=marker.place,
        )
    fields_ = _of_holders(cls, fields_, set(markers))
    for each in fields_.values():
        each.generator.follow(each, fields_)
    _refuse_equal_columns(cls, fields_)
    own_keys = [key for key, marker in markers.items() if marker.key]
    if own_keys:
        # A subclass with a key of its own keeps the inherited one as a plain field.
        fields_ = {n: attrs.evolve(s, key=n in own_keys) for n, s in fields_.items()}
    if not fields_:
        raise DefinitionError("bad_entity", f"{cls.__name__} has no field", hint="write name: type = field(…)")
    parents = [spec.name for spec in fields_.values() if isinstance(spec.generator, ParentGenerator)]
    if len(parents) > 1:
        raise DefinitionError(
            "bad_entity",
            f"{cls.__name__} has the parents {', '.join(parents)}: both would be dealt block by block, so that most pairs "
            "never come and some come often",
            hint="make one of them ref(...); what joins two entities in pairs that come once is link(A, B, counts=...)",
        )
    keys = [spec for spec in fields_.values() if spec.key]
    for spec in keys:
        if spec.kind.nullable or not (
            spec.kind.shape == "scalar" or (len(keys) > 1 and spec.generator.relates == "one")
        ):
            raise DefinitionError(
                "bad_field",
                f"{cls.__name__}.{spec.name}: a key is a scalar that is never null",
                hint="a key of several fields, each with key=True, may also have references that are never null",
            )
    return fields_


def _of_holders(cls: type, fields_: dict[str, FieldSpec], own: set[str]) -> dict[str, FieldSpec]:
    """The fields of a role: those that it inherits and does not define itself are those of the member whose role it is.

    Raises `DefinitionError` (`bad_field`) for two roles, and for one of an entity that the class does not inherit from."""
    roles = [name for name in fields_ if name in own and isinstance(fields_[name].generator, RoleGenerator)]
    if not roles:
        return fields_
    (name,), found = roles[:1], fields_[roles[0]]
    target = found.generator.target
    if len(roles) > 1 or not (isinstance(target, type) and issubclass(cls, target)) or not found.kind.nullable:
        raise DefinitionError(
            "bad_field",
            f"{cls.__name__}.{name}: a role is one, of the entity that the class inherits from, and null for a population "
            "of its own",
            hint=f'class {cls.__name__}(Person) with {name}: "Person | None" = field(role(Person), hidden=True)',
        )
    generator = cast(RoleGenerator[Any], found.generator)
    made = {}
    for each, spec in fields_.items():
        apart = getattr(spec.generator, "otherwise", None)
        if apart is not None or each not in own:
            spec = attrs.evolve(spec, generator=OfHolder(apart or spec.generator, name, generator))
        made[each] = spec
    return made


def unique_of(
    cls: type, unique: Sequence[Sequence[str]], fields_: Mapping[str, FieldSpec]
) -> tuple[tuple[str, ...], ...]:
    """What `@entity(..., unique=)` says. Raises `DefinitionError` for names that are no fields with values that compare."""
    made = [(names,) if isinstance(names, str) else tuple(names) for names in unique]
    for names in made:
        for name in names:
            if name not in fields_:
                raise unknown_parameter(f"unique of {cls.__name__}", name, fields_)
            each = fields_[name]
            if not (each.kind.shape == "scalar" or each.generator.relates == "one"):
                raise DefinitionError(
                    "bad_field", f"{cls.__name__}.{name}: what is unique is a scalar or a reference, not {each.kind}"
                )
        if not names or len(set(names)) != len(names):
            raise DefinitionError(
                "bad_entity",
                f"unique of {cls.__name__} names {', '.join(names) or 'nothing'}",
                hint='name fields, each once: unique=[("room", "day")]',
            )
    return tuple(made)


def shown_keys_of(
    cls: type, said: Mapping[str, Mapping[str, str]], fields_: Mapping[str, FieldSpec]
) -> tuple[ShownKey, ...]:
    """What `@entity(..., foreign_keys=)` says. Raises `DefinitionError` for names that are no fields, or no references."""
    for reference, pairs in said.items():
        for name in (reference, *pairs):
            if name not in fields_:
                raise unknown_parameter(f"foreign_keys of {cls.__name__}", name, fields_)
        if fields_[reference].generator.relates != "one":
            raise DefinitionError("bad_field", f"foreign_keys of {cls.__name__}: {reference} is no reference")
    return tuple(ShownKey(reference, tuple(pairs), tuple(pairs.values())) for reference, pairs in said.items())


def rows_of(cls: type, rows: Source | None, fields_: Mapping[str, FieldSpec]) -> Source | None:
    """The rows that exist: those given, else the inherited ones. Raises `DefinitionError` where the fields do not fit."""
    inherited = [base.__dict__["__entity__"].rows for base in cls.__mro__[1:] if "__entity__" in base.__dict__]
    found = rows or next((each for each in inherited if each is not None), None)
    existing = [each for each in fields_.values() if each.generator.exists]
    if found is None and existing:
        raise DefinitionError(
            "bad_field",
            f"{cls.__name__}.{existing[0].name} is a column of a table that exists, but {cls.__name__} has no such rows",
            hint='@entity(..., rows=source("customers.csv")), or rows=source() where they are given with the world',
        )
    if found is not None and not existing:
        raise DefinitionError(
            "bad_entity",
            f"{cls.__name__} has rows that exist, but no column of them",
            hint="field(given(...), key=True)",
        )
    if found is not None and any(isinstance(each.generator, ParentGenerator) for each in fields_.values()):
        raise DefinitionError(
            "bad_entity",
            f"the rows of {cls.__name__} exist, so that parents cannot be dealt to them",
            hint="ref(Parent, key=...) finds the parent that a given column names",
        )
    return found


def _refuse_equal_columns(cls: type, fields_: Mapping[str, FieldSpec]) -> None:
    owners: dict[str, str] = {}
    attributes = {each.attribute_name: each.name for each in fields_.values() if each.is_column and each.is_relation}
    for each in fields_.values():
        if attributes.get(each.name, each.name) != each.name:
            raise DefinitionError(
                "duplicate_field",
                f"{cls.__name__}: {each.name} is also the attribute with the key of {attributes[each.name]}",
                hint="rename one of them",
            )
        if each.is_column and owners.setdefault(each.column_name, each.name) != each.name:
            raise DefinitionError(
                "duplicate_field",
                f"{cls.__name__}: {owners[each.column_name]} and {each.name} would both be the column {each.column_name}",
                hint="rename one of them, or hide it; a reference `hospital` is the column `hospital_id`",
            )


def annotations_of(cls: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return inspect.get_annotations(cls)


def check_graph(cls: type, fields_: Mapping[str, FieldSpec]) -> None:
    """Raises `DefinitionError` where a field needs what is none, or fields need each other in a circle."""
    for spec in fields_.values():
        for need in spec.generator.needs:
            if need not in fields_:
                raise unknown_parameter(f"{cls.__name__}.{spec.name}", need, fields_)
    try:
        TopologicalSorter({name: spec.generator.needs for name, spec in fields_.items()}).prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise DefinitionError(
            "cycle",
            f"{cls.__name__}: fields need each other in a circle: {circle}",
            hint="break the circle at one of them",
        ) from None


def options_of(cls: type, options: type) -> type:
    """Those given, else the inherited ones. Raises `DefinitionError` where they do not go together."""
    inherited = [base.__dict__["__entity__"].options for base in cls.__mro__[1:] if "__entity__" in base.__dict__]
    if options is NoOptions and inherited:
        return cast(type, inherited[0])
    for base in inherited:
        if base is not NoOptions and not issubclass(options, base):
            raise DefinitionError(
                "bad_option",
                f"{options.__name__} of {cls.__name__} does not inherit from {base.__name__}, whose options its fields read",
                hint=f"write class {options.__name__}({base.__name__})",
            )
    return options
