"""Folders of results that are there whole or not at all, and that take the place of an earlier result and of nothing else."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from datamimic.errors import DatamimicError, OutputError
from datamimic.output.destination import folder_destination, path_text
from datamimic.output.manifest import SET_NAME, read_manifest
from datamimic.output.unfinished import (
    LOCKS,
    PARTIAL,
    begin_folder,
    committing,
    forget,
    hold_made,
    left_beside,
    name_beside,
    remove,
    remove_abandoned,
    sync_folder,
    taken_over,
)
from datamimic.output.whole_files import failed

EARLIER = "earlier"


def check_folder(path: Path) -> Path:
    """Where the folder will stand, links followed.

    Raises `OutputError` (`output_unwritable`) where it cannot be put, and where there is a folder that is not wholly an
    earlier result: its manifest has to name everything in it.
    """
    target = folder_destination(path).path
    if target.is_dir():
        foreign = _foreign(target)
        if foreign is not None:
            raise OutputError(
                "output_unwritable",
                f"the folder {path_text(path)} holds other files: {foreign}",
                hint="name a new folder",
                file=str(path),
            )
    return target


def _foreign(folder: Path) -> str | None:
    """What the folder holds that no earlier result has; None for an empty folder."""
    found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    if not found:
        return None
    manifest = folder / SET_NAME
    if not _is_plain(manifest):
        return next((f"{_shown(entry.name)}, and no {SET_NAME}" for entry in found if entry.name != SET_NAME), SET_NAME)
    try:
        ours = {SET_NAME, *named_files(read_manifest(manifest))}
    except DatamimicError:
        return f"its {SET_NAME} is not of datamimic"
    for entry in found:
        if entry.name not in ours or not _is_plain(Path(entry.path)):
            return f"{_shown(entry.name)} is not of the result that its {SET_NAME} describes"
    return None


def _shown(name: str) -> str:
    return path_text(Path(name))


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def named_files(body: dict[str, Any]) -> set[str]:
    """The files that the manifest of a folder names: those of tables, of parts, and what stands beside them."""
    return {
        str(entry.get(kind))
        for kind, place in (("name", "files"), ("file", "outputs"), ("file", "parts"))
        if isinstance(body.get(place), list)
        for entry in body[place]
        if isinstance(entry, dict)
    }


@contextmanager
def whole_folder(path: Path, *, resume: bool = False) -> Iterator[Path]:
    """A folder to fill that takes its place only when the block ends without an exception, an earlier result included:
    see `check_folder`. An interrupt leaves what was there.

    With `resume` it is what an earlier run filled in part, where one has left that, and it stays when this one ends early.

    Raises `OutputError`: `output_unwritable` before anything is made, `output_failed` when the system refuses a write.
    """
    place = folder_destination(path)
    with ExitStack() as held:
        kept = _left(place.path, held) if resume else None
        settle_folder(place.path)
        target = check_folder(path)
        try:
            partial = kept or _begun(target, place.mode, held)
            if resume:
                forget(partial)
            try:
                yield partial
                # Of a worker that was killed, whose work another has done again.
                for left in partial.glob(f".*.{PARTIAL}"):
                    remove(left)
                _sync(partial)
                # Somebody may have put something there meanwhile.
                check_folder(path)
                _put(partial, target)
            except BaseException:
                if not resume:
                    remove(partial)
                raise
        except OSError as error:
            raise failed(path, error) from error


def _begun(target: Path, mode: int | None, held: ExitStack) -> Path:
    """A new folder beside the target, locked as long as it is `held`."""
    partial, hold = begin_folder(target, mode=mode)
    held.callback(hold.release)
    return partial


def _left(target: Path, held: ExitStack) -> Path | None:
    """A folder that an earlier run has begun and left; nobody else takes it as long as it is `held`."""
    # Where a system has no locks, nobody knows whether another run is writing into it.
    for partial in left_beside(target) if LOCKS else ():
        with ExitStack() as tried:
            if tried.enter_context(taken_over(partial)) and partial.is_dir():
                held.enter_context(tried.pop_all())
                return partial
    return None


def _put(partial: Path, target: Path) -> None:
    """Give the folder its place; what was there goes."""
    if not target.exists() or not any(target.iterdir()):
        with committing:
            os.replace(partial, target)
            forget(partial)
    elif exchange(partial, target):
        # Under the name of the partial there is now what was before.
        sync_folder(target.parent)
        remove(partial)
    else:
        _put_in_two_steps(partial, target)
    sync_folder(target.parent)


def _put_in_two_steps(partial: Path, target: Path) -> None:
    earlier = name_beside(target, EARLIER)
    hold = hold_made(target)
    try:
        with committing:
            os.replace(target, earlier)
            os.replace(partial, target)
            forget(partial)
    finally:
        if not target.exists() and earlier.exists():
            os.replace(earlier, target)
        hold.release()
        remove(earlier)


def settle_folder(target: Path) -> None:
    """Bring back the earlier result, where a kill came between two renames, and remove what killed runs left."""
    for earlier in left_beside(target, EARLIER):
        with taken_over(earlier) as free:
            if free is not False and not target.exists():
                os.replace(earlier, target)
                sync_folder(target.parent)
            elif free:
                remove(earlier)
    remove_abandoned(target)


def folder_as_it_stands(target: Path) -> Path:
    """The folder, or the earlier result that a kill between two renames left beside its place."""
    if not target.exists():
        return next(left_beside(target, EARLIER), target)
    return target


def _sync(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False):
            descriptor = os.open(entry.path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    sync_folder(folder)


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Give each the other's name in one step. False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    with committing:
        return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
