"""The manifest of what somebody points to: a file, a link to one, a folder, a part of one, or the manifest itself."""

from __future__ import annotations

from pathlib import Path

from datamimic.errors import DatamimicError
from datamimic.output.destination import MANIFEST_SUFFIX
from datamimic.output.manifest import SET_NAME
from datamimic.output.whole_files import described_by
from datamimic.output.whole_folders import folder_as_it_stands


def find_manifest(path: Path) -> Path:
    """The manifest of an output: of a file, of the folder of a set, or the manifest itself.

    Raises `DatamimicError` (`bad_manifest`) where there is none.
    """
    if not path.exists():
        path = folder_as_it_stands(path)
    if path.is_dir():
        found = path / SET_NAME
    elif path.name == SET_NAME:
        found = path
    elif path.name.endswith(MANIFEST_SUFFIX):
        file = path.with_name(path.name.removesuffix(MANIFEST_SUFFIX))
        found = described_by(file) if file.is_file() else path
    else:
        target = path.resolve()
        found = described_by(target)
        if not found.is_file() and (target.parent / SET_NAME).is_file():
            found = target.parent / SET_NAME
    if not found.is_file():
        raise DatamimicError(
            "bad_manifest", f"there is no manifest {found}", hint="verify what `dm` wrote", file=str(found)
        )
    return found
