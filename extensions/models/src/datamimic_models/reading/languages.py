"""The reader of a file's language, by its ending and, of JSON, by what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Model, Place
from datamimic_models.model.code import is_reference
from datamimic_models.reading.pack_names import pack_name
from datamimic_models.reading.parts import Part, refused
from datamimic_models.reading.tables_files import SUFFIXES as TABLES
from datamimic_models.reading.tables_files import document_part, text_of_file
from datamimic_models.reading.tables_language import model_of

SUFFIXES: Final = (*TABLES, ".sql", ".ddl", ".xml")
_SCHEMA: Final = frozenset(("$schema", "$defs", "definitions", "properties", "openapi", "swagger", "components"))


def read_any(place: str, mistakes: Mistakes, *, trusted: bool = False) -> Model:
    """The model that a file says, or `module:Class`, which is imported where it is `trusted`.

    Raises `BadModel` and `DatamimicError` for what cannot be read at all; all else that is wrong is among the `mistakes`.
    """
    if "://" in place:
        from datamimic_models.reading.database import is_database, read_database

        if is_database(place):
            return read_database(place, mistakes)
    suffix = Path(place).suffix.lower()
    if suffix in TABLES:
        return _tables_or_schema(Path(place), place, mistakes, trusted)
    # Each reader is imported where its language is read: some need libraries that take a while.
    if suffix in (".sql", ".ddl"):
        from datamimic_models.reading.sql_schema import read_sql_schema

        return read_sql_schema(place, mistakes)
    if suffix == ".xml":
        from datamimic_models.translating import read_xml

        return read_xml(place, mistakes, name=pack_name(Path(place).name), trusted=trusted)
    if is_reference(place):
        from datamimic_models.reading.classes.loading import read_reference

        return read_reference(place, mistakes, trust=trusted)
    hint = f"a file that ends in {', '.join(SUFFIXES)}, the URL of a database, or module:Class"
    raise refused("models.unknown_language", f"{excerpt(place)} is in no language that is known", Place(place), hint)


def _tables_or_schema(file: Path, place: str, mistakes: Mistakes, trusted: bool) -> Model:
    """YAML or JSON: a schema of JSON or OpenAPI where it says so, else the tables language."""
    part = document_part(text_of_file(file), place, mistakes)
    name = pack_name(file.name)
    said = part.value if isinstance(part.value, dict) else {}
    if "tables" not in said and _SCHEMA & said.keys():
        from datamimic_models.reading.json_schema.reader import read_json_schema

        return read_json_schema(part.plain, mistakes, name=name, file=place, place=lambda pointer: _at(part, pointer))
    model = model_of(part, name, mistakes, str(file.parent))
    if any(each.source for each in model.tables):
        from datamimic_models.reading.given_columns import with_given_columns

        return with_given_columns(model, mistakes, trusted=trusted)
    return model


def _at(part: Part, pointer: str) -> Place:
    """Where a JSON pointer leads; the nearest place that there is."""
    for each in pointer.split("/")[1:]:
        key = each.replace("~1", "/").replace("~0", "~")
        if isinstance(part.value, dict) and key in part.value:
            part = part.value[key]
        elif isinstance(part.value, list) and key.isdigit() and int(key) < len(part.value):
            part = part.value[int(key)]
        else:
            break
    return part.place
