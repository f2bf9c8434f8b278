"""Where an output goes, judged before anything is made: a file, what a link points to, or what takes bytes as they come."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from attrs import frozen

from datamimic.base.file_names import check_file_name
from datamimic.errors import OutputError

MANIFEST_SUFFIX = ".manifest.json"
_DESCRIPTOR = re.compile(r"/(?:dev|proc/(?:self|thread-self|\d+))/fd/(\d+)")


def manifest_path(output: Path) -> Path:
    return output.with_name(output.name + MANIFEST_SUFFIX)


@frozen
class Destination:
    """`path` is where the file will stand, links followed. `through` says that it is a pipe, a terminal or another device,
    which is written to and never replaced; `descriptor` that it is one that this process has open (`/dev/stdout`).
    `mode` are the permissions of the file that is there."""

    path: Path
    through: bool = False
    descriptor: int | None = None
    mode: int | None = None


def file_destination(path: Path) -> Destination:
    """Raises `OutputError` (`output_unwritable`) when no file could be put there."""
    check_file_name(path)
    try:
        descriptor = _descriptor(path)
        if descriptor is not None:
            os.fstat(descriptor)
            return Destination(path, through=True, descriptor=descriptor)
        found = _stat(path)
        if found is not None and stat.S_ISDIR(found.st_mode):
            raise _refused(path, f"{path_text(path)} is a folder", "name a file")
        if found is not None and (stat.S_ISFIFO(found.st_mode) or stat.S_ISCHR(found.st_mode)):
            return Destination(path, through=True)
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise _refused(path, f"{path_text(path)} is no regular file", "name another one")
        target = path.resolve()
        check_parent(target)
        if found is not None and not os.access(target, os.W_OK):
            raise _refused(path, f"the file {path_text(path)} may not be written to")
    except (OSError, ValueError, RuntimeError) as error:
        raise unwritable(path, error) from error
    return Destination(target, mode=None if found is None else stat.S_IMODE(found.st_mode))


def folder_destination(path: Path) -> Destination:
    """The same for a folder of results. Whether what it holds may be replaced is for others to say."""
    check_file_name(path)
    try:
        found = _stat(path)
        target = path.resolve()
        if found is not None and not stat.S_ISDIR(found.st_mode):
            raise _refused(path, f"{path_text(path)} is a file", "name a folder")
        if found is not None and (target.is_mount() or _is_here(target)):
            why = "is where a file system is mounted" if target.is_mount() else "is the folder that you are in"
            raise _refused(
                path, f"{path_text(path)} {why}, which cannot be replaced as a whole", "name a folder within it"
            )
        check_parent(target)
        if found is not None and not os.access(target, os.W_OK):
            raise _refused(path, f"the folder {path_text(path)} may not be written to")
    except (OSError, ValueError, RuntimeError) as error:
        raise unwritable(path, error) from error
    return Destination(target, mode=None if found is None else stat.S_IMODE(found.st_mode))


def check_parent(path: Path) -> None:
    """Raises `OutputError` where nothing new can be put beside the path."""
    folder = path.parent
    if not folder.is_dir():
        raise _refused(path, f"there is no folder {path_text(folder)}", f"mkdir -p {path_text(folder)}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _refused(path, f"the folder {path_text(folder)} may not be written to")


def unwritable(path: Path, error: Exception) -> OutputError:
    """What the system says of a path, as ours."""
    reason = getattr(error, "strerror", None) or str(error)
    return _refused(path, f"{path_text(path)}: {reason}")


def _refused(path: Path, sentence: str, hint: str | None = None) -> OutputError:
    return OutputError("output_unwritable", sentence, hint=hint, file=str(path))


def path_text(path: Path) -> str:
    """As it can be printed, whatever bytes it has."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _descriptor(path: Path) -> int | None:
    """The number of an open file of this process that the path stands for, itself or by links."""
    current = os.path.abspath(path)
    for _ in range(40):
        found = _DESCRIPTOR.fullmatch(current)
        if found is not None and not re.match(rf"/proc/(?!self|thread-self|{os.getpid()}/)", current):
            return int(found[1])
        if not os.path.islink(current):
            return None
        current = os.path.normpath(os.path.join(os.path.dirname(current), os.readlink(current)))
    return None


def _is_here(folder: Path) -> bool:
    try:
        return Path.cwd() == folder.resolve()
    except FileNotFoundError:
        return False
