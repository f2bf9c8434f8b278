"""The type of a field: what its annotation says, and whether its generator makes that."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from datamimic.base.standard import replaced, standard
from datamimic.columns.value_types import Later, ValueType, kind_of
from datamimic.errors import DefinitionError
from datamimic.model.field import FieldMarker, taken_name
from datamimic.model.generator import Generator, Rule


def kind_of_field(
    cls: type, annotation: Any, generator: Generator[Any], scope: Mapping[str, Any], where: str
) -> ValueType:
    """What an annotation says; `scope` is where it finds its names. Raises `DefinitionError`."""
    module = sys.modules.get(cls.__module__)
    names = {**(vars(module) if module else {}), **scope}
    if replaced():
        names = {name: standard(value) for name, value in names.items()}
    holder = type(cls.__name__, (), {"__annotations__": {"it": annotation}, "__module__": __name__})
    while True:
        try:
            hint = get_type_hints(holder, names, names, include_extras=True)["it"]
            if generator.relates:
                hint = {Any: Later, Any | None: Later | None, list: list[Later], list[Any]: list[Later]}.get(hint, hint)
                hint = list[Later] if hint is Later and generator.relates == "many" else hint
            return kind_of(hint, where)
        except NameError as error:
            if not (generator.relates or generator.copies) or not error.name or error.name in names:
                raise DefinitionError("bad_field", f"{where}: its annotation cannot be resolved: {error}") from None
            # Of two entities that know each other, the first is defined before the second has a name.
            names[error.name] = type(error.name, (Later,), {"__module__": cls.__module__})


def meant_types(cls: type, annotation: Any, markers: Mapping[str, FieldMarker], scope: Mapping[str, Any]) -> Any:
    """An annotation with the types that were meant where fields have their names: after `date: date = field(…)` Python finds
    the field. Raises `DefinitionError` where no type has the name outside the class."""
    if isinstance(annotation, FieldMarker):
        name = next((key for key, value in markers.items() if value is annotation), "")
        outside = {**vars(sys.modules[cls.__module__]), **scope} if cls.__module__ in sys.modules else scope
        if name not in outside or isinstance(outside[name], FieldMarker):
            raise taken_name(cls.__name__, name or None, "is no type")
        return outside[name]
    parts = get_args(annotation)
    meant = tuple(meant_types(cls, each, markers, scope) for each in parts)
    if all(one is other for one, other in zip(parts, meant, strict=True)):
        return annotation
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return Union[meant]  # noqa: UP007 - of values
    return origin[meant]


def check_type(generator: Generator[Any], kind: ValueType, where: str) -> None:
    """Raises `DefinitionError` where the generator makes something else than the annotation says."""
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
    if not (kind.stands_for(made) if isinstance(generator, Rule) else kind.made_by(made)):
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
