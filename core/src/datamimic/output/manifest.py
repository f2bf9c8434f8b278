"""The manifest beside every output: what was asked, of which world, made by which versions from which tables."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from datamimic.base.documents import Unfit, read_json
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.engine import Engine
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import DatamimicError, OutputError, excerpt
from datamimic.output.destination import file_destination, manifest_path, path_text
from datamimic.output.whole_files import whole_file
from datamimic.tables.catalog import TableInfo

MANIFEST_VERSION = 1
SET_NAME = "manifest.json"
"""The manifest in the folder of a set of tables."""


def describe_versions(world: Engine) -> dict[str, Any]:
    """The engine, what writes the files; distribution, version and data version of packs that can have a part in values."""
    packs = {
        record.name: {
            "distribution": record.distribution,
            "version": record.version,
            "data_version": record.data_version,
        }
        for record in world.packs.packs_of_values()
    }
    return {"engine": version("datamimic-core"), "pyarrow": version("pyarrow"), "packs": packs}


def describe_origin(world: Engine) -> dict[str, Any]:
    """What decides the values: the world, the versions, the tables that were read and those that were missing."""
    described = world.settled.to_dict()
    return {
        "world": described,
        "identity": identity(described),
        "versions": describe_versions(world),
        "tables": describe_tables(world),
        "fallbacks": sorted(world.library.fallbacks),
    }


def identity(described: Mapping[str, Any]) -> dict[str, str]:
    """A short digest of each part of a world, so that an edited manifest says which part was edited."""
    texts = {name: json.dumps(value, sort_keys=True) for name, value in described.items()}
    return {name: hashlib.sha256(f"{name}:{text}".encode()).hexdigest()[:16] for name, text in texts.items()}


def describe_tables(world: Engine) -> dict[str, str]:
    """`pack/file` -> SHA-256 of every table that was read, as the pack's data.toml has it."""
    return {place: info.sha256 if info else "" for place, info in tables_read(world).items()}


def tables_read(world: Engine) -> dict[str, TableInfo | None]:
    """`pack/file` -> what data.toml says of it, of every table that a `world` has read so far, sorted; None where it says
    nothing."""
    return {place: _info(world, place) for place in sorted(world.library.files())}


def are_as_described(world: Engine, tables: Mapping[str, str]) -> bool:
    """Are these tables the same today?"""
    return all((info.sha256 if (info := _info(world, place)) else "") == digest for place, digest in tables.items())


def _info(world: Engine, place: str) -> TableInfo | None:
    pack, _, file = place.partition("/")
    return world.shelf(pack).catalog.get(file.removesuffix(".csv"))


def describe_rows(rows: View) -> dict[str, Any]:
    """Of some `rows` the entity and its version, their range and columns, as the request of a manifest has them; `history`
    where not every row of the range is there, and `happens`, the columns that tell of which there is a message. Of rows with
    `breaks` among them the range is that of the whole output, and `positions` says which part of it this is."""
    described = {
        "entity": rows.world.path(rows.spec),
        "entity_version": rows.spec.version,
        "start": rows.start,
        "stop": rows.require_end(),
        "columns": list(rows.columns),
    }
    if isinstance(rows, BrokenView):
        first, end = rows.whole
        broken = {"breaks": dict(rows.counts), "positions": [rows.start, rows.require_end()]}
        return {**described, "start": first, "stop": end, **broken}
    if isinstance(rows, HappeningView):
        described["happens"] = list(rows.happens)
    return described if rows.complete else {**described, "history": True}


def manifest_text(body: Mapping[str, Any]) -> bytes:
    """The manifest as it is written, keys in the order given."""
    text = json.dumps({"manifest_version": MANIFEST_VERSION, **body}, indent=2, ensure_ascii=False)
    return text.encode() + b"\n"


def write_folder_manifest(folder: Path, body: Mapping[str, Any]) -> None:
    """Write the manifest of a set or of parts into their folder."""
    with whole_file(folder / SET_NAME) as stream:
        stream.write(manifest_text(body))


def check_described_file(path: Path) -> None:
    """Raises `OutputError` (`output_unwritable`) where a file and the manifest beside it cannot be put, or where there is
    something under the name of the manifest that is none."""
    destination = file_destination(path)
    beside = manifest_path(destination.path)
    if destination.through or not os.path.lexists(beside):
        return
    try:
        if beside.is_symlink() or not beside.is_file():
            raise DatamimicError("bad_manifest", "it is no regular file")
        read_manifest(beside)
    except DatamimicError as error:
        raise OutputError(
            "output_unwritable",
            f"{path_text(beside)} is in the way, and no manifest of an earlier result",
            hint="name another file",
            file=str(beside),
        ) from error


def read_manifest(path: Path) -> dict[str, Any]:
    """Raises `DatamimicError` (`bad_manifest`) for a file that is no manifest, or one of a later version."""
    try:
        body: Any = read_json(path.read_bytes())
        number = body["manifest_version"] if isinstance(body, dict) and "manifest_version" in body else None
        if type(number) is not int:
            raise Unfit("it has no manifest_version")
        if number > MANIFEST_VERSION:
            raise DatamimicError(
                "bad_manifest",
                f"{path} has version {excerpt(number)}",
                hint="upgrade datamimic-core",
                file=str(path),
            )
        # Its types are only needed where a manifest is read; to make them takes a twentieth of what a command takes to start.
        from datamimic.output.manifest_document import check_manifest

        check_manifest(body)
    except Unfit as error:
        where = "" if error.path == "$" else f"{error.path}: "
        raise DatamimicError(
            "bad_manifest", f"{path} is not readable: {where}{error}", path=error.path, file=str(path)
        ) from None
    except OSError as error:
        raise DatamimicError("bad_manifest", f"{path} is not readable: {error.strerror}", file=str(path)) from None
    manifest: dict[str, Any] = body
    return manifest
