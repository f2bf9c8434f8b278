"""What statements say of types of their own: enumerations, composite types and domains."""

from __future__ import annotations

from attrs import define, evolve

from datamimic_models.model import ColumnType
from datamimic_models.reading.sql_cursor import Cursor, parts
from datamimic_models.schemas.domains import Domain, Types
from datamimic_models.schemas.schema import SqlCheck


@define
class TypeStatements:
    """Takes what follows CREATE TYPE, CREATE DOMAIN and their ALTER, and adds it to the `types`."""

    types: Types

    def create_type(self, cursor: Cursor) -> bool:
        """Whether it is an enumeration or a composite type, which are taken; range types are not."""
        _, name = cursor.qualified()
        if cursor.sees("AS", "("):
            cursor.step()
            self.types.records[name] = ColumnType(
                "struct", members=tuple(self._member(Cursor(cursor.source, each)) for each in parts(cursor.inside()))
            )
            return True
        if not cursor.take("AS", "ENUM"):
            return False
        self.types.enums[name] = tuple(token.text for token in cursor.inside() if token.kind == "text")
        return True

    def _member(self, member: Cursor) -> tuple[str, ColumnType]:
        name = member.name()
        return name, self.types.of(member.text(member.until("COLLATE")))[0]

    def alter_type(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        if cursor.take("ADD", "VALUE") and name in self.types.enums:
            cursor.take("IF", "NOT", "EXISTS")
            self.types.enums[name] = (*self.types.enums[name], cursor.step().text)

    def create_domain(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        cursor.take("AS")
        native = cursor.text(cursor.until("COLLATE", "DEFAULT", "CONSTRAINT", "NOT", "NULL", "CHECK"))
        kind, base, _ = self.types.of(native)
        domain = Domain(base.native if base else native, kind, checks=base.checks if base else ())
        self.types.domains[name] = self._domain(cursor, domain)

    def alter_domain(self, cursor: Cursor) -> None:
        _, name = cursor.qualified()
        if cursor.take("ADD") and name in self.types.domains:
            self.types.domains[name] = self._domain(cursor, self.types.domains[name])

    def _domain(self, cursor: Cursor, domain: Domain) -> Domain:
        named: str | None = None
        while cursor:
            place = cursor.place()
            if cursor.take("CONSTRAINT"):
                named = cursor.name()
            elif cursor.take("NOT", "NULL"):
                domain = evolve(domain, not_null=True)
            elif cursor.take("CHECK"):
                check = SqlCheck(cursor.text(cursor.inside()), named, place)
                domain, named = evolve(domain, checks=(*domain.checks, check)), None
            elif cursor.take("DEFAULT"):
                domain = evolve(domain, default=cursor.text(cursor.until("CONSTRAINT", "NOT", "CHECK", "COLLATE")))
            else:
                cursor.step()
        return domain
