"""Databases for datamimic: targets of related tables, and rows that are asked without being stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_databases.duckdb import DuckdbTarget as DuckdbTarget
    from datamimic_databases.mariadb import MariadbTarget as MariadbTarget
    from datamimic_databases.postgresql import PostgresqlTarget as PostgresqlTarget
    from datamimic_databases.sqlite import SqliteTarget as SqliteTarget
    from datamimic_databases.virtual.dataset import VirtualDataset as VirtualDataset
    from datamimic_databases.virtual.dataset import as_dataset as as_dataset
    from datamimic_databases.virtual.lazy_frame import as_lazy_frame as as_lazy_frame

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "DuckdbTarget": ".duckdb",
        "MariadbTarget": ".mariadb",
        "PostgresqlTarget": ".postgresql",
        "SqliteTarget": ".sqlite",
        "VirtualDataset": ".virtual.dataset",
        "as_dataset": ".virtual.dataset",
        "as_lazy_frame": ".virtual.lazy_frame",
    },
)
