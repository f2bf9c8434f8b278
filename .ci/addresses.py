"""Carry the addresses in pyproject.toml, `[tool.datamimic.addresses]`, to every file that shows them.

    python .ci/addresses.py            write them
    python .ci/addresses.py --check    name the files that show others, and exit with status 1 where there are some

In Markdown and YAML they stand between `addresses: start` and `addresses: end`; in the pyproject.toml of a distribution they
are `[project.urls]`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Addresses(NamedTuple):
    repository: str
    """Without a slash at its end."""
    documentation: str
    """With a slash at its end."""
    security: str
    """An e-mail address."""

    @property
    def issues(self) -> str:
        return f"{self.repository}/issues"

    @property
    def discussions(self) -> str:
        return f"{self.repository}/discussions"

    @property
    def workflow(self) -> str:
        return f"{self.repository}/actions/workflows/ci.yml"


def main(arguments: list[str]) -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["datamimic"]["addresses"]
    stale = []
    for path, text in written(Addresses(**settings)):
        if path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    if "--check" not in arguments:
        return 0
    if stale:
        print(f"other addresses than pyproject.toml: {', '.join(stale)}; run python .ci/addresses.py", file=sys.stderr)
    return 1 if stale else 0


def written(addresses: Addresses) -> Iterator[tuple[Path, str]]:
    """Every file that shows addresses, with the text that it should have."""
    for name, blocks in BLOCKS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        for marker, block in blocks.items():
            text = between(text, marker, block(addresses), name)
        yield ROOT / name, text
    for part in ("core", "packs/*", "extensions/*"):
        for path in sorted(ROOT.glob(f"{part}/pyproject.toml")):
            yield path, with_urls(path.read_text(encoding="utf-8"), addresses, path.parent)


def between(text: str, marker: str, block: str, name: str) -> str:
    """Raises ValueError for a text without the two markers."""
    lines = rf"(?ms)^(?P<start>[^\n]*\b{marker}: start\b[^\n]*\n).*?(?P<end>^[^\n]*\b{marker}: end\b)"
    text, found = re.subn(lines, lambda found: found["start"] + block.strip("\n") + "\n" + found["end"], text)
    if found != 1:
        raise ValueError(f"{name} lacks the lines `{marker}: start` and `{marker}: end`")
    return text


def with_urls(text: str, addresses: Addresses, folder: Path) -> str:
    """The text of a pyproject.toml with `[project.urls]` before the first table after `[project]`."""
    where = folder.relative_to(ROOT).as_posix()
    table = (
        "[project.urls]\n"
        f'Documentation = "{addresses.documentation}"\n'
        f'Repository = "{addresses.repository}"\n'
        f'Issues = "{addresses.issues}"\n'
        f'Changelog = "{addresses.repository}/blob/main/{where}/CHANGELOG.md"\n\n'
    )
    text = re.sub(r"(?m)^\[project\.urls\]\n(?:[^\[\n][^\n]*\n|\n)*", "", text)
    return re.sub(r"(?m)^(?=\[(?!build-system\]|project\]))", lambda _: table, text, count=1)


def badges(addresses: Addresses) -> str:
    return f"""
[![CI]({addresses.workflow}/badge.svg)]({addresses.workflow})
[![Documentation](docs/assets/badges/docs.svg)]({addresses.documentation})
![Python 3.11 and newer](docs/assets/badges/python.svg)
![Typed, strictly](docs/assets/badges/typed.svg)
[![Licence MIT](docs/assets/badges/licence.svg)](LICENSE)
"""


def questions(addresses: Addresses) -> str:
    return f"""
- A question or an idea: [discussions]({addresses.discussions})
- A fault, or a value that makes no sense: [tracker]({addresses.issues})
- A weakness: [{addresses.security}](mailto:{addresses.security}), [not in public](SECURITY.md)
"""


BLOCKS: dict[str, dict[str, Callable[[Addresses], str]]] = {
    "README.md": {"addresses": badges, "questions": questions},
    "SECURITY.md": {
        "addresses": lambda each: (
            f"Write to [{each.security}](mailto:{each.security}), or use "
            f"[a private report]({each.repository}/security/advisories/new)."
        )
    },
    "mkdocs.yml": {
        "addresses": lambda each: (
            f"site_url: {each.documentation}\n"
            f'copyright: MIT licence · <a href="{each.repository}">Sources</a> · <a href="{each.issues}">Report a fault</a>'
        )
    },
    ".github/ISSUE_TEMPLATE/config.yml": {
        "addresses": lambda each: (
            f"""
  - name: A question
    url: {each.discussions}
    about: How do I, why does it, could it.
  - name: A weakness that should not be public yet
    url: {each.repository}/security/advisories/new
    about: See SECURITY.md.
  - name: The documentation
    url: {each.documentation}
    about: Tutorials, how-to guides, reference, and a search.
"""
        )
    },
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
