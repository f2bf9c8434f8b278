"""Files that are compressed: unpacked for as long as they are needed, and refused where they are bombs."""

from __future__ import annotations

import gzip
import shutil
import weakref
import zipfile
import zlib
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from datamimic_learning.samples.refusals import too_large, unreadable

_RATIO: Final = 200
_HARMLESS: Final = 256 << 20
"""Bytes up to which what is unpacked may be of any ratio."""
_CHUNK: Final = 1 << 20


class Unpacked:
    """The file within a `.gz` file, for as long as the object lives."""

    def __init__(self, path: Path, place: str) -> None:
        """Raises `DatamimicError` (`bad_input`, `learning.too_large`)."""
        folder = mkdtemp(prefix="datamimic-")
        self._end = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = Path(folder) / path.stem
        most = max(_HARMLESS, _RATIO * path.stat().st_size)
        made = 0
        try:
            with gzip.open(path) as stream, self.path.open("wb") as into:
                while chunk := stream.read(_CHUNK):
                    made += len(chunk)
                    if made > most:
                        raise too_large(place, f"unpacked, it has more than {_RATIO} times its size")
                    into.write(chunk)
        except (OSError, EOFError, zlib.error):
            self._end()
            raise unreadable(place, "it is no whole gzip file") from None
        except BaseException:
            self._end()
            raise


def check_archive(path: Path, place: str) -> None:
    """Raises `DatamimicError` (`bad_input`, `learning.too_large`) for an archive that is none, or a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        hint = "save it as .xlsx" if path.suffix.lower() == ".xls" else None
        raise unreadable(place, "it is no workbook of Excel", hint) from None
    if size > max(_HARMLESS, _RATIO * path.stat().st_size):
        raise too_large(place, f"unpacked, it has more than {_RATIO} times its size")
