"""Commits of outputs that die at every call that changes names or has them stored: run by test_kills_at_renames.py.

`python commits.py FOLDER` makes, for each way of committing, the states that a process leaves which is killed before or after
its n-th call, for every n. A fork of this process, whose threads are at rest, is what is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fleet import registry

from datamimic import World
from datamimic.distributed.dataset import write_dataset, write_part
from datamimic.distributed.runners import SerialRunner
from datamimic.formats.by_name import format_named
from datamimic.output import unfinished, whole_files, whole_folders
from datamimic.output.planned import PlannedOutput
from datamimic.output.whole_files import whole_file
from datamimic.output.writing import write_rows
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.reproduction import reproduce

CALLS = ("rename", "replace", "link", "unlink", "rmdir", "mkdir", "fsync")
PACKS = registry()
ROWS = {"old": 3, "new": 5}


WORLDS = {which: World(which, packs=PACKS) for which in ROWS}


def rows(which: str) -> Any:
    return WORLDS[which]["fleet.vehicle"][0 : ROWS[which]].select(["kind"])


def file(folder: Path, which: str) -> None:
    write_rows(rows(which), folder / "rows.csv")


def alone(folder: Path, which: str) -> None:
    with whole_file(folder / "alone") as stream:
        stream.write(which.encode())


def foreign(folder: Path, which: str) -> None:
    if which == "old":
        (folder / "rows.csv").write_text("somebody's", encoding="utf-8")
    else:
        file(folder, which)


def a_set(folder: Path, which: str) -> None:
    write_set(prepare(WORLDS[which], {"fleet.depot": ROWS[which]}), folder / "set", "csv")


def parts(folder: Path, which: str) -> None:
    csv = format_named(PACKS, None, "csv").configured({})
    write_dataset(PlannedOutput(rows(which), csv, folder / "parts"), SerialRunner(), 2)


def part(folder: Path, which: str) -> None:
    csv = format_named(PACKS, None, "csv").configured({})
    write_part(PlannedOutput(rows(which), csv, folder / "shared"), 1, 0)


def file_again(folder: Path, which: str) -> None:
    if which == "old":
        file(folder, "new")
        (folder / "rows.csv").unlink()
    else:
        reproduce(folder / "rows.csv.manifest.json", packs=PACKS)


def set_again(folder: Path, which: str) -> None:
    if which == "old":
        a_set(folder, "new")
        (folder / "set" / "fleet_depot.csv").unlink()
        (folder / "set" / "schema.sql").unlink()
    else:
        reproduce(folder / "set", packs=PACKS)


WAYS: dict[str, tuple[Callable[[Path, str], None], bool]] = {
    # What writes, and whether there is an earlier result.
    "a new file": (file, False),
    "a file that is replaced": (file, True),
    "somebody's file": (foreign, True),
    "a new file without a manifest": (alone, False),
    "a file without a manifest": (alone, True),
    "a new set": (a_set, False),
    "a set that is replaced": (a_set, True),
    "a set that is replaced in two steps": (a_set, True),
    "a new folder of parts": (parts, False),
    "parts that are replaced": (parts, True),
    "parts that are replaced in two steps": (parts, True),
    "a new part": (part, False),
    "a part that is replaced": (part, True),
    "a file that is reproduced": (file_again, True),
    "a set that is reproduced": (set_again, True),
    "a set that is reproduced in two steps": (set_again, True),
}


def watched(before: Callable[[str], None], after: Callable[[], None], exchanges: bool) -> None:
    """Have every call that changes names say so."""

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            before(name)
            try:
                return call(*arguments, **options)
            finally:
                after()

        return run

    os.fsync = lambda number: None  # what a kill leaves is in the system's memory, and disks are slow
    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))
    exchange = whole_folders.exchange
    whole_folders.exchange = wrapped("renameat2", exchange) if exchanges else lambda one, other: False
    begun = wrapped("open", unfinished.begin_beside)
    unfinished.begin_beside = whole_files.begin_beside = begun


def die(number: int) -> tuple[Callable[[str], None], Callable[[], None]]:
    """At the place `number`: two for each call, one before and one after it."""
    passed = iter(range(1 << 30))

    def here() -> None:
        if next(passed) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return (lambda name: here()), here


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def states(folder: Path, way: str) -> dict[str, Any]:
    """Make `old`, `new`, and for each place `0`, `1` … what a kill there leaves; returns the calls in their order."""
    write, earlier = WAYS[way]
    exchanges = "two steps" not in way
    old, new = folder / "old", folder / "new"
    old.mkdir(parents=True)
    if earlier:
        assert forked(lambda: write(old, "old")) == 0
    shutil.copytree(old, new)
    reader, writer = os.pipe()

    def count() -> None:
        watched(lambda name: os.write(writer, f"{name}\n".encode()) and None, lambda: None, exchanges)
        write(new, "new")

    assert forked(count) == 0
    os.close(writer)
    with open(reader, encoding="utf-8") as calls:
        names = calls.read().split()
    for number in range(2 * len(names)):
        place = folder / str(number)
        shutil.copytree(old, place)

        def run(place: Path = place, number: int = number) -> None:
            watched(*die(number), exchanges)
            write(place, "new")

        assert forked(run) == -signal.SIGKILL, (way, number)
    return {"calls": names}


def warm(folder: Path) -> None:
    """Read what all of them need, once for all."""
    for which in ROWS:
        for write in dict.fromkeys(write for write, _ in WAYS.values()):
            (folder / which).mkdir(parents=True, exist_ok=True)
            write(folder / which, which)


if __name__ == "__main__":
    warm(Path(sys.argv[1]) / "warm")
    told = {way: states(Path(sys.argv[1]) / way, way) for way in WAYS}
    print(json.dumps(told))
