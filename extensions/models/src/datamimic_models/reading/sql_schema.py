"""SQL schemas: files of statements in the dialect of PostgreSQL, MySQL, MariaDB or SQLite."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from datamimic import DatamimicError
from datamimic_models.model import Mistakes, Model
from datamimic_models.reading.checked_rules import with_rules
from datamimic_models.reading.pack_names import pack_name
from datamimic_models.reading.sql_statements import Reading
from datamimic_models.reading.sql_tokens import source
from datamimic_models.schemas.schema import Dialect, SqlSchema
from datamimic_models.schemas.to_model import to_model

DIALECTS: Final[dict[str, Dialect]] = {
    "postgres": "postgres", "postgresql": "postgres", "pg": "postgres",
    "mysql": "mysql", "mariadb": "mysql",
    "sqlite": "sqlite",
}  # fmt: skip
LARGEST: Final = 50_000_000
"""Bytes of a file; dumps of more hold rows, which are not needed."""
_SIGNS: Final[tuple[tuple[Dialect, str], ...]] = (
    ("mysql", r"`|\bENGINE\s*=|\bAUTO_INCREMENT\b|\bUNSIGNED\b"),
    (
        "postgres",
        r"::|\bALTER TABLE ONLY\b|\bpg_catalog\b|\bCOPY\b.*\bFROM stdin\b|\b(?:big)?serial\b|\bjsonb\b|\bOWNER TO\b",
    ),
    ("sqlite", r"\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|\bPRAGMA\b|\browid\b|\bsqlite_sequence\b"),
)


def dialect_of(path: str, text: str) -> Dialect:
    """By a part of the file's name (`sakila.mysql.sql`), else by what only one dialect has, else PostgreSQL's."""
    for part in Path(path).name.lower().split(".")[1:]:
        if part in DIALECTS:
            return DIALECTS[part]
    code = re.sub(r"--[^\n]*", "", text)
    return next((dialect for dialect, sign in _SIGNS if re.search(sign, code, re.I)), "postgres")


def read_statements(
    text: str, dialect: Dialect, mistakes: Mistakes, file: str | None = None, *, located: bool = True
) -> SqlSchema:
    """The tables that the statements make. What cannot be taken is told as a warning, what makes no sense as an error."""
    reading = Reading(source(text, dialect, file, located=located), mistakes)
    for statement in reading.source.statements():
        reading.take(statement)
    reading.finish()
    if not reading.schema.tables:
        mistakes.add("models.no_tables", "the file makes no table", hint="CREATE TABLE statements are read")
    return reading.schema


def read_sql_schema(
    path: str | Path, mistakes: Mistakes, *, dialect: str | None = None, name: str | None = None
) -> Model:
    """The model of a file. Raises `DatamimicError` for one that cannot be read at all."""
    text = _text(Path(path))
    if dialect is not None and dialect.lower() not in DIALECTS:
        raise DatamimicError(
            "models.unknown_dialect", f"the dialect {dialect!r} is not known", hint=f"one of {', '.join(DIALECTS)}"
        )
    found = DIALECTS[dialect.lower()] if dialect is not None else dialect_of(str(path), text)
    schema = read_statements(text, found, mistakes, str(path))
    model = to_model(schema, name or pack_name(Path(path).name, "schema"), mistakes, folder=str(Path(path).parent))
    return model if mistakes.errors else with_rules(model, schema)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise DatamimicError(
                "models.file_too_large",
                f"{path} is larger than {LARGEST // 1_000_000} MB",
                hint="dump the schema without its rows",
                file=str(path),
            )
        return path.read_text(encoding="utf-8-sig", errors="replace").replace("\0", " ")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise DatamimicError("models.unreadable", f"{path}: {reason}", file=str(path)) from None
