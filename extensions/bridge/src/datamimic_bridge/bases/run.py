"""What a run shows to classes of one's own: whatever has these methods is one."""

from __future__ import annotations

from abc import ABC
from typing import Any


class _HasMethods(ABC):  # noqa: B024 - its subclasses say what they want, and nobody derives from those
    """Its instances are objects that have certain methods."""

    _wanted: tuple[str, ...] = ()

    @classmethod
    def __subclasshook__(cls, other: type) -> Any:
        return all(hasattr(other, name) for name in cls._wanted) if cls._wanted else NotImplemented


class Context(_HasMethods):
    """A run of a model: `get_client_by_id(id)` is the database that the model calls so."""

    _wanted = ("get_client_by_id",)


class SetupContext(Context):
    """The same."""


class DatabaseClient(_HasMethods):
    """A database: `get_by_page_with_query(query)` gives rows, `count_table_length(table)` how many a table has."""

    _wanted = ("get_by_page_with_query", "count_table_length")


class RdbmsClient(DatabaseClient):
    """The same."""
