"""The tables of a world: found by pack, name and country in whatever sources the installed packs bring."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from importlib_resources.abc import Traversable

from datamimic.base.locale import FALLBACK_COUNTRY
from datamimic.base.observation import WATCHING
from datamimic.errors import DataError, DatamimicError, InvalidOption, UnknownName
from datamimic.tables.catalog import Catalog, TableInfo
from datamimic.tables.table import Table

if TYPE_CHECKING:
    from datamimic.plugin import DatasetSource

STRICT_VARIABLE = "DATAMIMIC_STRICT_DATASET"


class DatasetFallback(UserWarning):
    """A table is missing for a country, and the one of the United States stands in."""


class Shelf:
    """The tables that all sources hold for one pack; reads each file once."""

    def __init__(self, pack: str, sources: Iterable[DatasetSource]) -> None:
        self.pack = pack
        self.sources = tuple(sources)
        self._parsed: dict[str, Table] = {}

    @cached_property
    def files(self) -> Mapping[str, Traversable]:
        """File stem (`places_US`) -> file. Raises `DataError` (`table_collision`) when two sources hold the same table."""
        found: dict[str, tuple[Traversable, DatasetSource]] = {}
        for source in self.sources:
            for file in source.tables():
                stem = file.name.removesuffix(".csv")
                if stem in found:
                    raise DataError(
                        "table_collision",
                        f"{file.name} of the pack {self.pack} is in {found[stem][1].package} and in {source.package}",
                        hint="uninstall or disable one of the two packs",
                        file=file.name,
                    )
                found[stem] = (file, source)
        return {stem: file for stem, (file, _) in found.items()}

    @cached_property
    def catalog(self) -> Mapping[str, TableInfo]:
        """What the sources' `data.toml` files say of the tables, by file stem."""
        merged: dict[str, TableInfo] = {}
        for source in self.sources:
            entry = source.root().joinpath("data.toml")
            if entry.is_file():
                try:
                    merged |= Catalog.parse(entry.read_text(encoding="utf-8")).tables
                except ValueError as error:
                    raise DataError(
                        "bad_catalog", f"the data.toml of {source.package}: {error}", file="data.toml"
                    ) from None
        return merged

    def stem(self, name: str, country: str) -> str | None:
        """`name_CC` where that file exists, else `name` where the table is the same for all countries, else None."""
        for stem in (f"{name}_{country}", name):
            if stem in self.files:
                return stem
        return None

    def countries(self, name: str) -> frozenset[str] | None:
        """The countries that have the table; None when it is the same for all."""
        if name in self.files:
            return None
        prefix = f"{name}_"
        rests = (stem.removeprefix(prefix) for stem in self.files if stem.startswith(prefix))
        return frozenset(rest for rest in rests if len(rest) == 2 and rest.isupper())

    def parsed(self) -> tuple[Table, ...]:
        """The tables that were read so far."""
        return tuple(self._parsed.values())

    def table(self, stem: str) -> Table:
        known = self._parsed.get(stem)
        if known is None:
            file = self.files[stem]
            country = stem[-2:] if len(stem) > 3 and stem[-3] == "_" and stem[-2:].isupper() else None
            name = stem[:-3] if country else stem
            try:
                text = file.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise DataError("bad_table", f"{file.name} is not UTF-8: {error.reason}", file=file.name) from None
            known = self._parsed.setdefault(stem, Table.parse(name, text, file=file.name, country=country))
        return known


class Library:
    """What `data[...]` reads: tables by `name` (of the asking pack) or `pack.name`, for one country."""

    def __init__(self, shelf: Callable[[str], Shelf], country: str, *, strict: bool | None = None) -> None:
        self.shelf = shelf
        self.country = country
        self.strict = os.environ.get(STRICT_VARIABLE) == "1" if strict is None else strict
        self.fallbacks: set[str] = set()
        self._lacking: set[str] = set()
        self._found: dict[tuple[str, str], Table] = {}

    def table(self, pack: str, name: str) -> Table:
        """Raises `UnknownName` for a table that no country has, `DataError` (`missing_table`) in strict mode for one that
        this country lacks; otherwise the table of the United States stands in, with one `DatasetFallback` warning per pack."""
        known = self._found.get((pack, name))
        if known is None:
            known = self._found.setdefault((pack, name), self._find(pack, name))
        if (watching := WATCHING.get()) is not None:
            watching.opened(name.rpartition(".")[0] or pack, known)
        return known

    def _find(self, pack: str, name: str) -> Table:
        owner, _, bare = name.rpartition(".")
        shelf = self.shelf(owner or pack)
        stem = shelf.stem(bare, self.country)
        if stem is not None:
            return shelf.table(stem)
        fallback = shelf.stem(bare, FALLBACK_COUNTRY)
        file = f"{bare}_{self.country}.csv"
        if fallback is None and not shelf.countries(bare):
            names = {stem[:-3] if len(stem) > 3 and stem[-3] == "_" else stem for stem in shelf.files}
            raise UnknownName("table", bare, sorted(names), owner=f"the pack {shelf.pack}")
        if self.strict or fallback is None:
            raise DataError(
                "missing_table",
                f"the pack {shelf.pack} has no {file}",
                hint=f"add the file, choose another locale, or unset {STRICT_VARIABLE}",
                file=file,
            )
        self.fallbacks.add(f"{shelf.pack}.{bare}")
        if shelf.pack not in self._lacking:
            self._lacking.add(shelf.pack)
            warnings.warn(
                f"{file} is missing from the pack {shelf.pack}: the table of {FALLBACK_COUNTRY} stands in, as for all that "
                f"the pack lacks for {self.country}",
                DatasetFallback,
                stacklevel=2,
            )
        return shelf.table(fallback)

    def unfit(self, entity: str, error: DatamimicError) -> InvalidOption | None:
        """What to say instead of an error that comes of tables of the United States where they do not fit; else None."""
        if not self.fallbacks or error.code not in ("rule_failed", "missing_group"):
            return None
        return InvalidOption(
            "unsupported_locale",
            f"{entity} cannot be made for {self.country}: {', '.join(sorted(self._lacking))} has no tables for it, and those "
            f"of {FALLBACK_COUNTRY} do not fit",
            hint=f"see the locales in `dm describe {entity}`",
            path="$.locale",
        )

    def files(self) -> dict[str, str]:
        """`pack/stem` -> file name of every table read so far; for manifests."""
        return {
            f"{(name.rpartition('.')[0] or pack)}/{table.file}": table.file
            for (pack, name), table in [*self._found.items()]
        }


class Data:
    """The tables as one pack's rules see them: `data["blood_groups"]`, `data["common.places"]`."""

    __slots__ = ("_library", "_pack")

    def __init__(self, library: Library, pack: str) -> None:
        self._library = library
        self._pack = pack

    def __getitem__(self, name: str) -> Table:
        return self._library.table(self._pack, name)

    def __contains__(self, name: str) -> bool:
        """Has this country (or every country) the table? Never falls back."""
        owner, _, bare = name.rpartition(".")
        return self._library.shelf(owner or self._pack).stem(bare, self._library.country) is not None

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self._library.country
