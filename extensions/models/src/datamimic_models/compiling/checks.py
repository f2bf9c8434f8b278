"""Checks of a table, as checks of its entity: `dm check` holds them against any rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import Parameter, Signature
from typing import Any

import numpy as np

from datamimic import Context, Generator, check
from datamimic.columns import Bools
from datamimic_models import expressions
from datamimic_models.compiling.names import identifier
from datamimic_models.model import Check, Table
from datamimic_models.rules.computed import Names
from datamimic_models.rules.rule import Around


def add_checks(cls: type, table: Table, around: Around) -> None:
    """Declare the checks of the table for the class. One that looks at rows of other tables looks at what `tests_of_other_rows`
    has told of them: files lack that."""
    known: set[str] = set()
    for each in table.checks:
        name = identifier(each.sentence, "check", known)
        known.add(name)
        _add(cls, each, name, around)
    for tested, said, _ in tests_of_other_rows(table, around):
        _add_told(cls, said, tested)


def tests_of_other_rows(table: Table, around: Around) -> Iterator[tuple[str, Check, Generator[bool]]]:
    """The checks that look at rows of other tables, each with the field that tells whether it holds, and what makes that."""
    for number, each in enumerate(table.checks):
        expression = expressions.parse(each.expression, each.place, nulls="sql")
        names = Names(expression, around)
        if names.of_other_rows:
            yield f"holds_check_{number}", each, Holds(expression, names)


class Holds(Generator[bool]):
    """Whether rows hold a check; what is unknown does."""

    def __init__(self, expression: expressions.Expression, names: Names) -> None:
        self.expression = expression
        self.names_of = names
        self.needs = names.needs

    def column(self, context: Context) -> Any:
        return self.expression.mask(self.names_of.scope(context), unknown=True)


def _add_told(cls: type, said: Check, field: str) -> None:
    def holds(*arguments: Any) -> Any:
        return arguments[0]

    holds.__name__ = field.removeprefix("holds_")
    setattr(holds, "__signature__", Signature([Parameter(field, Parameter.POSITIONAL_OR_KEYWORD)]))  # noqa: B010 - as above
    check(cls, said.sentence)(holds)


def _add(cls: type, said: Check, name: str, around: Around) -> None:
    expression = expressions.parse(said.expression, said.place, nulls="sql")
    names = Names(expression, around)
    if names.of_other_rows:
        return
    parameters = (*names.needs, "clock")

    def holds(*arguments: Any) -> Bools:
        given: Mapping[str, Any] = dict(zip(parameters, arguments, strict=True))
        length = len(given[names.needs[0]]) if names.needs else 0
        rows = np.arange(length, dtype=np.int64)
        return expression.mask(names.scope_of({**given, "rows": rows, "draw": None}), unknown=True)

    holds.__name__ = name
    signature = Signature([Parameter(each, Parameter.POSITIONAL_OR_KEYWORD) for each in parameters])
    setattr(holds, "__signature__", signature)  # noqa: B010 - a checker takes it for no attribute
    if names.needs:
        check(cls, said.sentence)(holds)
