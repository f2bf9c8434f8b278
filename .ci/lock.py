"""Lock files: every package that a test or tool environment gets, with its version and its hashes, on every system.

    python .ci/lock.py                  make the lock files anew; what is locked stays at its version where that still fits
    python .ci/lock.py --upgrade        the same, with the newest of everything
    python .ci/lock.py --upgrade babel  the same, with the newest of these
    python .ci/lock.py --check          exit 1 where a lock file was made from other requirements than there are now
    python .ci/lock.py --show newest    print the requirements of a lock file, or of the environment `newest`

They are made from the `[dependency-groups]` of pyproject.toml and from what the distributions themselves need, for Python 3.11
and later on Linux, macOS and Windows; pip installs from them with `--require-hashes`. Needs: pip install uv
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".ci" / "locks"
LARGE = {"pyspark"}
"""What only `lowest` and `newest` install: 400 megabytes, built on the machine, and of use only with Java."""


class Lock(NamedTuple):
    """One environment: groups of pyproject.toml, and how much of what the distributions need."""

    groups: tuple[str, ...] = ()
    runtime: bool = False
    extras: bool = False
    without: frozenset[str] = frozenset()
    lowest: bool = False


TESTS = ("tests", "oracles", "site", "build")
LOCKS = {
    "tests": Lock(TESTS, runtime=True, extras=True, without=frozenset(LARGE)),
    "runtime": Lock(("build",), runtime=True),
    "build": Lock(("build",)),
    "lint": Lock(("lint",)),
    "types": Lock(
        ("types",), runtime=True, extras=True, without=frozenset({*LARGE, "distributed", "opendp", "pandas"})
    ),
    "sbom": Lock((*TESTS, "sbom"), runtime=True, extras=True, without=frozenset(LARGE)),
    "release": Lock(("release", "build")),
    "tox": Lock(("tox",)),
    "lowest": Lock(TESTS, runtime=True, extras=True, lowest=True),
}
NEWEST = Lock(TESTS, runtime=True, extras=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="only say whether the lock files are those of the requirements"
    )
    parser.add_argument("--upgrade", nargs="*", metavar="PACKAGE", help="take newer versions of all, or of these")
    parser.add_argument("--show", choices=[*LOCKS, "newest"], help="print what a lock file is made from")
    given = parser.parse_args(arguments)
    if given.show:
        print("\n".join(required(LOCKS.get(given.show, NEWEST))))
        return 0
    if given.check:
        stale = [name for name, lock in LOCKS.items() if _header(lock) not in _text(name)]
        if stale:
            print(f"not made from what is required now: {', '.join(stale)}; run python .ci/lock.py", file=sys.stderr)
        return 1 if stale else 0
    upgrade = [] if given.upgrade is None else [f"--upgrade-package={name}" for name in given.upgrade] or ["--upgrade"]
    for name, lock in LOCKS.items():
        make(name, lock, upgrade)
        print(f"{FOLDER.relative_to(ROOT)}/{name}.txt: {len(pins(name))} packages")
    settings = ROOT / "tox.ini"
    locked = pins("tox")
    text = re.sub(
        r"(?m)^    (tox|virtualenv)==.*$",
        lambda match: f"    {match[1]}=={locked[match[1]]}",
        settings.read_text("utf-8"),
    )
    settings.write_text(text, encoding="utf-8")
    return 0


def distributions() -> list[Path]:
    """The folders of the distributions of this tree, the core first."""
    return [
        path.parent
        for part in ("core", "packs/*", "extensions/*")
        for path in sorted(ROOT.glob(f"{part}/pyproject.toml"))
    ]


def required(lock: Lock) -> list[str]:
    """The requirements of a lock, sorted, each once; what this tree itself brings is none."""
    found = [text for group in lock.groups for text in _group(group)]
    for folder in distributions():
        project = _read(folder / "pyproject.toml")["project"]
        if lock.runtime:
            found += project.get("dependencies", [])
        if lock.extras:
            found += [text for texts in project.get("optional-dependencies", {}).values() for text in texts]
    ours = {_read(folder / "pyproject.toml")["project"]["name"] for folder in distributions()}
    return sorted({text for text in found if name_of(text) not in ours | lock.without})


def make(name: str, lock: Lock, upgrade: list[str]) -> None:
    """Let uv resolve a lock, with the versions of `tests` where it has the same packages."""
    path = FOLDER / f"{name}.txt"
    requirements = required(lock)
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--quiet"]
    if lock.lowest:
        # The tools stay as locked: only what a distribution needs is tried at its lowest.
        requirements = required(lock._replace(groups=()))
        tools = {name_of(tool) for tool in required(Lock(lock.groups))} - set(map(name_of, requirements))
        requirements += [f"{tool}=={pins('tests')[tool]}" for tool in sorted(tools)]
        # What is locked already would stay where it is, above a floor.
        options += ["--resolution=lowest-direct", *(f"--upgrade-package={name_of(text)}" for text in requirements)]
    elif name != "tests":
        options += [f"--constraint={FOLDER / 'tests.txt'}"]
    uv = shutil.which("uv")
    command = [uv] if uv else [sys.executable, "-m", "uv"]
    subprocess.run(
        [*command, "pip", "compile", *options, *upgrade, f"--output-file={path}", "-"],
        input="\n".join(requirements), text=True, cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    body = re.sub(r"^ *#.*via -r -$\n?", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(f"{_header(lock)}\n{body}", encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """The versions in a lock file by package; the last, where Pythons or systems have different ones."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;]+)", _text(name), re.MULTILINE))


def name_of(requirement: str) -> str:
    """The package that a requirement names, spelled as in lock files."""
    match = re.match(r"[\w.-]+", requirement)
    assert match is not None, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def _group(name: str) -> Iterator[str]:
    for entry in _read(ROOT / "pyproject.toml")["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from _group(entry["include-group"])


def _header(lock: Lock) -> str:
    digest = hashlib.sha256("\n".join((*required(lock), str(lock.lowest))).encode()).hexdigest()
    return (
        f"# Made by `python .ci/lock.py`, not by hand, from requirements with SHA-256 {digest[:32]}\n--require-hashes\n"
    )


def _text(name: str) -> str:
    path = FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
