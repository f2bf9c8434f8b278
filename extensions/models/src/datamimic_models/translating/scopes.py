"""Where a script stands, and what its names lead to: variables and fields of the record, itself, and those above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal as Kind

from attrs import define, field

from datamimic_models.translating.drafts import DraftTable
from datamimic_models.translating.meanings import Meaning
from datamimic_models.translating.refusals import Refusal

_PLACES = ("this", "parent", "root")


@define(eq=False)
class Scope:
    """Of a row, of a record in it, or of an item of a list in it. `path` are the names from the product's record to here."""

    name: str
    table: DraftTable
    kind: Kind["row", "record", "item"]
    up: Scope | None = None
    path: tuple[str, ...] = ()
    variables: dict[str, Meaning] = field(factory=dict)
    fields: dict[str, Meaning] = field(factory=dict)

    @property
    def is_row(self) -> bool:
        return self.kind == "row"

    @property
    def in_items(self) -> bool:
        """Is it in the items of a list, at any depth?"""
        return self.kind == "item" or (self.kind == "record" and self.up is not None and self.up.in_items)

    def has_member(self, name: str) -> bool:
        """Is it the name of a member here, or of a record around this one, which stands before a column of that name?"""
        return not self.is_row and (name in self.fields or (self.up is not None and self.up.has_member(name)))

    def get(self, name: str) -> Meaning | None:
        found = self.variables.get(name)
        return self.fields.get(name) if found is None else found

    def chain(self) -> list[tuple[Scope, int]]:
        """This scope and those above, each with how many tables are between."""
        made: list[tuple[Scope, int]] = []
        scope: Scope | None = self
        depth = 0
        while scope is not None:
            made.append((scope, depth))
            depth += scope.is_row
            scope = scope.up
        return made


def resolved(scope: Scope, path: list[str], top: Mapping[str, Meaning]) -> tuple[Meaning, list[str], int] | None:
    """What a dotted name leads to: the meaning, the parts behind it, and how many tables are between. None for no name."""
    chain = scope.chain()
    if path[0] in _PLACES and len(path) > 1:
        place = {"this": 0, "parent": min(1, len(chain) - 1), "root": len(chain) - 1}[path[0]]
        return _inside(chain, place, path[1:])
    for place, (each, depth) in enumerate(chain):
        found = each.get(path[0])
        if found is not None:
            return found, path[1:], depth
        if each.name == path[0] and len(path) > 1:
            return _inside(chain, place, path[1:])
        if each.name == path[0]:
            raise Refusal(f"{path[0]} is the whole record")
    known = top.get(path[0])
    return None if known is None else (known, path[1:], 0)


def _inside(chain: list[tuple[Scope, int]], place: int, path: list[str]) -> tuple[Meaning, list[str], int] | None:
    scope, depth = chain[place]
    if place and chain[place - 1][0].name == path[0] and len(path) > 1:
        return _inside(chain, place - 1, path[1:])
    found = scope.get(path[0])
    return None if found is None else (found, path[1:], depth)
