"""Tables of databases that a model reads: given tables, whose rows exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from datamimic import DatamimicError, columns_of_table
from datamimic_models.model import Table
from datamimic_models.model.arrow_types import type_of_arrow
from datamimic_models.model.sources import not_trusted, source_place
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import DraftColumn, DraftTable
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scripts import guarded
from datamimic_models.xml.databases import Database
from datamimic_models.xml.nodes import Node


def table_of_database(node: Node, name: str, work: Work) -> DraftTable:
    """The table that an element reads, with the columns that the database declares. Raises `Refusal`."""
    place, text = node.at("source"), node.get("source").strip()
    database: Database = work.setting.databases[text]
    held: sa.Table = guarded(lambda: database.table(name, place))
    source = _source(database, held, work)
    known = next((each for each in work.given if each.source == source), None)
    if known is not None:
        return known
    said = Table(name=held.name, columns=(), source=source, place=place)
    where = source_place(said, str(work.setting.folder.root))
    if where.file is None and not work.setting.folder.trusted:
        raise Refusal(not_trusted(said).message, place)
    made = DraftTable(str(held.name), "", node, source=source)
    try:
        for each in columns_of_table(where.location):
            made.columns[each.name] = DraftColumn(each.name, place, None, type_of_arrow(each.type))
    except DatamimicError as error:
        raise Refusal(error.message, place) from None
    keys = [str(column.name) for column in held.primary_key.columns]
    made.primary_key = keys[0] if len(keys) == 1 else None
    counted = sa.select(sa.func.count()).select_from(held)
    made.total = int(database.connection(place).execute(counted).scalar_one())
    work.given.append(made)
    return made


def _source(database: Database, held: sa.Table, work: Work) -> str:
    """How the tables language names it: without a password, a file by its path from the model."""
    table = held.name if held.schema is None else f"{held.schema}.{held.name}"
    url: Any = database.url
    if url.get_backend_name() != "sqlite":
        shown = url.set(drivername=url.get_backend_name(), password=None)
        return f"{shown.render_as_string(hide_password=False)}#{table}"
    file, root = Path(url.database).resolve(), work.setting.folder.root.resolve()
    return f"{file.relative_to(root).as_posix() if file.is_relative_to(root) else file}#{table}"
