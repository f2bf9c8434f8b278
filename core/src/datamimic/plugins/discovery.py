"""The packs installed in this environment: entry points, without the disabled ones, and twins refused."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from attrs import evolve

from datamimic.errors import PackError, excerpt
from datamimic.plugin import ENTRY_POINT_GROUP
from datamimic.plugins.loading import LoadedPack, load

DISABLE_VARIABLE = "DATAMIMIC_DISABLE_PACKS"
CORE = "core"
"""Name under which the core's own formats are registered; it is no pack, and no pack may have it."""


def discover() -> tuple[list[LoadedPack], list[str]]:
    """The installed packs in whatever state, and remarks for the user.

    The environment variable DATAMIMIC_DISABLE_PACKS lists packs or distributions, separated by commas; those are not
    imported, and neither are two packs of one name.
    """
    disabled = {_normal(name): name.strip() for name in os.environ.get(DISABLE_VARIABLE, "").split(",")}
    disabled.pop("", None)
    points = list(entry_points(group=ENTRY_POINT_GROUP))
    # Each question to a distribution reads and parses its metadata again.
    about = [point.dist.metadata if point.dist else None for point in points]
    known = [_names(point, each["Name"] if each else "") for point, each in zip(points, about, strict=True)]
    active = Counter(point.name for point, names in zip(points, known, strict=True) if not disabled.keys() & names)
    packs = []
    for point, each, names in zip(points, about, known, strict=True):
        origin: dict[str, Any] = {
            "distribution": each["Name"] if each else None,
            "distribution_version": each["Version"] if each else None,
        }
        if disabled.keys() & names:
            error = PackError("pack_disabled", f"the pack {excerpt(point.name)} is disabled by {DISABLE_VARIABLE}")
            packs.append(LoadedPack(name=point.name, module=point.module, status="disabled", error=error, **origin))
        elif active[point.name] > 1:
            packs.append(LoadedPack(name=point.name, module=point.module, **origin))
        else:
            packs.append(load(point.name, point.module, **origin))
    unused = disabled.keys() - {name for names in known for name in names}
    return packs, [
        f"{DISABLE_VARIABLE} names {excerpt(disabled[name])}, which is not installed" for name in sorted(unused)
    ]


def refuse_twins(packs: Iterable[LoadedPack]) -> tuple[LoadedPack, ...]:
    """The packs sorted by name; those that share one, and one that calls itself `core`, become broken."""
    listed = sorted(packs, key=lambda pack: (pack.name, pack.origin))
    origins: dict[str, list[str]] = {CORE: ["datamimic-core"]}
    for pack in listed:
        if pack.status != "disabled":
            origins.setdefault(pack.name, []).append(pack.origin)

    def refused(pack: LoadedPack) -> LoadedPack:
        if pack.status == "disabled" or len(origins[pack.name]) == 1:
            return pack
        error = PackError(
            "pack_collision",
            f"the pack {excerpt(pack.name)} comes from {' and from '.join(origins[pack.name])}",
            hint=f"uninstall one of them, or name its distribution in {DISABLE_VARIABLE}",
        )
        nothing: dict[str, Any] = {
            "pack": None,
            "entities": (),
            "generators": (),
            "formats": (),
            "targets": (),
            "engines": (),
            "learners": (),
            "dues": (),
            "models": (),
            "messages": (),
            "sources": (),
            "commands": None,
            "run_finished": None,
        }
        return evolve(pack, status="broken", error=error, **nothing)

    return tuple(refused(pack) for pack in listed)


def _names(point: EntryPoint, distribution: str) -> set[str]:
    return {_normal(point.name), _normal(distribution)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
