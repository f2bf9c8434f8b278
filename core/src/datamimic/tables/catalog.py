"""`data.toml`: the data version of a pack and, for each table, its source, licence, date, method, grade and digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import attrs
import tomli_w
from attrs import evolve, field, frozen
from attrs.validators import in_

from datamimic.base.documents import read_toml, structured

GRADES = {
    "A": "official, or computed from official data",
    "B": "published by a secondary source",
    "C": "published, approximate",
    "D": "definition: wording, made-up names or rules of this project; it measures nothing",
    "E": "estimate: nobody publishes this figure",
}


@frozen(kw_only=True)
class TableInfo:
    """What `data.toml` says of one CSV file; `sha256` is of the file's bytes, `rows` excludes the header."""

    source: str
    url: str = ""
    licence: str
    date: str
    method: str
    grade: str = field(validator=in_(GRADES))
    rows: int
    sha256: str


@frozen(kw_only=True)
class _Document:
    data_version: str
    tables: dict[str, TableInfo] = field(factory=dict)


@frozen
class Catalog:
    version: str
    tables: Mapping[str, TableInfo] = field(factory=dict)

    @classmethod
    def parse(cls, text: str) -> Catalog:
        """Raises `Unfit` for text that is no catalog."""
        document = structured(read_toml(text), _Document)
        return cls(document.data_version, document.tables)

    def render(self) -> str:
        """TOML, tables sorted by name; the same for the same content."""
        tables = {name: attrs.asdict(self.tables[name]) for name in sorted(self.tables)}
        return tomli_w.dumps({"data_version": self.version, "tables": tables})

    def with_table(self, name: str, info: TableInfo) -> Catalog:
        return evolve(self, tables={**self.tables, name: info})


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
