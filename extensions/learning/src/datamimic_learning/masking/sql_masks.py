"""Methods as expressions of SQL, as near as a database comes to them: what it cannot do is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from datamimic_learning.masking.places.stored_tables import kind_of_dialect
from datamimic_learning.masking.plans.plan import ColumnPlan

Element = sa.ColumnElement[Any]
Made = tuple[Element, str | None]
_HASHED: Final = "SQL has no encryption that keeps formats: a keyed digest stands for it"
_NO_DIGEST: Final = "SQLite has no digests: *** stands for it"


class SqlMasks:
    """`secret` is an expression of the database's own secret."""

    def __init__(self, dialect: Dialect, secret: Any) -> None:
        self._dialect = kind_of_dialect(dialect)
        self._secret = secret

    def of_column(self, column: sa.Column[Any], plan: ColumnPlan, whose: Sequence[sa.Column[Any]]) -> Made:
        """The value that a view shows, and what is otherwise than in a masked copy."""
        settings = plan.settings
        match plan.method:
            case "keep":
                return column, None
            case "null":
                return sa.cast(sa.null(), column.type), None
            case "redact":
                return self._redacted(column, settings["with"]), None
            case "hash" | "token" | "encrypt":
                length = settings.get("length", 32)
                made, note = self._hashed(column, length)
                return made, note or (_HASHED if plan.method == "encrypt" else None)
            case "shift":
                return self._shifted(column, settings["days"], whose)
            case "generalise":
                return self._coarser(column, settings)
            case "noise":
                return self._noised(column, settings)
        word = "rows cannot be dealt anew" if plan.method == "shuffle" else "SQL does not find people in running text"
        return self._redacted(column, "***"), f"{word}: {'***' if self._is_text(column) else 'nothing'} stands for it"

    def of_subject(self, column: sa.Column[Any], field: str, key: Sequence[sa.Column[Any]]) -> Made:
        """A name that follows from the subject, and belongs to nobody; of dates the year, of what says little the value."""
        last = field.rpartition(".")[2]
        note = "a name that follows from the subject, and no other person"
        if last == "email" and self._is_text(column) and self._dialect != "sqlite":
            return self._present(column, sa.func.concat(self._digest(key, 16), "@example.com")), note
        if isinstance(column.type, sa.Date | sa.DateTime):
            return self._period(column, "year"), "its year"
        if self._is_text(column):
            if self._dialect == "sqlite":
                return self._redacted(column, "***"), _NO_DIGEST
            return self._present(column, sa.func.concat("P-", self._digest([*key, column], 10))), note
        made, other = (
            self._hashed(column, 16)
            if isinstance(column.type, sa.Integer)
            else (sa.cast(sa.null(), column.type), "nothing")
        )
        return made, other or note

    def _is_text(self, column: sa.Column[Any]) -> bool:
        return isinstance(column.type, sa.String)

    def _present(self, column: sa.Column[Any], made: Any) -> Element:
        return sa.case((column.is_(None), sa.null()), else_=made)

    def _redacted(self, column: sa.Column[Any], text: str) -> Element:
        if not self._is_text(column):
            return sa.cast(sa.null(), column.type)
        return self._present(column, sa.literal(text))

    def _text(self, column: Any) -> Any:
        if self._dialect == "mysql":
            return sa.cast(column, sa.CHAR())
        return sa.cast(column, sa.Text())

    def _digest(self, columns: Sequence[Any], length: int) -> Any:
        """Hexadecimal digits of SHA-256 of the secret and the SHA-256 of the secret and the value, as HMAC nests them."""
        joined: Any = sa.func.coalesce(self._text(columns[0]), "")
        for each in columns[1:]:
            joined = sa.func.concat(joined, "|", sa.func.coalesce(self._text(each), ""))
        if self._dialect == "mysql":
            inner = sa.func.sha2(sa.func.concat(self._secret, joined), 256)
            return sa.func.left(sa.func.sha2(sa.func.concat(self._secret, inner), 256), length)
        inner = sa.func.encode(sa.func.sha256(sa.func.convert_to(sa.func.concat(self._secret, joined), "UTF8")), "hex")
        outer = sa.func.sha256(sa.func.convert_to(sa.func.concat(self._secret, inner), "UTF8"))
        return sa.func.left(sa.func.encode(outer, "hex"), length)

    def _number(self, columns: Sequence[Any]) -> Any:
        """A whole number below 2 ** 28 that follows from values."""
        digits = self._digest(columns, 7)
        if self._dialect == "mysql":
            return sa.cast(sa.func.conv(digits, 16, 10), sa.BigInteger())
        return sa.cast(sa.cast(sa.func.concat("x", digits), postgresql.BIT(28)), sa.Integer())

    def _hashed(self, column: sa.Column[Any], length: int) -> Made:
        if self._dialect == "sqlite":
            return self._redacted(column, "***"), _NO_DIGEST
        if self._is_text(column):
            return self._present(column, self._digest([column], length)), None
        if isinstance(column.type, sa.Integer):
            return self._present(column, self._number([column])), None
        return sa.cast(sa.null(), column.type), "nothing stands for it"

    def _shifted(self, column: sa.Column[Any], days: int, whose: Sequence[sa.Column[Any]]) -> Made:
        if self._dialect == "sqlite" or not whose or not isinstance(column.type, sa.Date | sa.DateTime):
            return self._period(column, "month"), "the month stands for it"
        moved = self._number(whose) % (2 * days + 1) - days
        if self._dialect == "mysql":
            return sa.func.adddate(column, moved), None
        by = sa.func.make_interval(0, 0, 0, sa.cast(moved, sa.Integer()))
        return sa.cast(column + by, column.type), None

    def _period(self, column: sa.Column[Any], to: str) -> Element:
        if self._dialect == "postgresql":
            return sa.cast(sa.func.date_trunc(to, column), column.type)
        form = {"year": "%Y-01-01", "month": "%Y-%m-01"}.get(to, "%Y-%m-%d")
        if self._dialect == "mysql":
            return sa.cast(sa.func.date_format(column, form), column.type)
        return sa.func.strftime(form, column)

    def _coarser(self, column: sa.Column[Any], settings: Any) -> Made:
        if settings["to"] is not None:
            if self._dialect == "postgresql" or settings["to"] in ("year", "month", "day"):
                return self._period(column, settings["to"]), None
            return self._period(column, "year"), "its year"
        if settings["first"] is not None:
            first, fill = settings["first"], settings["fill"]
            cut: Any = sa.func.substr(column, 1, first)
            if fill and self._dialect != "sqlite":
                rest = sa.func.greatest(sa.func.char_length(column) - first, 0)
                cut = sa.func.concat(cut, sa.func.repeat(fill, rest))
            return self._present(column, cut), None
        made: Any = column
        if settings["bottom"] is not None:
            made = sa.case((made < settings["bottom"], settings["bottom"]), else_=made)
        if settings["top"] is not None:
            made = sa.case((made > settings["top"], settings["top"]), else_=made)
        if settings["step"] is not None:
            made = (
                sa.cast(sa.func.floor(made / sa.literal_column(repr(settings["step"]))), sa.Integer())
                * settings["step"]
            )
        elif settings["edges"]:
            steps = [(made >= edge, edge) for edge in reversed(settings["edges"])]
            made = sa.case((column.is_(None), sa.null()), *steps, else_=settings["edges"][0])
        return sa.cast(made, column.type), None

    def _noised(self, column: sa.Column[Any], settings: Any) -> Made:
        if self._dialect == "sqlite":
            return sa.cast(sa.null(), column.type), _NO_DIGEST.replace("***", "nothing")
        half = 1 << 27
        drawn = (self._number([column]) - half) * sa.literal_column(repr(1.0 / half))
        size = sa.func.abs(column) * settings["share"] if settings["share"] is not None else settings["amount"]
        return sa.cast(column + drawn * size, column.type), None
