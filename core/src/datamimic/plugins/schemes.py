"""What takes a URL, by the scheme that it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from datamimic.errors import UnknownName
from datamimic.plugins.registry import Registry

C = TypeVar("C", bound=Any)


def of_scheme(packs: Registry, kind: str, known: Iterable[type[C]], scheme: str) -> type[C]:
    """The class that takes URLs of the scheme.

    Raises `UnknownName` (`unknown_<kind>`) for a scheme that none of them takes, `DatamimicError` (`missing_dependency`) where
    the extension is known that does.
    """
    classes = list(known)
    for each in classes:
        if scheme in each.schemes:
            return each
    packs.refuse_missing(kind, scheme)
    raise UnknownName(kind, scheme, [name for each in classes for name in each.schemes])
