"""The hooks of the extension `databases`."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "databases", version("datamimic-databases"), "Related tables in databases, and SQL over rows not stored"
    )


@hookimpl
def datamimic_targets() -> list[str]:
    return [
        "sqlite = datamimic_databases.sqlite:SqliteTarget",
        "duckdb = datamimic_databases.duckdb:DuckdbTarget",
        "postgresql = datamimic_databases.postgresql:PostgresqlTarget",
        "mariadb = datamimic_databases.mariadb:MariadbTarget",
        "sql = datamimic_databases.script:SqlScript",
    ]


@hookimpl
def datamimic_sources() -> list[str]:
    return [
        "sqlite = datamimic_databases.sources.sqlite:SqliteSource",
        "duckdb = datamimic_databases.sources.duckdb:DuckdbSource",
        "postgresql = datamimic_databases.sources.postgresql:PostgresqlSource",
        "mariadb = datamimic_databases.sources.mariadb:MariadbSource",
    ]
