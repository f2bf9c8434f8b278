"""Types that a database brings itself: enums, composite types and domains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field, frozen

from datamimic_models.model import ColumnType
from datamimic_models.schemas.schema import Dialect, SqlCheck
from datamimic_models.schemas.types import column_type

_VALUE = re.compile(r"(?i)'(?:[^']|'')*'|\"[^\"]*\"|\bvalue\b")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


def quoted(name: str) -> str:
    """A name as standard SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


@frozen
class Domain:
    """`native` is the type that it is of, `checks` are SQL over `VALUE`."""

    native: str
    type: ColumnType
    not_null: bool = False
    default: str = ""
    checks: tuple[SqlCheck, ...] = ()

    def checks_of(self, column: str) -> Iterator[SqlCheck]:
        """The checks with the column in the place of `VALUE`."""
        name = quoted(column)
        for each in self.checks:
            text = _VALUE.sub(lambda match: name if match[0].lower() == "value" else match[0], each.expression)
            yield SqlCheck(text, each.name, each.place)


@define
class Types:
    """Those of a dialect and those that statements so far have made. Names are without their schema."""

    dialect: Dialect
    enums: dict[str, tuple[str, ...]] = field(factory=dict)
    records: dict[str, ColumnType] = field(factory=dict)
    domains: dict[str, Domain] = field(factory=dict)
    unknown: set[str] = field(factory=set)

    def of(self, native: str) -> tuple[ColumnType, Domain | None, bool]:
        """(what a column of the type holds, the domain where it is one, whether the type is known)."""
        base, brackets = re.fullmatch(r"(.*?)((?:\s*\[\s*\d*\s*\])*)", native.strip(), re.S).groups()  # type: ignore[union-attr]
        name = re.sub(r'^(?:"[^"]+"|[\w$]+)\s*\.\s*', "", base)
        name = name[1:-1] if name.startswith('"') else name.lower()
        if name in self.enums:
            kind = ColumnType("str", choices=self.enums[name])
            return (ColumnType("list", item=kind) if brackets else kind), None, True
        if name in self.records:
            kind = self.records[name]
            return (ColumnType("list", item=kind) if brackets else kind), None, True
        if name in self.domains:
            domain = self.domains[name]
            return (ColumnType("list", item=domain.type), None, True) if brackets else (domain.type, domain, True)
        found, known = column_type(native, self.dialect)
        return found, None, known
