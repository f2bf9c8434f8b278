"""The built site, read as a browser reads it: fences, headings, links, search, and nothing that is loaded from elsewhere."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCES = sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))
_FENCE = re.compile(r"^( *)```[^\n]*\n.*?^\1```$", re.MULTILINE | re.DOTALL)
_LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "modulepreload", "dns-prefetch"}


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[str] = []
        self.words: list[str] = []
        self.cells: list[str] = []
        self.blocks = 0
        self.coloured = 0
        self._open: list[str] = []
        self._article = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        classes = told.get("class", "").split()
        if "id" in told:
            self.ids.add(told["id"])
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag in _LOADING and told.get(_LOADING[tag]):
            self.loaded.append(told[_LOADING[tag]])
        if tag == "link" and _LOADING_LINKS & set(told.get("rel", "").split()):
            self.loaded.append(told["href"])
        if tag == "div" and "highlight" in classes:
            self.blocks += 1
        if tag == "span" and self._open and "code" in self._open and classes:
            self.coloured += 1
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append("")
        if tag == "td":
            self.cells.append("")
        if tag not in ("br", "img", "meta", "link", "input", "hr", "source", "path", "col"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self.words.append(data)
        if {"h1", "h2", "h3", "h4"} & set(self._open):
            self.headings[-1] += data
        if "td" in self._open:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Path below the site -> page."""
    return {
        str(file.relative_to(site)): Page(file.read_text(encoding="utf-8")) for file in sorted(site.rglob("*.html"))
    }


def built(source: str) -> str:
    return source.removesuffix(".md") + ".html"


def test_every_page_is_built(pages: dict[str, Page]) -> None:
    assert {built(source) for source in SOURCES} <= set(pages)


def test_no_page_shows_the_marks_of_a_fence(pages: dict[str, Page]) -> None:
    shown = [name for name, page in pages.items() if "```" in "".join(page.words) or "~~~" in "".join(page.words)]
    assert not shown


@pytest.mark.parametrize("source", SOURCES)
def test_every_fence_is_a_block_and_every_heading_is_there(pages: dict[str, Page], source: str) -> None:
    page = pages[built(source)]
    text = (DOCS / source).read_text(encoding="utf-8")
    assert page.blocks == len(_FENCE.findall(text))
    wanted = re.findall(r"^#{1,4} (.+?)\s*$", _FENCE.sub("", text), re.MULTILINE)
    plain = [re.sub(r"[`*\\]|\[([^]]*)\]\([^)]*\)", r"\1", title) for title in wanted]
    assert [" ".join(title.replace("¶", "").split()) for title in page.headings if title.strip("¶ ")] == plain


def test_python_is_coloured(pages: dict[str, Page]) -> None:
    grey = [
        source
        for source in SOURCES
        if re.search(r"^```(python|pycon)", (DOCS / source).read_text(encoding="utf-8"), re.MULTILINE)
        and pages[built(source)].coloured < 10
    ]
    assert not grey


def test_cells_show_bars_without_backslashes_and_entities(pages: dict[str, Page]) -> None:
    wrong = [
        f"{name}: {cell}" for name, page in pages.items() for cell in page.cells if re.search(r"\\\||&#?\w+;", cell)
    ]
    assert not wrong
    assert "str | None" in pages["reference/generators.html"].cells


def test_every_link_leads_to_a_page_and_a_place_in_it(pages: dict[str, Page], site: Path) -> None:
    broken = []
    for name, page in pages.items():
        if name == "404.html":
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("javascript:"):
                continue
            target = (site / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else site / name
            if target.is_dir():
                target /= "index.html"
            there = pages.get(str(target.relative_to(site.resolve()))) if target.suffix == ".html" else None
            if not target.exists() or (parts.fragment and there and unquote(parts.fragment) not in there.ids):
                broken.append(f"{name}: {link}")
    assert not broken


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page], site: Path) -> None:
    foreign = [f"{name}: {each}" for name, page in pages.items() for each in page.loaded if urlsplit(each).netloc]
    for style in site.rglob("*.css"):
        found = re.findall(r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)|@import[^;]*//", style.read_text(encoding="utf-8"))
        foreign += [f"{style.name}: {each}" for each in found]
    for picture in site.rglob("*.svg"):
        found = re.findall(r"(?:href|src)=[\"'](?:https?:)?//[^\"']+", picture.read_text(encoding="utf-8"))
        foreign += [f"{picture.name}: {each}" for each in found]
    assert not foreign
    # The theme loads a renderer for these from a public server.
    assert not [name for name, page in pages.items() if "mermaid" in " ".join(page.words)]


def test_pictures_are_there_and_say_what_they_show(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    pictures = re.findall(r"<img ([^>]*)>", text)
    assert len(pictures) >= 3
    for told in pictures:
        source, words = re.search(r'src="([^"]+)"', told), re.search(r'alt="([^"]+)"', told)
        assert source is not None and words is not None and len(words[1]) > 20, told
        drawn = (site / source[1]).read_text(encoding="utf-8")
        assert "prefers-color-scheme:dark" in drawn and "<title" in drawn


WORDS = [
    "postgres",
    "jupyter",
    "notebook",
    "fraud",
    "glossary",
    "stratum",
    "gdpr",
    "pytest",
    "pandas",
    "polars",
    "duckdb",
]
WORDS += ["faker", "parquet", "iban", "licence", "dask"]


@pytest.mark.parametrize("word", WORDS)
def test_the_search_index_has_the_words_that_people_ask_for(site: Path, word: str) -> None:
    """On pages that somebody wrote: a name in a generated table answers nobody's question."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    hits = [
        each["location"] for each in index["docs"] if re.search(rf"\b{word}", f"{each['title']} {each['text']}", re.I)
    ]
    assert [hit for hit in hits if not hit.startswith("reference/")], f"only reference pages have {word}: {hits[:5]}"
