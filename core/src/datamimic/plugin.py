"""What a pack is made of: the hooks it may implement, and the values that they return.

A pack is a distribution with one entry point in the group `datamimic.packs`, which names a module:

    [project.entry-points."datamimic.packs"]
    fleet = "datamimic_pack_fleet.plugin"

    # datamimic_pack_fleet/plugin.py
    from datamimic.plugin import DatasetSource, Pack, hookimpl

    @hookimpl
    def datamimic_pack():
        return Pack("fleet", "1.0.0", "Vehicles, drivers and trips")

    @hookimpl
    def datamimic_entities():
        return ["datamimic_pack_fleet.entities.vehicle:Vehicle"]

    @hookimpl
    def datamimic_datasets():
        return [DatasetSource("fleet", "datamimic_pack_fleet")]

Wherever a class is expected, the text `module:Class` may stand for it, and is imported only when it is needed: that is
what keeps `dm list-packs` fast. Its name is then read from the class name (`MedicalDevice` is the entity
`medical_device`) unless the text gives it: `medical_device = module:Class`. This module imports neither NumPy nor
Arrow, and a pack's plugin module should not either.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pluggy
from attrs import field, frozen
from attrs.validators import instance_of, matches_re

from datamimic.base.frozen import FrozenMapping
from datamimic.base.meaning import Meaning as Meaning
from datamimic.base.meaning_files import read_meanings as read_meanings

if TYPE_CHECKING:
    import click
    from importlib_resources.abc import Traversable

    from datamimic.base.origin import Origin

PROJECT: Final = "datamimic"
ENTRY_POINT_GROUP: Final = "datamimic.packs"
API_LEVEL: Final = 2
"""Level of the hooks below. It rises when a pack that worked could stop working, never for a new hook.

2: `datamimic_formats`, whose classes also read, took the place of `datamimic_exporters`.
"""
SUPPORTED_API_LEVELS: Final = range(1, API_LEVEL + 1)
RENAMED_HOOKS: Final = {"datamimic_exporters": "datamimic_formats"}
"""Hooks of earlier levels, and what took their place."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

_TABLE_OF_COUNTRY = re.compile(r".+_([A-Z]{2})\.csv")


@frozen
class Pack:
    """What a pack says of itself: `version` and one line, the `summary`. `name` is the name of its entry point and the
    `pack` in `pack.entity`; `api_level` that of the hooks that it was written for."""

    name: str = field(validator=matches_re(r"[a-z][a-z0-9_]*"))
    version: str = field(validator=[instance_of(str), matches_re(r".+")])
    summary: str = field(validator=instance_of(str))
    api_level: int = field(default=API_LEVEL, validator=instance_of(int))


@frozen
class DatasetSource:
    """A folder with tables of the pack `pack`: `<name>.csv`, `<name>_<CC>.csv` and `data.toml`.

    `package` is the name of an importable package that contains `folder`, or, for tests and work in progress, the path
    of a directory that does. `pack` may be another pack than the one that brings the source: so a distribution adds a
    country to entities that exist. `data_version` None means what `data.toml` says.
    """

    pack: str
    package: str | Path
    folder: str = "data"
    data_version: str | None = None

    def root(self) -> Traversable:
        """The folder. Raises ModuleNotFoundError for a package that is not installed."""
        import importlib_resources

        base = self.package if isinstance(self.package, Path) else importlib_resources.files(self.package)
        return base.joinpath(self.folder)

    def tables(self) -> Iterator[Traversable]:
        """The CSV files, sorted by name; none when the folder does not exist."""
        root = self.root()
        if root.is_dir():
            files = [file for file in root.iterdir() if file.name.endswith(".csv")]
            yield from sorted(files, key=lambda file: file.name)

    def countries(self) -> frozenset[str]:
        """ISO 3166-1 alpha-2 codes in the names of the tables."""
        matches = (_TABLE_OF_COUNTRY.fullmatch(table.name) for table in self.tables())
        return frozenset(match[1] for match in matches if match)

    def version(self) -> str | None:
        """`data_version`, else what `data.toml` says, else None. Raises `tomllib.TOMLDecodeError`."""
        if self.data_version is not None:
            return self.data_version
        catalog = self.root().joinpath("data.toml")
        if not catalog.is_file():
            return None
        # The keys before the first table are all that is needed, and parsing the whole file would take milliseconds.
        head = catalog.read_text(encoding="utf-8").partition("\n[")[0]
        version = tomllib.loads(head).get("data_version")
        return None if version is None else str(version)


@frozen(kw_only=True)
class RunReport:
    """What a run has written, all of it in its place.

    `entities` says how many rows of which entity, by `pack.entity`. `output` is the path of a file or folder, or the URL of a
    database without its password; None for a stream, such as standard output. `manifest` is the path of its manifest, None
    where there is none. `seconds` is how long it took; `World(report.origin)` is the world that it is of.
    """

    entities: Mapping[str, int] = field(converter=FrozenMapping)
    output: str | None
    manifest: str | None
    seconds: float
    origin: Origin

    @property
    def rows(self) -> int:
        """Of all entities."""
        return sum(self.entities.values())


@hookspec
def datamimic_pack() -> Pack:  # type: ignore[empty-body]
    """Say what this pack is. The only hook that a pack must have; it reads no data and imports nothing."""


@hookspec
def datamimic_entities() -> Iterable[type | str]:  # type: ignore[empty-body]
    """The entity classes of this pack, or `module:Class` texts, in the order in which they should be listed."""


