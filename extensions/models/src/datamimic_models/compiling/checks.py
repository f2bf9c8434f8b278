"""Checks of a table, as checks of its entity: `dm check` holds them against any rows."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Parameter, Signature
from typing import Any

import numpy as np

from datamimic import check
from datamimic.columns import Bools
from datamimic_models import expressions
from datamimic_models.compiling.names import identifier
from datamimic_models.model import Check, Table
from datamimic_models.rules.computed import Names
from datamimic_models.rules.rule import Around


def add_checks(cls: type, table: Table, around: Around) -> None:
    """Declare the checks of the table for the class. One that looks at rows of other tables is left to those who have them."""
    known: set[str] = set()
    for each in table.checks:
        name = identifier(each.name or each.expression, "check", known)
        known.add(name)
        _add(cls, each, name, around)


def _add(cls: type, said: Check, name: str, around: Around) -> None:
    expression = expressions.parse(said.expression, said.place, nulls="sql")
    names = Names(expression, around)
    if any(len(each.path) > 1 for each in names.known.values()):
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
        check(cls, said.name or said.expression)(holds)
