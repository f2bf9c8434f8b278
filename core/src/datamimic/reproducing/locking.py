"""`datamimic.lock`: the engine, packs and data that a project's values were made with, and whether those are installed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import attrs
import tomli_w
from attrs import field, frozen

from datamimic.base.documents import Unfit, read_toml, structured
from datamimic.errors import DatamimicError, UnknownName
from datamimic.output.whole_files import whole_file
from datamimic.plugin import DatasetSource
from datamimic.plugins.registry import Registry
from datamimic.tables.library import Shelf

LOCK_NAME = "datamimic.lock"
LOCK_VARIABLE = "DATAMIMIC_LOCK"
LOCK_VERSION = 2
_OF_ALL = "all"
"""In place of a distribution: one digest over the tables of all that bring some, as locks of version 1 have it."""
_HEADING = "# Written by `dm lock`: what this project's values are made with. Keep it in version control.\n"
Policy = Literal["refuse", "warn"]
POLICIES: tuple[Policy, ...] = ("refuse", "warn")


@frozen(kw_only=True)
class LockedPack:
    """`data` has, for each distribution that brings tables of this pack, a digest over their names and digests."""

    distribution: str
    version: str
    data_version: str
    data: Mapping[str, str]


@frozen(kw_only=True)
class Lock:
    engine: str
    packs: Mapping[str, LockedPack] = field(factory=dict)
    policy: Policy = "refuse"

    def render(self) -> str:
        """TOML, the same for the same installation."""
        document = {
            "lock_version": LOCK_VERSION,
            "policy": self.policy,
            "engine": self.engine,
            "packs": {name: attrs.asdict(pack) for name, pack in sorted(self.packs.items())},
        }
        return _HEADING + tomli_w.dumps(document)


@frozen(kw_only=True)
class _Document:
    lock_version: Literal[2]
    policy: Policy
    engine: str
    packs: dict[str, LockedPack] = field(factory=dict)


@frozen
class Mismatch:
    """What is installed differently. By the stability promise a patch release moves no value: `harmless`."""

    what: str
    locked: str
    installed: str
    harmless: bool

    def __str__(self) -> str:
        return f"{self.what} is {self.installed or 'none'}, locked is {self.locked}"


def installed_lock(registry: Registry, names: tuple[str, ...] = (), policy: Policy = "refuse") -> Lock:
    """The lock of what is installed: the usable packs that have a part in values, or those named.

    Raises `UnknownName` for one that is not there.
    """
    records = {record.name: record for record in registry.packs() if record.status == "ok"}
    for name in names:
        if name not in records:
            raise UnknownName("pack", name, records)
    chosen = names or {record.name for record in registry.packs_of_values()}
    packs = {
        name: LockedPack(
            distribution=record.distribution or "",
            version=record.version or "",
            data_version=record.data_version or "",
            data=_data_digests(registry, name),
        )
        for name, record in records.items()
        if name in chosen
    }
    return Lock(engine=version("datamimic-core"), packs=packs, policy=policy)


def _data_digests(registry: Registry, pack: str) -> dict[str, str]:
    return {by: _digest(pack, sources) for by, sources in registry.dataset_sources_by_distribution(pack).items()}


def _digest(pack: str, sources: Iterable[DatasetSource]) -> str:
    catalog = Shelf(pack, sources).catalog
    text = "".join(f"{name}:{info.sha256}\n" for name, info in sorted(catalog.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def find_lock(start: Path) -> Path | None:
    """The lock of the project that a folder is in: the nearest `datamimic.lock` in it or above it, not beyond the root of
    a repository. The environment variable DATAMIMIC_LOCK names another file, or is `off`."""
    chosen = os.environ.get(LOCK_VARIABLE)
    if chosen is not None:
        return None if chosen in ("", "off") else Path(chosen)
    for folder in (start, *start.parents):
        if (folder / LOCK_NAME).is_file():
            return folder / LOCK_NAME
        if (folder / ".git").exists():
            return None
    return None


def read_lock(path: Path) -> Lock:
    """Raises `DatamimicError` (`bad_lock`)."""
    try:
        document = structured(_of_today(read_toml(path.read_bytes())), _Document)
    except (OSError, Unfit) as error:
        where = f"{error.path}: " if isinstance(error, Unfit) and error.path != "$" else ""
        raise DatamimicError(
            "bad_lock", f"{path} cannot be read: {where}{error}", hint="write it anew with `dm lock`", file=str(path)
        ) from None
    return Lock(engine=document.engine, packs=document.packs, policy=document.policy)


def _of_today(document: Any) -> Any:
    """A document of version 1 as one of version 2: it has one digest of each pack, over all that bring tables of it."""
    if (
        not isinstance(document, dict)
        or document.get("lock_version") != 1
        or not isinstance(document.get("packs"), dict)
    ):
        return document
    packs = {
        name: {**pack, "data": {_OF_ALL: pack["data"]}} if isinstance(pack, dict) and "data" in pack else pack
        for name, pack in document["packs"].items()
    }
    return {**document, "lock_version": LOCK_VERSION, "packs": packs}


def write_lock(lock: Lock, path: Path) -> None:
    with whole_file(path) as stream:
        stream.write(lock.render().encode())


def mismatches(lock: Lock, registry: Registry) -> Iterator[Mismatch]:
    """What is installed differently from what is locked; packs that are installed and not locked do not matter, since
    no pack moves another's values."""
    names = {record.name for record in registry.packs() if record.status == "ok"}
    now = installed_lock(registry, tuple(sorted(names & set(lock.packs)))) if names & set(lock.packs) else None
    engine = version("datamimic-core")
    if engine != lock.engine:
        yield Mismatch("datamimic-core", lock.engine, engine, _same_but_patch(lock.engine, engine))
    for name, locked in sorted(lock.packs.items()):
        if now is None or name not in now.packs:
            yield Mismatch(f"pack {name}", locked.version, "", False)
            continue
        here = now.packs[name]
        if here.version != locked.version:
            harmless = _same_but_patch(locked.version, here.version)
            yield Mismatch(f"pack {name}", locked.version, here.version, harmless)
        if here.data_version != locked.data_version:
            yield Mismatch(f"data of pack {name}", locked.data_version, here.data_version, False)
        else:
            yield from _other_tables(registry, name, locked, here)


