"""A folder that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from datamimic.errors import OutputError


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `target` when the block ends without an exception. Raises `OutputError`
    (`output_unwritable`) where there is something already."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError("output_unwritable", f"{target} is there already", hint="name a new folder", file=str(target))
    try:
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
            folder = Path(beside) / target.name
            folder.mkdir()
            yield folder
            os.replace(folder, target)
    except OSError as error:
        raise OutputError(
            "output_failed", f"{target}: {error.strerror}", hint="nothing was left behind", file=str(target)
        ) from None
