"""How an entity appears in the JSON request API: its item, its constraints, its human-readable ids.

Every entity is a domain. Without a view of its own its item is what `to_dict()` gives and its constraints are its options;
a pack gives a view where the API promises other names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from attrs import field, frozen

from datamimic.columns.value_types import json_schema
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.generator import parameter_names
from datamimic.model.options import describe_options
from datamimic.model.spec import Spec, key_kind, spec_of

if TYPE_CHECKING:
    from datamimic.base.arrays import Ints
    from datamimic.world import World

Make = Callable[..., Any]
OF_THE_ITEM = frozenset({"id", "human_id", "locale"})
"""Members of every item; an entity's own column of such a name is shown with the entity's name before it."""


@frozen
class Constraint:
    """A member of `constraints`: its JSON `schema`, and the entity's options that it stands for.

    `options(value, country)` returns {option: value}; it raises ValueError with a sentence for a value that cannot be.
    """

    schema: Mapping[str, Any]
    options: Callable[[Any, str], Mapping[str, Any]]


@frozen(kw_only=True)
class RequestView:
    """`item` maps a member of an item to a column (`address.city`) or to a function of columns, with its JSON Schema.
    `prefix` begins human-readable ids, `constraints` are what a request may ask for.

    Functions get and give plain values, one row at a time: dates as ISO 8601 text, money as numbers.
    """

    prefix: str
    item: Mapping[str, tuple[str | Make, Mapping[str, Any]]]
    constraints: Mapping[str, Constraint] = field(factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    """Members of `constraints` that change no row, only how it is shown (`id_namespace`): name -> JSON Schema."""
    human_id: Callable[[UUID, int, Mapping[str, Any]], str] | None = None
    """Makes the human-readable id of an item from its id, its row and the request's constraints."""
    rows: Callable[[World, Spec, Mapping[str, Any]], Callable[[Ints], Ints] | None] | None = None
    """For constraints that choose among rows instead of changing them: gets world, entity and constraints, and returns the
    function from item numbers (int64, from 0) to rows, None where every row will do."""
    profile: Callable[[Any, str], Mapping[str, Any]] | None = None
    """Options of a profile: gets the tables (`data`) and the profile's id; raises `DatamimicError` for an unknown one, or
    ValueError with a sentence for one that cannot be."""
    profile_constraints: Callable[[Any, str], Mapping[str, Any]] | None = None
    """Constraints that a profile stands for besides its options, for `rows`; the request's own go before them."""
    component: Callable[[Any, str], tuple[str, Mapping[str, Any]]] | None = None
    """(profile id, constraints) of a component: gets the tables and the component's id, and raises as `profile` does."""

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns that each member of an item is made of."""
        return {
            name: (source,) if isinstance(source, str) else parameter_names(source)
            for name, (source, _) in self.item.items()
        }


def expose(cls: type, view: RequestView) -> None:
    """Give an entity its view in the request API; once per class, beside it."""
    spec = spec_of(cls)
    for name, columns in view.columns().items():
        for column in columns:
            if column.split(".")[0] not in spec.fields and column not in [each.column_name for each in spec.columns]:
                raise DefinitionError(
                    "unknown_parameter", f"the request view of {cls.__name__}: {name} reads {excerpt(column)}"
                )
    spec.request = view


def view_of(spec: Spec) -> RequestView:
    """The entity's view, or the one that follows from its fields and options."""
    if isinstance(spec.request, RequestView) and spec.cls.__dict__.get("__entity__") is spec:
        return spec.request
    item: dict[str, tuple[str | Make, Mapping[str, Any]]] = {}
    for each in spec.columns:
        kind = key_kind(each) if each.is_relation else each.kind
        item[f"{spec.name}_{each.column_name}" if each.column_name in OF_THE_ITEM else each.column_name] = (
            each.column_name,
            {**json_schema(kind), **({"description": each.doc} if each.doc else {})},
        )
    hints = get_type_hints(spec.options)
    constraints = {
        each["name"]: Constraint(_option_schema(each, hints[each["name"]]), _same(each["name"]))
        for each in describe_options(spec.options)
    }
    return RequestView(prefix=spec.name.replace("_", "")[:3].upper(), item=item, constraints=constraints)


def _same(name: str) -> Callable[[Any, str], Mapping[str, Any]]:
    return lambda value, country: {name: value}


_JSON_TYPES: dict[Any, str] = {int: "integer", float: "number", str: "string", bool: "boolean", type(None): "null"}


def _option_schema(told: Mapping[str, Any], annotation: Any) -> dict[str, Any]:
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    types = [_JSON_TYPES[part] for part in parts if part in _JSON_TYPES]
    schema: dict[str, Any] = {"description": told["doc"]}
    if any(get_origin(part) in (frozenset, tuple, list) for part in parts):
        schema |= {"type": "array", "items": {"type": "string"}}
    elif types:
        schema["type"] = types[0] if len(types) == 1 else types
    for key, word in (("minimum", "minimum"), ("maximum", "maximum")):
        if told[key] is not None:
            schema[word] = told[key]
    if told["choices"]:
        schema["enum"] = list(told["choices"]) + ([None] if "null" in types else [])
    return schema
