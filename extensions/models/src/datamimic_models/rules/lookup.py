"""Values of another table: a row that is looked up by a column, or picked at random or by weight."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from datamimic import Generator
from datamimic.columns.value_types import kind_of
from datamimic.errors import suggest
from datamimic_models.model import Mistakes
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.converting import Reached, convertible
from datamimic_models.rules.rule import PickOf, RuleKind, Where
from datamimic_models.rules.words import Pairs, word


@frozen
class Lookup(RuleKind):
    """A column of a row of another table of the model, given or made: with `by` the row that has the same value, else any, by
    `weight` where that is named. Look-ups of one table with the same words are of one row; `of` tells several apart."""

    kind: ClassVar[str] = "lookup"

    table: str = word("The other table.", "text")
    column: str = word("Its column whose value is taken.", "text")
    by: Any = word("Own column: column of the other table; a text where both have one name.", "any", None)
    weight: str | None = word("A number in each of its rows: how often it is picked.", "text", None)
    of: str | None = word("Which one of several rows of the table.", "text", None)

    def pick(self) -> PickOf:
        by = None if self.by is None else (self.by, self.by) if isinstance(self.by, str) else next(iter(self.by))
        return PickOf(self.table, by, self.weight, self.of)

    def reads(self) -> tuple[str, ...]:
        by = self.pick().by if self.by else None
        return () if by is None else (by[0],)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        names = [each.name for each in where.model.tables]
        if self.table not in names:
            _unknown("table", self.table, names, where, mistakes)
            return
        other = where.model.table(self.table)
        theirs = [each.name for each in other.columns]
        one = isinstance(self.by, Pairs) and len(self.by) == 1 and isinstance(self.by[0][1], str)
        if self.by is not None and not (isinstance(self.by, str) or one):
            mistakes.add(
                "models.bad_value", f"{where.label}: a row is looked up by one column", where.place, hint="by: code"
            )
            return
        pick = self.pick()
        wanted = [self.column, *([pick.by[1]] if pick.by else []), *([self.weight] if self.weight else [])]
        for name in wanted:
            if name not in theirs:
                own = name == self.by and name in [each.name for each in where.table.columns]
                key = next(iter(other.primary_key), "column")
                remedy = f"by: {{{name}: {key}}}, where {self.table} calls it otherwise" if own else None
                _unknown("column", name, theirs, where, mistakes, remedy)
                return
        if self.weight and other.column(self.weight).type.name not in ("int", "float", "decimal"):
            said = f"{where.label}: {self.weight} is {other.column(self.weight).type}, and no weight"
            mistakes.add("models.type_mismatch", said, where.place, hint="a number from 0 on")
        if pick.by and pick.by[0] not in [each.name for each in where.table.columns]:
            _unknown("column", pick.by[0], [each.name for each in where.table.columns], where, mistakes)
        if self.table == where.table.name:
            mistakes.add(
                "models.circle",
                f"{where.label} looks into its own table",
                where.place,
                hint="a self reference is a foreign key",
            )
        made = kind_of(annotation_of(other.column(self.column).type), where.label)
        if not convertible(made, where.kind):
            mistakes.add(
                "models.type_mismatch",
                f"{where.label} is {where.column.type}, but {self.column} is {made}",
                where.place,
            )

    def generator(self, where: Where) -> Generator[Any]:
        head, fields = where.around.picked(self.pick())
        made = kind_of(annotation_of(where.model.table(self.table).column(self.column).type, True), where.label)
        return Reached(head, (fields[self.column],), made, where.kind)


def _unknown(
    what: str, name: str, known: list[str], where: Where, mistakes: Mistakes, remedy: str | None = None
) -> None:
    near = suggest(name, known)
    mistakes.add(
        f"models.unknown_{what}",
        f"{where.label} looks up {name!r}, which is no {what}",
        where.place,
        hint=remedy or (f"did you mean {near[0]}?" if near else f"{what}s: {', '.join(known[:20])}"),
    )
