"""Type checkers accept every Python example of README and docs, and what `dm new-pack` writes, as strict as they can be.

The blocks of a page are one module, and a block with a file name is a module of that name, as in the test that runs them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_WORDS = re.compile(
    r'(?P<before>[^\n]*)\n```(?P<kind>python|pycon)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)\n```', re.DOTALL
)
PAGES = sorted(
    page
    for page in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("packs/*/README.md"),
        *ROOT.glob("extensions/*/README.md"),
        ROOT / "core/README.md",
    ]
    if page.name != "CHANGELOG.md" and page.parent.name != "authoring"
)
SETTINGS = """\
[mypy]
strict = true
allow_redefinition = true
ignore_missing_imports = true
"""


def modules(page: Path) -> dict[str, str]:
    """Name -> source of the modules of a page. Names carry that of the page, so that pages do not meet."""
    prefix = re.sub(r"\W", "_", str(page.relative_to(ROOT).with_suffix("")))
    sources: dict[str, str] = {}
    for found in _WORDS.finditer(page.read_text(encoding="utf-8")):
        kind, title, body = found["kind"], found["title"] or "", found["body"]
        if "<!-- not run:" in found["before"]:
            continue
        if kind == "pycon":
            body = "\n".join(line[4:] for line in body.splitlines() if line.startswith((">>> ", "... ")))
        if title.endswith(".py"):
            sources[Path(title).stem] = body
        elif not title:
            sources["page"] = f"{sources['page']}\n\n{body}" if "page" in sources else body
    for name in sources:
        for other in sources:
            sources[name] = re.sub(
                rf"^import {other}$", f"import {prefix}__{other} as {other}", sources[name], flags=re.M
            )
            sources[name] = re.sub(
                rf"^from {other} import ", f"from {prefix}__{other} import ", sources[name], flags=re.M
            )
    return {f"{prefix}__{name}": f"{source}\n" for name, source in sources.items()}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the modules of all pages."""
    folder = tmp_path_factory.mktemp("examples")
    for page in PAGES:
        for name, source in modules(page).items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
    for file in ROOT.glob("docs/examples/*/*.py"):
        (folder / f"example_{file.stem}.py").write_bytes(file.read_bytes())
    (folder / "mypy.ini").write_text(SETTINGS, encoding="utf-8")
    (folder / "typed_world.py").write_text(TYPED_WORLD, encoding="utf-8")
    return folder


TYPED_WORLD = """\
from datetime import date
from typing import Any, assert_type

import numpy as np
from datamimic import Children, Ref, Rows, World
from datamimic.columns import Bools, Ints, Text
from datamimic_pack_common import Person, PersonService
from datamimic_pack_ecommerce import Order, OrderLine
from datamimic_pack_healthcare import Doctor, Patient

world = World(seed="types")
assert_type(world[Patient], Rows[Patient])
assert_type(world[Patient][0], Patient)
assert_type(world[Patient][0:5], Rows[Patient])
assert_type(world[Patient].head().select(["age"]), Rows[Patient])
assert_type(world["common.person"], Rows[Any])
assert_type(world[Patient].world, World)
assert_type(world[Patient][0:5].world[Doctor], Rows[Doctor])
assert_type(world[Patient][3].primary_doctor.hospital.name, str)
assert_type(Text.coded([0, 1, -1], ["a", "b"]), Text)
assert_type(Text.coded(np.zeros(3, dtype=np.int32), ("a", "b")), Text)


def owner_name(owner: Ref) -> Text:
    return owner.column("full_name", Text)


def older(owner: Ref, age: Ints) -> Bools:
    return owner.column("age", np.ndarray) > age


def prices(lines: Children) -> Ints:
    return lines.column("price", np.ndarray)


assert_type([person.birthdate for person in world[Person][0:5]], list[date])
assert_type(world[Order][0].lines, list[OrderLine])
assert_type(world[OrderLine][0].order, Order)
assert_type(PersonService(seed="types").generate(), Person)
assert_type(PersonService(seed="types").generate_batch(3), list[Person])
assert_type(world[Patient][0].to_dict(), dict[str, Any])
assert_type(Patient.from_dict(world[Patient][0].to_dict()), Patient)


def oldest(people: Rows[Person]) -> Person:
    return max(people, key=lambda person: person.age)


def size(rows: Rows) -> int:
    return len(rows)


assert_type(oldest(world[Patient][0:5]), Person)
"""


def test_mypy_accepts_all_examples_in_strict_mode(examples: Path) -> None:
    pytest.importorskip("mypy", reason="no mypy here")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary", *_names(examples)]
    result = subprocess.run(command, cwd=examples, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def new_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as `dm new-pack` and `dm new-entity` leave it."""
    folder = tmp_path_factory.mktemp("new_pack")
    dm = [sys.executable, "-m", "datamimic"]
    subprocess.run([*dm, "new-pack", "fleet"], cwd=folder, check=True, capture_output=True)
    made = folder / "datamimic-pack-fleet"
    subprocess.run([*dm, "new-entity", "spare_part"], cwd=made, check=True, capture_output=True)
    return made


def test_mypy_accepts_a_new_pack_in_strict_mode(new_pack: Path) -> None:
    pytest.importorskip("mypy", reason="no mypy here")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "src", "tests", "data-build"]
    result = subprocess.run(command, cwd=new_pack, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("rules", ["", "E,F,W,I,B,UP,C4,SIM,RUF,ANN"], ids=["as it comes", "strict"])
def test_ruff_accepts_a_new_pack(new_pack: Path, rules: str) -> None:
    pytest.importorskip("ruff", reason="no ruff here")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--no-cache"]
    chosen = ["--select", rules] if rules else []
    result = subprocess.run([*command, *chosen, "."], cwd=new_pack, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_accepts_the_examples_of_the_reference() -> None:
    pytest.importorskip("ruff", reason="no ruff here")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "120", "--no-cache"]
    result = subprocess.run([*command, ROOT / "docs" / "examples"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_pyright_accepts_all_examples(examples: Path) -> None:
    pytest.importorskip("pyright", reason="no pyright here")
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *_names(examples)]
    result = subprocess.run(command, cwd=examples, capture_output=True, text=True, check=False)
    if "error" not in result.stdout and result.returncode:
        pytest.skip("pyright cannot be started here")
    assert result.returncode == 0, result.stdout + result.stderr


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.py"))
