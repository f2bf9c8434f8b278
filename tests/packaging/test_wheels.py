"""The distributions as others get them: wheels with every data file, working in an environment with nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

import datamimic

ROOT = Path(__file__).parents[2]
SOURCES = {
    path.parent.name: path.parent
    for part in ("core", "packs/*", "extensions/*")
    for path in sorted(ROOT.glob(f"{part}/pyproject.toml"))
}
PACKS = sorted(path.parent.name for path in ROOT.glob("packs/*/pyproject.toml"))
MEGABYTES = {"common": 15}
"""The largest size of a wheel; 1 for those that are not named."""

pytestmark = pytest.mark.packaging


def project(name: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((SOURCES[name] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel of each distribution of this tree, by folder name."""
    folder = tmp_path_factory.mktemp("wheels")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps"]
    offline = ["--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *offline, *map(str, SOURCES.values())], check=True)
    built = {path.name.partition("-")[0].replace("_", "-"): path for path in folder.glob("*.whl")}
    return {name: built[project(name)["name"]] for name in SOURCES}


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


@pytest.mark.parametrize("name", SOURCES)
def test_a_wheel_has_every_file_of_its_package_and_nothing_else(wheels: dict[str, Path], name: str) -> None:
    source = SOURCES[name] / "src"
    expected = {
        str(path.relative_to(source)): path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".pyc")
    }
    with zipfile.ZipFile(wheels[name]) as archive:
        packed = {entry: archive.read(entry) for entry in archive.namelist() if ".dist-info/" not in entry}
    assert sorted(packed) == sorted(expected)
    assert packed == expected
    assert any(entry.endswith("/py.typed") for entry in packed)


@pytest.mark.parametrize("name", SOURCES)
def test_metadata_is_complete(wheels: dict[str, Path], name: str) -> None:
    found = metadata(wheels[name])
    assert found["Version"] == project(name)["version"]
    assert found["Requires-Python"] == ">=3.11"
    assert found["License-Expression"] == "MIT"
    assert found["Summary"]
    assert str(found.get_payload()).strip(), "no README"
    with zipfile.ZipFile(wheels[name]) as archive:
        assert [entry for entry in archive.namelist() if entry.endswith("LICENSE")]


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_pulls_the_core_and_common(wheels: dict[str, Path], name: str) -> None:
    required = {Requirement(text).name for text in metadata(wheels[name]).get_all("Requires-Dist", [])}
    expected = {"datamimic-core"} if name == "common" else {"datamimic-core", "datamimic-pack-common"}
    assert expected <= required
    assert {one for one in required if one.startswith("datamimic")} == expected


@pytest.mark.parametrize("name", SOURCES)
def test_wheels_are_small(wheels: dict[str, Path], name: str) -> None:
    assert wheels[name].stat().st_size < MEGABYTES.get(name, 1) * 1_000_000


@pytest.mark.skipif("DATAMIMIC_TESTS_NEED_WHEELS" not in os.environ, reason="not run by tox")
def test_these_tests_run_against_wheels() -> None:
    assert not Path(datamimic.__file__).is_relative_to(ROOT / "core")


@pytest.fixture(scope="session")
def clean(wheels: dict[str, Path], installed_versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin directory of an environment into which pip installed datamimic-pack-healthcare by name, and no more."""
    environment = tmp_path_factory.mktemp("clean")
    venv.create(environment, with_pip=True)
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    links = ["--find-links", str(wheels["core"].parent), "--constraint", str(installed_versions)]
    pip = [str(binaries / "pip"), "--quiet", "--disable-pip-version-check", "install", *links]
    subprocess.run([*pip, "datamimic-pack-healthcare"], check=True)
    return binaries


def run(clean: Path, *arguments: str, folder: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DATAMIMIC_DISABLE_PACKS")}
    done = subprocess.run([clean / "dm", *arguments], cwd=folder, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_healthcare_alone_brings_what_it_needs_and_works(clean: Path, tmp_path: Path) -> None:
    records = {record["name"]: record for record in json.loads(run(clean, "list-packs", "--json", folder=tmp_path))}
    assert {name: record["status"] for name, record in records.items()} == {"common": "ok", "healthcare": "ok"}
    for name, record in records.items():
        assert record["version"] == project(name)["version"]
        assert record["distribution"] == project(name)["name"]
        assert {"US", "DE", "VN"} <= set(record["locales"])
        assert record["entities"] > 0
        assert record["data_version"]
    for entity in json.loads(run(clean, "list-entities", "--json", folder=tmp_path)):
        assert "error" not in entity
    run(
        clean,
        "generate",
        "healthcare.patient",
        "--count",
        "1000",
        "--seed",
        "demo",
        "--output",
        "p.csv",
        folder=tmp_path,
    )
    assert len((tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()) == 1001


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").replace("pip install --quiet ", "pip install ")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    generate = "dm generate healthcare.patient --count 1000 --seed demo --output patients.parquet"
    for line in (f"pip install ./core ./packs/* && {generate}", "pip install tox && tox -p all -o"):
        assert line in script
        assert line in readme
