"""What rows of a table hold together, in the tables language: foreign keys, uniques and checks."""

from __future__ import annotations

from datamimic_models.model import Check, ForeignKey, Mistakes, RowCount, Unique
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.reading.row_counts import children_of


def foreign_key_of(part: Part, table: str, mistakes: Mistakes) -> tuple[ForeignKey | None, RowCount | None]:
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
        rows = children_of(children, parent, words, mistakes)
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


def unique_sets(words: Words) -> list[Part]:
    """Sets of columns that are unique together; a list of texts is one set."""
    part = words.get("unique", "uniques")
    if part is None or part.value is None:
        return []
    if isinstance(part.value, list) and part.value and all(isinstance(each.value, str) for each in part.value):
        return [part]
    return part.value if isinstance(part.value, list) else [part]


def unique_of(part: Part, table: Words, mistakes: Mistakes) -> Unique:
    if isinstance(part.value, dict):
        words = Words.of(part, f"a unique constraint of {table.what}", mistakes)
        made = Unique(words.texts("columns"), words.text("where", default=""), words.text("name"), place=part.place)
        words.end()
        return made
    held = Words(Part({"columns": part}, part.place), f"a unique constraint of {table.what}", mistakes)
    return Unique(held.texts("columns"), place=part.place)


def check_of(part: Part, table: Words, mistakes: Mistakes) -> Check:
    if isinstance(part.value, dict):
        words = Words.of(part, f"a check of {table.what}", mistakes)
        made = Check(words.text("expression", needed=True, default=""), words.text("name"), place=part.place)
        words.end()
        return made
    if not isinstance(part.value, str):
        table.wrong("checks", part, "an expression")
        return Check("True", place=part.place)
    return Check(part.value, place=part.place)
