"""Tables that were read once, kept as files of Arrow until somebody deletes them: `$XDG_CACHE_HOME/datamimic/given`."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
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
    found = kept_already(name)
    if found is not None:
        return found

    def named(stream: BinaryIO) -> str:
        write(stream)
        return name

    return kept_under(named)


def kept_already(name: str) -> Path | None:
    """The file of this name, if there is one."""
    file = cache_folder() / name
    try:
        os.utime(file)
    except OSError:
        return None
    return file


def kept_under(write: Callable[[BinaryIO], str]) -> Path:
    """The file that is written now, under the name that `write` gives it when all is in it. Raises as `kept` does."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, made = mkstemp(prefix=".", suffix=".unfinished", dir=folder)
    except OSError as error:
        raise OutputError(
            "cache_unwritable",
            f"{folder} cannot hold what is read of a given table: {error.strerror}",
            hint="set XDG_CACHE_HOME to a folder that can be written to",
            file=str(folder),
        ) from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            file = folder / write(stream)
        os.replace(made, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(made)
        raise
    _forget_unused(file)
    return file


def _forget_unused(newest: Path) -> None:
    with suppress(OSError):
        now = newest.stat().st_mtime
        for each in newest.parent.iterdir():
            with suppress(OSError):
                if now - each.stat().st_mtime > UNUSED_SECONDS:
                    each.unlink()
