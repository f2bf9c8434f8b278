"""Packs that misbehave, built as wheels and installed beside one that does not: each is a line in a list, no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DISTRIBUTIONS = Path(__file__).parent / "distributions"
HERE = {"import_error", "leaves_early", "twin", "old_api", "future_api", "unknown_hook", "raising_hook", "greedy"}
HERE |= {"bad_commands", "fleet"}

Done = subprocess.CompletedProcess[str]
Dm = Callable[..., Done]

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory into which pip installed the wheels of all distributions here."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--isolated"]
    sources = [str(folder) for folder in sorted(DISTRIBUTIONS.iterdir())]
    offline = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", wheels, *sources], check=True)
    subprocess.run([*pip, "install", *offline, "--target", target, *sorted(wheels.glob("*.whl"))], check=True)
    return target


@pytest.fixture(scope="session")
def dm(site: Path) -> Dm:
    def run(*arguments: str, **environment: str) -> Done:
        variables = {"PYTHONPATH": str(site), "PYTHONUTF8": "1", **environment}
        command = [sys.executable, "-m", "datamimic", *arguments]
        kept = {name: value for name, value in os.environ.items() if name != "DATAMIMIC_DISABLE_PACKS"}
        return subprocess.run(command, env=kept | variables, capture_output=True, text=True, check=False)

    return run


def records(done: Done) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [record for record in json.loads(done.stdout) if record["name"] in HERE]


@pytest.fixture(scope="session")
def listed(dm: Dm) -> dict[str, dict[str, Any]]:
    """The listing with everything installed, by distribution."""
    return {record["distribution"]: record for record in records(dm("list-packs", "--json"))}


def test_the_good_neighbour_does_not_suffer(listed: dict[str, dict[str, Any]], dm: Dm) -> None:
    assert {key: value for key, value in listed["good-neighbour"].items() if key != "notes"} == {
        "name": "fleet",
        "version": "1.0.0",
        "data_version": "2026.11.0",
        "distribution": "good-neighbour",
        "summary": "Vehicles",
        "entities": 0,
        "generators": 1,
        "formats": 0,
        "locales": ["DE", "US"],
        "status": "ok",
        "error": None,
    }
    generators = {row["name"]: row for row in json.loads(dm("list-generators", "--json").stdout)}
    assert generators["fleet.PlateGenerator"] == {
        "name": "fleet.PlateGenerator",
        "pack": "fleet",
        "class": "good_neighbour.generators:PlateGenerator",
        "summary": "Plates of vehicles.",
        "parameters": [
            {"name": "dataset", "required": False, "default": "US"},
            {"name": "length", "required": False, "default": 7},
        ],
    }


@pytest.mark.parametrize(
    ("distribution", "status", "code", "words"),
    [
        ("hostile-import-error", "broken", "pack_import_failed", "No module named 'hostile_library_that_nobody_has'"),
        ("hostile-leaves-early", "broken", "pack_import_failed", "SystemExit: licence expired"),
        ("hostile-old-api", "incompatible", "incompatible_pack", "api level 0; this core has level 2"),
        ("hostile-future-api", "incompatible", "incompatible_pack", "api level 99; this core has level 2"),
        ("hostile-unknown-hook", "broken", "unknown_hook", "there is no hook 'datamimic_enttities'"),
        ("hostile-raising-hook", "broken", "pack_hook_failed", "RuntimeError: the licence server is down"),
        (
            "hostile-twin-north",
            "broken",
            "pack_collision",
            "hostile-twin-north 1.0.0 and from hostile-twin-south 1.0.0",
        ),
        (
            "hostile-twin-south",
            "broken",
            "pack_collision",
            "hostile-twin-north 1.0.0 and from hostile-twin-south 1.0.0",
        ),
        ("hostile-greedy", "ok", None, ""),
        ("hostile-bad-commands", "ok", None, ""),
    ],
)
def test_each_is_listed_with_what_is_wrong(
    listed: dict[str, dict[str, Any]], distribution: str, status: str, code: str | None, words: str
) -> None:
    record = listed[distribution]
    assert record["status"] == status
    error = record["error"] or {"code": None, "message": ""}
    assert error["code"] == code
    assert words in error["message"]
    assert record["version"] is not None


def test_errors_say_where_and_what_to_do(listed: dict[str, dict[str, Any]]) -> None:
    error = listed["hostile-import-error"]["error"]
    assert error["file"].endswith("hostile_import_error/plugin.py")
    assert error["line"] == 1
    assert listed["hostile-raising-hook"]["error"]["file"].endswith("hostile_raising_hook/plugin.py")
    assert listed["hostile-old-api"]["error"]["hint"] == "upgrade the pack 'old_api'"
    assert listed["hostile-future-api"]["error"]["hint"] == "upgrade datamimic-core"
    assert listed["hostile-unknown-hook"]["error"]["hint"] == "did you mean 'datamimic_entities'?"
    assert "DATAMIMIC_DISABLE_PACKS" in listed["hostile-twin-north"]["error"]["hint"]


def test_the_table_for_people_has_the_same(dm: Dm) -> None:
    done = dm("list-packs")
    assert done.returncode == 0
    assert "error[unknown_hook]: there is no hook 'datamimic_enttities'" in done.stdout
    assert "note: generator 'PlateGenerator' is also in greedy (hostile-greedy 1.0.0)" in done.stdout
    assert "note: format 'csv' is also in core" in done.stdout
    assert "this pack prints while it is imported" not in done.stdout
    assert "this pack prints while it is imported" in done.stderr
    lines = done.stdout.splitlines()
    start = lines[0].index("STATUS")
    statuses = {line.split()[0]: line[start:].split()[0] for line in lines[1:] if line[:1].strip() and ":" not in line}
    assert statuses["fleet"] == "ok"
    assert statuses["old_api"] == "incompatible"


@pytest.mark.parametrize("name", ["import_error", "IMPORT-ERROR", "hostile-import-error", "hostile_import_error"])
def test_a_disabled_pack_is_not_imported(dm: Dm, name: str) -> None:
    done = dm("list-packs", "--json", DATAMIMIC_DISABLE_PACKS=f"{name}, leaves_early")
    [record] = [record for record in records(done) if record["name"] == "import_error"]
    assert record["status"] == "disabled"
    assert record["error"]["code"] == "pack_disabled"
    assert "this pack prints" not in done.stderr


def test_disabling_one_twin_frees_the_other(dm: Dm) -> None:
    done = dm("list-packs", "--json", DATAMIMIC_DISABLE_PACKS="hostile-twin-south")
    twins = {record["distribution"]: record["status"] for record in records(done) if record["name"] == "twin"}
    assert twins == {"hostile-twin-north": "ok", "hostile-twin-south": "disabled"}


def test_disabling_what_is_not_installed_is_remarked(dm: Dm) -> None:
    done = dm("list-packs", DATAMIMIC_DISABLE_PACKS="flet")
    assert done.returncode == 0
    assert "warning: DATAMIMIC_DISABLE_PACKS names 'flet', which is not installed" in done.stderr


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("import_error.thing", "pack_import_failed", "cannot import hostile_import_error.plugin"),
        ("twin.thing", "pack_collision", "hostile-twin-south"),
        ("old_api.thing", "incompatible_pack", "api level 0"),
        ("fleet.thing", "unknown_entity", "there is no entity 'fleet.thing'"),
    ],
)
def test_the_error_is_raised_when_that_pack_is_asked_for(site: Path, name: str, code: str, words: str) -> None:
    program = (
        "from datamimic.plugins.registry import installed_packs\n"
        "from datamimic.errors import DatamimicError\n"
        f"try: installed_packs().entity({name!r})\n"
        "except DatamimicError as error: print(error.code, error.message)"
    )
    environment = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == code
    assert words in done.stdout


def test_commands_of_packs(dm: Dm) -> None:
    assert dm("plates").stdout == "FL-EET 1\n"
    done = dm("version")
    assert done.stdout.startswith("datamimic-core")
    assert done.stderr == "" or "this pack prints" in done.stderr
    done = dm("--help")
    assert done.returncode == 0
    assert "plates" in done.stdout
    assert "Print a plate." in done.stdout
    assert "the command 'version' of pack 'greedy' is left out: datamimic itself has it" in done.stderr
    assert (
        "the commands of pack 'bad_commands' are missing: the hook datamimic_commands failed: RuntimeError: no commands today"
        in done.stderr
    )
    done = dm("plats")
    assert done.returncode == 2
    assert "hint: did you mean 'plates'?" in done.stderr
