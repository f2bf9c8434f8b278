"""JSON Schema, drafts 4 to 2020-12, and the components of OpenAPI 3.0 and 3.1, as a model.

A schema of an object is a table; of a list of objects, a table of its items; of neither, but with `$defs`, `definitions` or
`components.schemas`: each object among them that no other one holds as a part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.model import Mistakes, Model, Place, Table
from datamimic_models.reading.json_schema.conjunctions import MOST_SCHEMAS, Impossible, TooLarge
from datamimic_models.reading.json_schema.keywords import ShapeReader
from datamimic_models.reading.json_schema.references import Located, Schemas
from datamimic_models.reading.shaped_names import table_name
from datamimic_models.reading.shaped_references import with_references
from datamimic_models.reading.shaped_tables import shaped_table

DEFINITIONS = (("$defs",), ("definitions",), ("components", "schemas"))
DRAFTS = ("draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12")


def read_json_schema(
    document: Any, mistakes: Mistakes, *, name: str, file: str, place: Callable[[str], Place] | None = None
) -> Model:
    """The model that a schema says; what it says and a model cannot is a warning among the mistakes.

    `document` is what JSON or YAML gives, `name` what the model is called, and the table where the schema has no title;
    `place` tells where a JSON pointer stands in the `file`.
    """
    schemas = Schemas(document, place or (lambda pointer: Place(f"{file}#{pointer}" if pointer else file)))
    if not isinstance(document, dict):
        mistakes.add("models.bad_schema", "a JSON Schema is an object", schemas.place(""))
        return Model(name=name, tables=(), place=schemas.place(""))
    draft = document.get("$schema")
    if isinstance(draft, str) and not any(each in draft for each in DRAFTS):
        mistakes.warn("models.unknown_draft", f"{draft} is not known: it is read as 2020-12", schemas.place("/$schema"))
    reader = ShapeReader(schemas, mistakes)
    tables = []
    try:
        for table_name, located in _tables(schemas, name):
            table = _table(reader, table_name, located, mistakes)
            if table is not None:
                tables.append(table)
    except TooLarge:
        said = f"it is of more than {MOST_SCHEMAS:,} schemas, those that are referred to counted each time"
        mistakes.add("models.too_large", said, schemas.place(""), hint="tables of their own for parts that many hold")
    except RecursionError:
        mistakes.add("models.too_deep", "it is nested too deeply", schemas.place(""))
    if not tables and not mistakes.errors:
        mistakes.add(
            "models.no_tables",
            "there is no object in it that could be a table",
            schemas.place(""),
            hint="a table is a schema of type object with properties",
        )
    return Model(name=name, tables=tuple(with_references(tables)), place=schemas.place(""))


def _table(reader: ShapeReader, name: str, located: Located, mistakes: Mistakes) -> Table | None:
    try:
        shape = reader.shape([located], frozenset({located.pointer}))
    except Impossible as error:
        mistakes.add("models.impossible", f"there can be no row of {name}: {error.message}", error.place)
        return None
    if shape.type.name == "list" and shape.item is not None:
        shape = shape.item
    return shaped_table(name, shape, mistakes) if shape.type.name == "struct" else None


def _tables(schemas: Schemas, name: str) -> list[tuple[str, Located]]:
    root = schemas.root
    if not root.schema.keys().isdisjoint(("properties", "items", "allOf", "$ref", "oneOf", "anyOf")):
        title = root.schema.get("title")
        return [(table_name(title) if isinstance(title, str) and table_name(title) else name, root)]
    found = []
    for path in DEFINITIONS:
        try:
            definitions = root.down(*path)
        except (KeyError, IndexError, TypeError, ValueError):
            continue
        if isinstance(definitions.schema, dict):
            found += [(key, definitions.down(key)) for key in definitions.schema]
    parts = _held(schemas, [located for _, located in found])
    whole = [(key, located) for key, located in found if located.pointer not in parts]
    return [(table_name(key) or f"table_{index}", located) for index, (key, located) in enumerate(whole or found)]


def _held(schemas: Schemas, definitions: list[Located]) -> set[str]:
    """The definitions that another one refers to."""
    held = set()
    for definition in definitions:
        open_ones: list[Located] = [definition]
        seen = set[int]()
        while open_ones:
            located = open_ones.pop()
            if id(located.schema) in seen:
                continue
            seen.add(id(located.schema))
            if isinstance(located.schema, dict):
                reference = located.schema.get("$ref")
                target = schemas.find(located, reference) if isinstance(reference, str) else None
                if target is not None and target.pointer != definition.pointer:
                    held.add(target.pointer)
                keys: list[str | int] = list(located.schema)
            else:
                keys = list(range(len(located.schema))) if isinstance(located.schema, list) else []
            open_ones += [located.down(key) for key in keys if isinstance(located.schema[key], (dict, list))]
    return held
