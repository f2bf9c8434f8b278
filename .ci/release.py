"""Build, check and tag all distributions of this tree.

    python .ci/release.py            build source distributions and wheels into dist/, and check them
    python .ci/release.py --tag      the same, then tag each distribution's version (`datamimic-core-0.1.0`)

Refuses a tree with changes, a version without a heading in its changelog, changelog fragments that wait, a version that is
tagged elsewhere, and packs and extensions that allow a core they are not released with. Needs: pip install build twine
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"


class Distribution(NamedTuple):
    folder: Path
    name: str
    version: str
    dependencies: list[str]

    @property
    def tag(self) -> str:
        return f"{self.name}-{self.version}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tag", action="store_true", help="tag what was built and checked")
    tag = parser.parse_args(arguments).tag
    distributions = found()
    problems = [*unclean(), *(problem for each in distributions for problem in wrong_with(each, distributions))]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    shutil.rmtree(DIST, ignore_errors=True)
    for each in distributions:
        run(sys.executable, "-m", "build", "--outdir", str(DIST), str(each.folder))
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(DIST.iterdir())))
    for each in distributions:
        print(each.tag)
        if tag:
            run("git", "tag", "--annotate", each.tag, "--message", f"{each.name} {each.version}")
    return 0


def found() -> list[Distribution]:
    folders = [
        path.parent
        for part in ("core", "packs/*", "extensions/*")
        for path in sorted(ROOT.glob(f"{part}/pyproject.toml"))
    ]
    projects = [
        (folder, tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]) for folder in folders
    ]
    return [Distribution(folder, p["name"], p["version"], p["dependencies"]) for folder, p in projects]


def unclean() -> list[str]:
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return ["the tree has changes: commit them first"] if changed.strip() else []


def wrong_with(each: Distribution, distributions: list[Distribution]) -> list[str]:
    problems = []
    changelog = each.folder / "CHANGELOG.md"
    if not re.search(rf"^## \[?{re.escape(each.version)}\b", changelog.read_text("utf-8"), re.MULTILINE):
        problems.append(f"{changelog.relative_to(ROOT)} has no heading for {each.version}")
    problems += [
        f"{path.relative_to(ROOT)} is in no release: .ci/changelog.py --release"
        for path in sorted(each.folder.glob("changelog.d/*.md"))
    ]
    here = subprocess.run(["git", "tag", "--points-at", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    every = subprocess.run(["git", "tag", "--list", each.tag], cwd=ROOT, capture_output=True, text=True, check=True)
    if every.stdout.strip() and each.tag not in here.stdout.split():
        problems.append(f"{each.tag} is tagged at another commit: raise the version")
    names = {other.name: other for other in distributions}
    for dependency in each.dependencies:
        match = re.fullmatch(r"([\w-]+)\s*>=\s*([\d.]+).*", dependency)
        if match and match[1] in names and _numbers(names[match[1]].version) < _numbers(match[2]):
            problems.append(f"{each.name} needs {dependency}, but {names[match[1]].tag} is released with it")
    return problems


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
