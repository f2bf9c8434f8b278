"""Text whose column is called as something that packs make: names, streets, e-mail addresses. It is left to them."""

from __future__ import annotations

from collections.abc import Iterable

from datamimic import installed_packs
from datamimic_models.meanings import recognise
from datamimic_models.model import Column, ColumnType, Model, Table


def recognised_columns(table: str, columns: Iterable[str]) -> frozenset[str]:
    """Those that mean a field of an entity of an installed pack."""
    named = [Column(name=name, type=ColumnType("str"), nullable=True) for name in columns]
    if not named:
        return frozenset()
    described = Table(name=table, columns=tuple(named))
    found = recognise(described, Model(name="learned", tables=(described,)), packs=installed_packs())
    return frozenset(found.columns)
