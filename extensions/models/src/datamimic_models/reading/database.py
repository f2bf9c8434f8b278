"""A live database: PostgreSQL, MariaDB, MySQL or SQLite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from datamimic import DatamimicError
from datamimic.related import missing_driver, without_password
from datamimic_models.model import Mistakes, Model
from datamimic_models.reading.catalogues import of_mariadb, of_postgresql, of_sqlite
from datamimic_models.reading.checked_rules import with_rules
from datamimic_models.reading.pack_names import free_name
from datamimic_models.reading.search_path import with_referred
from datamimic_models.reading.sql_schema import read_statements
from datamimic_models.schemas.schema import Dialect, SqlSchema
from datamimic_models.schemas.to_model import to_model

DRIVERS: Final = {
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg",
    "mariadb": "mariadb+pymysql", "mysql": "mysql+pymysql",
    "sqlite": "sqlite",
}  # fmt: skip
SCHEMES: Final = tuple(DRIVERS)
_DIALECTS: Final[dict[str, Dialect]] = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
}
_STATEMENTS: Final[dict[Dialect, Callable[[sa.Connection, Sequence[str]], Iterator[str]]]] = {
    "postgres": of_postgresql,
    "mysql": of_mariadb,
    "sqlite": of_sqlite,
}


def is_database(place: str) -> bool:
    """Whether a place is a URL of a database that can be read."""
    scheme = place.partition("://")[0].partition("+")[0]
    return "://" in place and scheme in DRIVERS


def engine_of(place: str) -> sa.Engine:
    """Connects to nothing yet. Raises `DatamimicError` for a URL of no database that is known, or without its driver."""
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        hint = "such as postgresql://localhost/shop, mariadb://localhost/shop or sqlite:///shop.db"
        raise DatamimicError("models.database_url", "the URL of the database cannot be read", hint=hint) from None
    name = url.drivername.partition("+")[0]
    if name not in DRIVERS:
        raise DatamimicError(
            "models.database_url", f"databases of {name} are not known", hint=f"one of {', '.join(DRIVERS)}"
        )
    if name == "sqlite" and not url.database:
        raise DatamimicError("models.database_url", "the URL names no file", hint="such as sqlite:///shop.db")
    try:
        return _engine(url.set(drivername=DRIVERS[name]))
    except ImportError:
        extra = {"postgres": "postgresql"}.get(name, name)
        driver = {"postgresql": "psycopg", "mariadb": "PyMySQL", "mysql": "PyMySQL"}.get(extra, extra)
        raise missing_driver(driver, f"datamimic-models[{extra}]") from None
    except NoSuchModuleError as error:
        raise DatamimicError("models.database_url", str(error)) from None


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        # A file that is not there is not made.
        file = str(url.database)
        path = (
            file
            if file.startswith("file:")
            else f"file:{file.replace('%', '%25').replace('?', '%3f').replace('#', '%23')}"
        )
        return sa.create_engine(f"sqlite:///{path}?mode=rw&uri=true", poolclass=sa.pool.NullPool)
    options = {"client_encoding": "utf8"} if url.get_backend_name() == "postgresql" else {}
    return sa.create_engine(url, poolclass=sa.pool.NullPool, **options)


def unreachable(error: Exception, place: str) -> DatamimicError:
    """What a database or its driver refused when it was asked, as ours."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    text = re.sub(r"\s+", " ", said[0] if said else type(error).__name__)
    return DatamimicError(
        "models.database_unreachable", f"the database: {without_password(text, place)}", hint="check the URL"
    )


def schemas_of(connection: sa.Connection, chosen: Sequence[str] = ()) -> list[str]:
    """Those chosen, else the ones where names without a schema are found and those that their tables refer to; where these hold
    no table, all that do. Raises `DatamimicError` for one that is not there."""
    dialect = connection.dialect.name
    if dialect == "sqlite":
        return ["main"]
    if not chosen:
        query = "SELECT unnest(current_schemas(false))" if dialect == "postgresql" else "SELECT DATABASE()"
        found = [str(name) for (name,) in connection.execute(sa.text(query)).fetchall() if name]
        if not found:
            raise DatamimicError("models.database_url", "the URL names no database", hint="mariadb://localhost/shop")
        return with_referred(connection, found) if dialect == "postgresql" else found
    known = [
        str(name) for (name,) in connection.execute(sa.text("SELECT schema_name FROM information_schema.schemata"))
    ]
    for name in chosen:
        if name not in known:
            raise DatamimicError("models.unknown_schema", f"the database has no schema {name}")
    return list(chosen)


def read_connection(connection: sa.Connection, schemas: Sequence[str], mistakes: Mistakes) -> SqlSchema:
    """The tables of the schemas."""
    dialect = _DIALECTS[connection.dialect.name]
    text = ";\n".join(_STATEMENTS[dialect](connection, schemas)) + ";"
    return read_statements(text, dialect, mistakes, located=False)


def read_database(place: str, mistakes: Mistakes, *, schemas: Sequence[str] = (), name: str | None = None) -> Model:
    """The model of a live database. Raises `DatamimicError` where it cannot be reached."""
    engine = engine_of(place)
    try:
        with engine.connect() as connection:
            schema = read_connection(connection, schemas_of(connection, schemas), mistakes)
    except SQLAlchemyError as error:
        raise unreachable(error, place) from None
    found = re.sub(
        r"[^a-z0-9_]+", "_", str(make_url(place).database or "database").rpartition("/")[2].partition(".")[0].lower()
    )
    model = to_model(schema, name or free_name(found if found[:1].isalpha() else f"database_{found}"), mistakes)
    return model if mistakes.errors else with_rules(model, schema)
