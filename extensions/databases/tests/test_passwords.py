"""A URL that nothing can make sense of is refused without its password, whatever the library says about it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from datamimic.cli import main
from datamimic.related import without_password

PASSWORDS = [
    "geheim", "ge%68eim", "geheim%zz", "geheim%", "geheim with spaces", "geheim/x", "geheim#x", "geheim?x", "geheim@x",
    "geheim:x", "geheim[x", "'geheim'", 'geheim"x', "geheim%00", "geheim%ff", "geheim\tx",
    "geheim\nx", "geheim&sslmode=no", "geheim=x",
]  # fmt: skip
"""Nobody listens at port 1."""
URLS = [
    "{}://me:{}@127.0.0.1:1/db", "{}://127.0.0.1:1/db?user=me&password={}", "{}://me:{}@127.0.0.1:abc/db", "{}://me:{}@[::1/db",
    "{}://:{}@/db", "{}://me:{}@127.0.0.1:1/db?sslmode=no", "{}://me:{}@127.0.0.1:1/db?nonsense=1", "{}:me:{}@127.0.0.1:1/db",
    "{}:/me:{}@127.0.0.1:1/db", "{}://me:{}", "{}://me:{}@127.0.0.1:99999/db", "{}://me:{}@127.0.0.1:1/db?connect_timeout=x",
    "{}://me:{}@[127.0.0.1]:1/db",
]  # fmt: skip
SCHEMES = ["postgresql", "postgres", "postgresql+psycopg", "mariadb", "mysql", "sqlite", "duckdb", "oracle"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("url", URLS)
def test_no_password_of_a_wrong_url_is_told(scheme: str, url: str) -> None:
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        pytest.importorskip("psycopg")
    for password in PASSWORDS:
        place = url.format(scheme, password)
        result = CliRunner().invoke(main, ["world", "common.city=1", "--seed", "a", "-q", "-o", place], prog_name="dm")
        assert result.exit_code == 2 and "error[" in result.stderr, (place, result.output)
        assert not re.search("ge(h|%68)eim", result.output), (place, result.output)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("postgresql://me@db.example:5432/shop", 'database "shop" does not exist at db.example, port 5432'),
        ("postgresql://db.example:5432/shop", 'database "shop" does not exist at db.example, port 5432'),
        ("duckdb:///shop.duckdb", "shop.duckdb is locked"),
    ],
)
def test_what_is_no_password_is_told(place: str, message: str) -> None:
    assert without_password(message, place) == message
