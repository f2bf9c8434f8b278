"""A model as it was written: elements and attributes, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from datamimic_models.model import NOWHERE, Place

_TRUE = frozenset({"true", "1", "yes"})


@frozen
class Written:
    """What stands in an attribute, and where."""

    text: str
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen(eq=False)
class Node:
    """One element, the same only as itself. `name` is the one of the vocabulary, aliases resolved."""

    name: str
    attributes: dict[str, Written]
    children: tuple[Node, ...]
    text: str
    place: Place = field(default=NOWHERE, repr=False)

    def get(self, name: str, default: str = "") -> str:
        """The text of an attribute."""
        written = self.attributes.get(name)
        return default if written is None else written.text

    def has(self, name: str) -> bool:
        return name in self.attributes

    def flag(self, name: str, default: bool = False) -> bool:
        written = self.attributes.get(name)
        return default if written is None else written.text.strip().lower() in _TRUE

    def at(self, name: str) -> Place:
        """Where an attribute stands, or the element that does not have it."""
        written = self.attributes.get(name)
        return self.place if written is None else written.place

    def within(self) -> Iterator[Node]:
        """The node and every node in it."""
        yield self
        for child in self.children:
            yield from child.within()
