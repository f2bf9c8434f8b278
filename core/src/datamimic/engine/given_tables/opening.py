"""From what somebody gives to rows that an origin can name, and from these to a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from attrs import evolve

from datamimic.base.given_rows import GivenRows
from datamimic.engine.given_tables.cache import kept
from datamimic.engine.given_tables.columns import Wanted, wanted_of
from datamimic.engine.given_tables.keys import KeyIndex
from datamimic.engine.given_tables.reading import Place, schema_of, typed_batches
from datamimic.engine.given_tables.table import GivenTable
from datamimic.errors import DataError, InvalidOption, excerpt
from datamimic.formats.reading import read_batches
from datamimic.model.digests import column_digest
from datamimic.model.source import Source, source
from datamimic.model.spec import Spec
from datamimic.plugins.registry import Registry

Givens = Mapping[Any, Any]
"""{entity: what is given}; an entity is named, or its class."""


def given_rows(what: object, spec: Spec, entity: str, packs: Registry) -> GivenRows:
    """The rows of an entity, of a path, a `source(...)`, a data frame (PyArrow, Polars, pandas, or what else has the Arrow C
    stream), or rows that were given before.

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
    digest = _file_digest(given.location, entity)
    if digest != given.sha256:
        raise changed(entity, given, digest)
    name = _kept_name(given, wanted)
    file = kept(f"{name}.arrow", partial(_store, given, wanted, place, packs))
    with pa.memory_map(str(file)) as mapped:
        reader = pa.ipc.open_file(mapped)
        chunks = [reader.get_batch(number) for number in range(reader.num_record_batches)]
    return GivenTable(place, wanted, chunks, partial(_kept_index, name))


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
    if "://" in what.location:
        raise DataError(
            "bad_given",
            f"the rows of {entity} are at a URL, and are read from files",
            hint="write them to a Parquet or CSV file, or read them into a data frame, and give that",
        )
    location = str(Path(what.location).expanduser().absolute())
    digest = _file_digest(location, entity)
    found = GivenRows(location=location, sha256=digest, rows=0, format=what.format, settings=what.settings)
    table = opened(found, spec, entity, packs)
    if table.keys:
        table.refuse_repeats()
    return evolve(found, rows=table.rows)


def _of_frame(what: Any, spec: Spec, entity: str) -> GivenRows:
    wanted, place = wanted_of(spec), Place(entity, None)
    batches = [*typed_batches(_table(what, entity).to_batches(), wanted, place)]
    table = GivenTable(place, wanted, batches)
    if table.keys:
        table.refuse_repeats()
    hasher = hashlib.sha256()
    for batch in batches:
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            hasher.update(name.encode() + b"\0" + column_digest(column))
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
    said = [
        version("datamimic-core"),
        given.sha256,
        given.format or Path(given.location or "").suffix.lower(),
        sorted(given.settings.items()),
        [(each.field, each.column, str(each.kind), each.kind.schema, each.key, each.allow_nan) for each in wanted],
        str(schema_of(wanted)),
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:40]


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
