"""The layers of the core, drawn and listed: what a folder is for, in its own words."""

from __future__ import annotations

import ast
from pathlib import Path

from datamimic.plugins.registry import Registry
from pages.drawing import arrow, box, drawing, text
from pages.markdown import code, page, prose, table

import datamimic

CORE = Path(datamimic.__file__).parent
CONTRACT = Path(__file__).parents[2] / "tests" / "test_layers.py"
UNLISTED = {"__init__", "__main__", "__pycache__", "py", "data", "templates"}


def present() -> list[list[str]]:
    """What there is of the layers that the test holds, top to bottom. Raises LookupError for a module that is in none."""
    assigned = next(
        node.value
        for node in ast.parse(CONTRACT.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LAYERS"
    )
    layers = ast.literal_eval(assigned)
    there = {each.stem for each in CORE.iterdir()} - UNLISTED
    unknown = there - {name for names in layers for name in names}
    if unknown:
        raise LookupError(f"{CONTRACT.name} does not say where {', '.join(sorted(unknown))} lies")
    return [known for names in layers if (known := sorted(there & set(names)))]


def _purpose(name: str) -> str:
    """The first sentence of the docstring of a module or package."""
    file = CORE / name / "__init__.py" if (CORE / name).is_dir() else CORE / f"{name}.py"
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else None
    return " ".join((told or "").partition("\n\n")[0].split())


def _shown(name: str) -> str:
    return f"{name}/" if (CORE / name).is_dir() else f"{name}.py"


def layers(packs: Registry) -> str:
    rows = [(code(_shown(name)), prose(_purpose(name))) for names in present() for name in names]
    return page(
        "The layers of the core",
        "A folder is a layer. It may import from itself and from what lies below it in this drawing, never from above: what is at the bottom "
        "can be read, tested and changed without the rest. `tests/test_layers.py` reads every import and holds it so.",
        "![The folders of the core, one above the other; packs and extensions stand on top](../assets/pictures/layers.svg)",
        "## What each is for",
        "In the words of the folders themselves, top to bottom:",
        table(("Where", "What it is"), rows),
        "## What stands on it",
        "Packs import the public names of `datamimic`, `datamimic.columns`, `datamimic.plugin` and `datamimic.errors`, and at most the pack `common`. Extensions "
        "import the core and extensions named before them. No extension imports a pack and no pack an extension: they meet in the registry, through "
        "[hooks](hooks.md). The core knows no industry and no database but SQLite.",
        "## The way of a value",
        "`world[\"healthcare.patient\"][0:1_000]` is a `Rows`. Asked for Arrow, it takes a batch from the engine; the batch runs the rule of each column once, "
        "when it is first read, with draws (addresses in, bits out), tables (bits in, values out) and the columns it names. References are row numbers, and ask "
        "the batch of another entity. What comes out is text in flight, numbers, lists; `model` makes them Arrow or objects, `formats` makes bytes, `output` "
        "makes whole files with digests and a manifest.",
    )


def layers_picture(packs: Registry) -> str:
    levels = present()
    step, width = 38, 400
    height = 84 + step * (len(levels) + 1)
    parts = [
        text(18, 28, "Imports go down, never up", "head"),
        box(44, 44, 338, 30),
        text(56, 63, "packs/*   extensions/*", "code"),
        text(370, 63, "public names only", "soft", "end"),
    ]
    for number, names in enumerate(levels):
        y = 44 + step * (number + 1)
        each = (338 - 6 * (len(names) - 1)) / len(names)
        for place, name in enumerate(names):
            x = 44 + (each + 6) * place
            parts += [box(x, y, each, 30), text(x + each / 2, y + 19, _shown(name), "code", "middle")]
    parts += [arrow(26, 48, 26, height - 44), text(44, height - 18, "one row is one layer of core/src/datamimic", "soft")]
    return drawing(width, height, "Imports go down, never up", "The layers of the core, top to bottom", parts)
