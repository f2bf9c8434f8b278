"""Generates that tables cannot say, kept as tables of the rows that their records are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from attrs import define, field

from datamimic import DatamimicError
from datamimic_models.model import ColumnType
from datamimic_models.rules.numbering import Serial
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import DraftColumn, DraftTable, Made
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.samples import with_member_names
from datamimic_models.translating.sources import NUMBER
from datamimic_models.translating.value_types import TYPED, fitted, type_of_values
from datamimic_models.xml.arrow import plain, text_of
from datamimic_models.xml.calls import read_calls
from datamimic_models.xml.nodes import Node

_TEXT: Final = ColumnType("str")
Records = dict[str, list[dict[str, Any]]]


@define(eq=False)
class Kept:
    """`make` gives all records of the model; `stem` is what the names of files begin with; `files` are their lines."""

    make: Callable[[], Records]
    stem: str
    files: dict[str, list[str]] = field(factory=dict)
    _records: Records | None = None

    def generates(self, node: Node, work: Work) -> list[str]:
        """Add the tables of a generate, of those in it, or of those in any other element; the names of their files.

        Raises `Refusal` where its records cannot be made.
        """
        return [file for product, each in _products(node) if (file := self._table(product, each, work))]

    def _table(self, product: str, node: Node, work: Work) -> str | None:
        known = next((each.source for each in work.given if each.product == product), None)
        records = [] if known else self._made_of(product, work)
        if not records:
            return known
        taken = {each.name for each in (*work.tables, *work.given)}
        wanted = product.replace("|", "_")
        others = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
        name = next(each for each in (wanted, *others) if each not in taken)
        file = f"{self.stem}.{name}.jsonl"
        made = DraftTable(name, product, node, total=len(records), source=file)
        columns: dict[str, list[Any]] = {}
        for key in dict.fromkeys(key for record in records for key in record):
            kind, columns[key] = _typed([record.get(key) for record in records])
            made.columns[key] = DraftColumn(key, node.place, None, kind)
        number = Made(Serial(start=0), unique=True)
        made.hidden[NUMBER] = DraftColumn(NUMBER, node.place, number, ColumnType("int"), hidden=True)
        work.given.append(made)
        rows = zip(*columns.values(), strict=True) if columns else ([] for _ in records)
        self.files[file] = [
            json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, allow_nan=False) for row in rows
        ]
        for call in read_calls(node.get("target"), node.place) if node.get("target").strip() else ():
            if call.name in work.stores:
                work.stores[call.name][node.get("name")] = made
        return file

    def _made_of(self, product: str, work: Work) -> list[dict[str, Any]]:
        """The records of a product, without those that another table of that name makes."""
        if self._records is None:
            try:
                self._records = self.make()
            except DatamimicError as error:
                where = "" if error.line is None else f", line {error.line}"
                raise Refusal(f"and its records cannot be kept: {error.message}{where}") from None
        before = [each for each in work.tables if each.product == product]
        if any(each.total is None for each in before):
            raise Refusal(f"and another generate of the name {product} makes some of its records")
        return self._records.get(product, [])[sum(each.total or 0 for each in before) :]


def _products(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Node]]:
    """The generates in an element and their products, those above first."""
    if node.name == "generate":
        path = (*path, node.get("name"))
        yield "|".join(path if len(path) == 1 else path[1:]), node
    for child in node.children:
        yield from _products(child, path)


def _typed(values: list[Any]) -> tuple[ColumnType, list[Any]]:
    """The type that holds the values, and these as a document says them; text where no type does."""
    held = [with_member_names(plain(each, TYPED)) for each in values]
    kind = type_of_values(held)
    if kind is None or kind.name in ("bytes", "duration", "time"):
        return _TEXT, [None if each is None else each if isinstance(each, str) else text_of(each) for each in held]
    return kind, [fitted(each, kind) for each in held]
