"""The formats of files that are offered to somebody who chooses, where what they need is installed here."""

from __future__ import annotations

from importlib.util import find_spec

from datamimic import installed_packs

_OFFERED = {
    "csv": None, "json": None, "jsonl": None, "parquet": None, "sql": "sqlalchemy", "xlsx": "xlsxwriter", "xml": None,
    "arrow": None, "sqlite": "sqlalchemy", "duckdb": "duckdb",
}  # fmt: skip
"""The package that each needs. Packs may bring more, which a configuration can name."""


def formats_here() -> list[str]:
    packs = installed_packs()
    known = {*packs.formats(), *packs.targets()}
    return [name for name, package in _OFFERED.items() if name in known and (package is None or find_spec(package))]
