"""What a pack author writes: entity classes, their fields, and the checks that must hold between them."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast, dataclass_transform, get_type_hints, overload

import attrs

from datamimic.base.arrays import Bools
from datamimic.base.standard import replaced, standard
from datamimic.columns.value_types import Later, ValueType, kind_of
from datamimic.errors import CODES, DefinitionError, excerpt, suggest
from datamimic.model.generator import Generator, Rule, parameter_names
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
from datamimic.model.spec import Check, FieldSpec, Spec, spec_of
from datamimic.model.supplied import SUPPLIED, Asker, refused, supplied_to

T = TypeVar("T")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
DEFAULT_SIZE = 65_536


@attrs.frozen
class FieldMarker:
    """What `field(...)` leaves in the class body until `@entity` reads it."""

    generator: Generator[Any]
    doc: str
    unit: str
    hidden: bool
    key: bool
    internal: bool


@overload
def field(
    generator: Generator[T],
    *,
    doc: str = ...,
    unit: str = ...,
    hidden: bool = ...,
    key: bool = ...,
    internal: bool = ...,
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
) -> Any: ...
def field(
    generator: Generator[Any] | Callable[..., Any],
    *,
    doc: str = "",
    unit: str = "",
    hidden: bool = False,
    key: bool = False,
    internal: bool = False,
) -> Any:
    """One field: a generator, or a rule, that is a function whose parameter names are the columns it reads.

    `hidden` fields are reachable as attributes and by rules, but stand in no table and no `to_dict()`. `internal` ones are
    hidden and left out of descriptions as well: row numbers, codes and other machinery of the rules.
    The `key` of an entity is unique and not null; references to the entity show it.
    """
    made = generator if isinstance(generator, Generator) else Rule(generator)
    return FieldMarker(made, doc, unit, hidden or internal, key, internal)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def entity(
    name: str,
    *,
    version: str = "v1",
    size: int = DEFAULT_SIZE,
    tables: Sequence[str] = (),
    options: type = NoOptions,
    aliases: Sequence[str] = (),
    hide: Sequence[str] = (),
) -> Callable[[type[T]], type[T]]:
    """Class decorator: makes a frozen attrs class of a class whose annotated attributes are `field(...)`.

    `size` is how many of the entity's rows references may point to, unless a world says otherwise; `tables` are those
    that its rules read (generators name theirs themselves); `aliases` are other names that its pack may register it by.
    Fields are inherited; a field may be made anew in a subclass, and those that `hide` names stand in no table of it. Every
    mistake is a `DefinitionError` that names the field.
    """
    if not _NAME.fullmatch(name):
        raise DefinitionError(
            "bad_entity", f"{excerpt(name)} is no entity name", hint="lower case, digits and underscores"
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
        fields_ = _collect(cls, scope)
        for hidden in hide:
            if hidden not in fields_:
                raise _unknown_parameter(f"hide of {cls.__name__}", hidden, fields_)
            fields_[hidden] = attrs.evolve(fields_[hidden], hidden=True)
        spec = Spec(name, version, cls, fields_, _options_of(cls, options), size, tuple(tables), [], tuple(aliases))
        _check_graph(cls, fields_)
        made = _attrs_class(cls, spec)
        spec.cls = made
        cast(Any, made).__entity__ = spec
        for each in fields_.values():
            each.generator.bind(f"{made.__name__}.{each.name}")
        return made

    return decorate


def check(cls: type, sentence: str) -> Callable[[Callable[..., Bools]], Callable[..., Bools]]:
    """Declare what holds for every row of an entity: the function gets columns by name and returns booleans.

    It may also ask for `clock`, `data`, `locale` and `options`. The function's name is the check's name.
    """
    spec = spec_of(cls)

    def register(function: Callable[..., Bools]) -> Callable[..., Bools]:
        names = parameter_names(function)
        made = Check(function.__name__, sentence, function, names)
        if any(other.name == made.name for other in spec.checks):
            raise DefinitionError("bad_check", f"{cls.__name__} has two checks named {made.name}", hint="rename one")
        for column in made.columns:
            if column not in spec.fields:
                raise _unknown_parameter(f"the check {made.name} of {cls.__name__}", column, spec.fields)
        not_given = refused(names, Asker.CHECK)
        if not_given or not made.columns:
            raise DefinitionError(
                "bad_check",
                f"the check {made.name} of {cls.__name__} "
                + (f"asks for {not_given[0]}" if not_given else "reads no column"),
                hint=f"a check reads columns, and of the engine only {', '.join(supplied_to(Asker.CHECK))}",
            )
        spec.own_checks.append(made)
        return function

    return register


def record(cls: type[T]) -> type[T]:
    """Class decorator for the parts of an entity (an emergency contact, a line of a schedule): a frozen attrs class
    whose attributes can also be read as items, `contact["phone"]`."""
    own = {"__eq__", "__hash__"} & cls.__dict__.keys()
    made = attrs.frozen(kw_only=True)(cls)
    cast(Any, made).__getitem__ = _item
    if not own:
        setattr(made, "__hash__", value_hash)  # noqa: B010 - attrs hashes the values as they are, and lists have no hash
    # Annotations are resolved here, where their names are in scope.
    attrs.resolve_types(cast(Any, made), localns=sys._getframe(1).f_locals)
    return made


def _item(self: Any, name: str) -> Any:
    if name not in {a.name for a in attrs.fields(type(self))}:
        raise KeyError(name)
    return getattr(self, name)


# -- reading the class body ---------------------------------------------------------------------------------------


def _collect(cls: type, scope: Mapping[str, Any]) -> dict[str, FieldSpec]:
    inherited: dict[str, FieldSpec] = {}
    for base in reversed(cls.__mro__[1:]):
        if "__entity__" in base.__dict__:
            inherited |= base.__dict__["__entity__"].fields
    annotations = _annotations(cls)
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
            kind = _kind(cls, annotations[key], marker.generator, scope, where)
        elif key in inherited:
            kind = inherited[key].kind
        else:
            raise DefinitionError("missing_annotation", f"{where} has no type", hint=f"write {key}: type = field(…)")
        before = inherited.get(key)
        _check_type(marker.generator, kind, where)
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
        )
    for each in fields_.values():
        each.generator.follow(each, fields_)
    _refuse_equal_columns(cls, fields_)
    keys = [spec.name for spec in fields_.values() if spec.key]
    own_keys = [key for key, marker in markers.items() if marker.key]
    if len(own_keys) == 1 and len(keys) > 1:
        # A subclass with a key of its own keeps the inherited one as a plain field.
        fields_ = {n: attrs.evolve(s, key=n == own_keys[0]) for n, s in fields_.items()}
    elif len(keys) > 1:
        raise DefinitionError(
            "bad_entity", f"{cls.__name__} has the keys {', '.join(keys)}", hint="mark one field with key=True"
        )
    if not fields_:
        raise DefinitionError("bad_entity", f"{cls.__name__} has no field", hint="write name: type = field(…)")
    for spec in fields_.values():
        if spec.key and (spec.kind.nullable or spec.kind.shape != "scalar"):
            raise DefinitionError("bad_field", f"{cls.__name__}.{spec.name}: a key is a scalar that is never null")
    return fields_


def _refuse_equal_columns(cls: type, fields_: Mapping[str, FieldSpec]) -> None:
    owners: dict[str, str] = {}
    for each in fields_.values():
        if each.is_column and owners.setdefault(each.column_name, each.name) != each.name:
            raise DefinitionError(
                "duplicate_field",
                f"{cls.__name__}: {owners[each.column_name]} and {each.name} would both be the column {each.column_name}",
                hint="rename one of them, or hide it; a reference `hospital` is the column `hospital_id`",
            )


def _annotations(cls: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return inspect.get_annotations(cls)


def _kind(cls: type, annotation: Any, generator: Generator[Any], scope: Mapping[str, Any], where: str) -> ValueType:
    module = sys.modules.get(cls.__module__)
    names = {**(vars(module) if module else {}), **scope}
    if replaced():
        names = {name: standard(value) for name, value in names.items()}
    holder = type(cls.__name__, (), {"__annotations__": {"it": annotation}, "__module__": __name__})
    while True:
        try:
            hint = get_type_hints(holder, names, names)["it"]
            if generator.relates:
                hint = {Any: Later, list: list[Later], list[Any]: list[Later]}.get(hint, hint)
                hint = list[Later] if hint is Later and generator.relates == "many" else hint
            return kind_of(hint, where)
        except NameError as error:
            if not (generator.relates or generator.copies) or not error.name or error.name in names:
                raise DefinitionError("bad_field", f"{where}: its annotation cannot be resolved: {error}") from None
            # Of two entities that know each other, the first is defined before the second has a name.
            names[error.name] = type(error.name, (Later,), {"__module__": cls.__module__})


def _check_type(generator: Generator[Any], kind: ValueType, where: str) -> None:
    many = kind.shape == "list" and kind.item is not None and kind.item.shape == "entity"
    shown = {"one": kind.shape == "entity", "many": many, "": True}
    if not shown[generator.relates] or (generator.embeds and kind.shape != "entity"):
        raise DefinitionError(
            "type_mismatch",
            f"{where} is annotated {kind}, but {type(generator).__name__} reaches {_target(generator)}",
            hint="annotate it with the entity, `Entity | None` where it may be missing, or list[Entity] for children",
        )
    if (kind.shape == "entity" or many) and not (generator.relates or generator.embeds or generator.copies):
        remedy = "ref(…, by=rule) refers to one, embed(…) makes one as a part, " + (
            'copy_of("customer.address") takes over the part of another'
            if kind.shape == "entity"
            else "children(…) lists"
        )
        raise DefinitionError("bad_field", f"{where}: {_maker(generator)} makes values, not {kind}", hint=remedy)
    produced = generator.returns if isinstance(generator, Rule) else generator.python_type
    if isinstance(generator, Rule) and produced is not None:
        produced = _python_type_of_column(produced)
    if produced is None or kind.shape == "entity":
        return
    try:
        made = kind_of(produced, where)
    except DefinitionError:
        return
    numeric = {made.scalar, kind.scalar} in ({"int", "float"}, {"int", "decimal"}, {"date", "datetime"})
    same = made.shape == kind.shape and (made.scalar == kind.scalar or (isinstance(generator, Rule) and numeric))
    if not same:
        raise DefinitionError(
            "type_mismatch",
            f"{where} is annotated {kind}, but {_maker(generator)} makes {made}",
            hint="change the annotation or the generator",
        )


def _maker(generator: Generator[Any]) -> str:
    return "its rule" if isinstance(generator, Rule) else type(generator).__name__


def _target(generator: Generator[Any]) -> str:
    return str(getattr(generator.target, "__name__", generator.target))


def _python_type_of_column(annotation: Any) -> Any:
    """The Python type that a column form holds, None where it may hold several."""
    from datamimic import columns

    known = {"Text": str, "Ints": int, "Floats": float, "Bools": bool}
    for name, python in known.items():
        if annotation == getattr(columns, name):
            return python
    if annotation in (str, int, float, bool):
        return annotation
    return None


def _check_graph(cls: type, fields_: Mapping[str, FieldSpec]) -> None:
    for spec in fields_.values():
        for need in spec.generator.needs:
            if need not in fields_:
                raise _unknown_parameter(f"{cls.__name__}.{spec.name}", need, fields_)
    done: set[str] = set()
    for start in fields_:
        _walk(cls, fields_, start, [], done)


def _walk(cls: type, fields_: Mapping[str, FieldSpec], name: str, path: list[str], done: set[str]) -> None:
    if name in path:
        circle = " → ".join([*path[path.index(name) :], name])
        raise DefinitionError(
            "cycle",
            f"{cls.__name__}: fields need each other in a circle: {circle}",
            hint="break the circle at one of them",
        )
    if name in done:
        return
    for need in fields_[name].generator.needs:
        _walk(cls, fields_, need, [*path, name], done)
    done.add(name)


def _unknown_parameter(reader: str, name: str, fields_: Iterable[str]) -> DefinitionError:
    known = [*fields_, *SUPPLIED]
    near = suggest(name, known)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else CODES["unknown_parameter"].remedy
    return DefinitionError("unknown_parameter", f"{reader} reads {excerpt(name)}, which is no field", hint=hint)


def _options_of(cls: type, options: type) -> type:
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


# -- the attrs class ----------------------------------------------------------------------------------------------


def _attrs_class(cls: type[T], spec: Spec) -> type[T]:
    own = {key: value for key, value in vars(cls).items() if isinstance(value, FieldMarker)}
    these = {}
    for name in own:
        delattr(cls, name)
        each = spec.fields[name]
        if each.is_column:
            python = spec_key_type(each) if each.is_relation else each.kind.python
            if each.kind.nullable and not each.is_relation:
                python = python | None
            these[each.column_name] = attrs.field(type=python, metadata={"doc": each.doc})
    # attrs takes the types from `these`: with annotations beside them it would refuse.
    annotations = _annotations(cls)
    cls.__annotations__ = {}
    made = attrs.define(these=these, frozen=True, slots=False, kw_only=True, eq=False, repr=False)(cls)
    made.__annotations__ = annotations
    for name in own:
        each = spec.fields[name]
        # A value that the instance holds shadows these: they are read only for what it does not hold yet.
        setattr(made, name, LazyAttribute(name, each.doc))
        if each.is_column and each.is_relation:
            setattr(made, each.column_name, LazyAttribute(each.column_name, each.doc))
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


def spec_key_type(reference: FieldSpec) -> Any:
    """The type of the key that a reference shows: that of its target, text where the target is not known yet."""
    target = reference.generator.target
    key = spec_of(target).key if isinstance(target, type) else None
    python = key.kind.python if key else str
    return python | None if reference.kind.nullable else python
