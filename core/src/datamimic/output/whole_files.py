"""Files that are there whole or not at all: written beside their place, digested on the way, put there at the end.

A file and the manifest beside it take their places together. There is no one call for that, so the manifest waits as
`.<name>.<8 hex digits>.commit` from before the file is renamed until it is itself: whoever finds it knows, by the digest that
it holds, whether the file beside it is the new one. A kill at any moment leaves the earlier result or the new one.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from datamimic.errors import OutputError
from datamimic.output.destination import Destination, file_destination, manifest_path, path_text
from datamimic.output.digesting_file import DigestingFile
from datamimic.output.unfinished import (
    LOCKS,
    PARTIAL,
    begin_beside,
    begin_file,
    begin_with,
    committing,
    forget,
    left_beside,
    lock,
    remove,
    remove_abandoned,
    sync_folder,
    taken_over,
)

COMMIT = "commit"
_PATIENCE = 2.0
"""Seconds that a commit waits for another one into the same folder, which takes a few milliseconds."""


@contextmanager
def whole_file(path: Path) -> Iterator[DigestingFile]:
    """Write a file at `path` that appears only when the block ends without an exception; an interrupt leaves nothing behind.

    A link is followed. Pipes and devices are written to as it goes, and nothing is put beside them. Raises `OutputError`:
    `output_unwritable` before anything is made, `output_failed` when the system refuses a write, as on a full disk.
    """
    destination = file_destination(path)
    if destination.through:
        with _through(destination) as stream:
            yield stream
        return
    target = destination.path
    settle(target)
    with _told(path, "nothing was left behind"):
        partial, file, hold = begin_file(target, mode=destination.mode)
        stream = DigestingFile(file, target.name)
        try:
            yield stream
            stream.flush()
            os.fsync(file.fileno())
            stream.close()
            if stream.manifest is None:
                with committing:
                    os.replace(partial, target)
                    forget(partial)
                sync_folder(target.parent)
            else:
                _commit(partial, target, stream.manifest)
        except BaseException:
            stream.abandon()
            remove(partial)
            raise
        finally:
            hold.release()


def put_file(made: Path, target: Path, manifest: bytes) -> None:
    """Give a finished file of the same file system its place, and its manifest the one beside it, both or neither."""
    settle(target)
    with _told(target, "nothing was left behind"):
        partial, hold = begin_with(made, target)
        try:
            _commit(partial, target, manifest)
        except BaseException:
            remove(partial)
            raise
        finally:
            hold.release()


@contextmanager
def _through(destination: Destination) -> Iterator[DigestingFile]:
    with _told(destination.path, "some of it may have been written"):
        if destination.descriptor is not None:
            file = os.fdopen(os.dup(destination.descriptor), "wb")
        else:
            # Neither made nor cut short: a terminal, a pipe whose reader this waits for, a device.
            file = os.fdopen(os.open(destination.path, os.O_WRONLY), "wb")
        stream = DigestingFile(file, destination.path.name)
        try:
            yield stream
            stream.flush()
            stream.close()
        except BaseException:
            stream.abandon()
            raise


@contextmanager
def _told(path: Path, left: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise failed(path, error, left) from error


def failed(path: Path, error: OSError, left: str = "nothing was left behind") -> OutputError:
    """What the system refused, as ours."""
    reason = error.strerror or str(error)
    return OutputError("output_failed", f"{path_text(path)}: {reason}", hint=left, file=str(path))


def _commit(partial: Path, target: Path, content: bytes) -> None:
    commit, beside = partial.with_suffix(f".{COMMIT}"), manifest_path(target)
    try:
        with begin_beside(commit) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        with _one_at_a_time(target.parent), committing:
            if not target.exists():
                # A file alone would look like a result; a manifest alone does not.
                _replace(beside, content)
            os.replace(partial, target)
            forget(partial)
            forget(commit)
            os.replace(commit, beside)
            sync_folder(target.parent)
    except BaseException:
        _settle(commit, target)
        raise


def _replace(path: Path, content: bytes) -> None:
    partial, stream, hold = begin_file(path)
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(partial, path)
        forget(partial)
    except BaseException:
        remove(partial)
        raise
    finally:
        hold.release()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two runs that end at once do not mix a file of the one with the manifest of the other."""
    if not LOCKS:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                lock(descriptor)
                break
            except BlockingIOError:
                # Whoever holds it for longer is no commit, and may wait for us.
                time.sleep(0.005)
            except OSError:
                break
        yield
    finally:
        os.close(descriptor)


def settle(target: Path) -> None:
    """Bring what kills in the middle of a commit left to one of its two ends, and remove what they had not finished."""
    for commit in left_beside(target, COMMIT):
        partial = commit.with_suffix(f".{PARTIAL}")
        # Whoever commits holds the new file, be it under its own name already.
        with taken_over(partial if partial.exists() else target) as free:
            if free or not target.exists():
                _settle(commit, target)
    for path in (target, manifest_path(target)):
        remove_abandoned(path)


def _settle(commit: Path, target: Path) -> None:
    """The earlier result, as long as the new file has not its place; else the new one."""
    partial, beside = commit.with_suffix(f".{PARTIAL}"), manifest_path(target)
    with suppress(OSError):
        if partial.exists():
            if not target.exists() and beside.is_file() and beside.read_bytes() == commit.read_bytes():
                remove(beside)
            remove(partial)
        elif _describes(commit, target):
            os.replace(commit, beside)
    remove(commit)


def _describes(commit: Path, target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest.encode() in commit.read_bytes()


def described_by(target: Path) -> Path:
    """The manifest of the file as it is: that beside it, or one that a kill kept from getting there."""
    for commit in left_beside(target, COMMIT):
        if not commit.with_suffix(f".{PARTIAL}").exists() and _describes(commit, target):
            return commit
    return manifest_path(target)
