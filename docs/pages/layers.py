"""The layers of the core, drawn and listed: what a folder is for, in its own words."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import datamimic
from datamimic.plugins.registry import Registry
from pages.drawing import arrow, box, drawing, text
from pages.markdown import code, page, prose, table

CORE = Path(datamimic.__file__).parent
CONTRACTS = Path(__file__).parents[2] / "pyproject.toml"
MOST_IN_A_LINE = 4
UNLISTED = {"__init__", "__main__", "__pycache__", "py", "data", "templates"}


def present() -> list[list[str]]:
    """The layers of the import contract, top to bottom. Raises LookupError for a module that is in none."""
    contracts = tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    listed = next(each["layers"] for each in contracts if each.get("containers") == ["datamimic"])
    layers = [re.split(r" [|:] ", line) for line in listed]
    there = {each.stem for each in CORE.iterdir()} - UNLISTED
    unknown = there - {name for names in layers for name in names}
    if unknown:
        raise LookupError(f"{CONTRACTS.name} does not say where {', '.join(sorted(unknown))} lies")
    return [known for names in layers if (known := sorted(there & set(names)))]


def _purpose(name: str) -> str:
    """The first sentence of the docstring of a module or package."""
    file = CORE / name / "__init__.py" if (CORE / name).is_dir() else CORE / f"{name}.py"
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else None
    return " ".join((told or "").partition("\n\n")[0].split())


def _shown(name: str) -> str:
    return f"{name}/" if (CORE / name).is_dir() else f"{name}.py"


RULE = """
A folder is a layer. It may import from itself and from what lies below it in this drawing, never from above: what is at
the bottom can be read, tested and changed without the rest. The contracts of import-linter in
`pyproject.toml` read every import, in functions and for types too, and hold it so.
"""
ON_TOP = """
Packs and extensions import the public names of `datamimic`, `datamimic.columns`, `datamimic.related`, `datamimic.plugin` and
`datamimic.errors`, and of `datamimic.cli` for their commands; packs at most the pack `common` besides, extensions those named
before them. No extension imports a pack and no pack an extension: they meet in the registry, through [hooks](hooks.md). The
core knows no industry.
"""
WAY = """
`world["healthcare.patient"][0:1_000]` is a `Rows`. Asked for Arrow, it takes a batch from the engine. The batch runs the
rule of each column once, when it is first read, with draws (addresses in, bits out), tables (bits in, values out) and
the columns that it names; references are row numbers, and ask the batch of another entity. What comes out is text in
flight, numbers and lists: `model` makes them Arrow or objects, `formats` makes bytes, `output` makes whole files with
digests and a manifest.
"""


def layers(packs: Registry) -> str:
    rows = [(code(_shown(name)), prose(_purpose(name))) for names in present() for name in names]
    return page(
        "Layers of the core",
        RULE,
        "![The folders of the core, one above the other; packs and extensions stand on top](../assets/pictures/layers.svg)",
        "## What each is for",
        "In the words of the folders themselves, top to bottom:",
        table(("Where", "What it is"), rows),
        "## What stands on it",
        ON_TOP,
        "## The way of a value",
        WAY,
    )


def layers_picture(packs: Registry) -> str:
    parts = [
        text(18, 28, "Imports go down, never up", "head"),
        box(44, 44, 338, 30),
        text(56, 63, "packs/*   extensions/*", "code"),
        text(370, 63, "public names only", "soft", "end"),
    ]
    y = 84
    for names in present():
        lines = [names[start : start + MOST_IN_A_LINE] for start in range(0, len(names), MOST_IN_A_LINE)]
        parts.append(box(44, y, 338, 4 + 26 * len(lines)))
        for number, line in enumerate(lines):
            each = 338 / len(line)
            middles = [44 + each * (place + 0.5) for place in range(len(line))]
            parts += [
                text(x, y + 19 + 26 * number, _shown(name), "code", "middle")
                for x, name in zip(middles, line, strict=True)
            ]
        y += 12 + 26 * len(lines)
    parts += [arrow(26, 48, 26, y - 10), text(44, y + 12, "one box is one layer of core/src/datamimic", "soft")]
    return drawing(400, y + 28, "Imports go down, never up", "The layers of the core, top to bottom", parts)
