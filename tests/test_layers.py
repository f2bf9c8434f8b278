"""Who may import whom, read from the sources: a layer imports itself and what is below it, packs only public names.

Imports under `if TYPE_CHECKING:` are free, as they exist for readers of types alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import datamimic

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core" / "src" / "datamimic"
PACKS = sorted(ROOT.glob("packs/*/src/datamimic_pack_*"))

LAYERS = [
    {"cli", "__main__"},
    {"testing", "conformance", "reproducing"},
    {"services", "request", "checks", "related", "distributed", "spark", "virtual"},
    {"output", "formats"},
    {"world", "rows", "engine"},
    {"generators"},
    {"model"},
    {"tables", "draws"},
    {"columns"},
    {"plugins", "plugin"},
    {"base"},
    {"errors"},
]
"""Modules and packages of the core by first name, top to bottom; within a layer imports are free but not circular."""

UPWARDS = {
    ("output", "distributed"): "write_rows(workers=…) is a convenience that hands the making to processes",
    ("rows", "output"): "rows.write() is a convenience that hands over to the layer above",
}
"""Exceptions, each inside a function, with the reason."""

FOR_PACKS = {"datamimic.errors", "datamimic.plugin", "datamimic.columns"}
"""Modules of the core whose names are all for packs; from others, only what is in `datamimic.__all__`."""

LEVEL = {name: len(LAYERS) - number for number, names in enumerate(LAYERS) for name in names}


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


def first_name(module: str) -> str | None:
    """`errors` for `datamimic.errors`; None for `datamimic` itself."""
    return module.split(".")[1] if "." in module else None


def target_of(found: Import) -> str:
    """The module imported, where `from datamimic import errors` means `datamimic.errors`."""
    if found.module == "datamimic" and found.name and found.name in LEVEL:
        return f"datamimic.{found.name}"
    return found.module


def test_every_module_of_the_core_has_a_layer() -> None:
    names = {path.stem for path in CORE.glob("*.py")} | {path.parent.name for path in CORE.glob("*/__init__.py")}
    assert names - {"__init__"} - LEVEL.keys() == set(), "add them to LAYERS"


def test_the_core_imports_downwards() -> None:
    upwards = []
    for module, found in sources(CORE):
        source, target = first_name(module), first_name(target_of(found))
        if found.module.split(".")[0] != "datamimic" or source is None or target is None:
            continue
        if LEVEL.get(target, 0) > LEVEL.get(source, len(LAYERS)) and (source, target) not in UPWARDS:
            upwards.append(str(found))
    assert upwards == []


def test_the_core_imports_no_pack() -> None:
    assert [str(found) for _, found in sources(CORE) if found.module.startswith("datamimic_pack_")] == []


def test_within_the_core_no_modules_import_each_other_in_a_circle() -> None:
    """At import time: what a function imports when it runs is not counted."""
    graph: dict[str, set[str]] = {}
    for file in sorted(CORE.rglob("*.py")):
        module = ".".join(file.relative_to(CORE.parent).with_suffix("").parts).removesuffix(".__init__")
        top = ast.Module(
            [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)], []
        )
        targets = {node.module for node in ast.walk(top) if isinstance(node, ast.ImportFrom) and node.module}
        graph[module] = {target for target in targets if target.startswith("datamimic.")}
    finished: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a circle: {' -> '.join((*path, module))}"
        if module not in finished:
            for target in sorted(graph.get(module, ())):
                visit(target, (*path, module))
            finished.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("package", PACKS, ids=lambda path: path.name)
def test_packs_import_public_names_and_at_most_common(package: Path) -> None:
    wrong = []
    allowed = {package.name} | ({"datamimic_pack_common"} if package.name != "datamimic_pack_common" else set())
    for _, found in sources(package):
        top = found.module.split(".")[0]
        foreign_pack = top.startswith("datamimic_pack_") and top not in allowed
        private = top == "datamimic" and found.module not in FOR_PACKS and found.name not in datamimic.__all__
        if foreign_pack or private:
            wrong.append(str(found))
    assert wrong == []


@pytest.mark.parametrize("package", PACKS, ids=lambda path: path.name)
def test_plugin_modules_and_package_roots_import_nothing_heavy(package: Path) -> None:
    light = {"__future__", "typing", "collections", "datamimic", "importlib", package.name}
    for name in ("plugin", "__init__"):
        file = package / f"{name}.py"
        if file.exists():
            found = [str(one) for one in imports(file, package.name) if one.module.split(".")[0] not in light]
            assert found == []
