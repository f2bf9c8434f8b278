"""The command of the extension: found by its name where it is installed, and where not, answered with what installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from datamimic import installed_packs


def dm(*arguments: str, folder: Path, without: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "datamimic", *arguments]
    given = {**os.environ, "DATAMIMIC_DISABLE_PACKS": without, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)


def test_the_command_is_in_the_help_and_the_pack_in_the_list() -> None:
    [record] = [each for each in installed_packs().packs() if each.name == "report"]
    assert record.status == "ok" and record.distribution == "datamimic-report" and record.entities == 0


def test_a_command_of_a_disabled_extension_says_what_disables_it(tmp_path: Path) -> None:
    done = dm("report", "person", "-o", "report.html", folder=tmp_path, without="datamimic-report")
    assert done.returncode == 2 and done.stderr.startswith("error[pack_disabled]: the pack 'report' is disabled")
    assert "report" not in dm("--help", folder=tmp_path, without="datamimic-report").stdout.split("Commands:")[1]
    assert "  report " in dm("--help", folder=tmp_path).stdout


def test_listing_packs_and_help_import_neither_jinja_nor_numpy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from datamimic.cli import main; "
        "CliRunner().invoke(main, ['--help']); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"jinja2", "numpy", "pyarrow"}.isdisjoint(loaded) and "datamimic_report.command" in loaded


@pytest.mark.parametrize("name", ["report.pdf", "report"])
def test_what_is_no_page_is_refused(name: str, tmp_path: Path) -> None:
    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    done = dm("report", "common.person", "-o", name, folder=tmp_path)
    assert done.returncode == 2 and "error[format_needed]" in done.stderr
    assert list(tmp_path.iterdir()) == []
