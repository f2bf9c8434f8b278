"""What `dm list-packs` says of a pack, usable or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import asdict, frozen

from datamimic.errors import DatamimicError
from datamimic.plugin import DatasetSource
from datamimic.plugins.foreign_code import isolated
from datamimic.plugins.loading import LoadedPack, Status


@frozen(kw_only=True)
class PackRecord:
    """One line of `dm list-packs`. `locales` are the countries for which the pack has tables (ISO 3166-1 alpha-2)."""

    name: str
    version: str | None
    data_version: str | None
    distribution: str | None
    summary: str | None
    entities: int
    generators: int
    formats: int
    locales: tuple[str, ...]
    status: Status
    error: DatamimicError | None
    notes: tuple[str, ...]
    """Collisions with other packs: names that must be written `pack.name`."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: the error as its dictionary, or None."""
        error = self.error and self.error.to_dict()
        return asdict(self, recurse=False) | {"locales": list(self.locales), "notes": list(self.notes), "error": error}


def record_of(loaded: LoadedPack, sources: Callable[[], Sequence[DatasetSource]], notes: tuple[str, ...]) -> PackRecord:
    """The record of a pack; `sources` gives its tables, and is asked only where it can be used."""
    status, error = loaded.status, loaded.error
    data_version: str | None = None
    countries: set[str] = set()
    if status == "ok":
        try:
            with isolated("bad_catalog", "cannot read the tables"):
                found = sources()
                data_version = next((source.version() for source in found), None)
                countries.update(*(source.countries() for source in found))
        except DatamimicError as failure:
            status, error = "broken", failure
    return PackRecord(
        name=loaded.name,
        version=loaded.pack.version if loaded.pack else loaded.distribution_version,
        data_version=data_version,
        distribution=loaded.distribution,
        summary=loaded.pack.summary if loaded.pack else None,
        entities=len(loaded.entities),
        generators=len(loaded.generators),
        formats=len(loaded.formats),
        locales=tuple(sorted(countries)),
        status=status,
        error=error,
        notes=notes,
    )


def collisions(packs: Iterable[LoadedPack]) -> dict[str, list[str]]:
    """By pack, the names that it shares with others."""
    owners: dict[str, list[LoadedPack]] = {}
    for pack in packs:
        for reference in pack.brought:
            owners.setdefault(f"{reference.kind} {reference.name!r}", []).append(pack)
    notes: dict[str, list[str]] = {}
    for what, sharing in owners.items():
        for pack in sharing:
            others = [f"{other.name} ({other.origin})" for other in sharing if other is not pack]
            if others:
                notes.setdefault(pack.name, []).append(f"{what} is also in {', '.join(others)}")
    return notes
