"""Files that are there whole or not at all: written under a temporary name, digested on the way, renamed at the end."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from datamimic.errors import OutputError

_BUFFER = 1 << 20


class DigestingFile(io.RawIOBase):
    """A binary file that keeps the SHA-256 and the number of the bytes written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sha256 = hashlib.sha256()
        self.size = 0
        self._file = open(path, "xb", buffering=_BUFFER)  # noqa: SIM115

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self._file.write(view)
        self.sha256.update(view)
        self.size += view.nbytes
        return view.nbytes

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
    folder = path.parent
    if path.is_dir():
        raise OutputError("output_unwritable", f"{path} is a folder", hint="name a file", file=str(path))
    if not folder.is_dir():
        raise OutputError(
            "output_unwritable", f"there is no folder {folder}", hint=f"mkdir -p {folder}", file=str(path)
        )
    if not os.access(folder, os.W_OK):
        raise OutputError("output_unwritable", f"the folder {folder} may not be written to", file=str(path))


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
                stream.close()
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise OutputError(
                "output_failed", f"{path}: {reason}", hint="nothing was left behind", file=str(path)
            ) from error
        raise
