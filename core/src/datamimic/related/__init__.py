"""Sets of related tables: which rows they need, their relational schema, how they are written, and what takes them.

    closure = prepare(World("demo"), {"finance.bank_account": 20, "finance.transaction": "all"})
    write_set(closure, "ledger", "parquet")             a folder of files
    load_set(closure, "postgresql://localhost/test")    a `Target`

The names below are public, for packs and extensions too; they are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.base.urls import holds_password as holds_password
    from datamimic.base.urls import path_of as path_of
    from datamimic.base.urls import scheme_of as scheme_of
    from datamimic.base.urls import without_password as without_password
    from datamimic.formats.iso_text import iso_text as iso_text
    from datamimic.formats.json_text import json_text as json_text
    from datamimic.related.closure import Closure as Closure
    from datamimic.related.linkage import render as render
    from datamimic.related.parts import MadeOfSet as MadeOfSet
    from datamimic.related.parts import PartOfSet as PartOfSet
    from datamimic.related.parts import PartSource as PartSource
    from datamimic.related.parts import parts_of as parts_of
    from datamimic.related.parts import read_part as read_part
    from datamimic.related.parts import write_part as write_part
    from datamimic.related.places import written_as as written_as
    from datamimic.related.schema import ColumnSchema as ColumnSchema
    from datamimic.related.schema import ForeignKey as ForeignKey
    from datamimic.related.schema import SqlType as SqlType
    from datamimic.related.schema import TableSchema as TableSchema
    from datamimic.related.schema import is_uuid as is_uuid
    from datamimic.related.standard_sql import ddl as ddl
    from datamimic.related.target import Loading as Loading
    from datamimic.related.target import StoredTable as StoredTable
    from datamimic.related.target import Target as Target
    from datamimic.related.target import flat as flat
    from datamimic.related.target import missing_driver as missing_driver
    from datamimic.related.writing import Written as Written
    from datamimic.related.writing import load_set as load_set
    from datamimic.related.writing import prepare as prepare
    from datamimic.related.writing import write_set as write_set

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Closure": ".closure",
        "ColumnSchema": ".schema",
        "ForeignKey": ".schema",
        "Loading": ".target",
        "MadeOfSet": ".parts",
        "PartOfSet": ".parts",
        "PartSource": ".parts",
        "parts_of": ".parts",
        "read_part": ".parts",
        "write_part": ".parts",
        "SqlType": ".schema",
        "StoredTable": ".target",
        "TableSchema": ".schema",
        "ddl": ".standard_sql",
        "Target": ".target",
        "Written": ".writing",
        "flat": ".target",
        "is_uuid": ".schema",
        "iso_text": "datamimic.formats.iso_text",
        "json_text": "datamimic.formats.json_text",
        "load_set": ".writing",
        "render": ".linkage",
        "missing_driver": ".target",
        "holds_password": "datamimic.base.urls",
        "scheme_of": "datamimic.base.urls",
        "path_of": "datamimic.base.urls",
        "prepare": ".writing",
        "without_password": "datamimic.base.urls",
        "write_set": ".writing",
        "written_as": ".places",
    },
)
