"""Scripts of SQL: run as they are written, one statement after the other where the database takes one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

_OPENING: Final = ("BEGIN", "CASE", "IF", "LOOP", "WHILE", "REPEAT")


def run_script(script: str, connection: sa.Connection) -> None:
    """Raises the errors of the driver, and `SQLAlchemyError`."""
    if not any(_split(script, connection.dialect.name)):
        return
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        # It reads whole scripts, bodies of functions between $$ too.
        driver.execute(script)
        return
    cursor = driver.cursor()
    try:
        for statement in _split(script, connection.dialect.name):
            cursor.execute(statement)
    finally:
        cursor.close()


def _split(script: str, dialect: str) -> Iterator[str]:
    """The statements, without those that are only comments."""
    import sqlglot

    tokens = sqlglot.tokenize(script, read={"postgresql": "postgres", "mariadb": "mysql"}.get(dialect, dialect))
    start, depth, words = 0, 0, 0
    for number, token in enumerate(tokens):
        kind = token.token_type.name
        if kind != "SEMICOLON":
            words += 1
            if dialect in ("mysql", "mariadb"):
                depth = _depth(depth, [each.text.upper() for each in tokens[max(0, number - 1) : number + 1]], words)
            continue
        piece = script[start : token.end + 1]
        ends = sqlite3.complete_statement(piece) if dialect == "sqlite" else depth == 0
        if ends:
            start, depth = token.end + 1, 0
            if words:
                yield piece
            words = 0
    if words:
        yield script[start:]


def _depth(depth: int, texts: list[str], words: int) -> int:
    """How many blocks of a procedure are open; a transaction that begins is none."""
    before, text = texts[0] if len(texts) > 1 else "", texts[-1]
    if text == "END":
        return max(0, depth - 1)
    if text in _OPENING and before != "END" and (depth or (text == "BEGIN" and words > 1)):
        return depth + 1
    return depth
