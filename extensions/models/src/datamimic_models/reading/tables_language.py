"""The tables language: a document of YAML or JSON, taken apart, as a model."""

from __future__ import annotations

import re
from typing import Any

from datamimic import Clock, installed_packs
from datamimic.errors import excerpt
from datamimic.related import holds_password, scheme_of, written_as
from datamimic_models.model import Mistakes, Model, Table
from datamimic_models.reading.described_columns import column_of, of_some_pack
from datamimic_models.reading.described_constraints import check_of, foreign_key_of, unique_of, unique_sets
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.reading.row_counts import rows_of
from datamimic_models.rules.words import frozen_value


def model_of(document: Part, name: str, mistakes: Mistakes, folder: str | None = None) -> Model:
    """The model that a document says; `name` is its name where it gives none."""
    words = Words.of(document, "the model", mistakes)
    given = words.text("name", default=name)
    locale = words.text("locale", default="en_US")
    words.check("locale", locale, of_some_pack)
    clock = words.text("clock")
    words.check("clock", clock, Clock.parse)
    output_format = words.text("output_format", "format", default="csv")
    words.check("format" if words.has("format") else "output_format", output_format, _written_as)
    tables = tuple(_table(each, mistakes) for each in _list(words, "tables"))
    model = Model(
        name=given,
        tables=tables,
        locale=locale,
        rows=words.whole("rows", default=100),
        seed=words.text("seed"),
        clock=clock,
        output_format=output_format,
        folder=folder,
        place=document.place,
    )
    words.end()
    if not re.fullmatch(r"[a-z][a-z0-9_]*", given):
        mistakes.add(
            "models.bad_name",
            f"the model is called {excerpt(given)}",
            document.place,
            hint="lower case letters, digits and underscores, as its tables are entities name.table",
        )
    return model


def _written_as(name: str) -> None:
    written_as(installed_packs(), name)


def _list(words: Words, name: str) -> list[Part]:
    part = words.needed(name)
    if part is None:
        return []
    if not isinstance(part.value, list):
        words.wrong(name, part, "a list")
        return []
    return part.value


def _table(part: Part, mistakes: Mistakes) -> Table:
    words = Words.of(part, "a table", mistakes)
    name = words.text("table_name", "name", needed=True, default="")
    words.what = f"the table {name}" if name else "a table"
    locale = words.text("locale")
    words.check("locale", locale, of_some_pack)
    columns, primary, foreign = [], [], []
    # Of rows that exist the columns may be left to the file.
    for each in _list(words, "columns") if words.has("columns") or not words.has("source") else ():
        column, constraints = column_of(each, name, mistakes)
        columns.append(column)
        primary += [column.name] if "PK" in constraints else []
        foreign += [(column.name, each)] if "FK" in constraints else []
    keys, counted = [], []
    for each in words.parts("foreign_keys"):
        key, rows = foreign_key_of(each, name, mistakes)
        keys += [] if key is None else [key]
        counted += [] if rows is None else [rows]
    named = {each for key in keys for each in key.columns}
    for column_name, where in foreign:
        if column_name not in named:
            mistakes.add(
                "models.no_foreign_key",
                f"{name}.{column_name} is said to be a foreign key, but refers to nothing",
                where.place,
                hint=f"foreign_keys: [{{parent_table: …, parent_column: …, child_column: {column_name}}}]",
            )
    rows = rows_of(words, keys, mistakes)
    if counted:
        if rows is not None or len(counted) > 1:
            mistakes.add(
                "models.bad_count",
                f"the rows of {name} are counted twice",
                counted[-1].place,
                hint="leave one of them out",
            )
        rows = counted[0]
    said_primary = words.texts("primary_key")
    made = Table(
        name=name,
        columns=tuple(columns),
        primary_key=said_primary or tuple(primary),
        foreign_keys=tuple(keys),
        uniques=tuple(unique_of(each, words, mistakes) for each in unique_sets(words)),
        checks=tuple(check_of(each, words, mistakes) for each in words.parts("checks")),
        rows=rows,
        source=_source(words, name),
        settings=_settings(words),
        locale=locale,
        comment=words.text("comment", "description", "doc", default=""),
        place=part.place,
    )
    words.end()
    return made


def _source(words: Words, table: str) -> str | None:
    """Where rows lie. A manifest carries the model, and no password may be in it."""
    said = words.text("source")
    if said is None or scheme_of(said) is None or not holds_password(said.rpartition("#")[0] or said):
        return said
    part = words.get("source") or words.part
    words.mistakes.add(
        "models.password",
        f"the source of {table} holds a password",
        part.place,
        hint="leave it out: PGPASSWORD and ~/.pgpass, MYSQL_PWD, or --given TABLE=URL say it",
    )
    return None


def _settings(words: Words) -> tuple[tuple[str, Any], ...]:
    part = words.get("settings")
    if part is None or part.value is None:
        return ()
    if not isinstance(part.value, dict):
        words.wrong("settings", part, "a mapping")
        return ()
    return tuple((name, frozen_value(each.plain)) for name, each in part.items())
