"""Fragments of the changelogs: those that wait are well-formed, and the check refuses what a release could not print."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "changelog.py"


@pytest.fixture(scope="module")
def changelog() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_changelog", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_distribution_has_a_changelog_and_a_place_for_fragments(changelog: ModuleType) -> None:
    for folder in changelog.folders():
        assert (folder / "changelog.d" / ".gitignore").exists(), f"{folder.name} has no changelog.d"
        assert "\n<!-- releases: newest first -->\n" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_fragments_that_wait_are_well_formed_and_a_release_prints_them(changelog: ModuleType) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for path in changelog.fragments():
        assert " ".join(path.read_text(encoding="utf-8").split()) in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("+near-names.fixed.md", "Near names are suggested."),
        ("13.added.md", "`dm reproduce` writes a file\nagain from its manifest."),
        ("13.moved.2.md", "Ages of patients: weighted to health care."),
    ],
)
def test_a_good_fragment_is_accepted(changelog: ModuleType, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    assert changelog.wrong_with(tmp_path / name) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("near-names.fixed.md", "No plus sign and no number."),
        ("+near names.fixed.md", "A space in the name."),
        ("+near-names.bugfix.md", "A type that there is not."),
        ("+near-names.fixed.txt", "No Markdown."),
        ("+a.fixed.md", ""),
        ("+a.fixed.md", "no capital letter."),
        ("+a.fixed.md", "No full stop"),
        ("+a.fixed.md", "## A heading\n\nand text."),
        ("+a.fixed.md", "- A list."),
        ("+a.fixed.md", "Two things:\n\n- a list of them."),
    ],
)
def test_a_bad_fragment_is_refused_with_its_name(changelog: ModuleType, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    found = changelog.wrong_with(tmp_path / name)
    assert found and all(name in problem for problem in found)
