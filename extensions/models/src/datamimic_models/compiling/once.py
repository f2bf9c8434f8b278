"""What comes once: columns of which no two rows have the same, and foreign keys by which no two rows refer to one."""

from __future__ import annotations

from collections.abc import Iterator

from datamimic_models.model import ForeignKey, Table


def unique_sets(table: Table) -> Iterator[frozenset[str]]:
    """Columns of which no two rows have the same."""
    if table.primary_key:
        yield frozenset(table.primary_key)
    yield from (frozenset(each.columns) for each in table.uniques if not each.where)
    yield from (frozenset((each.name,)) for each in table.columns if each.unique)


def comes_once(key: ForeignKey, table: Table) -> bool:
    """Does no parent have two rows by this key? Where its columns, or some of them, are unique."""
    return key.pick == "once" or any(each <= set(key.columns) for each in unique_sets(table))


def needs_one_each(key: ForeignKey, table: Table) -> bool:
    """Does every row need another row of the parent for itself?"""
    free = all(table.column(each).nullable for each in key.columns)
    return not free and key.parent_table != table.name and comes_once(key, table)
