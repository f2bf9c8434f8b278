"""The tables of a sample, made one after the other into what the model says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from datamimic.columns import Ints
from datamimic_learning.learning.columns import all_different, coded
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.identifiers import has_room, key_column
from datamimic_learning.learning.joint_keys import may_count, tells_apart
from datamimic_learning.learning.names import said
from datamimic_learning.learning.one_table import arrays_of, learned_rules, prepared
from datamimic_learning.learning.prepared import Coded
from datamimic_learning.learning.reading import MOST_ROWS
from datamimic_learning.learning.reference import Reference, missing, parent_rows
from datamimic_learning.learning.relations import Relations
from datamimic_learning.learning.sequences import Ordered, rows_before, sequence_of
from datamimic_learning.learning.texts import text_rule
from datamimic_learning.learning.what_it_means import recognised_columns
from datamimic_learning.learning.writing import CsvTable, LearnedTable
from datamimic_learning.samples.sample import Sample

_FULL: Final = 0.8
"""Of the rows of the other parent at most so large a share is referred to by one."""
_NEARLY: Final = 0.8
"""Of pairs of references so large a share is different that they may come once each."""


class TableMaker:
    """Makes the tables, parents first; remembers the codes of those that others refer to."""

    def __init__(
        self, tables: Mapping[str, pa.Table], rows: Mapping[str, int], relations: Relations, counting: Counting,
        sample: Sample, date: str | None,
    ) -> None:  # fmt: skip
        self.tables, self.rows, self.relations, self.counting = {**tables}, rows, relations, counting
        self.sample, self.date = sample, date
        self.coded: dict[str, Sequence[Coded]] = {}
        self.types: dict[tuple[str, str], str] = {}
        self.left_out: dict[str, Mapping[str, str]] = {}
        self.ordered: dict[str, Ordered] = {}
        for name in relations.order:
            found = self._ordered(name)
            if found is not None:
                self.ordered[name], self.tables[name] = found, found.rows

    def table(self, name: str) -> LearnedTable:
        rows, references = self.tables[name], self.relations.references[name]
        key = self.relations.keys[name]
        arrays = arrays_of(rows)
        links = {
            own: (each.parent, theirs)
            for each in references
            for own, theirs in zip(each.columns, each.parent_columns, strict=True)
        }
        ordered = self.ordered.get(name)
        steps = {} if ordered is None else {each.name: each for each in ordered.steps}
        positions = {} if ordered is None else ordered.positions
        counts, firsts = self._counts(name), self._firsts(name)
        apart = {key, *links, *steps, *positions}
        plain = {each: column for each, column in arrays.items() if each not in apart}
        plain |= {each: column for step in steps.values() for each, column in step.changes.items()}
        of_children = {each: column for each, (column, _) in counts.items()} | firsts
        folder = (name,) if len(self.tables) > 1 else ()
        found = prepared(plain | of_children, self.counting, folder, lambda texts: recognised_columns(name, texts))
        changes = {each for step in steps.values() for each in step.changes}
        parts = {each for each in found.hidden if any(each.startswith(f"{first}_") for first in firsts)}
        never = frozenset((*firsts, *parts, *changes))
        own = [each for each in found.coded if each.name not in of_children and each.name not in parts]
        # What several columns refer to has a name only where it counts the rows.
        told_of = [each for place, each in enumerate(references) if not each.also or place == 0]
        given = [each for reference in told_of for each in self._given(name, reference)]
        if ordered is not None:
            moving = [made for each in steps if (made := coded(each, arrays[each], self.counting)) is not None]
            given += rows_before([*own, *moving], ordered.before, frozenset(steps))
        rules, beside = learned_rules(found.coded, given, self.counting, folder, never)
        beside += [CsvTable(str(found.computed[each]["rule"]["words"]), lines) for each, lines in found.words.items()]
        self.coded[name], self.left_out[name] = own, found.left_out
        hidden_ones = {*found.hidden, *of_children, *changes}
        meant = recognised_columns(name, found.texts)
        columns = []
        codes = {each.name: each for each in found.coded}
        for each in dict.fromkeys((*arrays, *found.computed, *rules)):
            if each in steps:
                moved = steps[each]
                moves = {"type": "expression", "expression": moved.expression}
                columns.append({"name": each, "type": moved.type, **_nullable(moved.nullable), "rule": moves})
            elif each in positions:
                rule: dict[str, Any] = {
                    "type": "position",
                    **({"start": positions[each]} if positions[each] != 1 else {}),
                }
                columns.append({"name": each, "type": "int", "nullable": False, "rule": rule})
            elif each == key:
                columns.append(key_column(each, arrays[each], self.rows[name], self.counting))
            elif each in links:
                kind = self.types.get(links[each], "int")
                columns.append({"name": each, "type": kind, **_nullable(arrays[each].null_count > 0)})
            elif each in codes:
                shown = {"hidden": True} if each in hidden_ones else {}
                missing = _nullable(codes[each].null is not None and each not in never)
                columns.append({"name": each, "type": codes[each].type, **missing, **shown, "rule": rules[each]})
            elif each in found.computed:
                said_of = dict(found.computed[each])
                shown = {"hidden": True} if each in hidden_ones else {}
                missing = _nullable(bool(said_of.pop("nullable", True)))
                columns.append({"name": each, "type": said_of.pop("type"), **missing, **shown, **said_of})
            elif each in rules:
                columns.append({"name": each, "type": "int", "nullable": False, "hidden": True, "rule": rules[each]})
            elif each in found.texts:
                columns.append(self._text(name, each, found.texts[each], each in meant))
        self.types |= {(name, str(each["name"])): str(each["type"]) for each in columns}
        told: dict[str, Any] = {"comment": self._comment(name, arrays)}
        told |= self._counted(name, references)
        together = [key] if key is not None else self._together(name, [*positions, *self._clocks(name)])
        if together:
            told["primary_key"] = together
        elif pair := self._nearly_together(name):
            told["unique"] = [pair]
        if references:
            told["foreign_keys"] = [self._foreign_key(name, each, place) for place, each in enumerate(references)]
        return LearnedTable(name, told, columns, beside)

    def _text(self, table: str, name: str, column: pa.Array, meant: bool) -> dict[str, Any]:
        share = column.null_count / len(column)
        missing = {**_nullable(share > 0), **({"null_share": round(share, 4)} if share > 0 else {})}
        if meant:
            return {"name": name, "type": "str", **missing}
        made = text_rule(column, self.counting, unique=False)
        unique = {"unique": True} if all_different(column) and has_room(made["rule"], self.rows[table]) else {}
        return {"name": name, "type": made["type"], **missing, **unique, "rule": made["rule"]}

    # -- relations ------------------------------------------------------------------------------------------------

    def _counts(self, name: str) -> dict[str, tuple[pa.Array, Reference]]:
        """How many rows of each child table a row has, as columns: those that count, and those that are weights."""
        found: dict[str, tuple[pa.Array, Reference]] = {}
        for references in self.relations.references.values():
            for place, each in enumerate(references):
                if each.parent != name:
                    continue
                rows = parent_rows(self.tables[each.table], self.tables[name], each)
                counts = np.bincount(rows[rows >= 0], minlength=self.tables[name].num_rows)
                found[_count_name(each, place)] = (pa.array(counts.astype(np.int64)), each)
        return found

    def _clocks(self, name: str) -> list[str]:
        """The columns of moments that go on from row to row."""
        ordered = self.ordered.get(name)
        return [] if ordered is None else [each.name for each in ordered.steps if each.type in ("date", "datetime")]

    def _together(self, name: str, positions: Sequence[str]) -> list[str]:
        """Columns that only together tell the rows apart: two that refer to other tables, or what refers to the parent and the
        place or moment of the row among those of it. None where there are no such."""
        rows = self.tables[name]
        if not self._is_counted(name):
            return []
        references = [each for each in self.relations.references[name] if not missing(rows, each.columns)]
        links = dict.fromkeys(each.column for each in references if not each.also)
        counted = [(*references[0].columns, each) for each in positions if references]
        for together in (*combinations(links, 2), *counted):
            if tells_apart(rows, together):
                return [*together]
        return []

    def _nearly_together(self, name: str) -> list[str]:
        """Two columns that refer to other tables and with a third one tell the rows apart (student, course and term), where
        few rows have the same two: these come once, so that the three do. Not where rows of one parent refer to most of the
        others."""
        rows = self.tables[name]
        if not self._is_counted(name):
            return []
        first, *others = (each for each in self.relations.references[name] if not missing(rows, each.columns))
        links = {column for each in (first, *others) for column in each.columns}
        for other in [] if first.also else [each for each in others if not each.also]:
            pair = [first.column, other.column]
            distinct = rows.select(pair).group_by(pair).aggregate([]).num_rows
            most = pc.max(rows.column(first.column).value_counts().field("counts")).as_py()
            if distinct < _NEARLY * rows.num_rows or most > _FULL * self.tables[other.parent].num_rows:
                continue
            if any(tells_apart(rows, (*pair, each)) for each in rows.column_names if each not in links):
                return pair
        return []

    def _ordered(self, name: str) -> Ordered | None:
        """The rows of a table whose parent counts them, in their order."""
        references = self.relations.references[name]
        if not self._is_counted(name):
            return None
        first, parent = references[0], self.tables[references[0].parent]
        if first.also and "parent" in self.tables[name].column_names:
            return None
        family = parent_rows(self.tables[name], parent, first)
        if (family < 0).any():
            return None
        keys = {own for each in references for own in each.columns} | (
            {key} if (key := self.relations.keys[name]) else set()
        )
        called = "parent" if first.also else first.column
        return sequence_of(self.tables[name], family, parent.num_rows, name, called, keys, self.counting)

    def _firsts(self, name: str) -> dict[str, pa.Array]:
        """What the first rows of each row's children begin with."""
        return {
            each: column
            for child, ordered in self.ordered.items()
            if self.relations.references[child][0].parent == name
            for step in ordered.steps
            for each, column in step.firsts.items()
        }

    def _given(self, name: str, reference: Reference) -> list[Coded]:
        """The columns of the parent as columns of this table, by the names that they have from here."""
        rows = parent_rows(self.tables[name], self.tables[reference.parent], reference)
        return [
            _of_parent(each, rows, f"{'parent' if reference.also else said(reference.column)}.{said(each.name)}")
            for each in self.coded[reference.parent]
        ]

    def _is_counted(self, name: str) -> bool:
        """Do the rows of the first parent say how many rows there are?"""
        own, rows = self.relations.references[name], self.tables[name]
        return bool(own) and not missing(rows, own[0].columns) and may_count(rows, own[0])

    def _has_weights(self, name: str, each: Reference) -> bool:
        """May be told how many rows refer to a parent? Not where hardly any parent has some."""
        rows = parent_rows(self.tables[name], self.tables[each.parent], each)
        return len(np.unique(rows[rows >= 0])) >= 2 * self.counting.least

    def _counted(self, name: str, references: Sequence[Reference]) -> dict[str, Any]:
        if not self._is_counted(name):
            return {} if len(self.tables) == 1 else {"rows": self.rows[name]}
        first = references[0]
        return {"rows": {"per": first.parent, "expression": _count_name(first, 0)}}

    def _foreign_key(self, name: str, each: Reference, place: int) -> dict[str, Any]:
        made: dict[str, Any] = {"parent_table": each.parent}
        if each.also:
            made |= {"parent_columns": [*each.parent_columns], "child_columns": [*each.columns]}
        else:
            made |= {"parent_column": each.parent_column, "child_column": each.column}
        column = self.tables[name].column(each.column)
        if (place > 0 or column.null_count or not self._is_counted(name)) and self._has_weights(name, each):
            made |= {"pick": "weighted", "weight": _count_name(each, place)}
        if column.null_count:
            made["null_share"] = round(column.null_count / len(column), 4)
        return made

    # -- words ----------------------------------------------------------------------------------------------------

    def _comment(self, name: str, arrays: Mapping[str, pa.Array]) -> str:
        words = f"learned from {Path(self.sample.tables[name].place).name}, {self.rows[name]:,} rows"
        day = self.date or _last_day(arrays)
        of_them = f", {MOST_ROWS:,} of them read" if self.tables[name].num_rows < self.rows[name] else ""
        return words + of_them + (f", {day}" if day else "")


def _count_name(each: Reference, place: int) -> str:
    bare = said(each.table)
    return f"{bare}_count" if place == 0 else f"{bare}_{said(each.column)}_weight"


def _nullable(nullable: bool) -> dict[str, bool]:
    return {} if nullable else {"nullable": False}


def _of_parent(column: Coded, rows: Ints, name: str) -> Coded:
    codes, size, null = column.codes, column.size, column.null
    if (rows < 0).any():
        null, size = (size, size + 1) if null is None else (null, size)
        return evolve(
            column, name=name, codes=np.where(rows < 0, null, codes[np.maximum(rows, 0)]), size=size, null=null
        )
    return evolve(column, name=name, codes=codes[rows], size=size, null=null)


def _last_day(arrays: Mapping[str, pa.Array]) -> str | None:
    days = []
    for each in arrays.values():
        if pa.types.is_date(each.type) or pa.types.is_timestamp(each.type):
            last = pc.max(each).as_py()
            if last is not None:
                days.append(last.isoformat()[:10])
    return max(days, default=None)
