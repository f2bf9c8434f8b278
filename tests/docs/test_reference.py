"""docs/reference is what `python docs/generate.py` writes, and nothing that a user can meet is missing from it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from datamimic import plugin
from datamimic.cli.builtin import COMMANDS
from datamimic.errors import CODES
from datamimic.plugins.registry import Registry

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = path


@pytest.fixture(scope="module")
def packs(generate: ModuleType) -> Registry:
    made: Registry = generate.own_packs()
    return made


def read(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_the_reference_is_what_the_code_says() -> None:
    # In a process of its own, where no other test has touched the command line.
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run: python docs/generate.py\n{done.stdout}{done.stderr}"


def test_every_entity_with_its_fields_options_and_checks(packs: Registry) -> None:
    for name in packs.entities():
        pack, _, bare = name.partition(".")
        text = read(f"entities/{pack}.md")
        assert f"\n## {bare}\n" in text
        assert f"\n### Sample of {bare}\n" in text


def test_every_field_has_a_meaning(packs: Registry) -> None:
    silent = []
    for file in sorted((REFERENCE / "entities").glob("*.md")):
        for title, section in re.findall(r"^### Fields of (\w+)$(.*?)^#", file.read_text("utf-8"), re.M | re.S):
            silent += [
                f"{file.stem}.{title}.{field}" for field in re.findall(r"^\| `(\w+)` \|.*\|  \|$", section, re.M)
            ]
    assert not silent


def test_every_generator(packs: Registry) -> None:
    text = read("generators.md")
    assert not [name for name in packs.generators() if f"\n### {name.rpartition('.')[2]}\n" not in text]


def test_every_hook() -> None:
    text = read("hooks.md")
    assert not [name for name in plugin.HOOKS if f"\n## {name}\n" not in text]


def test_every_error_code() -> None:
    text = read("errors.md")
    assert not [code for code in CODES if f"| `{code}` |" not in text]


def test_every_command() -> None:
    text = read("cli.md")
    assert not [name for name in COMMANDS if f"\n## {name}\n" not in text]


def test_every_format(packs: Registry) -> None:
    text = read("formats.md")
    assert not [name for name in packs.formats() if f"\n## {name.rpartition('.')[2]}\n" not in text]
    assert not [name for name in packs.engines() if f"| `{name.rpartition('.')[2]}` |" not in text]


def test_every_setting() -> None:
    """Environment variables in the sources of the core and of the packs."""
    used = set()
    for file in [
        *ROOT.glob("core/src/**/*.py"),
        *ROOT.glob("packs/*/src/**/*.py"),
        *ROOT.glob("extensions/*/src/**/*.py"),
    ]:
        if "environ" in (text := file.read_text(encoding="utf-8")):
            used |= set(re.findall(r"\bDATAMIMIC_[A-Z_]+\b", text))
    assert {"DATAMIMIC_STRICT_DATASET", "DATAMIMIC_DISABLE_PACKS", "DATAMIMIC_TRACEBACK"} <= used
    text = read("settings.md")
    assert not [name for name in sorted(used) if f"| `{name}` |" not in text]
