"""Places that take related tables: a pack brings one, URLs and endings find it, and what is not there is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fleet
import pyarrow as pa
import pytest
from click.testing import CliRunner

import datamimic.cli.group
import datamimic.world
from datamimic import DatamimicError, Pack, Registry, World, setting
from datamimic.cli import main
from datamimic.related import Loading, TableSchema, Target, flat, load_set, path_of, prepare, without_password
from datamimic.reproducing.verification.verifying import verify


class Refused(Exception):
    """What the library of the place raises."""


class LedgerTarget(Target):
    """A file with all rows as JSON lines: the smallest place that takes tables."""

    name = "ledger"
    schemes = ("ledger",)
    suffixes = (".ledger",)
    owner: str = setting("nobody", "Whose it is.")

    def open(self, place: str) -> Loading:
        return _Pages(path_of(place), self.owner, place)


class _Pages(Loading):
    refusals = (Refused,)

    def __init__(self, path: Path, owner: str, place: str) -> None:
        self.path, self.owner, self.place = path, owner, place
        self.lines: list[Any] = []
        self.ended = False

    def begin(self, tables: Sequence[TableSchema]) -> None:
        self.lines.append({"owner": self.owner, "tables": [table.name for table in tables]})

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        if self.owner == "refuser":
            raise Refused(f"no room at {self.place}")
        for block in blocks:
            self.lines += [[table.name, *map(str, row.values())] for row in flat(block).to_pylist()]

    def end(self) -> None:
        self.path.write_text("\n".join(map(json.dumps, self.lines)) + "\n", encoding="utf-8")

    def abandon(self) -> None:
        self.lines.clear()


LEDGERS = SimpleNamespace(
    datamimic_pack=lambda: Pack("ledgers", "1.0", "Ledgers"), datamimic_targets=lambda: [LedgerTarget]
)
PACKS = Registry.of(fleet, LEDGERS)


@pytest.fixture
def dm(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(datamimic.world, "installed_packs", lambda: PACKS)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: PACKS)
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--seed", "1"], catch_exceptions=False)


def test_a_target_of_a_pack_takes_tables_by_url_by_path_and_in_a_folder(dm: Any, tmp_path: Path) -> None:
    for place in (str(tmp_path / "a.ledger"), f"ledger:///{tmp_path}/b.ledger"):
        made = dm("world", "trip=30", "-o", place, "--format-option", "owner=me")
        assert made.exit_code == 0 and "3 tables" in made.stderr
    first, *rows = map(json.loads, (tmp_path / "a.ledger").read_text().splitlines())
    assert first == {"owner": "me", "tables": ["fleet_depot", "fleet_vehicle", "fleet_trip"]}
    assert sum(row[0] == "fleet_trip" for row in rows) == 30
    assert (tmp_path / "a.ledger").read_bytes() == (tmp_path / "b.ledger").read_bytes()
    assert dm("world", "trip=30", "-o", str(tmp_path / "set"), "--format", "ledger").exit_code == 0
    assert {each.name for each in (tmp_path / "set").iterdir()} >= {"world.ledger", "schema.sql", "manifest.json"}
    for path in (tmp_path / "set", tmp_path / "a.ledger"):
        assert verify(path, packs=PACKS).holds
    (tmp_path / "a.ledger").write_text("{}")
    assert not verify(tmp_path / "a.ledger", packs=PACKS).holds


def test_a_target_is_listed_by_its_registry() -> None:
    assert list(PACKS.targets()) == ["ledger"]
    assert PACKS.target("ledger") is LedgerTarget
    assert PACKS.pack_of(LedgerTarget) == "ledgers"


def test_what_a_library_raises_is_an_output_that_failed_without_the_password(tmp_path: Path) -> None:
    closure = prepare(World(1, packs=PACKS), {"fleet.trip": 5})
    for place in (f"ledger:///{tmp_path}/c.ledger?password=s3cret", f"ledger://localhost/{tmp_path}/d.ledger"):
        with pytest.raises(DatamimicError, match="no room") as failure:
            load_set(closure, place, owner="refuser")
        assert failure.value.code == "output_failed" and "s3cret" not in failure.value.render()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("place", "code", "hint"),
    [
        ("postgresql://me:s3cret@host/x", "missing_dependency", 'pip install "datamimic-databases[postgresql]"'),
        ("mysql+pymysql://me:s3cret@host/x", "missing_dependency", 'pip install "datamimic-databases[mysql]"'),
        ("bank.duckdb", "missing_dependency", 'pip install "datamimic-databases[duckdb]"'),
        ("bank.sqlite", "missing_dependency", "pip install datamimic-databases"),
        ("oracle://me:s3cret@host/x", "unknown_target", "pip install datamimic-databases brings"),
        ("legder:///x", "unknown_target", "did you mean 'ledger'?"),
        ("ledger://host", "output_unwritable", "ledger:///file"),
    ],
)
def test_a_place_that_nothing_takes_is_refused_with_what_installs_it(
    dm: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: str, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = dm("world", "trip=5", "-o", place)
    assert refused.exit_code == 2 and f"error[{code}]" in refused.stderr and hint in refused.stderr
    assert "s3cret" not in refused.stderr and not list(tmp_path.iterdir())


def test_a_format_of_the_extension_is_told_too(dm: Any, tmp_path: Path) -> None:
    refused = dm("world", "trip=5", "-o", str(tmp_path / "x"), "--format", "duckdb")
    assert refused.exit_code == 2 and 'pip install "datamimic-databases[duckdb]"' in refused.stderr


@pytest.mark.parametrize(
    ("place", "said", "told"),
    [
        ("postgresql://me:s%2F3@host/x", "password s/3 or s%2F3 of me", "password *** or *** of me"),
        ("postgresql://me:s3c/r@et@host:5/x", "cannot reach s3c/r@et", "cannot reach ***"),
        ("postgresql://host/x?user=me&password=s3cret&a=1", "no s3cret", "no ***"),
        ("postgresql://me@host/x", "me is unknown", "me is unknown"),
        ("C:\\data\\me:a@x.duckdb", "a", "a"),
    ],
)
def test_a_password_is_hidden_however_it_is_told(place: str, said: str, told: str) -> None:
    assert without_password(said, place) == told
    secret = "s3c" if "s3c" in place else "s%2F3"
    assert secret not in without_password(f"cannot reach {place}", place)


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("duckdb:///x.duckdb", "x.duckdb"),
        ("duckdb:////data/x.duckdb", "/data/x.duckdb"),
        ("sqlite:///a%20b.db?mode=ro", "a b.db"),
        ("a b.db", "a b.db"),
    ],
)
def test_a_file_is_named_by_url_or_path(place: str, path: str) -> None:
    assert path_of(place) == Path(path)
