"""Files that are there whole or not at all: written under a temporary name, digested on the way, renamed at the end."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from datamimic.base.file_names import check_file_name
from datamimic.base.observation import stage
from datamimic.errors import OutputError

_BUFFER = 1 << 20


class DigestingFile(io.RawIOBase):
    """A binary file that keeps the SHA-256 and the number of the bytes written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sha256 = hashlib.sha256()
        self.size = 0
        self._abandoned = False
        self._file = open(path, "xb", buffering=_BUFFER)  # noqa: SIM115

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        view = memoryview(content)
        if self._file.closed and self._abandoned:
            return view.nbytes
        with stage("writing"):
            self._file.write(view)
            self.sha256.update(view)
        self.size += view.nbytes
        return view.nbytes

    def abandon(self) -> None:
        """Close it; what a writer that is collected later still wants to write is dropped."""
        self._abandoned = True
        self._file.close()

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        if not self._file.closed:
            self._file.close()
        super().close()


def check_writable(path: Path) -> None:
    """Raises `OutputError` (`output_unwritable`) before anything is made, when the file could not be put there."""
    check_file_name(path)
    folder = path.parent
    if path.is_dir():
        raise OutputError("output_unwritable", f"{path} is a folder", hint="name a file", file=str(path))
    if not folder.is_dir():
        raise OutputError(
            "output_unwritable", f"there is no folder {folder}", hint=f"mkdir -p {folder}", file=str(path)
        )
    if not os.access(folder, os.W_OK):
        raise OutputError("output_unwritable", f"the folder {folder} may not be written to", file=str(path))


def check_folder(path: Path, ours: str) -> None:
    """Raises `OutputError` (`output_unwritable`) where a folder of results cannot be put: a file, or a folder that holds
    something and not the file `ours`, by which an earlier result is known."""
    check_file_name(path)
    if path.exists() and not path.is_dir():
        raise OutputError("output_unwritable", f"{path} is a file", hint="name a folder", file=str(path))
    if path.is_dir() and any(path.iterdir()) and not (path / ours).is_file():
        raise OutputError(
            "output_unwritable", f"the folder {path} holds other files", hint="name a new folder", file=str(path)
        )
    check_writable(path / ours if path.is_dir() else path)


@contextmanager
def whole_folder(path: Path, ours: str) -> Iterator[Path]:
    """A folder to fill that takes its place only when the block ends without an exception, an earlier result included:
    see `check_folder` for `ours`. An interrupt leaves what was there."""
    check_folder(path, ours)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    earlier = path.with_name(f".{path.name}.{os.getpid()}.earlier")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        yield partial
        for left in partial.glob(".*.partial"):  # of a writer that was killed, whose work another has done again
            left.unlink(missing_ok=True)
        if path.is_dir():
            os.replace(path, earlier)
        os.replace(partial, path)
    except BaseException as error:
        if earlier.exists() and not path.exists():
            os.replace(earlier, path)
        shutil.rmtree(partial, ignore_errors=True)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise OutputError(
                "output_failed", f"{path}: {reason}", hint="nothing was left behind", file=str(path)
            ) from error
        raise
    shutil.rmtree(earlier, ignore_errors=True)


@contextmanager
def whole_file(path: Path) -> Iterator[DigestingFile]:
    """Write a file that appears only when the block ends without an exception; an interrupt leaves nothing behind.

    Raises `OutputError` (`output_failed`) when the system refuses a write, as on a full disk.
    """
    check_writable(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    stream: DigestingFile | None = None
    try:
        stream = DigestingFile(partial)
        yield stream
        stream.flush()
        os.fsync(stream._file.fileno())
        stream.close()
        os.replace(partial, path)
    except BaseException as error:
        if stream is not None:
            with suppress(OSError):
                stream.abandon()
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise OutputError(
                "output_failed", f"{path}: {reason}", hint="nothing was left behind", file=str(path)
            ) from error
        raise
