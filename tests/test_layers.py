"""Who may import whom: the contracts in pyproject.toml, circles of modules, and what packs may name."""

from __future__ import annotations

import ast
import logging.config
import re
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest
from grimp import build_graph
from importlinter.cli import lint_imports

import datamimic
import datamimic.cli
import datamimic.columns.value_types
import datamimic.formats.documents
import datamimic.related
import datamimic.reproducing.explanation
import datamimic.reproducing.verification

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core" / "src" / "datamimic"
PACKS = sorted(ROOT.glob("packs/*/src/datamimic_pack_*"))
EXTENSIONS = sorted(ROOT.glob("extensions/*/src/datamimic_*"))

FOR_PACKS = {"datamimic.errors", "datamimic.plugin", "datamimic.columns"}
"""Modules of the core whose names are all for packs and extensions; from others, only what is in their `__all__`."""
PUBLIC = {
    each.__name__: set(each.__all__)
    for each in (
        datamimic,
        datamimic.cli,
        datamimic.columns.value_types,
        datamimic.formats.documents,
        datamimic.related,
        datamimic.reproducing.explanation,
        datamimic.reproducing.verification,
    )
}

BELOW = {
    "datamimic_bridge": {"datamimic_models"},
    "datamimic_learning": {"datamimic_databases", "datamimic_models", "datamimic_report"},
    "datamimic_platform": {"datamimic_databases", "datamimic_learning", "datamimic_models", "datamimic_report"},
}
"""Extensions that another one stands on."""

DOCUMENTED = {"os._exit", "sys._getframe"}
"""Of the standard library's names with an underscore in front, those that its documentation has."""


class Import(NamedTuple):
    file: Path
    line: int
    module: str
    name: str | None
    """What is taken from the module; None for `import module`."""

    def __str__(self) -> str:
        what = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return f"{self.file.relative_to(ROOT)}:{self.line}: {what}"


def imports(file: Path, package: str) -> Iterator[Import]:
    """All imports that run, in functions too; relative ones made absolute."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in node.body
        for inner in ast.walk(child)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            prefix = ".".join(parts[: len(parts) - node.level + 1]) + "." if node.level else ""
            module = f"{prefix}{node.module or ''}".rstrip(".")
            yield from (Import(file, node.lineno, module, alias.name) for alias in node.names)


def sources(package: Path) -> Iterator[tuple[str, Import]]:
    """(dotted module name, import) for every import in a package."""
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        module = ".".join(parts).removesuffix(".__init__")
        inside = module if file.name == "__init__.py" else module.rpartition(".")[0]
        for found in imports(file, inside):
            yield module, found


def test_the_contracts_of_the_house_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layers of the core, packs above common above the core, no circles of folders: `[tool.importlinter]` in pyproject.toml."""
    monkeypatch.chdir(ROOT)
    # It sets up logging, by which it would disable every logger of this process, for all tests after this one.
    monkeypatch.setattr(logging.config, "dictConfig", lambda _: None)
    assert lint_imports(is_debug_mode=False, cache_dir=None) == 0


@pytest.mark.parametrize("package", [CORE, *PACKS, *EXTENSIONS], ids=lambda path: path.name)
def test_no_modules_import_each_other_in_a_circle(package: Path) -> None:
    """Every import counts, in functions and for types too. A package's own module only names what its modules have."""
    graph = build_graph(package.name, include_external_packages=False, cache_dir=None)
    modules = graph.modules - {name for name in graph.modules if graph.find_children(name)}
    arrows = {name: graph.find_modules_directly_imported_by(name) & modules for name in modules}
    TopologicalSorter(arrows).prepare()


@pytest.mark.parametrize("package", [CORE, *PACKS, *EXTENSIONS], ids=lambda path: path.name)
def test_what_an_object_keeps_for_itself_is_read_by_no_other(package: Path) -> None:
    """A name with an underscore in front is asked of `self`, `cls` and `super()` alone, and imported from nowhere."""
    found = []
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Attribute) and ast.unparse(node) not in DOCUMENTED:
                names = [node.attr] if ast.unparse(node.value) not in ("self", "cls", "super()") else []
            elif isinstance(node, ast.ImportFrom) and node.module != "_typeshed":
                names = [alias.name for alias in node.names]
            found += [
                f"{file.relative_to(ROOT)}:{node.lineno}: {name}"  # type: ignore[attr-defined]
                for name in names
                if re.fullmatch(r"_(?!_)\w+", name)
            ]
    assert found == []


@pytest.mark.parametrize("package", [*PACKS, *EXTENSIONS], ids=lambda path: path.name)
def test_packs_and_extensions_import_public_names_and_packs_at_most_common(package: Path) -> None:
    wrong = []
    allowed = {package.name} | ({"datamimic_pack_common"} if package in PACKS else BELOW.get(package.name, set()))
    for _, found in sources(package):
        top = found.module.split(".")[0]
        foreign = top.startswith("datamimic_") and top not in allowed
        public = found.module in FOR_PACKS or found.name in PUBLIC.get(found.module, ())
        if foreign or (top == "datamimic" and not public):
            wrong.append(str(found))
    assert wrong == []


def test_every_distribution_stands_in_the_contracts() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert set(settings["root_packages"]) == {"datamimic", *(path.name for path in (*PACKS, *EXTENSIONS))}
    for contract in settings["contracts"]:
        if contract["type"] == "forbidden":
            named = {*contract["source_modules"], *contract["forbidden_modules"]}
            assert named == {path.name for path in (*PACKS, *EXTENSIONS)}


@pytest.mark.parametrize("package", [*PACKS, *EXTENSIONS], ids=lambda path: path.name)
def test_plugin_modules_and_package_roots_import_nothing_heavy(package: Path) -> None:
    light = {"__future__", "typing", "collections", "datamimic", "importlib", package.name}
    for name in ("plugin", "__init__"):
        file = package / f"{name}.py"
        if file.exists():
            found = [str(one) for one in imports(file, package.name) if one.module.split(".")[0] not in light]
            assert found == []
