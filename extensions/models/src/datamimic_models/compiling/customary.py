"""Checks that nobody has to write: what begins does so before it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from datamimic_models.compiling.names import spoken
from datamimic_models.model import Check, Column, Table
from datamimic_models.schemas.customs import InOrder, in_order

_NAME: Final = re.compile(r"\w+")
_YEAR: Final = 366
"""Days: no year has more."""


def with_customs(table: Table) -> Table:
    """With such checks of columns that no check puts in order, one of which no rule makes. Rows that exist are as they are."""
    if table.source is not None:
        return table
    return evolve(table, checks=(*table.checks, *_customary(table)))


def _customary(table: Table) -> Iterator[Check]:
    references = {name for key in table.foreign_keys for name in key.columns}
    for pair in in_order(each for each in table.columns if each.name not in references):
        one, other = table.column(pair.first), table.column(pair.last)
        comparable = (one.type.name, one.type.zone) == (other.type.name, other.type.zone)
        spoken_of = any({pair.first, pair.last} <= set(_NAME.findall(each.expression)) for each in table.checks)
        if comparable and (pair.years or not spoken_of) and (_is_free(one, table) or _is_free(other, table)):
            yield Check(_expression(pair, one), place=other.place)


def _is_free(column: Column, table: Table) -> bool:
    made_anyhow = column.unique or column.name in table.primary_key
    return column.rule is None and not column.conditional_rules and not made_anyhow


def _expression(pair: InOrder, first: Column) -> str:
    one, other = spoken(pair.first), spoken(pair.last)
    if not pair.years:
        return f"{one} <= {other}"
    if first.type.name in ("date", "datetime"):
        return f"{one} + timedelta(days={pair.years * _YEAR}) <= {other}"
    return f"{one} + {pair.years} <= {other}"
