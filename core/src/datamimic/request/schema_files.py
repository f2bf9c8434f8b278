"""The JSON Schemas of the request API as files, `schemas/<entity>.<version>.{request,response}.json` in every pack.

Packs ship them, so that programs in any language can validate without Python. `dm request --write-schemas DIR` writes those
of all installed packs to a folder; `python -m datamimic.request.schema_files PACK …` those of packs in source, to be shipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from importlib_resources import files

from datamimic.base.documents import read_json
from datamimic.model.spec import spec_of
from datamimic.output.whole_files import whole_file
from datamimic.plugins.registry import Registry
from datamimic.request.schemas import request_schema, response_schema

FOLDER = "schemas"


def schema_files(packs: Registry, pack: str) -> dict[str, str]:
    """{file name: text} of all domains of a pack, by the names under which its entities are registered."""
    made = {}
    for name, cls in packs.entities().items():
        owner, _, domain = name.partition(".")
        if owner == pack:
            spec = spec_of(cls)
            for kind, schema in (
                ("request", request_schema(spec, domain)),
                ("response", response_schema(spec, domain)),
            ):
                text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
                made[f"{domain}.{spec.version}.{kind}.json"] = text
    return made


def shipped_files(packs: Registry, pack: str) -> dict[str, str]:
    """{file name: text} of the schemas that lie in the installed pack; empty for a pack that ships none."""
    folder = files(packs.pack(pack).package).joinpath(FOLDER)
    if not folder.is_dir():
        return {}
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".json")}


def write_schemas(folder: Path, texts: dict[str, str]) -> list[str]:
    """Make the schemas in a folder exactly these files; returns the names of those that were written or removed. Files that are
    not of ours stay, whatever their names."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in texts.items():
        file = folder / name
        if not file.exists() or file.read_bytes() != text.encode():
            with whole_file(file) as stream:
                stream.write(text.encode())
            changed.append(name)
    for kind in ("request", "response"):
        for file in folder.glob(f"*.{kind}.json"):
            if file.name not in texts and _is_of_ours(file):
                file.unlink()
                changed.append(file.name)
    return sorted(changed)


def _is_of_ours(file: Path) -> bool:
    """`person.v1.request.json` is titled `person v1 request`."""
    try:
        document = read_json(file.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("title") == file.name.removesuffix(".json").replace(".", " ")


def main(names: list[str]) -> None:
    """Write the schemas into the packages of these packs, where they lie in source."""
    packs = Registry.from_entry_points()
    for name in names:
        folder = Path(str(files(packs.pack(name).package))) / FOLDER
        print(f"{folder}: {len(write_schemas(folder, schema_files(packs, name)))} changed")


if __name__ == "__main__":
    main(sys.argv[1:])
