"""Single values of a kind, null among them: as JSON, back from it, and whether they are what is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from attrs import frozen

from datamimic.columns.value_types.value_type import ValueType


def json_schema(kind: ValueType) -> dict[str, Any]:
    """The JSON Schema of a kind's values, null among them where it may be."""
    schema = dict(kind.schema)
    if kind.nullable:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def to_json(value: Any, kind: ValueType) -> Any:
    """A value of a kind, or None, as `json.dumps` takes it."""
    return None if value is None else kind.to_json(value)


@frozen(eq=False)
class PlainForm:
    """How objects of a class become dictionaries that `json.dumps` takes: `names` says what their attributes are called,
    `converted` are the names of those whose values are not plain already, and what makes them so."""

    names: Mapping[str, str]
    converted: tuple[tuple[str, Callable[[Any], Any]], ...]
    _renamed: bool

    @classmethod
    def of(cls, attributes: Iterable[tuple[str, str, ValueType]]) -> Self:
        """Of (attribute, name, kind) in their order."""
        names, converted = {}, []
        for attribute, name, kind in attributes:
            names[attribute] = name
            if not kind.is_plain:
                converted.append((name, kind.to_json))
        return cls(names, tuple(converted), any(attribute != name for attribute, name in names.items()))

    def made(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The dictionary of an object that has these values, and may have others beside."""
        if self._renamed:
            plain = {name: values[attribute] for attribute, name in self.names.items() if attribute in values}
        else:
            # A copy of a dictionary costs a fifth of making one like it.
            plain = dict(values)
            for other in plain.keys() - self.names.keys():
                del plain[other]
        for name, to_plain in self.converted:
            value = plain.get(name)
            if value is not None:
                plain[name] = to_plain(value)
        return plain


def from_json(value: Any, kind: ValueType, path: str) -> Any:
    """The value that `to_json` gave. Raises `Misfit`."""
    if value is None:
        if kind.nullable:
            return None
        raise kind.not_this(value, path)
    return kind.from_json(value, path)


def misfit(value: Any, kind: ValueType, where: str) -> str | None:
    """None where a value is what its field's annotation declares, else a sentence that names the part that is not."""
    if value is None:
        return None if kind.nullable else f"{where} is None, but declared {kind}"
    return kind.misfit(value, where)
