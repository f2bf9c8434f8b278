"""Texts of types that only a database has: addresses of networks, points, ranges, bit strings."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import numpy as np
from attrs import frozen

from datamimic import Context, Generator, Permutation, Text
from datamimic.columns import Column
from datamimic_models.model import Mistakes
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word

FORMS: Final = (
    "inet", "inet4", "inet6", "cidr", "macaddr", "macaddr8", "bit", "bit varying", "varbit", "tsvector", "tsquery", "xml",
    "point", "box", "lseg", "circle", "path", "polygon", "line",
    "hstore", "ltree", "int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange",
)  # fmt: skip
_NUMBERED: Final = {"inet": 24, "inet4": 24, "macaddr": 40}
"""Forms whose texts can be told apart by a number of so many bits."""


@frozen
class Native(RuleKind):
    """Text as a database writes a type of its own: `inet`, `macaddr`, `point`, `daterange`."""

    kind: ClassVar[str] = "native"

    form: str = word("The type, as PostgreSQL or MariaDB calls it.", "text", choices=FORMS)
    length: int = word("Of bit strings: how many bits.", "whole", 0)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name != "str":
            said = f"{where.label} is {where.column.type}, and {self.form} is written as text"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: str")
        if where.unique and self.form not in _NUMBERED:
            said = f"{where.label} is unique, and two rows may have the same {self.form}"
            mistakes.add("models.cannot_be_unique", said, where.place, hint="a serial or a pattern")

    def capacity_in(self, where: Where) -> int | None:
        return 1 << _NUMBERED[self.form] if where.unique and self.form in _NUMBERED else None

    def generator(self, where: Where) -> Generator[Any]:
        return NativeTexts(self.form, self.length, where)


class NativeTexts(Generator[Any]):
    """One text per row; of a unique column another in every row."""

    def __init__(self, form: str, length: int, where: Where) -> None:
        from datamimic_models.schemas.schema import SqlColumn  # With what reads SQL, which takes a moment to import.

        native = f"{form}({length})" if length else form
        self.column_of = SqlColumn(where.column.name, where.column.type, native)
        self.bits = _NUMBERED.get(form, 0) if where.unique else 0

    def capacity(self) -> int | None:
        return 1 << self.bits if self.bits else None

    def column(self, context: Context) -> Column:
        from datamimic_models.solving.natives import native_texts, numbered_texts

        if self.bits:
            mixed = Permutation(1 << self.bits, context.draw.address).forward(context.rows)
            return Text.of(numbered_texts(self.column_of, np.asarray(mixed)).tolist())
        found = native_texts(self.column_of, context.draw)
        assert found is not None
        return Text.of(found.tolist())


def native_rule(native: str, *, unique: bool) -> Native | None:
    """Of a column of such a type; None for other types, and where it could not be unique."""
    name, _, rest = native.strip().lower().removeprefix("pg_catalog.").partition("(")
    name, length = name.strip(), rest.partition(")")[0].strip()
    if name not in FORMS or (unique and name not in _NUMBERED):
        return None
    return Native(name, int(length) if length.isdigit() else 0)
