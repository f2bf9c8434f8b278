"""All that holds for one value: a schema, what it refers to, what it joins by `allOf`, and the alternative that is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field, fields

from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.json_schema.alternatives import choice
from datamimic_models.reading.json_schema.references import Located, Schemas

NOT_EXPRESSED = (
    "contains",
    "dependencies",
    "dependentSchemas",
    "else",
    "if",
    "patternProperties",
    "propertyNames",
    "then",
    "unevaluatedItems",
)
MOST_SCHEMAS = 20_000
"""How many schemas one model may be made of, references counted each time; beyond it a document is refused."""


class Impossible(Exception):
    """There is no such value: a circle of references without an end, or `false`."""

    def __init__(self, message: str, place: Place, *, circle: bool = False) -> None:
        super().__init__(message)
        self.message, self.place, self.circle = message, place, circle


class TooLarge(Exception):
    """The schemas of a document hold each other so often that nothing could be made of them."""


@define
class Conjunction:
    """`said` has the values of a word in every part that says it, `properties` the schemas of a property."""

    place: Place
    said: dict[str, list[Any]] = field(factory=dict)
    properties: dict[str, list[Located]] = field(factory=dict)
    any_property: list[Located] = field(factory=list)
    items: list[Located] = field(factory=list)
    first_items: list[Located] = field(factory=list)
    required: set[str] = field(factory=set)
    left_out: set[str] = field(factory=set)
    values: list[list[Any]] = field(factory=list)
    never_null: bool = False
    null_chosen: list[bool] = field(factory=list)
    opened: frozenset[str] = frozenset()

    def copy(self) -> Conjunction:
        return Conjunction(
            self.place,
            {word: list(values) for word, values in self.said.items()},
            {name: list(schemas) for name, schemas in self.properties.items()},
            list(self.any_property),
            list(self.items),
            list(self.first_items),
            set(self.required),
            set(self.left_out),
            list(self.values),
            self.never_null,
            list(self.null_chosen),
            self.opened,
        )

    def become(self, other: Conjunction) -> None:
        for each in fields(Conjunction):
            setattr(self, each.name, getattr(other, each.name))

    def first(self, word: str, kind: type | tuple[type, ...]) -> Any:
        return next((each for each in self.said.get(word, ()) if isinstance(each, kind)), None)


@define
class Gathering:
    """Joins what holds for values of one document, and counts what it costs."""

    schemas: Schemas
    mistakes: Mistakes
    cost: int = 0

    def place(self, located: Located) -> Place:
        return self.schemas.place(located.pointer)

    def joined(self, parts: list[Located], opened: frozenset[str]) -> Conjunction:
        """Raises `Impossible`; `opened` are the references that one is within."""
        found = Conjunction(self.place(parts[0]), opened=opened)
        for part in parts:
            self._add(part, found)
        return found

    def _add(self, located: Located, found: Conjunction) -> None:
        self.cost += 1
        if self.cost > MOST_SCHEMAS:
            raise TooLarge
        schema = located.schema
        if schema is True:
            return
        if schema is False:
            raise Impossible("no value fits the schema false", self.place(located))
        if not isinstance(schema, dict):
            self.mistakes.add("models.bad_schema", "a schema is an object, true or false", self.place(located))
            return
        for word, value in schema.items():
            found.said.setdefault(word, []).append(value)
        self._add_references(located, found)
        self._add_parts(located, found)
        self._add_alternatives(located, found)
        for word in NOT_EXPRESSED:
            if word in schema:
                self._warn(located, f"`{word}` is not taken over: rows may not fit it")

    def _add_references(self, located: Located, found: Conjunction) -> None:
        for word in ("$ref", "$dynamicRef"):
            reference = located.schema.get(word)
            if not isinstance(reference, str):
                continue
            target = self.schemas.find(located, reference)
            if target is None:
                self.mistakes.add(
                    "models.no_such_schema",
                    f"there is nothing at {reference!r} in this document",
                    self.place(located),
                    hint="references into other files are not followed: bundle them into one document",
                )
            elif target.pointer in found.opened:
                raise Impossible(f"{reference} refers to itself without an end", self.place(located), circle=True)
            else:
                found.opened |= {target.pointer}
                self._add(target, found)

    def _add_parts(self, located: Located, found: Conjunction) -> None:
        schema = located.schema
        for name in _object(schema.get("properties")):
            found.properties.setdefault(name, []).append(located.down("properties", name))
        if isinstance(schema.get("required"), list):
            found.required |= {name for name in schema["required"] if isinstance(name, str)}
        for word in ("prefixItems", "items"):
            if isinstance(schema.get(word), list):
                found.first_items += [located.down(word, index) for index in range(len(schema[word]))]
        if isinstance(schema.get("items"), (dict, bool)):
            found.items.append(located.down("items"))
        if isinstance(schema.get("additionalProperties"), dict):
            found.any_property.append(located.down("additionalProperties"))
        if "const" in schema:
            found.values.append([schema["const"]])
        if isinstance(schema.get("enum"), list):
            found.values.append(schema["enum"])
        if "not" in schema:
            self._add_negation(located, found)
        if isinstance(schema.get("allOf"), list):
            for index in range(len(schema["allOf"])):
                part = located.down("allOf", index)
                self._add(part, found)
                held = self._target(part)
                if held is not None:
                    self._tell_apart(held, located.pointer, found)

    def _add_negation(self, located: Located, found: Conjunction) -> None:
        """What may not be present is left out; a value that may not be null is never null."""
        match located.schema["not"]:
            case {"required": [str(name)], **others} if not others:
                found.left_out.add(name)
            case {"type": "null", **others} if not others:
                found.never_null = True
            case _:
                self._warn(located, "`not` is not taken over: rows may not fit it")

    def _add_alternatives(self, located: Located, found: Conjunction) -> None:
        for word in ("oneOf", "anyOf"):
            if not isinstance(located.schema.get(word), list) or not located.schema[word]:
                continue
            chosen = choice(located, word)
            found.null_chosen.append(chosen.nullable)
            found.left_out |= chosen.required_elsewhere
            if chosen.values is not None:
                found.values.append([*chosen.values, *([None] if chosen.nullable else [])])
            elif chosen.candidates:
                self._add_first(chosen.candidates, word, located, found)
            else:
                found.values.append([None])

    def _add_first(self, candidates: tuple[Located, ...], word: str, located: Located, found: Conjunction) -> None:
        """The first alternative that there can be; null where there is none but null."""
        for candidate in candidates:
            tried = found.copy()
            try:
                self._add(candidate, tried)
            except Impossible as error:
                problem = error
                continue
            if found.null_chosen[-1]:
                _or_null(found, tried)
            self._tell_apart(located, (self._target(candidate) or candidate).pointer, tried)
            found.become(tried)
            if len(candidates) > 1:
                self._warn(located, f"of the alternatives of `{word}` the one at {candidate.pointer} is made")
            return
        if not found.null_chosen[-1]:
            raise problem
        found.values.append([None])

    def _target(self, located: Located) -> Located | None:
        """What a schema refers to."""
        reference = located.schema.get("$ref") if isinstance(located.schema, dict) else None
        return self.schemas.find(located, reference) if isinstance(reference, str) else None

    def _tell_apart(self, located: Located, pointer: str, found: Conjunction) -> None:
        """By OpenAPI's `discriminator`, a property says which alternative, at that pointer, a value is of."""
        match located.schema:
            case {"discriminator": {"propertyName": str(name), **others}}:
                mapping = others.get("mapping")
                said = pointer.rpartition("/")[2]
                for key, to in (mapping if isinstance(mapping, dict) else {}).items():
                    wanted = to if isinstance(to, str) and "/" in to else f"#/components/schemas/{to}"
                    target = self.schemas.find(located, wanted)
                    if target is not None and target.pointer == pointer:
                        said = str(key)
                only = Located({"const": said}, f"{located.pointer}/discriminator", located.base)
                found.properties.setdefault(name, []).append(only)

    def _warn(self, located: Located, message: str) -> None:
        """Once: a schema may be met several times."""
        place = self.place(located)
        if not any(each.place == place and each.message == message for each in self.mistakes.found):
            self.mistakes.warn("models.not_expressed", message, place)


def _or_null(before: Conjunction, after: Conjunction) -> None:
    """What an alternative has added allows null as well."""
    types = after.said.get("type", [])
    for index in range(len(before.said.get("type", [])), len(types)):
        said = types[index]
        types[index] = [*(said if isinstance(said, list) else [said]), "null"]
    for index in range(len(before.values), len(after.values)):
        after.values[index] = [*after.values[index], None]


def _object(value: Any) -> Iterator[str]:
    return iter(value) if isinstance(value, dict) else iter(())
