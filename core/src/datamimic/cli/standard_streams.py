"""Standard output and standard error of a command: there even when closed, and nothing in them commands a terminal."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from datamimic.errors.messages import printable_lines, without_secrets

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Text(io.TextIOWrapper):
    """Text whose control characters are written out; what no encoding can write, too."""

    secrets = False

    def write(self, text: str) -> int:
        super().write(printable_lines(without_secrets(text) if self.secrets else text))
        return len(text)


class _ErrorText(_Text):
    secrets = True


class _Terminal(io.RawIOBase):
    """The bytes of a terminal: rows with control characters in them show them, instead of obeying them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, data: ReadableBuffer) -> int:
        view = memoryview(data)
        self._stream.write(printable_lines(self._decoder.decode(bytes(view))).encode("utf-8", "backslashreplace"))
        return view.nbytes

    def flush(self) -> None:
        self._stream.flush()


@contextmanager
def guarded_streams() -> Iterator[None]:
    """For the time of a command: closed standard streams refuse (output) or are empty (input), control characters are shown."""
    _occupy_closed()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _guarded(sys.stdout, _Text), _guarded(sys.stderr, _ErrorText)
    after = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for guarded, original in zip(after, before, strict=True):
            if guarded is not original:
                with suppress(OSError, ValueError):
                    guarded.flush()
                # Collected, it would close what it wraps.
                with suppress(OSError, ValueError):
                    guarded.detach()  # type: ignore[attr-defined]


def _guarded(stream: TextIO, kind: type[_Text]) -> TextIO:
    binary: Any = getattr(stream, "buffer", None)
    if binary is None:  # replaced by a program that runs `dm` in its process
        return stream
    with suppress(OSError):
        stream.flush()
    encoding = stream.encoding or "utf-8"
    if codecs.lookup(encoding).name == "ascii":
        encoding = "utf-8"
    if stream.isatty():
        binary = _Terminal(binary)
    return kind(binary, encoding=encoding, errors="backslashreplace", line_buffering=True)


def _occupy_closed() -> None:
    """A file opened later must not get the number of a closed standard stream and be written to as such."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        _occupy(1, os.O_RDONLY)  # refuses to be written to
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        _occupy(2, os.O_WRONLY)
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _occupy(number: int, flags: int) -> None:
    opened = os.open(os.devnull, flags)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)


def forget_standard_output() -> None:
    """What is still buffered would raise once more when the interpreter flushes at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
