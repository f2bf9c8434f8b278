"""Schemas by their addresses: `$ref`, `$id`, `$anchor` and JSON pointers within one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from attrs import define, field, frozen

from datamimic_models.model import Place

LITERAL = ("const", "default", "enum", "example", "examples")
"""What stands under these words is data, not a schema."""


@frozen
class Located:
    """A part of a document: where it stands, and the address that references in it are relative to."""

    schema: Any
    pointer: str
    base: str = ""

    def down(self, *keys: str | int) -> Located:
        """Raises `KeyError`, `IndexError`, `TypeError` or `ValueError` where there is nothing."""
        schema, pointer, base = self.schema, self.pointer, self.base
        for key in keys:
            schema = schema[int(key) if isinstance(schema, list) else key]
            pointer += "/" + str(key).replace("~", "~0").replace("/", "~1")
            base = base_of(schema, base)
        return Located(schema, pointer, base)


def base_of(schema: Any, base: str) -> str:
    """The address that references in a schema are relative to: `$id` of today, `id` of draft 4."""
    if isinstance(schema, dict):
        for name in ("$id", "id"):
            said = schema.get(name)
            if isinstance(said, str) and not said.startswith("#") and (name == "$id" or "$schema" in schema):
                return _joined(base, said)
    return base


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


@define
class Schemas:
    """All schemas of one document. `place` tells where a JSON pointer stands in its file."""

    document: Any
    place: Callable[[str], Place]
    _resources: dict[str, Located] = field(factory=dict, init=False)
    _anchors: dict[tuple[str, str], Located] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._resources[""] = self.root
        self._resources.setdefault(self.root.base, self.root)
        for located in _everywhere(self.root):
            self._index(located)

    def _index(self, located: Located) -> None:
        schema = located.schema
        for name in ("$id", "id"):
            said = schema.get(name)
            if isinstance(said, str) and said.startswith("#"):
                self._anchors.setdefault((located.base, said[1:]), located)
            elif isinstance(said, str):
                self._resources.setdefault(urldefrag(located.base)[0], located)
        for name in ("$anchor", "$dynamicAnchor"):
            if isinstance(said := schema.get(name), str):
                self._anchors.setdefault((located.base, said), located)

    @property
    def root(self) -> Located:
        return Located(self.document, "", base_of(self.document, ""))

    def find(self, located: Located, reference: str) -> Located | None:
        """What a reference at a place means; None where there is nothing in this document."""
        try:
            address, fragment = urldefrag(_joined(located.base, reference))
        except ValueError:
            return None
        resource = self._resources.get(address)
        if resource is None:
            return None
        anchor = self._anchors.get((resource.base, fragment))
        if anchor is not None or not fragment:
            return anchor or resource
        try:
            keys = [unquote(key).replace("~1", "/").replace("~0", "~") for key in fragment.split("/")]
            return None if keys[0] else resource.down(*keys[1:])
        except (KeyError, IndexError, TypeError, ValueError):
            return None


def _everywhere(root: Located) -> Iterator[Located]:
    """Every object of a document that is no data of `const`, `enum` or an example."""
    open_ones, seen = [root], set[int]()
    while open_ones:
        located = open_ones.pop()
        if id(located.schema) in seen:  # what YAML calls by an alias
            continue
        seen.add(id(located.schema))
        if isinstance(located.schema, dict):
            yield located
            names = [name for name in located.schema if name not in LITERAL]
            open_ones += [located.down(name) for name in names if isinstance(located.schema[name], (dict, list))]
        elif isinstance(located.schema, list):
            open_ones += [
                located.down(index) for index, each in enumerate(located.schema) if isinstance(each, (dict, list))
            ]
