"""From what somebody gives to rows that an origin can name, and from these to a table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from attrs import evolve

from datamimic.base.given_rows import GivenRows
from datamimic.base.urls import scheme_of
from datamimic.engine.given_tables.cache import kept, kept_already
from datamimic.engine.given_tables.columns import Wanted, wanted_of
from datamimic.engine.given_tables.keys import KeyIndex
from datamimic.engine.given_tables.names import add_values, kept_name
from datamimic.engine.given_tables.reading import Place, schema_of, typed_batches
from datamimic.engine.given_tables.stored_tables import StoredTable, read_table, stored_table
from datamimic.engine.given_tables.table import GivenTable
from datamimic.errors import DataError, InvalidOption, UnknownName, excerpt
from datamimic.formats.reading import read_batches
from datamimic.model.source import Source, source
from datamimic.model.spec import Spec
from datamimic.plugins.registry import Registry

Givens = Mapping[Any, Any]
"""{entity: what is given}; an entity is named, or its class."""


def given_rows(what: object, spec: Spec, entity: str, packs: Registry) -> GivenRows:
    """The rows of an entity, of a path, a table of a database, a `source(...)`, a data frame (PyArrow, Polars, pandas, or what
    else has the Arrow C stream), or rows that were given before.

    Everything is read and judged: raises `InvalidOption` (`not_given`) for an entity that is made, `DataError`
    (`no_given_rows`, `bad_given`), `UnknownName` (`unknown_column`) and what `read_batches` raises for what cannot be taken.
    """
    if spec.rows is None:
        raise InvalidOption(
            "not_given",
            f"the rows of {entity} are made, and cannot be given",
            hint="an entity with @entity(..., rows=source()) takes rows that exist",
            path=f"$.given.{entity}",
        )
    if isinstance(what, GivenRows):
        return what
    if isinstance(what, str | Path):
        what = source(what, spec.rows.format, **spec.rows.settings)
    return _of_file(what, spec, entity, packs) if isinstance(what, Source) else _of_frame(what, spec, entity)


def opened(given: GivenRows, spec: Spec, entity: str, packs: Registry) -> GivenTable:
    """The table of given rows. Raises `DataError`: `no_given_rows` where they are not there, `given_changed` where there are
    others."""
    wanted = wanted_of(spec)
    place = Place(entity, given.location)
    if given.location is None:
        if given.frame is None:
            raise DataError(
                "no_given_rows",
                f"the rows of {entity} were a data frame, which is needed again",
                hint=f'give it: given={{"{entity}": frame}}, or a file with --given {entity}=PATH',
            )
        return GivenTable(place, wanted, given.frame.to_batches())
    if is_table(given):
        file = kept_already(f"{kept_name(given.sha256, wanted)}.arrow") if given.read else None
        file = file or _read_again(given, spec, wanted, entity, packs)
    else:
        digest = _file_digest(given.location, entity)
        if digest != given.sha256:
            raise changed(entity, given, digest)
        file = kept(f"{_kept_name(given, wanted)}.arrow", partial(_store, given, wanted, place, packs))
    with pa.memory_map(str(file)) as mapped:
        reader = pa.ipc.open_file(mapped)
        chunks = [reader.get_batch(number) for number in range(reader.num_record_batches)]
    return GivenTable(place, wanted, chunks, partial(_kept_index, file.stem))


def settled(given: GivenRows, spec: Spec, entity: str, packs: Registry) -> GivenRows:
    """Given rows that are there, and are those that they were. Raises as `opened` does."""
    opened(given, spec, entity, packs)
    return evolve(given, read=True) if is_table(given) else given


def is_table(given: GivenRows) -> bool:
    """Are the rows those of a table in a database?"""
    return given.location is not None and scheme_of(given.location) is not None


def _read_again(given: GivenRows, spec: Spec, wanted: Sequence[Wanted], entity: str, packs: Registry) -> Path:
    table = _known_place(given, spec, entity, packs)
    digest, _, file = read_table(table, wanted, entity)
    if digest != given.sha256:
        raise changed(entity, given, digest)
    return file


def _known_place(given: GivenRows, spec: Spec, entity: str, packs: Registry) -> StoredTable:
    """Where to read: what somebody said in this process, what the entity itself says, or a file. A manifest may be anybody's,
    and no server is asked because it says so. Raises `DataError` (`no_given_rows`)."""
    own = spec.rows.location if spec.rows is not None else None
    for place in (given.url, own, given.location):
        table = stored_table(place, entity, packs) if place and scheme_of(place) else None
        if (
            table is not None
            and table.location == given.location
            and (place != given.location or table.source.suffixes)
        ):
            return table
    raise DataError(
        "no_given_rows",
        f"the rows of {entity} were those of {given.location}, which is read again where it is given again",
        hint=f"--given {entity}=URL, with what opens it",
        file=given.location,
    )


def changed(entity: str, given: GivenRows, digest: str) -> DataError:
    """For rows that are not those of the world."""
    return DataError(
        "given_changed",
        f"{given.location or 'the data frame'} is not what the world was made with: the rows of {entity} had the digest "
        f"{given.sha256[:12]}, these have {digest[:12]}",
        hint="take the rows as they were, or make a new world with these",
        file=given.location,
        details={"entity": entity},
    )


def same_rows(now: GivenRows, then: GivenRows, entity: str) -> GivenRows:
    """The rows that are there now, in place of those that a manifest names. Raises `DataError` (`given_changed`)."""
    if now.sha256 != then.sha256:
        raise changed(entity, then, now.sha256)
    return now


def _of_file(what: Source, spec: Spec, entity: str, packs: Registry) -> GivenRows:
    if what.location is None:
        raise DataError(
            "no_given_rows",
            f"the rows of {entity} are not given",
            hint=f'World(seed, given={{"{entity}": "customers.csv"}}), or --given {entity}=customers.csv',
        )
    stored = stored_table(what.location, entity, packs) if what.format is None else None
    if stored is not None:
        return _of_table(stored, what, spec, entity, packs)
    location = str(Path(what.location).expanduser().absolute())
    digest = _file_digest(location, entity)
    found = GivenRows(location=location, sha256=digest, rows=0, format=what.format, settings=what.settings)
    table = opened(found, spec, entity, packs)
    if table.keys:
        table.refuse_repeats()
    return evolve(found, rows=table.rows)


def _of_table(stored: StoredTable, what: Source, spec: Spec, entity: str, packs: Registry) -> GivenRows:
    if what.settings:
        raise UnknownName("setting", next(iter(what.settings)), (), owner=f"the source {stored.source.name}")
    digest, rows, _ = read_table(stored, wanted_of(spec), entity)
    found = GivenRows(location=stored.location, sha256=digest, rows=rows, url=stored.url, read=True)
    table = opened(found, spec, entity, packs)
    if table.keys:
        table.refuse_repeats()
    return found


def _of_frame(what: Any, spec: Spec, entity: str) -> GivenRows:
    wanted, place = wanted_of(spec), Place(entity, None)
    batches = [*typed_batches(_table(what, entity).to_batches(), wanted, place)]
    table = GivenTable(place, wanted, batches)
    if table.keys:
        table.refuse_repeats()
    hasher = hashlib.sha256()
    for batch in batches:
        add_values(hasher, batch)
    return GivenRows(sha256=hasher.hexdigest(), rows=table.rows, frame=pa.Table.from_batches(batches))


def _table(what: Any, entity: str) -> pa.Table:
    try:
        return pa.table(what) if hasattr(what, "__arrow_c_stream__") else pa.Table.from_pandas(what)
    except (AttributeError, TypeError, ValueError, pa.ArrowException) as error:
        raise DataError(
            "bad_given",
            f"{excerpt(type(what).__name__)} is no table for {entity}: {error}",
            hint="give a path, source(...), or a table of PyArrow, Polars or pandas",
        ) from None


def _file_digest(location: str, entity: str) -> str:
    try:
        found = Path(location).stat()
        return _digest_of(location, found.st_size, found.st_mtime_ns, found.st_ino)
    except OSError as error:
        raise DataError(
            "no_given_rows",
            f"the rows of {entity} cannot be read: {error.strerror}",
            hint=f"give the place where they are: --given {entity}=PATH",
            file=location,
        ) from None


@lru_cache(maxsize=256)
def _digest_of(location: str, *state: int) -> str:
    """SHA-256 of a file; `state` tells that it was written meanwhile."""
    with open(location, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _kept_name(given: GivenRows, wanted: Sequence[Wanted]) -> str:
    """What is kept is told by the file's bytes, how it is read, and as what."""
    how = [given.format or Path(given.location or "").suffix.lower(), sorted(given.settings.items())]
    return kept_name(given.sha256, wanted, *how)


def _store(given: GivenRows, wanted: Sequence[Wanted], place: Place, packs: Registry, stream: BinaryIO) -> None:
    assert given.location is not None
    read = read_batches(Path(given.location), given.format, settings=given.settings, packs=packs)
    with pa.ipc.new_file(stream, schema_of(wanted)) as writer:
        for batch in typed_batches(read, wanted, place):
            writer.write_batch(batch)


def _kept_index(name: str, make: Callable[[], KeyIndex]) -> KeyIndex:
    """The index of the key, made once for the table that is kept under this name and mapped into memory."""
    made: list[KeyIndex] = []

    def write(part: str, stream: BinaryIO) -> None:
        if not made:
            made.append(make())
        np.save(stream, getattr(made[0], part))

    files = [kept(f"{name}.{part}.npy", partial(write, part)) for part in ("hashes", "rows")]
    return KeyIndex(*(np.load(file, mmap_mode="r") for file in files))
