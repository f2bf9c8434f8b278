"""Names of files that are to be written: what every system can hold, and a manifest can say."""

from __future__ import annotations

import os
from pathlib import Path

from datamimic.errors import OutputError

LONGEST = 220
"""Bytes of a name: file systems take 255, and beside the file stand its manifest and what is not finished."""


def check_file_name(path: Path) -> None:
    """Raises `OutputError` (`bad_file_name`) for a name that is too long, holds a NUL, or is not UTF-8."""
    text = str(path)
    if "\0" in text:
        raise OutputError("bad_file_name", "the file's name holds a NUL character", file=text)
    try:
        text.encode()
    except UnicodeEncodeError:
        hint = "choose a name in UTF-8, as the manifest has to say it"
        raise OutputError("bad_file_name", "the file's name is not UTF-8", hint=hint, file=text) from None
    if len(os.fsencode(path.name)) > LONGEST:
        raise OutputError("bad_file_name", f"the file's name is longer than {LONGEST} bytes", file=text)
