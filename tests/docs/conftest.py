"""What tests of the docs share: a shell as a reader has it, and the site, built once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
URL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
SHOWN_URL = "postgresql://localhost/test"
SCHEMA = f"dm_test_docs_{os.getpid()}"

Shell = Callable[[str], "subprocess.CompletedProcess[str] | None"]
"""Runs a command; None for one that needs a PostgreSQL server where there is none."""


@pytest.fixture
def shell() -> Iterator[Shell]:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
    }
    used: set[str] = set()

    def run(command: str) -> subprocess.CompletedProcess[str] | None:
        if SHOWN_URL in command:
            if not _execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"):
                return None
            used.add(SCHEMA)
            words = command.split(" ")
            words[words.index("--schema") + 1] = SCHEMA
            command = " ".join(words).replace(SHOWN_URL, f"'{URL}'")
        return subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)

    yield run
    for schema in used:
        _execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def _execute(statement: str) -> bool:
    """Is there a server that does it?"""
    try:
        import psycopg

        with psycopg.connect(URL, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
    except (ImportError, psycopg.OperationalError):
        return False
    return True


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built site. `--strict`: a warning of mkdocs is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder
