"""The manifest beside every output: what was asked, of which world, made by which versions from which tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from datamimic.base.documents import Unfit, read_json
from datamimic.engine.engine import Engine
from datamimic.engine.view import View
from datamimic.errors import DatamimicError, excerpt
from datamimic.output.manifest_document import check_manifest
from datamimic.output.whole_files import whole_file

MANIFEST_VERSION = 1
SUFFIX = ".manifest.json"
SET_NAME = "manifest.json"
"""The manifest in the folder of a set of tables."""


def manifest_path(output: Path) -> Path:
    return output.with_name(output.name + SUFFIX)


def describe_versions(world: Engine) -> dict[str, Any]:
    """The engine, what writes the files, and of every usable pack its distribution, version and data version."""
    packs = {
        record.name: {
            "distribution": record.distribution,
            "version": record.version,
            "data_version": record.data_version,
        }
        for record in world.packs.packs()
        if record.status == "ok"
    }
    return {"engine": version("datamimic-core"), "pyarrow": version("pyarrow"), "packs": packs}


def describe_origin(world: Engine) -> dict[str, Any]:
    """What decides the values: the world, the versions, the tables that were read and those that were missing."""
    described = world.origin.to_dict()
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
    found = {}
    for place in sorted(world.library.files()):
        pack, _, file = place.partition("/")
        info = world.shelf(pack).catalog.get(file.removesuffix(".csv"))
        found[place] = info.sha256 if info else ""
    return found


def describe_rows(rows: View) -> dict[str, Any]:
    return {
        "entity": rows.world.path(rows.spec),
        "entity_version": rows.spec.version,
        "start": rows.start,
        "stop": rows.require_end(),
        "columns": list(rows.columns),
    }


def write_manifest(output: Path, body: dict[str, Any], *, path: Path | None = None) -> Path:
    """Write `<output>.manifest.json` (or `path`), keys in the order given, and return its path."""
    path = path or manifest_path(output)
    with whole_file(path) as stream:
        stream.write(
            json.dumps({"manifest_version": MANIFEST_VERSION, **body}, indent=2, ensure_ascii=False).encode() + b"\n"
        )
    return path


def find_manifest(path: Path) -> Path:
    """The manifest of an output: of a file, of the folder of a set, or the manifest itself.

    Raises `DatamimicError` (`bad_manifest`) where there is none.
    """
    if path.is_dir():
        found = path / SET_NAME
    elif path.name.endswith(SUFFIX) or path.name == SET_NAME:
        found = path
    else:
        found = manifest_path(path)
        if not found.is_file() and (path.parent / SET_NAME).is_file():
            found = path.parent / SET_NAME
    if not found.is_file():
        raise DatamimicError(
            "bad_manifest", f"there is no manifest {found}", hint="verify what `dm` wrote", file=str(found)
        )
    return found


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