@hookspec
def datamimic_generators() -> Iterable[type | str]:  # type: ignore[empty-body]
    """The literal generators of this pack. Their name is the class name: what configuration files and users write."""


@hookspec
def datamimic_datasets() -> Iterable[DatasetSource]:  # type: ignore[empty-body]
    """Where tables lie: this pack's own, and those that it adds to other packs. Earlier sources are asked first."""


@hookspec
def datamimic_formats() -> Iterable[type | str]:  # type: ignore[empty-body]
    """Formats of files: subclasses of `datamimic.Format`, which write and may read, or texts as `csv = module:Class`."""


@hookspec
def datamimic_targets() -> Iterable[type | str]:  # type: ignore[empty-body]
    """Places that take related tables: subclasses of `datamimic.related.Target`, which say the schemes of their URLs, or
    texts as `mongodb = module:Class`. `dm world … -o URL` finds them by the scheme, or by the ending of a file."""


@hookspec
def datamimic_sources() -> Iterable[type | str]:  # type: ignore[empty-body]
    """Places whose tables can be the rows of an entity: subclasses of `datamimic.TableSource`, which say the schemes of their
    URLs, or texts as `mongodb = module:Class`. `source("postgresql://host/shop#customer")` finds them by the scheme, or by the
    ending of a file."""


@hookspec
def datamimic_streams() -> Iterable[type | str]:  # type: ignore[empty-body]
    """Places that take rows one by one, such as brokers of messages: subclasses of `datamimic.StreamTarget`, which say the
    schemes of their URLs, or texts as `kafka = module:Class`. `dm changes … -o URL` finds them by the scheme."""


@hookspec
def datamimic_meanings() -> Iterable[Meaning]:  # type: ignore[empty-body]
    """What columns and tables of somebody's own can mean, in terms of entities: how they are called, what their values are
    like. `read_meanings` reads them from a file. Called when meanings are first asked for; `dm list-meanings` shows all."""


@hookspec
def datamimic_engines() -> Iterable[type | str]:  # type: ignore[empty-body]
    """What can run row ranges elsewhere, `--engine`: subclasses of `datamimic.PartRunner`, or texts as `ray = module:Class`."""


@hookspec
def datamimic_learners() -> Iterable[type | str]:  # type: ignore[empty-body]
    """What learns tables that exist and gives rows like them, `dm learn --learner`: subclasses of
    `datamimic_learning.Learner`, or texts as `acme = module:Class`."""


@hookspec
def datamimic_dues() -> Iterable[type | str]:  # type: ignore[empty-body]
    """What people have to pay or get by what the pack knows of them, so that a pack that keeps their accounts books it:
    subclasses of `datamimic.Dues`, or texts as `insurance_premiums = module:Class`."""


@hookspec
def datamimic_messages() -> Iterable[type | str]:  # type: ignore[empty-body]
    """What systems send each other: subclasses of `datamimic.formats.documents.Message`, or texts as
    `iso20022.camt.053 = module:Class`. A message says its `countries`, what `breaks` mean for it, and by `mandatory`,
    `longest` and `negatives` which rules can be broken in it."""


@hookspec
def datamimic_models() -> Iterable[type | str]:  # type: ignore[empty-body]
    """What reads models of tables and makes packs of them, `--model`: subclasses of `datamimic.ModelReader`, or texts as
    `models = module:Class`."""


@hookspec
def datamimic_commands(group: click.Group) -> None:
    """Add commands to `dm`. Called only when a command is asked for that the core does not have, or for the help.

    What commands are made of, such as `world_options` and the completed names of entities, is public in `datamimic.cli`."""


@hookspec
def datamimic_run_finished(report: RunReport) -> None:
    """A run has written something: a file, a folder, tables of a database, rows on standard output. An event, for logs,
    metrics and messages. Called in the process that was asked, when everything is in its place; an exception is a warning,
    and changes neither what was written nor the exit status. What the hook itself writes is not told."""


HOOKS: Final[Mapping[str, Callable[..., Any]]] = {
    spec.__name__: spec
    for spec in (
        datamimic_pack,
        datamimic_entities,
        datamimic_generators,
        datamimic_datasets,
        datamimic_formats,
        datamimic_targets,
        datamimic_sources,
        datamimic_streams,
        datamimic_meanings,
        datamimic_engines,
        datamimic_learners,
        datamimic_dues,
        datamimic_messages,
        datamimic_models,
        datamimic_commands,
        datamimic_run_finished,
    )
}


def lazy_exports(
    module_name: str, exports: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """`(__getattr__, __dir__, __all__)` for a package whose public names are imported when first read (PEP 562).

    `exports` maps a public name to the module that has it, relative to the package:

        __getattr__, __dir__, __all__ = lazy_exports(__name__, {"Patient": ".entities.patient"})

    Type checkers do not see through this; for them, repeat the imports under `if TYPE_CHECKING:`. Raises ValueError for
    a name that is also that of a submodule: which of the two one gets would depend on what was imported before.
    """
    submodules = {module.lstrip(".").partition(".")[0] for module in exports.values() if module.startswith(".")}
    if clashes := sorted(submodules & exports.keys()):
        raise ValueError(f"{module_name}: {', '.join(clashes)} would be both a module and a name in it")

    def __getattr__(name: str) -> Any:
        if name not in exports:
            raise AttributeError(f"module {module_name!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(exports[name], module_name), name)
        vars(importlib.import_module(module_name))[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*exports, *vars(importlib.import_module(module_name))})

    return __getattr__, __dir__, sorted(exports)
