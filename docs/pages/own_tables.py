"""The reference of the tables language, from the JSON Schema and the classes of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from datamimic.plugins.registry import Registry
from datamimic_models.model.types import TYPE_NAMES
from datamimic_models.printing.language_schema import language_schema
from datamimic_models.reading.type_names import OTHER_NAMES as OTHER_TYPES
from datamimic_models.rules.catalogue import rule_catalogue
from datamimic_models.rules.conditions import OPERATORS
from pages.markdown import code, page, table

WORDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "": (
        "The model",
        {
            "name": "name of the pack that the tables are entities of; the file's name without it",
            "tables": "the tables",
            "locale": "language and country of people and addresses: `en_US`, `de_DE`",
            "rows": "rows of a table that says none; 100 without it",
            "seed": "fixes every value, unless another is asked for",
            "clock": "the instant that `now` means, ISO 8601",
            "output_format": "what `dm run` writes: `csv`, `json`, `jsonl`, `parquet` …",
        },
    ),
    "table": (
        "A table",
        {
            "table_name": "its name",
            "columns": "its columns",
            "rows": "a number, `5/parents`, or `{per: parents, min: 0, max: 3}`, `{per: parents, shares: {\"1\": 3}}`",
            "primary_key": "columns of the key, where no column says `PK`",
            "foreign_keys": "what it refers to",
            "unique": "sets of columns that no two rows have alike, `[[a, b]]`",
            "checks": "expressions that hold for every row",
            "source": "where rows lie that exist",
            "settings": "of the format of the source",
            "locale": "its own locale",
            "comment": "what it is, for readers",
        },
    ),
    "column": (
        "A column",
        {
            "name": "its name",
            "type": "what it holds; `str` without it",
            "constraints": "`PK`, `FK`, `UNIQUE`, `NOT NULL`",
            "rule": "how values are made: a name, or `{type: kind, …}`",
            "conditional_rules": "`{condition, rule}`; the first whose condition holds",
            "nullable": "may it be null?",
            "null_share": "share of rows without a value, 0 to 1 or `5%`",
            "unique": "no value comes twice",
            "hidden": "read by other columns, shown nowhere",
            "sensitivity": "such as `PII`; said by schemas",
            "locale": "its own locale",
            "means": "the field of an entity that it is",
            "of": "which of several subjects of a row it belongs to: `billing`",
            "comment": "what it is, for readers",
        },
    ),
    "foreign_key": (
        "A foreign key",
        {
            "parent_table": "the table that it refers to",
            "parent_column": "the parent's column, or `parent_columns`",
            "child_column": "this table's column, or `child_columns`",
            "pick": "how parents are picked: `evenly`, `once`, `weighted`",
            "weight": "the parent's column of weights",
            "children": "rows of each parent, where this key counts them: a number, `{min, max}`, `{number: weight}`",
            "null_share": "share of rows without a parent",
            "name": "its name",
        },
    ),
}  # fmt: skip
"""What the words mean, by the part of the JSON Schema that lists them; other names of a word stand beside it."""


def own_tables(packs: Registry) -> str:
    """The page."""
    return page(
        "Own tables: the language",
        "A model in YAML or JSON. [The tutorial](../tutorials/own-tables.md) begins with one; `dm model schema` prints this as "
        "JSON Schema for editors, `dm model rules KIND` one kind of rule.",
        *_parts(),
        "## Types",
        ", ".join(map(code, TYPE_NAMES)) + ". With sizes: `int8` to `int64`, `uint8` to `uint64`, `str(20)`, `char(3)`, "
        "`decimal(10,2)`, `bytes(16)`, `datetime(Europe/Berlin)`, `list[int]`, `list[int](3)`; "
        "`{name: struct, members: {street: str, unit: \"str?\"}}`, where `?` says that a member or item may be null. "
        "Other names are known: "
        + ", ".join(f"{code(name)} for {code(meant)}" for name, meant in OTHER_TYPES.items())
        + ".",
        "## Conditions",
        "`{column: age, operator: \"<\", value: 18}`, with the operators " + ", ".join(map(code, OPERATORS)) + "; or "
        "`{expression: \"age < 18 and country == 'DE'\"}`. A null is only ever equal to null.",
        "## Rules",
        "A text is the name of a rule: a field of an entity, `common.person.given_name`; what a name means, `first_name`; a "
        "[literal generator](generators.md). Columns that are fields of one entity are fields of one row of it. A mapping has "
        "a `type`, one of the kinds below, and its words.",
        *_rules(),
    )  # fmt: skip


def _parts() -> Iterator[str]:
    schema = language_schema()
    for part, (title, meanings) in WORDS.items():
        properties = schema["properties"] if not part else schema["$defs"][part]["properties"]
        listed = list(properties)
        unknown = [name for name in meanings if name not in listed]
        assert not unknown, f"{title}: {unknown} are no words"
        rest = [name for name in listed if name not in meanings]
        yield f"## {title}"
        yield table(("Word", "Meaning"), [(code(name), said) for name, said in meanings.items()])
        if rest:
            yield f"Other names of these: {', '.join(map(code, rest))}."


def _rules() -> Iterator[str]:
    for name, kind in rule_catalogue().items():
        yield f"### {name}"
        yield str(kind["doc"])
        if kind["words"]:
            yield table(("Word", "Meaning", "Default"), [_word(each) for each in kind["words"]])
        if kind["other_names"]:
            yield f"Also called {', '.join(map(code, kind['other_names']))}."


def _word(word: Mapping[str, Any]) -> tuple[str, str, str]:
    names = [code(word["name"]), *(code(each) for each in word["other_names"])]
    said = word["doc"] + (f" One of {', '.join(map(code, word['choices']))}." if word["choices"] else "")
    return (
        ", ".join(names),
        said,
        "must be said" if word["required"] else "" if word["default"] is None else code(str(word["default"])),
    )
