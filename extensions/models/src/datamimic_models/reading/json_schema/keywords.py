"""What a JSON Schema says of a value, as a shape: the values made of it validate.

Properties that are not required are always there, null where they may be. A property that leads back to itself is left out
where it is not required, a list of such items is empty.
"""

from __future__ import annotations

from typing import Final

from attrs import define, evolve, field

from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.reading.json_schema.conjunctions import Conjunction, Gathering, Impossible
from datamimic_models.reading.json_schema.references import Located, Schemas
from datamimic_models.reading.json_schema.scalars import KINDS, fixed, lengths, number, text
from datamimic_models.reading.shapes import USUAL_PROPERTIES, Shape, by_place, invented_names

WORDS_OF = {
    "object": ("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "string": ("minLength", "maxLength", "pattern", "format", "contentEncoding"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
"""Which type is meant by a schema that names none."""
_MOST_PLACES: Final = 64
USUAL_ITEMS = 3
"""How many more items than the least a list has at most, where the schema sets no limit."""


@define
class ShapeReader:
    """Reads the shapes of one document's schemas."""

    schemas: Schemas
    mistakes: Mistakes
    _gathering: Gathering = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._gathering = Gathering(self.schemas, self.mistakes)

    def shape(self, parts: list[Located], opened: frozenset[str] = frozenset()) -> Shape:
        """Raises `Impossible`."""
        found = self._gathering.joined(parts, opened)
        kinds, nullable = self._kinds(found)
        comment = next((each for each in found.said.get("description", ()) if isinstance(each, str)), "")
        comment = comment or found.first("title", str) or ""
        shape = self._of_kind(found, kinds, nullable)
        if shape.contradiction:
            raise Impossible(shape.contradiction, found.place)
        return evolve(shape, comment=comment)

    def _of_kind(self, found: Conjunction, kinds: set[str], nullable: bool) -> Shape:
        if found.values:
            return fixed(found, nullable, kinds, self._warn)
        kind = next((each for each in KINDS if each in kinds and each != "null"), None)
        if len(kinds) > 1 and kinds != {"integer", "number"}:
            self._warn(f"of the types {', '.join(sorted(kinds))} {kind} is made", found.place)
        if kind == "object":
            return self._object(found, nullable)
        if kind == "array":
            return self._array(found, nullable)
        if kind == "string":
            return text(found, nullable, self._warn)
        if kind in ("integer", "number"):
            return number(found, nullable, kind == "integer")
        if kind == "boolean":
            return Shape(type=ColumnType("bool"), nullable=nullable, place=found.place)
        if nullable and found.said.get("type"):
            return Shape(type=ColumnType("json"), nullable=True, values=(None,), place=found.place)
        return Shape(type=ColumnType("str"), nullable=False, place=found.place)

    def _kinds(self, found: Conjunction) -> tuple[set[str], bool]:
        """The types that all parts allow, null apart; none where there is no word of any."""
        allowed: set[str] | None = None
        for said in found.said.get("type", ()):
            names = {name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)}
            if unknown := names - KINDS.keys():
                self.mistakes.add("models.bad_schema", f"there is no type {min(unknown)!r}", found.place)
            names = names & KINDS.keys()
            names |= {"integer"} if "number" in names else set()
            allowed = names if allowed is None else allowed & names
        if True in found.said.get("nullable", ()) and allowed is not None:
            allowed.add("null")
        if allowed is not None and not allowed:
            raise Impossible("no value is of all the types that are said", found.place)
        nullable = (allowed is None or "null" in allowed) and all(found.null_chosen)
        nullable = nullable and (allowed is not None or bool(found.null_chosen) or bool(found.values))
        kinds = (allowed or self._meant(found)) - {"null"}
        return (kinds - {"integer"} if "number" in kinds else kinds), nullable and not found.never_null

    @staticmethod
    def _meant(found: Conjunction) -> set[str]:
        return {kind for kind, words in WORDS_OF.items() if not found.said.keys().isdisjoint(words)}

    def _object(self, found: Conjunction, nullable: bool) -> Shape:
        members = []
        for name in [*found.properties, *sorted(found.required - found.properties.keys())]:
            if name in found.left_out and name not in found.required:
                continue
            member = self._property(name, found)
            if member is not None:
                members.append((name, member))
        if not members and found.any_property and "propertyNames" not in found.said:
            members = self._invented(found)
        if not members:
            if found.required or not KINDS["integer"](found.first("minProperties", int) or 0):
                raise Impossible("it has no property that can be made", found.place)
            if found.said.get("additionalProperties") or found.first("minProperties", int):
                self._warn("properties of any name are not made", found.place)
            return Shape(type=ColumnType("json"), nullable=nullable, values=({},), place=found.place)
        kind = ColumnType("struct", members=tuple((name, member.type) for name, member in members))
        return Shape(type=kind, nullable=nullable, members=tuple(members), place=found.place)

    def _invented(self, found: Conjunction) -> list[tuple[str, Shape]]:
        """A few properties of a mapping of any names."""
        fewest, most = lengths(found, "minProperties", "maxProperties")
        count = max(fewest or 0, USUAL_PROPERTIES if most is None else min(most, USUAL_PROPERTIES))
        try:
            value = self.shape(found.any_property, found.opened)
        except Impossible:
            return []
        return [(name, value) for name in invented_names(count)]

    def _property(self, name: str, found: Conjunction) -> Shape | None:
        """None where it is left out: optional, and impossible or without an end."""
        if name not in found.properties:
            self._warn(f"of {name!r} nothing is said but that it is required: it is a text", found.place)
            return Shape(type=ColumnType("str"), place=found.place)
        try:
            return self.shape(found.properties[name], found.opened)
        except Impossible as error:
            if name in found.required:
                raise
            if error.circle:
                self._warn(f"{name!r} is left out: {error.message}", error.place)
            return None

    def _array(self, found: Conjunction, nullable: bool) -> Shape:
        shortest, longest = lengths(found, "minItems", "maxItems")
        shortest = shortest or 0
        item: Shape | None = None
        places: tuple[Shape, ...] = ()
        try:
            item, places = self._items(found, shortest)
        except Impossible as error:
            if shortest:
                raise
            if error.circle:
                self._warn(f"the list is empty: {error.message}", error.place)
            longest = 0
        item = item or Shape(type=ColumnType("str"), place=found.place)
        if found.first_items:
            count = max(len(found.first_items), shortest)
            shortest = longest = min(count, count if longest is None else longest)
        most = shortest + USUAL_ITEMS if longest is None else longest
        return Shape(
            type=ColumnType("list", item=item.type, length=shortest if shortest == most and shortest else None),
            nullable=nullable,
            shortest=shortest,
            longest=min(most, shortest + 1_000),
            item=item,
            places=places,
            distinct=True in found.said.get("uniqueItems", ()),
            place=found.place,
        )

    def _items(self, found: Conjunction, shortest: int) -> tuple[Shape, tuple[Shape, ...]]:
        """What an item is, and what those of the first places are where they differ."""
        rest = self.shape(found.items, found.opened) if found.items and not self._are_none(found) else self._any(found)
        if not found.first_items:
            return (self.shape(found.items, found.opened) if found.items else rest), ()
        items = [self.shape([each], found.opened) for each in found.first_items]
        items += [rest] * max(0, min(shortest, _MOST_PLACES) - len(items))
        if all(each == items[0] for each in items):
            return items[0], ()
        differing = by_place(items, found.place)
        if differing is None:
            self._warn("items of a list that are of several types are made like the first", found.place)
            return items[0], ()
        return differing

    @staticmethod
    def _are_none(found: Conjunction) -> bool:
        return any(each.schema is False for each in found.items)

    @staticmethod
    def _any(found: Conjunction) -> Shape:
        return Shape(type=ColumnType("str"), place=found.place)

    def _warn(self, message: str, place: Place) -> None:
        if not any(each.place == place and each.message == message for each in self.mistakes.found):
            self.mistakes.warn("models.not_expressed", message, place)
