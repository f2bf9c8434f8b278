"""The tables language: a document of YAML or JSON, taken apart, as a model."""

from __future__ import annotations

import re
from typing import Any, Final

from datamimic import Clock, DatamimicError, Locale
from datamimic.errors import excerpt, suggest
from datamimic.related import holds_password, scheme_of
from datamimic_models.model import Check, Column, ColumnType, ForeignKey, Mistakes, Model, RowCount, Table, Unique
from datamimic_models.model.types import TYPE_NAMES
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.reading.rules import conditional_rules, rule_of
from datamimic_models.reading.type_names import KNOWN, type_of
from datamimic_models.rules.words import frozen_value

_PER_PARENT: Final = re.compile(r"(?P<count>\d{1,9})\s*(?:/|per)\s*(?P<parent>.+)", re.IGNORECASE)
_CONSTRAINTS: Final = ("PK", "FK", "UNIQUE", "NOT NULL", "NULL")
_WRITTEN_SO: Final = {
    "PRIMARY KEY": "PK",
    "PRIMARY_KEY": "PK",
    "FOREIGN KEY": "FK",
    "FOREIGN_KEY": "FK",
    "NOT_NULL": "NOT NULL",
    "NULLABLE": "NULL",
}


def model_of(document: Part, name: str, mistakes: Mistakes, folder: str | None = None) -> Model:
    """The model that a document says; `name` is its name where it gives none."""
    words = Words.of(document, "the model", mistakes)
    given = words.text("name", default=name)
    locale = words.text("locale", default="en_US")
    _check(words, "locale", locale, Locale.parse)
    clock = words.text("clock")
    _check(words, "clock", clock, Clock.parse)
    tables = tuple(_table(each, mistakes) for each in _list(words, "tables"))
    model = Model(
        name=given,
        tables=tables,
        locale=locale,
        rows=words.whole("rows", default=100),
        seed=words.text("seed"),
        clock=clock,
        output_format=words.text("output_format", "format", default="csv"),
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


def _list(words: Words, name: str) -> list[Part]:
    part = words.needed(name)
    if part is None:
        return []
    if not isinstance(part.value, list):
        words.wrong(name, part, "a list")
        return []
    return part.value


def _check(words: Words, name: str, value: str | None, parse: Any) -> None:
    try:
        if value is not None:
            parse(value)
    except DatamimicError as error:
        part = words.part.value.get(name, words.part)
        words.mistakes.add("models.bad_value", error.message, part.place, hint=error.hint)


def _table(part: Part, mistakes: Mistakes) -> Table:
    words = Words.of(part, "a table", mistakes)
    name = words.text("table_name", "name", needed=True, default="")
    words.what = f"the table {name}" if name else "a table"
    locale = words.text("locale")
    _check(words, "locale", locale, Locale.parse)
    columns, primary, foreign = [], [], []
    # Of rows that exist the columns may be left to the file.
    for each in _list(words, "columns") if words.has("columns") or not words.has("source") else ():
        column, constraints = _column(each, name, mistakes)
        columns.append(column)
        primary += [column.name] if "PK" in constraints else []
        foreign += [(column.name, each)] if "FK" in constraints else []
    keys, counted = [], []
    for each in words.parts("foreign_keys"):
        key, rows = _foreign_key(each, name, mistakes)
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
    rows = _rows(words, keys, mistakes)
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
        uniques=tuple(_unique(each, words, mistakes) for each in _sets(words)),
        checks=tuple(_check_of(each, words, mistakes) for each in words.parts("checks")),
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


def _sets(words: Words) -> list[Part]:
    """Sets of columns that are unique together; a list of texts is one set."""
    part = words.get("unique", "uniques")
    if part is None or part.value is None:
        return []
    if isinstance(part.value, list) and part.value and all(isinstance(each.value, str) for each in part.value):
        return [part]
    return part.value if isinstance(part.value, list) else [part]


def _unique(part: Part, table: Words, mistakes: Mistakes) -> Unique:
    if isinstance(part.value, dict):
        words = Words.of(part, f"a unique constraint of {table.what}", mistakes)
        made = Unique(words.texts("columns"), words.text("where", default=""), words.text("name"), place=part.place)
        words.end()
        return made
    held = Words(Part({"columns": part}, part.place), f"a unique constraint of {table.what}", mistakes)
    return Unique(held.texts("columns"), place=part.place)


def _check_of(part: Part, table: Words, mistakes: Mistakes) -> Check:
    if isinstance(part.value, dict):
        words = Words.of(part, f"a check of {table.what}", mistakes)
        made = Check(words.text("expression", needed=True, default=""), words.text("name"), place=part.place)
        words.end()
        return made
    if not isinstance(part.value, str):
        table.wrong("checks", part, "an expression")
        return Check("True", place=part.place)
    return Check(part.value, place=part.place)


def _settings(words: Words) -> tuple[tuple[str, Any], ...]:
    part = words.get("settings")
    if part is None or part.value is None:
        return ()
    if not isinstance(part.value, dict):
        words.wrong("settings", part, "a mapping")
        return ()
    return tuple((name, frozen_value(each.plain)) for name, each in part.items())


def _column(part: Part, table: str, mistakes: Mistakes) -> tuple[Column, set[str]]:
    words = Words.of(part, f"a column of {table}", mistakes)
    name = words.text("name", "column_name", needed=True, default="")
    words.what = f"{table}.{name}" if name else words.what
    constraints = _constraints(words)
    rule_part = words.get("rule")
    rule = (
        None
        if rule_part is None or rule_part.value is None
        else rule_of(rule_part, f"the rule of {words.what}", mistakes)
    )
    locale = words.text("locale")
    _check(words, "locale", locale, Locale.parse)
    never = "PK" in constraints or "NOT NULL" in constraints
    nullable = words.flag("nullable", default=not never)
    share = words.share("null_share", "nulls", "null_quota")
    if share and not nullable:
        mistakes.add(
            "models.contradiction",
            f"{words.what} is never null, and null in a share of {share}",
            words.place,
            hint="nullable: true",
        )
    column = Column(
        name=name,
        type=_type(words),
        rule=rule,
        conditional_rules=conditional_rules(words.parts("conditional_rules"), words.what, mistakes),
        nullable=nullable,
        null_share=share,
        unique=bool(words.flag("unique", default="UNIQUE" in constraints)),
        hidden=bool(words.flag("hidden", default=False)),
        sensitivity=words.text("sensitivity"),
        locale=locale,
        means=words.text("means"),
        of=words.text("of"),
        comment=words.text("comment", "description", "doc", default=""),
        place=part.place,
    )
    words.end()
    return column, constraints


def _constraints(words: Words) -> set[str]:
    found = set()
    for each in words.parts("constraints"):
        said = " ".join(str(each.value).upper().split())
        said = _WRITTEN_SO.get(said, said)
        if said in _CONSTRAINTS:
            found.add(said)
        else:
            near = suggest(said, _CONSTRAINTS)
            words.mistakes.add(
                "models.bad_value",
                f"{words.what} has the constraint {excerpt(each.plain)}",
                each.place,
                hint=f"did you mean {near[0]}?" if near else f"one of {', '.join(_CONSTRAINTS)}",
            )
    return found


def _type(words: Words) -> ColumnType:
    part = words.get("type")
    if part is None or part.value is None:
        return ColumnType("str")
    return read_type(part, words) or ColumnType("str")


def read_type(part: Part, words: Words, depth: int = 0) -> ColumnType | None:
    """A type as text, or as a mapping of its parts. None after a mistake."""
    if isinstance(part.value, str):
        found = type_of(part.value)
        if found is None:
            near = suggest(part.value, KNOWN)
            words.mistakes.add(
                "models.unknown_type",
                f"{words.what} has the type {excerpt(part.value)}, which is not known",
                part.place,
                hint=f"did you mean {near[0]}?" if near else f"types: {', '.join(TYPE_NAMES)}",
            )
        return found
    if not isinstance(part.value, dict) or depth > 8:
        words.wrong("type", part, "the name of a type")
        return None
    said = Words.of(part, f"the type of {words.what}", words.mistakes)
    name = said.one_of(TYPE_NAMES, "name", default="str")
    item, members = said.get("item"), said.get("members")
    known: list[tuple[str, ColumnType]] = []
    if members is not None and isinstance(members.value, dict):
        for key, each in members.items():
            known.append((key, read_type(each, said, depth + 1) or ColumnType("str")))
    elif members is not None:
        for each in members.value if isinstance(members.value, list) else [members]:
            member = Words.of(each, f"a member of {words.what}", words.mistakes)
            key, kind = member.text("name", needed=True, default=""), member.needed("type")
            member.end()
            known.append((key, (kind and read_type(kind, said, depth + 1)) or ColumnType("str")))
    bits = said.whole("bits")
    if bits is not None and bits not in (8, 16, 32, 64):
        said.wrong("bits", said.part.value["bits"], "8, 16, 32 or 64")
        bits = None
    made = ColumnType(
        name,
        bits=bits,
        signed=bool(said.flag("signed", default=True)),
        precision=said.whole("precision", least=1),
        scale=said.whole("scale"),
        length=said.whole("length"),
        fixed=bool(said.flag("fixed", default=False)),
        choices=said.texts("choices"),
        zone=said.text("zone"),
        item=None if item is None else read_type(item, said, depth + 1),
        members=tuple(known),
        nullable=bool(said.flag("nullable", default=False)),
    )
    said.end()
    return made


def _foreign_key(part: Part, table: str, mistakes: Mistakes) -> tuple[ForeignKey | None, RowCount | None]:
    words = Words.of(part, f"a foreign key of {table}", mistakes)
    parent = words.text("parent_table", needed=True)
    theirs = words.texts("parent_column", "parent_columns")
    own = words.texts("child_column", "child_columns", "columns", "column") or theirs
    theirs = theirs or own
    if not own:
        words.needed("child_column")
    pick = words.one_of(("evenly", "once", "weighted"), "pick", "distribution", default="evenly")
    weight = words.text("weight")
    null_share, name = words.share("null_share", "nulls"), words.text("name")
    children = words.get("children")
    rows = None
    if children is not None and parent is not None:
        rows = _children(children, parent, words, mistakes)
    key = None
    if parent is not None and own:
        key = ForeignKey(
            columns=own,
            parent_table=parent,
            parent_columns=theirs,
            pick="weighted" if weight is not None else pick,
            weight=weight,
            null_share=null_share,
            name=name,
            place=part.place,
        )
    words.end()
    return key, rows


def _children(part: Part, parent: str, words: Words, mistakes: Mistakes) -> RowCount | None:
    """How many rows each parent has: a number, {min, max}, or {number: weight}."""
    if isinstance(part.value, int) and not isinstance(part.value, bool) and 0 <= part.value < 1 << 31:
        return RowCount(parent=parent, least=part.value, most=part.value, place=part.place)
    if isinstance(part.value, str):
        return RowCount(parent=parent, expression=part.value, place=part.place)
    if not isinstance(part.value, dict):
        words.wrong("children", part, "a number, {min, max} or {number: weight}")
        return None
    if part.value and all(key.isdigit() and len(key) < 10 for key in part.value):
        return RowCount(parent=parent, shares=_shares(part, words), place=part.place)
    said = Words.of(part, f"children of {words.what}", mistakes)
    made = _per(said, parent, part)
    said.end()
    return made


def _per(said: Words, parent: str, part: Part) -> RowCount:
    least = said.whole("min", "least", default=0)
    most = said.whole("max", "most", default=max(least, 3))
    if least > most:
        said.mistakes.add(
            "models.empty_range", f"{said.what}: {least} to {most} is no range", part.place, hint="min ≤ max"
        )
        most = least
    shares = said.get("shares")
    given = _shares(shares, said) if shares is not None else ()
    return RowCount(
        parent=parent,
        least=least,
        most=most,
        shares=given,
        expression=said.text("expression", default=""),
        place=part.place,
    )


def _shares(part: Part, words: Words) -> tuple[tuple[int, float], ...]:
    found = []
    for key, each in part.items() if isinstance(part.value, dict) else ():
        number = isinstance(each.value, int | float) and not isinstance(each.value, bool) and 0 <= each.value < 1e15
        if not key.isdigit() or len(key) > 9 or not number:
            words.wrong("shares", each, "a weight for a number of rows")
            continue
        found.append((int(key), float(each.value)))
    if found and not any(count and weight for count, weight in found):
        words.mistakes.add("models.bad_count", f"{words.what}: no parent would have a row", part.place)
        return ()
    return tuple(found)


def _rows(words: Words, keys: list[ForeignKey], mistakes: Mistakes) -> RowCount | None:
    part = words.get("rows", "count")
    if part is None or part.value is None:
        return None
    if isinstance(part.value, int) and not isinstance(part.value, bool) and 0 <= part.value < 1 << 48:
        return RowCount(part.value, place=part.place)
    if isinstance(part.value, str):
        per = _PER_PARENT.fullmatch(part.value.strip())
        if per is not None:
            parent = _parent(per["parent"].strip(), keys, words, part)
            count = int(per["count"])
            return None if parent is None else RowCount(parent=parent, least=count, most=count, place=part.place)
    if isinstance(part.value, dict):
        said = Words.of(part, f"the rows of {words.what}", mistakes)
        named = said.text("per", "parent", needed=True)
        parent = None if named is None else _parent(named, keys, words, part)
        made = None if parent is None else _per(said, parent, part)
        said.known += ["min", "least", "max", "most", "shares", "expression"]
        said.end()
        return made
    words.wrong("rows", part, "a number, N/parent or {per: parent, min: …, max: …}")
    return None


def _parent(name: str, keys: list[ForeignKey], words: Words, part: Part) -> str | None:
    """A table; the word `parent` is the one that the only foreign key leads to."""
    parents = list(dict.fromkeys(each.parent_table for each in keys))
    if name != "parent" or "parent" in parents:
        return name
    if len(parents) == 1:
        return parents[0]
    words.mistakes.add(
        "models.bad_count",
        f"the rows of {words.what} are counted by a parent, of which there {'is none' if not parents else 'are several'}",
        part.place,
        hint=f"name it: rows: {{per: {parents[0] if parents else 'customers'}, min: 0, max: 5}}",
    )
    return None
