"""What rules have in common whose tables have conditions on columns: they are read, and columns are cut alike for all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final

from datamimic import Context, DatamimicError
from datamimic.columns.value_types import ValueType
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Place
from datamimic_models.rules.converting import at_path
from datamimic_models.rules.drawn.cases import Parts
from datamimic_models.rules.drawn.cells import Cell
from datamimic_models.rules.drawn.lines import cells_of, condition_names, is_text, named
from datamimic_models.rules.drawn.scales import is_numeric
from datamimic_models.rules.rule import NameOf, RuleKind, Where

_LARGEST: Final = 64 << 20


class Conditional(RuleKind, ABC):
    """A rule with a table of lines, each of which holds for rows that meet its conditions; who writes a `unit` of it wrongly is
    told where that is described."""

    unit: ClassVar[str]

    @property
    @abstractmethod
    def conditions(self) -> str | None:
        """The text of the table; None where nothing depends on other columns."""

    def unknown(self, name: str | None, where: Where, mistakes: Mistakes) -> bool:
        """Is the name none of a column? Then it is a mistake."""
        if name is None or where.around.name_of(name) is not None:
            return False
        near = where.around.near(name)
        mistakes.add(
            "models.unknown_column",
            f"{where.label} depends on {excerpt(name)}, which is no column",
            where.place,
            hint=f"did you mean {near[0]}?" if near else "columns of the row, and parent.column",
        )
        return True

    def asked(self, where: Where) -> list[NameOf]:
        """The columns that there are conditions on, but for names that are of none."""
        found = map(where.around.name_of, condition_names(self.conditions or ""))
        return [each for each in found if each is not None]

    def add_wrong_table(self, error: Exception, where: Where, mistakes: Mistakes) -> None:
        """What is wrong with the table, at its line where the error has one."""
        if isinstance(error, DatamimicError):
            place = Place(error.file, error.line) if error.file and error.line else where.place
            mistakes.add(error.code, error.message, place, hint=error.hint)
            return
        hint = f"`dm model rules {self.kind}` tells what a {self.unit} is"
        mistakes.add("models.bad_table", f"{where.label}: {error}", where.place, hint=hint)

    def tables_of(self, where: Where) -> tuple[str, ...]:
        """The tables of all columns, this one's among them."""
        columns = where.table.columns
        found = [each.rule.conditions for each in columns if isinstance(each.rule, Conditional)]
        return tuple(dict.fromkeys(each for each in (*found, self.conditions) if each))


@lru_cache(maxsize=1024)
def parts_of(name: str, kind: ValueType, tables: tuple[str, ...]) -> Parts:
    """A column, cut into what the conditions of any of the tables tell apart."""
    cells: dict[Cell, None] = {}
    for text in tables:
        if name in condition_names(text):
            cells |= dict.fromkeys(cells_of(text, name, intervals=is_numeric(kind)))
    return Parts(kind, [*cells])


def parts_in(context: Context, parts: Sequence[Parts], paths: Sequence[tuple[str, ...]]) -> list[Any]:
    """The part of each row, by column; one that several rules depend on is cut once."""
    return [
        context.batch.remembered(each, lambda each=each, path=path: each.of(at_path(context.column, path)))
        for each, path in zip(parts, paths, strict=True)
    ]


def table_text(said: str, place: Place, mistakes: Mistakes) -> str:
    """The text of a table: itself, or that of a file beside the model."""
    if is_text(said):
        return said
    folder = Path(place.file or ".").parent.resolve()
    file = (folder / said).resolve()
    if not file.is_relative_to(folder):
        mistakes.add(
            "models.outside_folder",
            f"the table {excerpt(said)} lies outside the folder of the model",
            place,
            hint="put it beside the model",
        )
        return said
    try:
        if file.stat().st_size > _LARGEST:
            mistakes.add("models.too_large", f"{excerpt(said)} has more than {_LARGEST >> 20} MB", place)
            return said
        return named(file.read_text(encoding="utf-8"), said)
    except (OSError, UnicodeDecodeError):
        mistakes.add(
            "models.unreadable", f"the table {excerpt(said)} cannot be read", place, hint="a CSV file in UTF-8"
        )
        return said
