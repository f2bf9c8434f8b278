"""Every code block of the README and the docs runs, and prints what the page says it prints.

    ```python         runs; the blocks of a page share one namespace, in order
    ```pycon          is a session: what follows `>>>` runs, what is printed must be what is shown
    ```console        lines that start with `$ ` run in a shell and print what is shown; `...` stands for anything
    ```python title="this fails"   raises the error named in its last comment
    ```python title="fleet.py"     is written to that file, and not run by itself
    ```xml, toml, csv, json, text, sql: shown only

A title is shown above the block on the site. Any other word after the kind would make the fence unreadable for it.
A command that names postgresql://localhost/test runs in a schema of its own there, if a server answers.
A block that cannot run here (it installs something) is preceded by `<!-- not run: why -->`.
Pages run in a folder of their own. The examples of docs/reference/authoring are files, which are run one by one.
"""

from __future__ import annotations

import doctest
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
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
_BLOCK = re.compile(r"(?P<before>[^\n]*)\n```(?P<kind>[a-z]+)(?P<words>[^\n]*)\n(?P<body>.*?)\n```", re.DOTALL)
SHOWN = {"xml", "toml", "csv", "json", "text", "sql", "yaml", "ini", "md", "html"}
RUN = {"python", "pycon", "console", "sh", "bash"}
FAILS = "this fails"
_TITLE = re.compile(r'(?: title="(?P<title>[^"]+)")?')


class Block(NamedTuple):
    line: int
    kind: str
    words: str
    body: str

    @property
    def legible(self) -> bool:
        return _TITLE.fullmatch(self.words) is not None

    @property
    def title(self) -> str:
        found = _TITLE.fullmatch(self.words)
        return (found["title"] or "") if found else ""


def blocks(page: Path) -> Iterator[Block]:
    text = "\n" + page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        if "<!-- not run:" not in found["before"]:
            yield Block(text.count("\n", 0, found.start("body")), found["kind"], found["words"].rstrip(), found["body"])


def test_every_kind_of_block_is_known() -> None:
    unknown = {
        f"{page.relative_to(ROOT)}:{b.line} {b.kind}"
        for page in PAGES
        for b in blocks(page)
        if b.kind not in SHOWN | RUN
    }
    assert not unknown
    misread = [f"{page.relative_to(ROOT)}:{b.line} {b.words}" for page in PAGES for b in blocks(page) if not b.legible]
    assert not misread, "only a title may follow the kind of a block"
    shells = {f"{page.relative_to(ROOT)}:{b.line}" for page in PAGES for b in blocks(page) if b.kind in ("sh", "bash")}
    assert not {place for place in shells if not place.startswith(("README.md", "CONTRIBUTING.md"))}, (
        "write console, or say why it is not run"
    )


HEAVY = {"docs/how-to/operate-the-platform.md", "docs/how-to/troubleshoot-the-platform.md"}
"""Pages of a dozen commands, each a process of three seconds: what they show is tried in the platform's own tests too."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=name, marks=[pytest.mark.thorough] if name in HEAVY else [])
        for page in PAGES
        for name in [str(page.relative_to(ROOT))]
    ],
)
def test_page(page: Path, shell: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    for block in blocks(page):
        # A module of the page may be called like one of the tests.
        monkeypatch.delitem(sys.modules, Path(block.title or "").stem, raising=False)
    before = set(sys.modules)
    namespace: dict[str, object] = {"__name__": "__docs__"}
    try:
        for block in blocks(page):
            where = f"{page.relative_to(ROOT)}:{block.line}"
            if block.title and block.title != FAILS:
                target = tmp_path / block.title
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.body + "\n", encoding="utf-8")
            elif block.kind == "python":
                run_python(block, where, namespace)
            elif block.kind == "pycon":
                run_session(block, where, namespace)
            elif block.kind == "console":
                run_console(block, where, shell)
    finally:
        for name in set(sys.modules) - before:
            if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
                del sys.modules[name]


def run_python(block: Block, where: str, namespace: dict[str, object]) -> None:
    code = compile("\n" * (block.line - 1) + block.body, where, "exec")
    if block.title != FAILS:
        exec(code, namespace)
        return
    expected = block.body.rsplit("# ", 1)[1].strip()
    with pytest.raises(Exception, match=re.escape(expected)):
        exec(code, namespace)


def run_session(block: Block, where: str, namespace: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(block.body + "\n", namespace, where, where, block.line)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    failures: list[str] = []
    runner.run(test, out=failures.append, clear_globs=False)
    namespace.update(test.globs)
    assert not runner.failures, "".join(failures)


def run_console(block: Block, where: str, shell: Callable[[str], Any]) -> None:
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more.strip()
        result = shell(command)
        if result is None:
            continue
        printed = (result.stdout + result.stderr).replace("\r\n", "\n").strip()
        assert result.returncode in (0, 1, 2) and "Traceback" not in printed, f"{where}: {command}\n{printed}"
        if expected.strip():
            pattern = ".*".join(re.escape(piece.strip()) for piece in expected.strip().split("..."))
            assert re.fullmatch(pattern, printed, re.DOTALL), (
                f"{where}: {command} printed\n{printed}\nnot\n{expected.strip()}"
            )
        else:
            assert result.returncode == 0, f"{where}: {command}\n{printed}"
