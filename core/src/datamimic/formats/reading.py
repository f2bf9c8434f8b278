"""Reading tables from files as record batches, in every format that a pack can read, ours or another tool's."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.base.documents import read_json
from datamimic.errors import DatamimicError
from datamimic.formats.by_name import format_named, format_of_ending
from datamimic.formats.format import Format
from datamimic.plugins.registry import Registry, installed_packs

Note = Callable[[str], None]
"""Called with a sentence about what was found out of a file."""


def data_files(
    path: Path, format: str | None = None, *, note: Note | None = None, packs: Registry | None = None
) -> list[Path]:
    """The file at `path` itself; of a folder the files that can be read, in the order of their names, without manifests:
    all of one `format`, if it is named, else of those of the core and of `packs`, the installed ones without it.

    What a folder has of them that is no plain file in it, such as a link that leads out of it, is left out, and `note` is
    told. Raises `DatamimicError` (`bad_input`) for a folder without any.
    """
    if not path.is_dir():
        return [path]
    listed = _tables_in(path)
    packs = packs or installed_packs()
    found = sorted(
        each
        for each in path.iterdir()
        if not each.is_dir()
        and not each.name.startswith((".", "_"))
        and not each.name.endswith(("manifest.json", ".xsd"))
        and (each.name in listed if listed else format is not None or format_of_ending(packs, each) is not None)
    )
    left_out = {each: why for each in found if (why := why_not_plain(each)) is not None}
    if note is not None:
        for each, why in left_out.items():
            note(f"{each.name} is left out: {why}")
    files = [each for each in found if each not in left_out]
    if not files:
        raise DatamimicError("bad_input", f"the folder {path} holds no file that can be read", file=str(path))
    return files


def why_not_plain(path: Path) -> str | None:
    """Why a path is no plain file of its folder, links within the folder followed; None where it is one, or nothing."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            if not path.resolve().is_relative_to(path.parent.resolve()):
                return "it leads out of the folder"
            if not path.exists():
                return "the link leads nowhere"
            found = path.stat()
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError) as error:
        return f"it cannot be read, {getattr(error, 'strerror', None) or error}"
    return None if stat.S_ISREG(found.st_mode) else "it is no regular file"


def _tables_in(folder: Path) -> set[str]:
    """The files that hold the tables of a world, by its manifest; none for another folder."""
    try:
        manifest = read_json((folder / "manifest.json").read_bytes())
        return {each["file"] for each in manifest.get("outputs", ()) if each.get("file") and "message" not in each}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def read_batches(
    path: Path,
    format: str | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    note: Note | None = None,
    packs: Registry | None = None,
) -> Iterator[pa.RecordBatch]:
    """The batches of the file at `path`, or of a folder's part files, in order, one in memory at a time (a JSON array is
    read whole).

    CSV cells stay text. `settings` are the format's; those that are not given are the manifest's, or found out where the
    format can, of which `note` is told; `packs` are where formats come from. Raises `DatamimicError` (`bad_input`) for a
    file that cannot be read, `UnknownName` for a format that does not exist, `OutputError` (`format_needed`) for an ending
    that stands for none.
    """
    if path.is_dir():
        files = data_files(path, format, note=note, packs=packs)
        if other := [each.name for each in files if not each.name.startswith("part-")]:
            raise DatamimicError(
                "bad_input",
                f"the folder {path} holds {other[0]}, which is no part file",
                hint="name a file",
                file=str(path),
            )
        for each in files:
            yield from read_batches(each, format, settings=settings, note=note, packs=packs)
        return
    given = dict(settings or {})
    named = format_named(packs or installed_packs(), path, format)
    chosen = named.configured(_settings_in_manifest(path, named) | given)
    if not path.is_file():
        raise DatamimicError("bad_input", f"there is no file {path}", file=str(path))
    try:
        found = chosen.detected(path, given.keys())
        if note is not None and found != chosen:
            note(_said(path, chosen, found))
        yield from found.read(path)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatamimicError(
            "bad_input", f"{path} is not readable as {chosen.name}: {reason}", file=str(path)
        ) from None


def _settings_in_manifest(path: Path, format: type[Format]) -> dict[str, Any]:
    """The settings that the file was written with, by the manifest beside it; none where it does not tell or is not usable."""
    for manifest in (path.with_name(f"{path.name}.manifest.json"), path.with_name("manifest.json")):
        try:
            request = read_json(manifest.read_bytes())["request"]
            if request["format"] == format.name:
                return format.configured(request["settings"]).chosen()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, DatamimicError):
            continue
    return {}


def _said(path: Path, before: Format, found: Format) -> str:
    """What was found out, so that who knows better can say so."""
    defaults = before.chosen()
    changes = {name: value for name, value in found.chosen().items() if value != defaults[name]}
    return f"{path.name} is read with " + ", ".join(f"{name} {value!r}" for name, value in changes.items())
