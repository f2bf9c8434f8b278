"""Tables that were read once, kept as files of Arrow until somebody deletes them: `$XDG_CACHE_HOME/datamimic/given`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from datamimic.errors import OutputError

UNUSED_SECONDS = 30 * 24 * 3600
"""What was not used for so long when another file is kept is deleted."""


def cache_folder() -> Path:
    """Where tables are kept; all of it may be deleted at any time."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "datamimic" / "given"


def kept(name: str, write: Callable[[BinaryIO], None]) -> Path:
    """The file of this name, written now if there is none: whole or not at all, whoever else writes it meanwhile.

    Raises `OutputError` (`cache_unwritable`), and whatever `write` raises.
    """
    file = cache_folder() / name
    with suppress(OSError):
        os.utime(file)
        return file
    with _whole(file) as stream:
        write(stream)
    _forget_unused(file)
    return file


@contextmanager
def _whole(file: Path) -> Iterator[BinaryIO]:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, made = mkstemp(prefix=".", suffix=".unfinished", dir=file.parent)
    except OSError as error:
        raise OutputError(
            "cache_unwritable",
            f"{file.parent} cannot hold what is read of a given table: {error.strerror}",
            hint="set XDG_CACHE_HOME to a folder that can be written to",
            file=str(file.parent),
        ) from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        os.replace(made, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(made)
        raise


def _forget_unused(newest: Path) -> None:
    with suppress(OSError):
        now = newest.stat().st_mtime
        for each in newest.parent.iterdir():
            with suppress(OSError):
                if now - each.stat().st_mtime > UNUSED_SECONDS:
                    each.unlink()
