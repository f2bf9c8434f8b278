"""How often a value is missing where it may be and nothing says how often: of columns of SQL, of members of documents and of
classes, and of columns that a database is filled with alike."""

from __future__ import annotations

from typing import Final

NULL_SHARE: Final = 0.1


def missing_share(nullable: bool) -> float:
    """The share of rows without a value."""
    return NULL_SHARE if nullable else 0.0
