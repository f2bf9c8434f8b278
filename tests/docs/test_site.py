"""The pages as Markdown: nav and files agree, links and anchors lead somewhere. What becomes of them: test_built_pages.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def in_nav() -> list[str]:
    """The files that mkdocs.yml names; its nav is the only part of it where lines end in `.md`."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return re.findall(r"(\S+\.md)$", text, re.MULTILINE)


def test_nav_names_every_page_once() -> None:
    assert sorted(in_nav()) == [str(page.relative_to(DOCS)) for page in PAGES]


def links(page: Path) -> Iterator[str]:
    for found in _LINK.finditer(re.sub(r"`[^`\n]*`", "code", _FENCE.sub("", page.read_text(encoding="utf-8")))):
        if not found["target"].startswith(("http:", "https:", "mailto:")):
            yield found["target"]


def anchors(page: Path) -> set[str]:
    """As Python-Markdown makes them, and GitHub for the headings that occur once."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)
    slugs = (re.sub(r"[^\w\s-]", "", title).strip().lower() for title in titles)
    return {re.sub(r"[-\s]+", "-", slug) for slug in slugs}


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
        elif page.is_relative_to(DOCS) and not target.is_relative_to(DOCS):
            broken.append(f"{link} (outside docs: not part of the site)")
    assert not broken
