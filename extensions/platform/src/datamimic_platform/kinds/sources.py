"""Tables that exist, which a job reads: an upload beside it, a database by a secret, or, in place, whatever is named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import pyarrow as pa
from attrs import evolve

from datamimic import DatamimicError
from datamimic_learning import Sample, SampleTable, open_sample
from datamimic_platform.kinds.kind import Asked
from datamimic_platform.security.addresses import refuse_private


def refuse_source(asked: Asked, source: str | None, option: str = "source") -> None:
    """Raises `DatamimicError` (`platform.bad_option`, `platform.address_refused`) before anything is queued."""
    if not source:
        raise DatamimicError("platform.bad_option", f"the {option} is missing", path=f"$.options.{option}")
    if asked.local or source.startswith("secret:"):
        return
    if "://" in source:
        refuse_private(source, asked.allowed_hosts)
    elif len(PurePosixPath(source).parts) != 1 or asked.folder is None or not (asked.folder / source).is_file():
        raise DatamimicError(
            "platform.bad_option", f"the {option} is none of the job's files", hint="upload it, and name it in files",
            path=f"$.options.{option}",
        )  # fmt: skip


def first_rows(asked: Asked, source: str, rows: int) -> Sample:
    """The tables of a source with their first rows alone, for previews."""
    sample = open_sample(place_of(asked, source))

    def cut(table: SampleTable) -> SampleTable:
        found = next(iter(table.batches()), None)
        batches = [] if found is None else [found.slice(0, rows)]

        def again(columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
            return (each if columns is None else each.select([*columns]) for each in batches)

        return evolve(table, rows=sum(each.num_rows for each in batches), batches=again)

    return evolve(sample, tables={name: cut(table) for name, table in sample.tables.items()})


def place_of(asked: Asked, source: str) -> str:
    """Where it lies."""
    if asked.local or "://" in source or asked.folder is None:
        return source
    return str(asked.folder / source)


def link_or_copy(path: Path, place: Path) -> None:
    """A file under another name, without a copy where the file system has hard links; a symbolic one would lead elsewhere."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copyfile(path, place)
