"""What goes without saying, as relations between the columns of a table that is filled."""

from __future__ import annotations

from collections.abc import Iterator

from datamimic_models.schemas.customs import in_order
from datamimic_models.schemas.schema import SqlTable
from datamimic_models.solving import terms
from datamimic_models.solving.atoms import Relation
from datamimic_models.solving.axes import DAY

YEAR = 366 * DAY


def customs(table: SqlTable) -> Iterator[Relation]:
    """Relations between columns of times, and of years, that are no keys and are not set by the database."""
    keys = {name for key in table.foreign_keys for name in key.columns} | set(table.primary_key)
    free = [each for each in table.columns if each.given and not each.touched and each.name not in keys]
    for each in in_order(free):
        of_years = table.column(each.first).type.name not in ("date", "datetime")
        if of_years is (table.column(each.last).type.name not in ("date", "datetime")):
            apart = each.years if of_years else each.years * YEAR
            term = terms.column(each.first).plus(terms.column(each.last), -1)
            yield Relation("<=", term.plus(terms.number(apart)))
