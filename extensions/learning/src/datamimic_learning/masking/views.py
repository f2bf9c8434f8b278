"""Dynamic masking: views of a database's tables, by which a role sees what the plan makes of values as far as SQL can, while
the owner of the tables sees the values. The secret of digests is drawn by the database itself, into a table that only views
read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from attrs import field, frozen
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema

from datamimic import DatamimicError
from datamimic_learning.masking.places.stored_tables import kind_of_dialect, reflected
from datamimic_learning.masking.plans.checking import check_plan
from datamimic_learning.masking.plans.plan import ColumnPlan, Plan, SubjectPlan
from datamimic_learning.masking.plans.reading import parse_plan
from datamimic_learning.masking.running import propose_plan, tables_of, url_of
from datamimic_learning.masking.sql_masks import SqlMasks
from datamimic_models.reading.database import engine_of, unreachable

SCHEMA: Final = "masked"
PREFIX: Final = "masked_"
SECRET: Final = "masking_secret"


@frozen
class Views:
    """`text` is SQL to be run by the owner of the tables; `notes` say what a view shows otherwise than a masked copy."""

    text: str
    notes: Sequence[str] = field(factory=list)


def views_of(source: str, plan: Plan | None, roles: Sequence[str]) -> Views:
    """Statements for PostgreSQL, MariaDB or SQLite, which has no roles. Raises `DatamimicError`: `learning.unlike_places`
    for what is no database."""
    url = url_of(source)
    if "://" not in str(source) and not str(source).endswith((".db", ".sqlite", ".sqlite3")):
        raise DatamimicError("learning.unlike_places", "views are made of databases", hint="name the URL of one")
    engine = engine_of(url)
    tables = tables_of(source)
    chosen = plan if plan is not None else parse_plan(propose_plan(source), "the proposed plan")
    check_plan(chosen, tables)
    try:
        with engine.connect() as connection:
            originals = reflected(connection, list(tables))
            owner = connection.dialect
    except SQLAlchemyError as error:
        raise unreachable(error, url) from None
    notes: list[str] = []
    writer = _Statements(owner, roles)
    for name, table in originals.items():
        writer.view(table, _selected(table, name, chosen, owner, writer.secret, notes))
    return Views(writer.text(), notes)


def _selected(
    table: sa.Table, name: str, plan: Plan, dialect: Dialect, secret: sa.Table, notes: list[str]
) -> sa.Select[Any]:
    of_table = plan.tables[name]
    masks = SqlMasks(dialect, sa.select(secret.c.value).scalar_subquery())
    replaced = of_table.replaced
    columns: list[sa.ColumnElement[Any]] = []
    for column in table.columns:
        subject: SubjectPlan | None = replaced.get(column.name)
        if subject is not None:
            made, note = masks.of_subject(column, subject.columns[column.name], [table.c[each] for each in subject.key])
        else:
            each = of_table.columns.get(column.name)
            if each is None:
                each = ColumnPlan(of_table.otherwise if of_table.otherwise != "refuse" else "redact", {"with": "***"})
            whose = [table.c[one] for one in each.settings.get("by", ())] or [
                table.c[one] for one in (of_table.subjects[0].key if of_table.subjects else ())
            ]
            made, note = masks.of_column(column, each, whose)
        if note:
            notes.append(f"{name}.{column.name}: {note}")
        columns.append(made.label(column.name))
    return sa.select(*columns).select_from(table)


class _Statements:
    """What makes the views, in one dialect."""

    def __init__(self, dialect: Dialect, roles: Sequence[str]) -> None:
        self._dialect = dialect
        self._roles = roles
        self._made: list[str] = []
        own = SCHEMA if dialect.name == "postgresql" else None
        self.secret = sa.Table(SECRET, sa.MetaData(), sa.Column("value", sa.String(64), nullable=False), schema=own)
        quote = dialect.identifier_preparer
        if dialect.name == "postgresql":
            self._made.append(self._sql(CreateSchema(SCHEMA, if_not_exists=True)))
            for role in roles:
                self._made.append(f"GRANT USAGE ON SCHEMA {quote.quote(SCHEMA)} TO {quote.quote(role)}")
        if dialect.name != "sqlite":
            self._made.append(self._sql(sa.schema.CreateTable(self.secret, if_not_exists=True)))
            fresh = _RANDOM[kind_of_dialect(dialect)]
            named = quote.format_table(self.secret)
            self._made.append(f"INSERT INTO {named} (value) SELECT {fresh} WHERE NOT EXISTS (SELECT 1 FROM {named})")

    def view(self, table: sa.Table, selected: sa.Select[Any]) -> None:
        quote = self._dialect.identifier_preparer
        if self._dialect.name == "postgresql":
            prefix = "" if table.schema in (None, "public") else f"{table.schema}_"
            name = f"{quote.quote(SCHEMA)}.{quote.quote(prefix + table.name)}"
            head = f"CREATE OR REPLACE VIEW {name} WITH (security_barrier = true) AS"
        else:
            name = quote.quote(PREFIX + table.name)
            head = f"CREATE VIEW {name} AS"
            if kind_of_dialect(self._dialect) == "mysql":
                head = f"CREATE OR REPLACE SQL SECURITY DEFINER VIEW {name} AS"
            else:
                self._made.append(f"DROP VIEW IF EXISTS {name}")
        self._made.append(f"{head}\n{self._sql(selected)}")
        if self._dialect.name == "sqlite":
            return
        for role in self._roles:
            if self._dialect.name == "postgresql":
                self._made.append(f"REVOKE ALL ON {quote.format_table(table)} FROM {quote.quote(role)}")
            self._made.append(f"GRANT SELECT ON {name} TO {quote.quote(role)}")

    def text(self) -> str:
        return ";\n".join(self._made) + ";\n"

    def _sql(self, element: Any) -> str:
        # Constants of plans are written as literals by the dialect, which doubles quotes.
        return (
            str(element.compile(dialect=self._dialect, compile_kwargs={"literal_binds": True}))
            .strip()
            .replace("%%", "%")
        )


_RANDOM: Final = {
    "postgresql": "encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex')",
    "mysql": "SHA2(CONCAT(UUID(), HEX(RANDOM_BYTES(32))), 256)",
}
