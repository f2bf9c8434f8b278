"""The frame of `dm`: lists, errors in two lines with exit code 2, pipes, and what is not imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

import datamimic.cli.catalogue
import datamimic.cli.group
import datamimic.cli.options
import datamimic.cli.packs
import datamimic.cli.version
from datamimic.cli import main
from datamimic.cli.builtin import COMMANDS
from datamimic.cli.group import PacksGroup
from datamimic.cli.listing import print_table
from datamimic.cli.packs import COLUMNS
from datamimic.errors import InvalidOption
from datamimic.plugin import DatasetSource, Pack
from datamimic.plugins.registry import Registry


class Vehicle:
    """A thing on wheels.

    And more about it.
    """

    __entity__ = SimpleNamespace(name="vehicle")


class PlateGenerator:
    """Plates of vehicles."""

    def __init__(self, dataset: str = "US", *, length: int, style: object = object) -> None:
        pass


@pytest.fixture
def fleet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Registry:
    """A registry of two packs, of which one is broken, in place of what is installed."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "data.toml").write_text('data_version = "2026.11.0"\n')
    for country in ("US", "DE"):
        (tmp_path / "data" / f"colours_{country}.csv").write_text("colour,weight\nwhite,1\n")
    good = SimpleNamespace(
        datamimic_pack=lambda: Pack("fleet", "1.2.0", "Vehicles"),
        datamimic_entities=lambda: [Vehicle, "car = no_such_module:Car"],
        datamimic_generators=lambda: [PlateGenerator],
        datamimic_datasets=lambda: [DatasetSource("fleet", tmp_path)],
    )
    old = SimpleNamespace(datamimic_pack=lambda: Pack("antique", "0.1", "Old", api_level=0))
    registry = Registry.of(good, old)
    monkeypatch.delenv("DATAMIMIC_TRACEBACK", raising=False)
    for module in (
        datamimic.cli.packs,
        datamimic.cli.catalogue,
        datamimic.cli.options,
        datamimic.cli.version,
        datamimic.cli.group,
    ):
        monkeypatch.setattr(module, "installed_packs", lambda: registry)
    return registry


@pytest.fixture
def runner(fleet: Registry) -> CliRunner:
    return CliRunner()


def test_list_packs(runner: CliRunner) -> None:
    result = runner.invoke(main, ["list-packs"])
    assert result.exit_code == 0
    header, antique, fleet, *rest = result.stdout.splitlines()
    assert tuple(header.split()) == tuple(COLUMNS.values())
    assert antique.split() == ["antique", "0.1", "-", "-", "0", "0", "0", "incompatible", "-"]
    assert fleet.split() == ["fleet", "1.2.0", "2026.11.0", "-", "2", "1", "0", "ok", "DE", "US"]
    assert rest == [
        "",
        "antique: error[incompatible_pack]: pack 'antique' is written for api level 0; this core has level 2",
        "         hint: upgrade the pack 'antique'",
    ]


def test_list_packs_as_json(runner: CliRunner) -> None:
    antique, fleet = json.loads(runner.invoke(main, ["list-packs", "--json"]).stdout)
    assert antique["status"] == "incompatible"
    assert antique["error"]["code"] == "incompatible_pack"
    assert fleet == {
        "name": "fleet",
        "version": "1.2.0",
        "data_version": "2026.11.0",
        "distribution": None,
        "summary": "Vehicles",
        "entities": 2,
        "generators": 1,
        "formats": 0,
        "locales": ["DE", "US"],
        "status": "ok",
        "error": None,
        "notes": [],
    }


