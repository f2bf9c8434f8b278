"""Kinds of jobs by name, found through entry points and imported when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from datamimic.errors import UnknownName
from datamimic_platform.kinds.kind import JobKind

GROUP = "datamimic.job_kinds"


@cache
def kinds() -> Mapping[str, EntryPoint]:
    """All that are installed, by name; of two with one name, that of the distribution first in the alphabet. Looked for once a
    process: every page asks for them."""
    found = sorted(entry_points(group=GROUP), key=lambda each: (each.name, each.value), reverse=True)
    return MappingProxyType({each.name: each for each in found})


def kind_named(name: str) -> JobKind:
    """Raises `UnknownName` (`unknown_value`)."""
    known = kinds()
    if name not in known:
        raise UnknownName("job type", name, sorted(known), path="$.job_type")
    made: JobKind = known[name].load()()
    return made
