"""Installed as a zip file, or run without docstrings, datamimic says and does the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

import datamimic
import datamimic_pack_common
import datamimic_pack_healthcare

PACKAGES = [datamimic, datamimic_pack_common, datamimic_pack_healthcare]
pytestmark = pytest.mark.packaging


def dm(*arguments: str, cwd: Path, flags: tuple[str, ...] = (), **variables: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", **variables}
    command = [sys.executable, *flags, "-m", "datamimic", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The core and two packs in one zip file."""
    folder = tmp_path_factory.mktemp("zip")
    for package in PACKAGES:
        source = Path(next(iter(package.__path__)))
        shutil.copytree(source, folder / "site" / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        name = {"datamimic": "datamimic-core"}.get(source.name, source.name.replace("_", "-"))
        (found,) = {each._path for each in distributions(name=name)}  # type: ignore[attr-defined]
        shutil.copytree(found, folder / "site" / found.name)
    return Path(shutil.make_archive(str(folder / "all"), "zip", folder / "site"))


def test_a_zip_file_is_an_installation(archive: Path, tmp_path: Path) -> None:
    path = {"PYTHONPATH": str(archive), "cwd": tmp_path}
    place = subprocess.run(
        [sys.executable, "-c", "import datamimic; print(datamimic.__file__)"],
        env={**os.environ, "PYTHONPATH": str(archive)},
        capture_output=True,
        text=True,
    ).stdout
    assert str(archive) in place
    dm("generate", "healthcare.patient", "-n", "5", "--seed", "a", "-o", "p.csv", "-q", **path)
    assert "byte-identical" in dm("verify", "p.csv", "-q", **path)
    dm("demo", "create", "healthcare-example", **path)
    assert (tmp_path / "healthcare-example" / "README.md").is_file()
    dm("new-pack", "foo", **path)
    made = tmp_path / "datamimic-pack-foo"
    assert (made / "src" / "datamimic_pack_foo" / "data" / "data.toml").is_file()
    dm("new-entity", "bar", **{**path, "cwd": made})
    dm("new-locale", "FR", **{**path, "cwd": made})
    assert dm("request", "--write-schemas", "schemas", **path)


@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "generate --help",
        "demo --help",
        "scan --help",
        "list-entities",
        "list-generators",
        "describe common.person",
    ],
)
def test_without_docstrings_every_text_is_there(line: str, tmp_path: Path, archive: Path) -> None:
    plain = dm(*line.split(), cwd=tmp_path)
    assert dm(*line.split(), cwd=tmp_path, flags=("-OO",)) == plain
    if line in ("--help", "describe common.person"):
        assert dm(*line.split(), cwd=tmp_path, flags=("-OO",), PYTHONPATH=str(archive)) == plain