def test_list_entities_keeps_going_when_one_cannot_be_loaded(runner: CliRunner) -> None:
    result = runner.invoke(main, ["list-entities"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ENTITY         WHAT IT IS",
        "fleet.vehicle  A thing on wheels.",
        "fleet.car      -",
    ]
    assert "warning: fleet.car cannot be used: cannot import no_such_module:Car" in result.stderr
    vehicle, car = json.loads(runner.invoke(main, ["list-entities", "--json"]).stdout)
    assert vehicle == {
        "name": "fleet.vehicle",
        "pack": "fleet",
        "class": f"{Vehicle.__module__}:Vehicle",
        "summary": "A thing on wheels.",
    }
    assert car["error"]["code"] == "pack_import_failed"


def test_list_generators(runner: CliRunner) -> None:
    lines = runner.invoke(main, ["list-generators"]).stdout.splitlines()
    assert lines[1].split("  ") == ["fleet.PlateGenerator", "Plates of vehicles.", "dataset='US', length, style=…"]
    [row] = json.loads(runner.invoke(main, ["list-generators", "--json"]).stdout)
    assert row["parameters"] == [
        {"name": "dataset", "required": False, "default": "US"},
        {"name": "length", "required": True},
        {"name": "style", "required": False},
    ]


def test_version(runner: CliRunner) -> None:
    lines = runner.invoke(main, ["version"]).stdout.splitlines()
    assert lines[0].startswith("datamimic-core ")
    assert lines[2:] == ["pack antique 0.1 (incompatible)", "pack fleet 1.2.0, data 2026.11.0"]
    versions = json.loads(runner.invoke(main, ["version", "--json"]).stdout)
    assert versions["packs"]["fleet"] == {"version": "1.2.0", "data_version": "2026.11.0"}
    assert {"datamimic-core", "api_level", "python", "numpy", "pyarrow"} < versions.keys()


def test_no_packs(monkeypatch: pytest.MonkeyPatch, runner: CliRunner) -> None:
    for module in (datamimic.cli.packs, datamimic.cli.catalogue, datamimic.cli.options):
        monkeypatch.setattr(module, "installed_packs", lambda: Registry.of())
    for command in ("list-packs", "list-entities", "list-generators"):
        assert "pip install datamimic-pack-common" in runner.invoke(main, [command]).stdout
        assert json.loads(runner.invoke(main, [command, "--json"]).stdout) == []


def test_an_unknown_command_is_an_error_with_a_suggestion(runner: CliRunner) -> None:
    result = runner.invoke(main, ["list-pack"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert (
        result.stderr == "error[unknown_command]: there is no command 'list-pack'\nhint: did you mean 'list-packs'?\n"
    )


def test_usage_errors_exit_with_two(runner: CliRunner) -> None:
    assert runner.invoke(main, ["list-packs", "--jsn"]).exit_code == 2
    assert runner.invoke(main, []).exit_code == 2


@click.command()
@click.argument("how")
def fail(how: str) -> None:
    if how == "ours":
        raise InvalidOption("invalid_count", "count is -1", hint="ask for 0 rows or more")
    if how == "interrupt":
        raise KeyboardInterrupt
    for _ in range(1_000_000):
        click.echo("a line that nobody reads")


failing = PacksGroup("failing", commands=[fail])


def test_our_errors_are_two_lines_and_exit_code_two(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    result = runner.invoke(failing, ["fail", "ours"])
    assert result.exit_code == 2
    assert result.stderr == "error[invalid_count]: count is -1\nhint: ask for 0 rows or more\n"
    monkeypatch.setenv("DATAMIMIC_TRACEBACK", "1")
    result = runner.invoke(failing, ["fail", "ours"])
    assert result.exit_code == 2
    assert "error[invalid_count]" in result.stderr


def test_an_interrupt_exits_as_the_shell_expects(runner: CliRunner) -> None:
    result = runner.invoke(failing, ["fail", "interrupt"])
    assert result.exit_code == 130
    assert "Traceback" not in result.stderr


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import click\n"
        "from datamimic.cli.group import PacksGroup\n"
        "@click.command()\n"
        "def talk():\n"
        "    for _ in range(100_000): click.echo('a line that nobody reads')\n"
        "if __name__ == '__main__':\n"
        "    PacksGroup('dm', commands=[talk])()\n"
    )
    with subprocess.Popen(
        [sys.executable, program, "talk"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


def test_every_command_can_be_imported_and_has_help() -> None:
    context = click.Context(main)
    assert isinstance(main, PacksGroup)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str()


@pytest.mark.parametrize(
    "arguments", [["list-packs"], ["list-packs", "--json"], ["--help"], ["version"], ["--version"]]
)
def test_these_import_neither_numpy_nor_arrow(arguments: list[str]) -> None:
    program = (
        "import atexit, sys\n"
        "heavy = ('numpy', 'pyarrow', 'pandas', 'polars')\n"
        "atexit.register(lambda: print('HEAVY', [name for name in heavy if name in sys.modules], file=sys.stderr))\n"
        "from datamimic.cli import main\n"
        f"main({arguments!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stderr


def test_tables_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(
        [{"name": "a", "count": 5, "tags": ("x", "y")}, {"name": "long name", "count": 12345, "tags": ()}],
        {"name": "NAME", "count": "COUNT", "tags": "TAGS"},
    )
    assert capsys.readouterr().out.splitlines() == [
        "NAME       COUNT  TAGS",
        "a              5  x y",
        "long name  12345  -",
    ]
