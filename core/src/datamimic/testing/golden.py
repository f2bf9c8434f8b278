"""Golden digests: what every entity's first rows were, per locale, so that a byte that moves is noticed and announced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
from attrs import frozen

from datamimic.output.digest import blocks_digest

SEED = "golden"
FILE = "golden.json"
_MEANING = "SHA-256 of the first rows of each entity and locale; written by pytest --update-golden, never by hand"


@frozen
class Golden:
    """What is expected of one entity in one locale, and under which versions."""

    digest: str
    rows: int
    version: str
    data: str | None

    @classmethod
    def of(cls, rows: pa.RecordBatch, version: str, data: str | None) -> Golden:
        return cls(blocks_digest(rows.schema.names, [rows]), rows.num_rows, version, data)

    def to_dict(self) -> dict[str, Any]:
        return {"digest": self.digest, "rows": self.rows, "version": self.version, "data": self.data}


class GoldenFile:
    """`golden.json`: `healthcare.patient/US` -> Golden, sorted by name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, Golden] = {}
        if path.exists():
            listed = json.loads(path.read_text(encoding="utf-8"))["digests"]
            self.entries = {name: Golden(**entry) for name, entry in listed.items()}

    def put(self, name: str, golden: Golden) -> None:
        self.entries[name] = golden
        self._write()

    def keep_only(self, names: set[str]) -> None:
        """Forget entities and locales that exist no more."""
        if self.entries.keys() - names:
            self.entries = {name: entry for name, entry in self.entries.items() if name in names}
            self._write()

    def _write(self) -> None:
        digests = {name: self.entries[name].to_dict() for name in sorted(self.entries)}
        text = json.dumps({"what": _MEANING, "seed": SEED, "digests": digests}, indent=2) + "\n"
        self.path.write_text(text, encoding="utf-8", newline="\n")
