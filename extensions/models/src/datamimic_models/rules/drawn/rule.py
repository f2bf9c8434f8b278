"""The rule for values out of a table of weights."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, Self

from attrs import evolve, frozen

from datamimic import DatamimicError, Generator
from datamimic.columns.value_types import Bool, Str, ValueType
from datamimic_models.model import ColumnType, Mistakes, Place
from datamimic_models.rules.drawn.cases import Cases, TooManyCases
from datamimic_models.rules.drawn.conditional import Conditional, parts_of, table_text
from datamimic_models.rules.drawn.drawing import Drawers, DrawnGenerator, Entries, Limit, drawers_of
from datamimic_models.rules.drawn.lines import Lines, condition_names, lines_of
from datamimic_models.rules.drawn.scales import Scale, is_numeric
from datamimic_models.rules.rule import Where
from datamimic_models.rules.words import word


@frozen
class Drawn(Conditional):
    """A value drawn by weight out of tables: CSV files beside the model, or their text. `values` says how often each value or
    interval comes; `by` how that depends on other columns, by lines of conditions, value and weight, of which those
    of the first
    conditions that hold count. A cell is a value (`fixed`), several (`fixed|free`), none of several (`!fixed`), an
    interval whose
    high end is not included (`100..200`), `null`, or `*`: as a condition anything, as a value any that the case does
    not list."""

    kind: ClassVar[str] = "drawn"
    unit: ClassVar[str] = "cell"

    values: str | None = word("The table of values: columns `value` and `weight`.", "text", None)
    by: str | None = word(
        "The table of cases: columns of the row, `parent.column`, or `previous.column`, with conditions; `value`, `weight`.",
        "text",
        None,
    )
    step: Any = word(
        "Of numbers and moments out of an interval: how far they are apart, as 5, 0.5, 15min.", "bound", None
    )
    decimals: int | None = word(
        "Of a number that is not whole: how many decimals; any number without it.", "whole", None
    )
    at_least: str | None = word("A column that no value is below.", "text", None)
    at_most: str | None = word("A column that no value is above.", "text", None)

    def beside(self, place: Place, mistakes: Mistakes) -> Self:
        values = None if not self.values else table_text(self.values, place, mistakes)
        return evolve(self, values=values, by=None if not self.by else table_text(self.by, place, mistakes))

    @property
    def conditions(self) -> str | None:
        return self.by

    def reads(self) -> tuple[str, ...]:
        named = [*condition_names(self.by or ""), *(each for each in (self.at_least, self.at_most) if each)]
        return tuple(dict.fromkeys(each.split(".")[0] for each in named))

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if not self.values and not self.by:
            mistakes.add(
                "models.missing", f"{where.label} has neither values nor by", where.place, hint="values: x.csv"
            )
            return
        if where.unique:
            mistakes.add(
                "models.cannot_be_unique",
                f"{where.label} is unique, and what is drawn may come twice",
                where.place,
                hint="a serial, a pattern or a range gives every value once",
            )
        names = (*condition_names(self.by or ""), self.at_least, self.at_most)
        if any(self.unknown(each, where, mistakes) for each in names):
            return
        try:
            made = self._made(where)
        except TooManyCases:
            mistakes.add(
                "models.bad_table", f"{where.label}: its conditions are too many", where.place, hint="fewer columns"
            )
            return
        except (DatamimicError, ValueError) as error:
            self.add_wrong_table(error, where, mistakes)
            return
        if made.cases is not None and not made.cases.complete:
            mistakes.add(
                "models.bad_table",
                f"{where.label}: there are rows for which no conditions hold",
                where.place,
                hint="last a line whose conditions are all *",
            )
        if not where.column.nullable and not made.drawers.there.all():
            mistakes.add(
                "models.type_mismatch",
                f"{where.label} is never null, but its table says so",
                where.place,
                hint="nullable: true",
            )
        if (self.at_least or self.at_most) and made.entries.scale is None:
            mistakes.add("models.type_mismatch", f"{where.label} is no number, and has no limits", where.place)

    def generator(self, where: Where) -> Generator[Any]:
        made = self._made(where)
        around = where.around
        limits = []
        for name, least in ((self.at_least, True), (self.at_most, False)):
            found = None if name is None else around.name_of(name)
            if found is not None:
                limits.append(Limit(found.path, found.kind, least))
        return DrawnGenerator(
            made.lines,
            made.drawers,
            made.entries,
            made.cases,
            [each.path for each in self.asked(where)],
            limits,
            where.column.nullable,
            where.table.comment,
        )

    def _made(self, where: Where) -> _Parts:
        """Raises `DatamimicError`, ValueError and `TooManyCases`."""
        kinds = tuple(each.kind for each in self.asked(where))
        return _compiled(
            self.values, self.by, self.step, self.decimals, where.column.type, where.kind, kinds, self.tables_of(where)
        )


@frozen(eq=False)
class _Parts:
    lines: Lines
    entries: Entries
    drawers: Drawers
    cases: Cases | None


@lru_cache(maxsize=1024)
def _compiled(
    of_values: str | None, by: str | None, step: Any, decimals: int | None, shown: ColumnType, kind: ValueType,
    kinds: tuple[ValueType, ...], tables: tuple[str, ...],
) -> _Parts:  # fmt: skip
    """What the tables say, for a column of this type whose conditions are on columns of these kinds; `tables` are those of all
    columns, which cut what they depend on alike."""
    scale = None
    if not isinstance(kind, Str):
        if not is_numeric(kind) and not isinstance(kind, Bool):
            raise ValueError(f"no table has values that are {shown}")
        scale = Scale.of(shown, step, decimals)
        if scale.step is not None and scale.step < 1:
            raise ValueError("the step is below one unit")
    intervals = is_numeric(kind)
    values = None if not of_values else lines_of(of_values, intervals=intervals, interval_conditions=())
    entries = Entries(scale)
    if not by:
        assert values is not None
        return _Parts(values, entries, drawers_of(values, None, entries), None)
    lines = lines_of(by, intervals=intervals, interval_conditions=tuple(is_numeric(each) for each in kinds))
    drawers = drawers_of(lines, values, entries)
    parts = [parts_of(name, each, tables) for name, each in zip(lines.conditions, kinds, strict=True)]
    return _Parts(lines, entries, drawers, Cases(parts, lines.cases) if parts else None)
