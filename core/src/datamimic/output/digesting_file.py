"""A file that is digested while it is written."""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from datamimic.base.observation import stage

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class DigestingFile(io.RawIOBase):
    """A binary file that keeps the SHA-256 and the number of the bytes written to it."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.sha256 = hashlib.sha256()
        self.size = 0
        self._abandoned = False
        self._file = file
        self.manifest: bytes | None = None
        """What is put beside the file, and takes its place together with it; it holds the file's digest in hexadecimal."""

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        view = memoryview(data)
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
        with suppress(OSError):
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
