"""The authoring reference has every public name, what is said of each of its arguments, and an example that runs."""

from __future__ import annotations

import inspect
import re
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from datamimic.model.supplied import SUPPLIED

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "authoring").glob("*.py"))
PAGES = ROOT / "docs" / "reference" / "authoring"


@pytest.fixture(scope="module")
def pages() -> Iterator[SimpleNamespace]:
    """What writes the reference."""
    path = list(sys.path)
    sys.path.insert(0, str(ROOT / "docs"))
    from pages import authoring, examples, purposes

    yield SimpleNamespace(authoring=authoring, examples=examples, purposes=purposes)
    sys.path[:] = path


def test_every_public_name_is_on_one_page(pages: SimpleNamespace) -> None:
    told = [(page, name) for page, purpose in pages.purposes.purposes().items() for name in purpose.names]
    assert sorted(name for _, name in told) == sorted(pages.authoring.public_names())
    for page, purpose in pages.purposes.purposes().items():
        text = (PAGES / page).read_text(encoding="utf-8")
        titles = re.findall(r"^## (.+)$", text, re.M)
        assert {pages.authoring.heading(name, purpose.names) for name in purpose.names} <= set(titles)
        assert len({title.lower() for title in titles}) == len(titles), "links do not tell capitals"


def test_every_public_name_has_an_example_that_uses_it(pages: SimpleNamespace) -> None:
    for purpose in pages.purposes.purposes().values():
        for name in purpose.names:
            assert name in pages.examples.used(pages.examples.shown_in(name, purpose.names)), name
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES.glob("*.md"))
    assert not [file.name for file in EXAMPLES if file.read_text(encoding="utf-8").strip() not in text]


def test_every_argument_is_mentioned(pages: SimpleNamespace) -> None:
    silent = {}
    for name, thing in pages.authoring.public_names().items():
        if name in pages.authoring.ARRAYS:
            continue
        said = pages.authoring.explained(thing)
        arguments = [] if name in pages.authoring.GIVEN else inspect.signature(thing).parameters
        missing = [each for each in arguments if each != "cls" and not re.search(rf"(?<![a-z_]){each}(?![a-z_])", said)]
        if missing or not said:
            silent[name] = missing
    assert not silent


def test_every_rule_parameter_is_told() -> None:
    text = (PAGES / "entities.md").read_text(encoding="utf-8")
    assert not [name for name in SUPPLIED if f"\n| `{name}` |" not in text]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "assert" in example.read_text(encoding="utf-8") or example.stem in ("entities", "pack_contract")
    runpy.run_path(str(example), run_name=f"example_{example.stem}")
