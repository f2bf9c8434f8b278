"""A column of the tables language: its type, its constraints, its rules."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from datamimic import World
from datamimic.errors import excerpt, suggest
from datamimic_models.model import Column, ColumnType, Mistakes
from datamimic_models.model.types import TYPE_NAMES
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.reading.rules import conditional_rules, rule_of
from datamimic_models.reading.type_names import KNOWN, type_of

_CONSTRAINTS: Final = ("PK", "FK", "UNIQUE", "NOT NULL", "NULL")
_WRITTEN_SO: Final = {
    "PRIMARY KEY": "PK",
    "PRIMARY_KEY": "PK",
    "FOREIGN KEY": "FK",
    "FOREIGN_KEY": "FK",
    "NOT_NULL": "NOT NULL",
    "NULLABLE": "NULL",
}


def column_of(part: Part, table: str, mistakes: Mistakes) -> tuple[Column, set[str]]:
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
    words.check("locale", locale, of_some_pack)
    never = "PK" in constraints or "NOT NULL" in constraints
    nullable = words.flag("nullable", default=not never)
    share = words.share("null_share", "nulls", "null_quota")
    if never and nullable:
        said = f"{words.what} is nullable, and {'of the primary key' if 'PK' in constraints else 'NOT NULL'}"
        mistakes.add("models.contradiction", said, words.place, hint="leave one of the two out")
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


def of_some_pack(locale: str) -> None:
    """Raises `DatamimicError` for a locale that no pack has tables for."""
    World("0", locale)


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
            near = suggest(part.value, KNOWN) or get_close_matches(part.value.casefold(), KNOWN, 1, 0.6)
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
