"""A process that is killed at any call of a commit leaves the earlier result or the new one, each with its manifest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from commits import WAYS

from datamimic import DatamimicError, Registry
from datamimic.output.finding import find_manifest
from datamimic.output.manifest import SET_NAME, read_manifest
from datamimic.output.whole_files import whole_file
from datamimic.output.whole_folders import folder_as_it_stands, whole_folder
from datamimic.reproducing.verification import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")
SHARED = "shared"
"""A folder that others write to as well: its files are results of their own."""
MANIFEST = ".manifest.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("commits")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("commits.py"), folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


Result = dict[str, Any]


def results(folder: Path) -> Result:
    """The results in a folder as somebody finds them who knows nothing of what is being written: bytes and manifests."""
    found: Result = {}
    stands = {folder_as_it_stands(folder / name): name for name in ("set", "parts")}
    for path in sorted([*folder.iterdir(), *(folder / SHARED).glob("*")]):
        if path in stands or (path.is_dir() and not path.name.startswith(".") and path.name != SHARED):
            found[stands[path]] = {each.name: each.read_bytes() for each in sorted(path.iterdir())}
        elif path.is_file() and not path.name.startswith(".") and not path.name.endswith(MANIFEST):
            found[path.name] = {"bytes": path.read_bytes(), "described": described(path)}
    return found


def described(path: Path) -> str | None:
    """The digest in the manifest of a file, where it has one."""
    try:
        return str(read_manifest(find_manifest(path))["file"]["sha256"])
    except DatamimicError:
        return None


def complete(found: Result) -> Iterator[str]:
    """What is wrong with results."""
    for name, result in found.items():
        if "described" in result:
            if result["described"] not in (None, sha256(result["bytes"]).hexdigest()):
                yield f"{name} has the manifest of another file"
        elif SET_NAME not in result:
            yield f"{name} has no manifest"


def restart(folder: Path) -> None:
    """The next command that writes there, and fails before it has written anything."""
    for name in ("rows.csv", "alone", f"{SHARED}/part-00000.csv"):
        if (folder / name).parent.is_dir():
            with pytest.raises(KeyboardInterrupt), whole_file(folder / name):
                raise KeyboardInterrupt
    for name in ("set", "parts"):
        with pytest.raises(KeyboardInterrupt), whole_folder(folder / name):
            raise KeyboardInterrupt


def litter(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.name.startswith(".")]


@pytest.mark.parametrize("way", WAYS)
def test_a_kill_leaves_the_earlier_result_or_the_new_one(
    way: str, made: tuple[Path, dict[str, Any]], packs: Registry
) -> None:
    folder, calls = made[0] / way, made[1][way]["calls"]
    old, new = results(folder / "old"), results(folder / "new")
    assert old != new and litter(folder / "new") == [] and list(complete({**old, **new})) == []
    states = [folder / str(number) for number in range(2 * len(calls))]
    seen = []
    for state in states:
        where = f"{way}, {state.name} of {calls}"
        found = results(state)
        assert found in (old, new), where
        assert list(complete(found)) == [], where
        restart(state)
        assert results(state) == found, f"{where}: after the next command's start"
        assert litter(state) == [], f"{where}: after the next command's start"
        for name in {"rows.csv", "set", "parts"} & found.keys():
            if way != "somebody's file" or found == new:
                whole = "reproduced" not in way or found == new
                assert not whole or verify(state / name, packs=packs).holds, where
        seen.append(found == new)
    # Once the new result is there, it stays; and it comes at one of the calls.
    assert seen == sorted(seen) and not seen[0] and seen[-1]


def test_two_hundred_states_and_more_are_looked_at(made: tuple[Path, dict[str, Any]]) -> None:
    assert sum(2 * len(each["calls"]) for each in made[1].values()) >= 200
    assert "renameat2" in made[1]["a set that is replaced"]["calls"]
    assert "renameat2" not in made[1]["a set that is replaced in two steps"]["calls"]
