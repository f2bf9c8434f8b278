"""`data.toml`: the data version of a pack and, for each table, its source, licence, date, method, grade and digest."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen
from attrs.validators import in_

GRADES = {
    "A": "official, or computed from official data",
    "B": "published by a secondary source",
    "C": "published, approximate",
    "E": "estimate: nobody publishes this figure",
}


@frozen(kw_only=True)
class TableInfo:
    """What `data.toml` says of one CSV file; `sha256` is of the file's bytes, `rows` excludes the header."""

    source: str
    licence: str
    date: str
    method: str
    grade: str = field(validator=in_(GRADES))
    url: str = ""
    rows: int
    sha256: str


@frozen
class Catalog:
    version: str
    tables: Mapping[str, TableInfo] = field(factory=dict)

    @classmethod
    def parse(cls, text: str) -> Catalog:
        """Raises `tomllib.TOMLDecodeError`, `KeyError` or `TypeError` for text that is no catalog."""
        document = tomllib.loads(text)
        tables = {name: TableInfo(**entry) for name, entry in document.get("tables", {}).items()}
        return cls(version=document["data_version"], tables=tables)

    def render(self) -> str:
        lines = [f"data_version = {_quoted(self.version)}"]
        for name in sorted(self.tables):
            info = self.tables[name]
            entry: dict[str, Any] = {
                "source": info.source,
                "url": info.url,
                "licence": info.licence,
                "date": info.date,
                "method": info.method,
                "grade": info.grade,
                "rows": info.rows,
                "sha256": info.sha256,
            }
            lines += ["", f"[tables.{name}]"]
            lines += [f"{key} = {value if isinstance(value, int) else _quoted(value)}" for key, value in entry.items()]
        return "\n".join(lines) + "\n"

    def with_table(self, name: str, info: TableInfo) -> Catalog:
        return evolve(self, tables={**self.tables, name: info})


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, as long as DEL does not occur.
    return json.dumps(text, ensure_ascii=False)