def _other_tables(registry: Registry, name: str, locked: LockedPack, here: LockedPack) -> Iterator[Mismatch]:
    """Tables that differ from those that are locked. What another distribution has added since does not matter: no table may
    come twice, so that it brings countries that the pack had none for."""
    for by, digest in locked.data.items():
        if by == _OF_ALL:
            now = _digest(name, registry.dataset_sources(name))
            if digest not in (now, here.data.get(here.distribution or name)):
                yield Mismatch(f"tables of pack {name}", f"{digest[:12]} (by an older `dm lock`)", now[:12], False)
        elif here.data.get(by) != digest:
            brought = f"tables of pack {name}" + ("" if by in (name, locked.distribution) else f" from {by}")
            yield Mismatch(brought, digest[:12], here.data.get(by, "")[:12], False)


def harmless_mismatches(path: Path, registry: Registry) -> list[Mismatch]:
    """What to warn of. Raises `DatamimicError` (`lock_mismatch`) where the lock refuses, `bad_lock` for one not readable."""
    lock = read_lock(path)
    found = list(mismatches(lock, registry))
    serious = [each for each in found if not each.harmless]
    if serious and lock.policy == "refuse":
        raise DatamimicError(
            "lock_mismatch",
            "; ".join(map(str, serious)),
            hint=f"install what is locked, or accept other values with `dm lock`; {LOCK_VARIABLE}=off ignores the lock",
            file=str(path),
        )
    return found


def _same_but_patch(locked: str, installed: str) -> bool:
    return locked.split(".")[:2] == installed.split(".")[:2]
