"""What is being written and is no result yet: known by its name, and locked as long as whoever writes it lives.

Beside `x.csv` it is `.x.csv.<8 hex digits>.partial`. The system lets go of a lock when its process ends, however it ends, on
whatever machine: so what a killed run left can be told from what another run is writing.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl

    LOCKS = True
except ImportError:
    LOCKS = False  # Windows, where a file that is open cannot be removed by anybody else

PARTIAL = "partial"
_LONGEST_STEM = 200
"""Bytes of the result's name that the name of its partial has: names have an end, at 255 bytes on most systems."""
_ATTEMPTS = 3
"""Somebody may go on writing into a folder that is being removed."""
_begun: dict[Path, None] = {}
"""What this process has begun and neither finished nor removed."""
committing = threading.RLock()
"""Held while names appear and change."""


def name_beside(path: Path, ending: str = PARTIAL) -> Path:
    """A name nobody has, in the folder of the result: a rename does not leave a file system."""
    return path.with_name(f".{_stem(path)}.{secrets.token_hex(4)}.{ending}")


def left_beside(path: Path, ending: str = PARTIAL) -> Iterator[Path]:
    """What there is of unfinished results of this name, whoever's they are."""
    pattern = re.compile(rf"\.{re.escape(_stem(path))}\.[0-9a-f]{{8}}\.{ending}")
    with suppress(OSError):
        yield from sorted(each for each in path.parent.iterdir() if pattern.fullmatch(each.name))


def _stem(path: Path) -> str:
    return (
        os.fsdecode(os.fsencode(path.name)[:_LONGEST_STEM])
        if len(os.fsencode(path.name)) > _LONGEST_STEM
        else path.name
    )


class Hold:
    """The lock on a file or folder that this process has begun. Where a system has no locks it holds nothing, and nobody
    takes what is there for abandoned."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def still_holds(self, path: Path) -> bool:
        """Is it the lock of what stands there? Between making and locking, another run could have taken it for abandoned."""
        if self._descriptor is None:
            return True
        try:
            return os.path.samestat(os.fstat(self._descriptor), path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def begin_file(path: Path, ending: str = PARTIAL, mode: int | None = None) -> tuple[Path, BinaryIO, Hold]:
    """A new file beside the result, open and locked, with the permissions `mode`, else those of any new file."""
    while True:
        partial = name_beside(path, ending)
        stream = begin_beside(partial)
        try:
            if mode is not None:
                partial.chmod(mode)
            hold = _hold(os.dup(stream.fileno()) if LOCKS else None)
        except BaseException:
            stream.close()
            raise
        if hold.still_holds(partial):
            return partial, stream, hold
        stream.close()
        hold.release()


def begin_beside(path: Path) -> BinaryIO:
    """A new file that goes when this process is ended, unless it is forgotten before."""
    with committing:
        _begun[path] = None
        return open(path, "xb", buffering=1 << 20)


def begin_folder(path: Path, mode: int | None = None) -> tuple[Path, Hold]:
    """A new folder beside the result, locked."""
    while True:
        partial = name_beside(path)
        with committing:
            _begun[partial] = None
            partial.mkdir(0o777 if mode is None else mode & 0o700)
        if mode is not None:
            partial.chmod(mode)
        hold = hold_made(partial)
        if hold.still_holds(partial):
            return partial, hold
        hold.release()


def begin_with(made: Path, path: Path) -> tuple[Path, Hold]:
    """A finished file of the same file system, beside the result whose place it will take, locked."""
    partial = name_beside(path)
    hold = hold_made(made)
    with committing:
        _begun[partial] = None
        os.replace(made, partial)
    return partial, hold


def hold_made(path: Path) -> Hold:
    """Lock a file or folder that is there."""
    return _hold(os.open(path, os.O_RDONLY) if LOCKS else None)


def _hold(descriptor: int | None) -> Hold:
    if descriptor is not None:
        with suppress(OSError):
            lock(descriptor)
    return Hold(descriptor)


def lock(descriptor: int) -> None:
    """Raises `BlockingIOError` where another process has it, OSError where the file system has no locks."""
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def forget(path: Path) -> None:
    """It has become a result, or is gone."""
    _begun.pop(path, None)


def remove(path: Path) -> None:
    """A file or folder, as far as the system lets it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    forget(path)


def remove_begun(patience: float) -> None:
    """All that this process has begun, as the last thing that it does: when it is told to end, and cannot finish. Nothing,
    when a commit under way takes more than `patience` seconds; the next run finds what is left."""
    if committing.acquire(timeout=patience):  # for good
        for _ in range(_ATTEMPTS):
            for path in list(_begun):
                remove(path)
                if path.exists():
                    _begun[path] = None


@contextmanager
def taken_over(path: Path) -> Iterator[bool | None]:
    """Is this the work of a process that is no more? None where the system cannot tell. As long as the block runs, nobody
    else takes it over."""
    if not LOCKS:
        yield True
        return
    descriptor = None
    free: bool | None = None
    try:
        try:
            kind = path.lstat().st_mode
            if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
                descriptor = _opened(path, stat.S_ISREG(kind))
                lock(descriptor)
                free = os.path.samestat(os.fstat(descriptor), path.lstat())
        except BlockingIOError:
            free = False
        except OSError:
            free = None
        yield free
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(path: Path, to_write: bool) -> int:
    # Some network file systems lock what is open for writing only.
    if to_write:
        with suppress(PermissionError):
            return os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW)


def remove_abandoned(path: Path) -> None:
    """What killed runs left of this result."""
    for partial in left_beside(path):
        with taken_over(partial) as free:
            if free:
                remove(partial)


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """A folder beside the path, for this user alone, that is gone after the block; what killed runs left of the same name
    goes first."""
    remove_abandoned(path)
    folder, hold = begin_folder(path, mode=0o700)
    try:
        yield folder
    finally:
        remove(folder)
        hold.release()


def sync_folder(path: Path) -> None:
    """Have the names in a folder stored, where the system can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
