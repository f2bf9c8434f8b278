"""What is uploaded: taken in pieces, stopped at the limit, looked at by what it holds rather than by its name."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from datamimic import DatamimicError

DATA = {".csv": "text", ".tsv": "text", ".json": "text", ".jsonl": "text", ".yaml": "text", ".yml": "text", ".sql": "text",
        ".xml": "text", ".parquet": "parquet", ".arrow": "arrow", ".xlsx": "zip"}  # fmt: skip
"""Endings that are taken, and what the file must hold."""
_MAGIC = {"parquet": b"PAR1", "arrow": b"ARROW1", "zip": b"PK\x03\x04"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")
_MOST_RATIO, _MOST_ENTRIES = 100, 2_000
_EXPANDED = 1_000_000_000
"""Bytes that an archive may have when it is opened."""


@frozen
class Received:
    """A file that was taken whole."""

    path: Path
    name: str
    size: int
    sha256: str


def safe_name(name: str | None) -> str:
    """The last part of a name. Raises `DatamimicError` (`platform.bad_upload`) for one that is no plain file name."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    if not _NAME.fullmatch(last) or Path(last).suffix.lower() not in DATA:
        raise _bad("the file has no name that is taken", f"letters, digits and . _ -, with one of {', '.join(DATA)}")
    return last


def receive(pieces: Iterable[bytes], name: str, path: Path, most: int) -> Received:
    """Write pieces to `path`, at most `most` bytes. Nothing is left of what is refused.

    Raises `DatamimicError`: `platform.too_large`, or `platform.bad_upload` for what is not what its name says.
    """
    size, digest = 0, hashlib.sha256()
    try:
        with path.open("xb") as stream:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    raise too_large(most)
                digest.update(piece)
                stream.write(piece)
        _look_at(path, DATA[Path(name).suffix.lower()], size)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, name, size, digest.hexdigest())


def too_large(most: int) -> DatamimicError:
    return DatamimicError("platform.too_large", f"more than {most:,} bytes", hint="the operator sets the limit")


def _look_at(path: Path, kind: str, size: int) -> None:
    if not size:
        raise _bad("the file is empty", "give one with content")
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    if kind == "text":
        if b"\0" in start or any(start.startswith(each) for each in _MAGIC.values()):
            raise _bad("the file is no text", "give it the ending of what it is")
        return
    if not start.startswith(_MAGIC[kind]):
        raise _bad(f"the file is no {kind} file", "give it the ending of what it is")
    if kind == "zip":
        _refuse_bombs(path)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _bad("the archive cannot be read", "save the workbook again") from None
    expanded = sum(each.file_size for each in entries)
    packed = max(sum(each.compress_size for each in entries), 1)
    if len(entries) > _MOST_ENTRIES or expanded > _EXPANDED or expanded / packed > _MOST_RATIO:
        raise _bad("the archive grows too much when it is opened", "give the table as CSV or Parquet")
    if any(each.filename.lower().endswith(".zip") for each in entries):
        raise _bad("the archive holds archives", "give the table as CSV or Parquet")


def _bad(message: str, hint: str) -> DatamimicError:
    return DatamimicError("platform.bad_upload", message, hint=hint)
