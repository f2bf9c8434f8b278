"""What we ship and what tests it, as bills of materials (CycloneDX 1.6) and as a list of licences, judged.

    python .ci/sbom.py [FOLDER]     writes into sbom/: tests.cdx.json, one file per distribution, licences.md

Reads the environment that it runs in, which `tox -e sbom` makes from its lock file and from wheels of this tree. In the bill of
a distribution, what only its extras bring has the scope `optional`. Exit 1 for a licence that may not be there: GPL, AGPL, SSPL
and business source licences nowhere; LGPL only among oracles and drivers, never among what a distribution always needs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from lock import ROOT, Lock, distributions, name_of, pins, required
from packaging.requirements import Requirement

REFUSED = re.compile(
    r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public|SSPL|Server Side|BUSL|Business Source|Elastic|Commons Clause",
    re.I,
)
COPYLEFT_OF_LIBRARIES = re.compile(r"LGPL|Lesser General Public", re.I)
READ_BY_HAND: dict[str, str] = {"saxonche": "MPL-2.0"}
"""Licences of packages whose metadata names none."""

Bill = dict[str, Any]


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    run = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6"]
    whole: Bill = json.loads(subprocess.run([*run, "--of", "JSON"], capture_output=True, text=True, check=True).stdout)
    ours = [_project(path) for path in distributions()]
    for name in ours:
        always, any_extra = closure(name, extras=False), closure(name, extras=True)
        write(folder / f"{name}.cdx.json", part(whole, any_extra, always), name)
    tested = {*pins("tests"), *ours}
    write(folder / "tests.cdx.json", part(whole, tested, tested), None)
    licences = _licences(tested)
    (folder / "licences.md").write_text(_listed(licences), encoding="utf-8")
    wrong = judge({name: licence for name, (_, licence, _) in licences.items()})
    print("\n".join(wrong) or f"{len(licences)} packages with licences that may be there: {folder}", file=sys.stderr)
    return 1 if wrong else 0


def judge(licences: dict[str, str]) -> list[str]:
    """What is wrong with the licences of packages, by name; of alternatives (`OR`), one that may be there is enough."""
    borrowed = {name_of(text) for text in required(Lock(("oracles",), extras=True))}
    always = set(pins("runtime"))
    wrong = []
    for name, text in sorted(licences.items()):
        choices = re.split(r"\s+OR\s+", READ_BY_HAND.get(name, text))
        allowed = [each for each in choices if not REFUSED.search(each) and each not in ("UNKNOWN", "")]
        free = [each for each in allowed if not COPYLEFT_OF_LIBRARIES.search(each)]
        if not allowed:
            wrong.append(f"{name}: {text}")
        elif not free and (name in always or not any(name == one or name.startswith(f"{one}-") for one in borrowed)):
            wrong.append(f"{name}: {text}, which only oracles and drivers may have")
    return wrong


def closure(name: str, *, extras: bool) -> set[str]:
    """The installed packages that a distribution needs here, itself among them; with all of its own extras, or none."""
    found: set[str] = set()
    waiting = {(name, frozenset(metadata.metadata(name).get_all("Provides-Extra") or ()) if extras else frozenset())}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        each, chosen = waiting.pop()
        seen.add((each, chosen))
        try:
            requires = metadata.requires(each) or []
        except metadata.PackageNotFoundError:
            continue  # of another system, or too large for the tests
        found.add(name_of(each))
        for requirement in map(Requirement, requires):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *chosen)):
                entry = (name_of(requirement.name), frozenset(requirement.extras))
                waiting |= {entry} - seen
    return found


def part(whole: Bill, names: Iterable[str], always: Iterable[str]) -> Bill:
    """The bill of some of the packages."""
    kept, needed = set(names), set(always)
    components = [
        each | {"scope": "required" if name_of(each["name"]) in needed else "optional"}
        for each in whole["components"]
        if name_of(each["name"]) in kept
    ]
    for each in components:  # where this tree lies is nobody's concern
        each["externalReferences"] = [
            one for one in each.get("externalReferences", []) if not one["url"].startswith("file:")
        ]
    refs = {each["bom-ref"] for each in components}
    dependencies = [
        each | {"dependsOn": [one for one in each.get("dependsOn", []) if one in refs]}
        for each in whole["dependencies"]
        if each["ref"] in refs
    ]
    return whole | {"components": components, "dependencies": dependencies}


def write(path: Path, bill: Bill, subject: str | None) -> None:
    if subject:
        [root] = [each for each in bill["components"] if each["name"] == subject]
        root = {name: value for name, value in root.items() if name != "scope"}
        bill = bill | {
            "metadata": bill["metadata"] | {"component": root},
            "components": [each for each in bill["components"] if each["name"] != subject],
        }
    path.write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _licences(names: set[str]) -> dict[str, tuple[str, str, str]]:
    run = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-urls", "--with-system"]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    found = {name_of(each["Name"]): (each["Version"], each["License"], each["URL"]) for each in told}
    return {name: found[name] for name in sorted(names & found.keys())}


def _listed(licences: dict[str, tuple[str, str, str]]) -> str:
    lines = [f"| [{name}]({url}) | {version} | {licence} |" for name, (version, licence, url) in licences.items()]
    return "\n".join(
        ["# Licences of what is tested with", "", "| package | version | licence |", "| --- | --- | --- |", *lines, ""]
    )


def _project(folder: Path) -> str:
    match = re.search(r'(?m)^name = "(.+)"$', (folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert match is not None, folder
    return match[1]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sbom"))
