"""The manifest beside every output: what was asked, of which world, made by which versions from which tables."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datamimic.output import whole_file

if TYPE_CHECKING:
    from datamimic.rows import Rows
    from datamimic.world import World

MANIFEST_VERSION = 1
SUFFIX = ".manifest.json"


def manifest_path(output: Path) -> Path:
    return output.with_name(output.name + SUFFIX)


def describe_world(world: World) -> dict[str, Any]:
    """Everything that makes the same world again elsewhere."""
    return {
        "seed": world.seed,
        "locale": str(world.locale),
        "clock": str(world.clock),
        "options": {
            entity: {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
            for entity, values in sorted(world.given_options().items())
        },
        "sizes": dict(sorted(world.given_sizes().items())),
    }


def describe_versions(world: World) -> dict[str, Any]:
    """The engine, and of every usable pack its distribution, version and data version."""
    packs = {
        record.name: {
            "distribution": record.distribution,
            "version": record.version,
            "data_version": record.data_version,
        }
        for record in world.packs.packs()
        if record.status == "ok"
    }
    return {"engine": version("datamimic-core"), "packs": packs}


def describe_rows(rows: Rows) -> dict[str, Any]:
    return {
        "entity": rows.world.path(rows.spec),
        "entity_version": rows.spec.version,
        "start": rows.start,
        "stop": rows.bounded,
        "columns": list(rows.columns),
    }


def write_manifest(output: Path, body: dict[str, Any]) -> Path:
    """Write `<output>.manifest.json`, keys in the order given, and return its path."""
    path = manifest_path(output)
    with whole_file(path) as stream:
        stream.write(
            json.dumps({"manifest_version": MANIFEST_VERSION, **body}, indent=2, ensure_ascii=False).encode() + b"\n"
        )
    return path
