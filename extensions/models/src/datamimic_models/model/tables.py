"""One table of a model: its columns, keys, counts and checks."""

from __future__ import annotations

from typing import Any, Literal

from attrs import field, frozen

from datamimic_models.model.places import NOWHERE, Place
from datamimic_models.model.rule import Rule
from datamimic_models.model.types import ColumnType

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in", "between", "is null", "is not null", "regex"]


@frozen
class Condition:
    """`column` of the same row, compared with `value`; a list for `in` and `between`, None for `is null`. Where `expression` is
    given it is the whole condition."""

    column: str = ""
    operator: Operator = "=="
    value: Any = None
    expression: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen
class ConditionalRule:
    """The first of a column whose condition holds makes the value."""

    condition: Condition
    rule: Rule
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen(kw_only=True)
class Column:
    """`rule` None: made by what the column means, else by its type. A `hidden` column is read by others and shown nowhere.

    `unique` says that no value comes twice; null is none. `null_share` is the share of rows without a value, of a `nullable`
    one. `means` names a field of an entity (`common.person.given_name`) where the author says so, `of` the one of several
    subjects of a row that it belongs to (`billing`). `comment` is for readers, and for finding out what is meant.
    """

    name: str
    type: ColumnType
    rule: Rule | None = None
    conditional_rules: tuple[ConditionalRule, ...] = ()
    nullable: bool = False
    null_share: float = 0.0
    unique: bool = False
    hidden: bool = False
    sensitivity: str | None = None
    locale: str | None = None
    means: str | None = None
    of: str | None = None
    comment: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen
class RowCount:
    """How many rows: exactly `exactly`; or as many as the parent table's rows deal out, each parent `least` to `most` of them
    (all counts alike often), by `shares` (count -> weight), or by an `expression` over the parent's columns."""

    exactly: int | None = None
    parent: str | None = None
    least: int = 0
    most: int | None = None
    shares: tuple[tuple[int, float], ...] = ()
    expression: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen(kw_only=True)
class ForeignKey:
    """`columns` of this table are `parent_columns` of a row of `parent_table`.

    A circle of tables is cut where the columns are nullable. `pick` says how parents are picked where this key does not
    count the rows: evenly, by a weight column of the parent, or each at most once (one to one). `null_share` is the share of
    rows without a parent.
    """

    columns: tuple[str, ...]
    parent_table: str
    parent_columns: tuple[str, ...]
    pick: Literal["evenly", "once", "weighted"] = "evenly"
    weight: str | None = None
    null_share: float = 0.0
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen
class Unique:
    """No two rows have the `columns` alike; a row with a null among them is alike to none. `where` is a condition (an
    expression) on the rows that it holds for."""

    columns: tuple[str, ...]
    where: str = ""
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@frozen
class Check:
    """An `expression` over the columns of a row that is never false; null is not false, as in SQL."""

    expression: str
    name: str | None = None
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)

    @property
    def sentence(self) -> str:
        """How it is told."""
        return self.name or self.expression


@frozen(kw_only=True)
class Table:
    """`rows` None: as many as the model says. `source` is where rows lie that exist (a path beside the model, or a database
    URL with `#table`); columns without a rule are its columns then, and `settings` are those of its format."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    rows: RowCount | None = None
    source: str | None = None
    settings: tuple[tuple[str, Any], ...] = ()
    locale: str | None = None
    comment: str = ""
    place: Place = field(default=NOWHERE, eq=False, repr=False, kw_only=True)

    def column(self, name: str) -> Column:
        """Raises `KeyError`."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)
