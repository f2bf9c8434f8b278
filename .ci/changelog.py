"""Changelog fragments: one file per change, joined into the changelog of its distribution when that is released.

    python .ci/changelog.py                         check every fragment, and show what a release would say
    python .ci/changelog.py --release core=0.2.0    write core/CHANGELOG.md and remove the fragments that went into it

A fragment is `<distribution>/changelog.d/<name>.<type>.md`: `+` and a few words, or the number of an issue; the types stand in
pyproject.toml. Its text is sentences that tell a user what is different. Needs: pip install towncrier
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"(?P<about>\+[a-z0-9]+(?:-[a-z0-9]+)*|[0-9]+)\.(?P<type>[a-z]+)(?:\.[0-9]+)?\.md")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--release", action="append", default=[], metavar="FOLDER=VERSION", help="packs/finance=0.2.0")
    releases = dict(each.split("=", 1) for each in parser.parse_args(arguments).release)
    problems = [problem for path in fragments() for problem in wrong_with(path)]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    if releases:
        for folder, version in releases.items():
            towncrier(ROOT / folder, version, "--yes")
    else:
        for folder in folders():
            if any(path.is_relative_to(folder) for path in fragments()):
                towncrier(folder, "next", "--draft")
    return 0


def folders() -> list[Path]:
    """Folders of the distributions."""
    return sorted(
        path.parent for part in ("core", "packs/*", "extensions/*") for path in ROOT.glob(f"{part}/pyproject.toml")
    )


def fragments() -> list[Path]:
    """Every file that lies where a fragment is expected."""
    return sorted(
        path
        for folder in folders()
        for path in folder.glob("changelog.d/*")
        if path.name not in (".gitignore", "README.md")
    )


def wrong_with(path: Path) -> list[str]:
    where = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    types = [each["directory"] for each in settings["type"]]
    name = _NAME.fullmatch(path.name)
    if name is None or name["type"] not in types:
        return [f"{where}: the name is `+few-words.TYPE.md` or `ISSUE.TYPE.md`, TYPE one of {', '.join(types)}"]
    text = path.read_text(encoding="utf-8").strip()
    problems = []
    if not re.match(r"[A-Z0-9`*]", text) or not text.endswith("."):
        problems.append(f"{where}: sentences, from a capital letter to a full stop")
    if re.search(r"^(#|\s*[-*] )", text, re.MULTILINE):
        problems.append(f"{where}: a heading or a list: the release makes one item of each fragment")
    return problems


def towncrier(folder: Path, version: str, how: str) -> None:
    name = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    print(f"{name} {version}", flush=True)
    command = [sys.executable, "-m", "towncrier", "build", how, "--config", str(ROOT / "pyproject.toml")]
    subprocess.run([*command, "--dir", str(folder), "--name", name, "--version", version], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
