"""What the tests of a contract look at: a pack, its entities, the countries of each."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from datamimic.engine.coverage import supported_countries
from datamimic.plugin import DatasetSource
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.testing.subject import Subject


# Tests of one entity in one country follow each other: a world that is done with may go.
@lru_cache(maxsize=2)
def _subject(packs: Registry, name: str, country: str, count: int) -> Subject:
    return Subject(packs, name, country, count)


class LookedAt:
    """The base of all parts of the contract."""

    pack: str
    count: int
    locales: tuple[str, ...] | None
    packs: Registry | None

    @property
    def registry(self) -> Registry:
        return self.packs or installed_packs()

    def entity_names(self) -> list[str]:
        return [f"{self.pack}.{reference.name}" for reference in self.registry.pack(self.pack).entities]

    def countries(self, name: str) -> list[str]:
        supported = supported_countries(self.registry, self.registry.entity(name))
        return [country for country in supported if self.locales is None or country in self.locales]

    def subject(self, name: str, country: str) -> Subject:
        return _subject(self.registry, name, country, self.count)

    def sources(self) -> list[DatasetSource]:
        return list(self.registry.pack(self.pack).sources)

    def package(self) -> Path | None:
        module = sys.modules.get(self.registry.pack(self.pack).package)
        return Path(module.__file__).parent if module and module.__file__ and hasattr(module, "__path__") else None
