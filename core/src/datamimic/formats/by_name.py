"""The format that somebody names, or that the ending of a file stands for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from datamimic.errors import OutputError
from datamimic.formats.format import Format
from datamimic.plugins.registry import Registry


def format_of_ending(packs: Registry, path: Path) -> type[Format] | None:
    """The class of the format that the ending of the path stands for."""
    formats = cast("Mapping[str, type[Format]]", packs.formats())
    ending = path.suffix.lower()
    return next((formats[name] for name in formats if ending in formats[name].suffixes), None) if ending else None


def format_named(packs: Registry, path: Path | None, name: str | None) -> type[Format]:
    """The class of the format that is named, else of the one that the path's ending stands for.

    Raises `UnknownName` (`unknown_format`), and `OutputError` (`format_needed`) for an ending that stands for none.
    """
    found = packs.format(name) if name is not None else None if path is None else format_of_ending(packs, path)
    if found is None:
        raise OutputError(
            "format_needed",
            f"the ending of {path} stands for no format",
            hint=f"add --format with one of {', '.join(packs.formats())}",
            path="$.format",
        )
    return cast("type[Format]", found)
