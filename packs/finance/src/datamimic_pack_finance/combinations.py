"""Values that come together: what rows of a table say in some columns, and what rows of an entity say in theirs."""

from __future__ import annotations

from datamimic import Table, Text
from datamimic.columns import join

_BETWEEN = "|"


def known(table: Table, *columns: str) -> set[str]:
    """What the rows of a table say in some columns, each as one text."""
    return {_BETWEEN.join(part) for part in zip(*(table.columns[name] for name in columns), strict=True)}


def told(first: Text, *others: Text) -> Text:
    """Some columns as one text, as `known` has the rows of a table."""
    return join(first, *(part for other in others for part in (_BETWEEN, other)))
