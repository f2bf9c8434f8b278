"""The target that somebody names, or that a URL or a file's ending stands for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from datamimic.base.urls import scheme_of
from datamimic.errors import OutputError, UnknownName, suggest
from datamimic.formats.by_name import format_named
from datamimic.formats.format import Format
from datamimic.plugins.extensions import BROUGHT
from datamimic.plugins.registry import Registry
from datamimic.related.target import Target

_BEGUN = re.compile(r"([A-Za-z][A-Za-z0-9.-]+)(?:\+[A-Za-z0-9.-]+)?:")


def target_of(packs: Registry, place: str) -> type[Target] | None:
    """The class that takes tables at a URL, or in a file of this ending; None for what is a folder.

    Raises `UnknownName` (`unknown_target`) for a URL that nothing takes, `DatamimicError` (`missing_dependency`) where the
    extension is known that does.
    """
    scheme = scheme_of(place)
    known = [cast("type[Target]", cls) for cls in packs.targets().values()]
    if scheme is None:
        _refuse_half_a_url(place, {each for target in known for each in target.schemes})
        ending = Path(place).suffix.lower()
        for target in known:
            if ending and ending in target.suffixes:
                return target
        packs.refuse_missing("target", ending.lstrip("."))
        return None
    for target in known:
        if scheme in target.schemes:
            return target
    packs.refuse_missing("target", scheme)
    schemes = [each for target in known for each in target.schemes]
    missing = [name for kind, name in BROUGHT if kind == "target" and name not in schemes]
    hint = f"pip install datamimic-databases brings {', '.join(missing)}" if missing else None
    raise UnknownName("target", scheme, schemes, hint=None if suggest(scheme, schemes) else hint)


def _refuse_half_a_url(place: str, schemes: set[str]) -> None:
    """Raises `OutputError` (`output_unwritable`), which does not repeat the place: there may be a password in it."""
    begun = _BEGUN.match(place)
    if begun is not None and (begun[1].lower() in schemes or "@" in place):
        hint = "such as postgresql://user@host/database"
        raise OutputError("output_unwritable", f"the place begins as a URL of {begun[1]}, without ://", hint=hint)


def written_as(packs: Registry, name: str, settings: dict[str, Any] | None = None) -> Format | Target:
    """The format, or the target that lives in files, of this name, with settings.

    Raises `UnknownName` (`unknown_format`), `DatamimicError` (`missing_dependency`) where the extension is known that has it,
    `OutputError` (`format_unsuited`) for a target that lives elsewhere.
    """
    given = settings or {}
    if name in packs.formats():
        return format_named(packs, None, name).configured(given)
    if name in packs.targets():
        target = cast("type[Target]", packs.target(name))
        if not target.suffixes:
            raise OutputError("format_unsuited", f"{name} is no file", hint=f"dm world … -o {target.schemes[0]}://…")
        return target.configured(given)
    packs.refuse_missing("target", name)
    if suggest(name, packs.targets()):
        raise UnknownName("format", name, [*packs.formats(), *packs.targets()])
    return format_named(packs, None, name).configured(given)
