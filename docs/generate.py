"""Writes docs/reference and the pictures from the code and the installed packs: `python docs/generate.py [--check]`.

`--check` writes nothing, names the pages that differ, and exits with status 1 where there are some. Sections of entity pages
that hold sample rows, and the pictures, do not count then: they move with the data, up to date with the next writing.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages.authoring import authoring_pages, purposes
from pages.badges import badges
from pages.entities import SAMPLE, entity_pages
from pages.expressions import expressions
from pages.interfaces import commands, error_codes, hooks, request_api, settings
from pages.layers import layers, layers_picture
from pages.markdown import page
from pages.meanings import meanings
from pages.own_tables import own_tables
from pages.packs import coverage, formats, generators
from pages.pictures import PICTURES
from pages.plans import plans
from pages.profiles import profiles
from pages.xml_language import xml_language

from datamimic.plugins.discovery import DISABLE_VARIABLE
from datamimic.plugins.registry import Registry, installed_packs

OWN_PACKS = ("common", "healthcare", "finance", "insurance", "ecommerce", "public_sector")
OWN_EXTENSIONS = tuple(
    sorted(path.parent.name for path in Path(__file__).parents[1].glob("extensions/*/pyproject.toml"))
)
FOLDER = Path(__file__).parent / "reference"
ASSETS = Path(__file__).parent / "assets"
PAGES: dict[str, tuple[str, Callable[[Registry], str]]] = {
    "generators.md": ("all literal generators with their parameters", generators),
    "own-tables.md": ("the tables language: every word and every kind of rule", own_tables),
    "masking-plans.md": ("every word of a plan of masking, every method and its settings", plans),
    "profiles.md": ("every figure of a profile, `dm profile --json`", profiles),
    "coverage.md": ("which entity in which country, from which tables", coverage),
    "meanings.md": ("what columns of your own tables can mean, and how they are called", meanings),
    "cli.md": ("every command and its options", commands),
    "formats.md": ("file formats, databases, engines, and their settings", formats),
    "xml-language.md": ("elements, attributes, targets, sources and converters of XML models", xml_language),
    "request-api.md": ("JSON in, JSON out: domains, schemas, hashes", request_api),
    "settings.md": ("environment variables", settings),
    "errors.md": ("every code: what it means and what to do", error_codes),
    "hooks.md": ("what a pack may implement", hooks),
    "expressions.md": ("what may be written where a model takes an expression", expressions),
    "layers.md": ("which folder of the core does what, and who may import whom", layers),
}
_SAMPLE = re.compile(rf"^{re.escape(SAMPLE)}.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)


def own_packs() -> Registry:
    """The packs and extensions of this repository, whatever else is installed."""
    others = [record.name for record in installed_packs().packs() if record.name not in (*OWN_PACKS, *OWN_EXTENSIONS)]
    before = os.environ.get(DISABLE_VARIABLE)
    os.environ[DISABLE_VARIABLE] = ",".join([before, *others] if before else others)
    try:
        return Registry.from_entry_points()
    finally:
        if before is None:
            del os.environ[DISABLE_VARIABLE]
        else:
            os.environ[DISABLE_VARIABLE] = before


def rendered(packs: Registry) -> dict[str, str]:
    """Path below docs/reference -> page."""
    entities = entity_pages(packs)
    made = {name: make(packs) for name, (_, make) in PAGES.items()}
    return {"index.md": _index(packs, list(entities)), **entities, **authoring_pages(packs), **made}


def lasting(text: str) -> str:
    """A page without its sample rows."""
    return _SAMPLE.sub("", text)


def stale(packs: Registry) -> list[str]:
    """The pages that are not what the code says, and those that nothing makes any more."""
    wanted = rendered(packs)
    there = {str(file.relative_to(FOLDER)): file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.md")}
    return sorted(name for name in {*wanted, *there} if lasting(wanted.get(name, "")) != lasting(there.get(name, "")))


def _index(packs: Registry, entities: list[str]) -> str:
    summaries = {record.name: record.summary for record in packs.packs()}
    listed = [f"- [{Path(name).stem}]({name}): {summaries[Path(name).stem]}" for name in entities]
    others = [f"- [{_title(name)}]({name}): {text}" for name, (text, _) in PAGES.items()]
    return page(
        "Reference",
        "Generated from the code and the installed packs by `python docs/generate.py`.",
        "## Entities",
        "\n".join(listed),
        "## What authors write",
        "\n".join(f"- [{purpose.title}](authoring/{name}): {purpose.summary}" for name, purpose in purposes().items()),
        "## Everything else",
        "\n".join(others),
    )


def _title(name: str) -> str:
    titles = {
        "cli.md": "Commands",
        "request-api.md": "Request API",
        "formats.md": "Formats and engines",
        "xml-language.md": "The XML language",
        "layers.md": "Layers of the core",
    }
    return titles.get(name, Path(name).stem.capitalize())


def main(arguments: list[str]) -> int:
    packs = own_packs()
    if "--check" in arguments:
        pages = stale(packs)
        print(
            "\n".join(f"docs/reference/{name} is not what the code says" for name in pages), end="\n" if pages else ""
        )
        return 1 if pages else 0
    for name, text in rendered(packs).items():
        target = FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    pictures = {name: draw(packs) for name, draw in {**PICTURES, "layers.svg": layers_picture}.items()}
    for folder, drawn in (("pictures", pictures), ("badges", badges())):
        (ASSETS / folder).mkdir(parents=True, exist_ok=True)
        for name, text in drawn.items():
            (ASSETS / folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
