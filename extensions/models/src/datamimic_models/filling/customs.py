"""What goes without saying, as relations between the columns of a table that is filled."""

from __future__ import annotations

from collections.abc import Iterator

from datamimic_models.schemas.customs import in_order
from datamimic_models.schemas.schema import SqlTable
from datamimic_models.solving import terms
from datamimic_models.solving.atoms import Relation


def customs(table: SqlTable) -> Iterator[Relation]:
    """Relations between columns of times, and of years, that are no foreign keys."""
    for first, last in in_order(table):
        yield Relation("<=", terms.column(first).plus(terms.column(last), -1))
