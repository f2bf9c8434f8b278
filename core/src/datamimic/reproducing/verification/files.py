"""The files that a manifest names, trusted no further than they are seen: regular ones, inside the manifest's folder."""

from __future__ import annotations

from pathlib import Path

from datamimic.errors import DatamimicError
from datamimic.formats.reading import why_not_plain

_ROWS_PER_BYTE = 1024
"""Of what stores a column of one value once, and so holds many rows in few bytes."""


def named_file(folder: Path, name: str) -> Path:
    """The path of a file that a manifest names, whether it is there or not.

    Raises `DatamimicError` (`bad_manifest`) for a link that leads out of the folder and for what is no regular file.
    """
    path = folder / name
    why = why_not_plain(path)
    if why is not None:
        raise DatamimicError("bad_manifest", f"{path}: {why}", file=str(path))
    return path


def can_hold(path: Path, rows: int, *, row_by_row: bool) -> bool:
    """Whether a file is large enough for so many rows; asked before anything is computed for them."""
    return rows <= path.stat().st_size * (1 if row_by_row else _ROWS_PER_BYTE)
