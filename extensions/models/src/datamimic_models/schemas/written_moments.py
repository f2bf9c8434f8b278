"""Dates and moments that SQLite keeps as text, having no type for them: checks, defaults and names tell."""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import evolve
from sqlglot import exp

from datamimic_models.meanings.words import split
from datamimic_models.model import ColumnType
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.schema import SqlColumn, SqlSchema, SqlTable

_OF_DAYS: Final = (
    "date dates day born birthday birthdate dob hired expires expiry deadline datum geburtstag geburtsdatum fecha ngay"
)
_OF_MOMENTS: Final = (
    "at timestamp datetime ts started ended finished stopped created updated modified deleted arrived departed opened "
    "closed shipped delivered paid ordered placed logged"
)
_DAYS: Final = frozenset(_OF_DAYS.split())
_MOMENTS: Final = frozenset(_OF_MOMENTS.split())
_DAY, _MOMENT, _TIME = ColumnType("date"), ColumnType("datetime"), ColumnType("time")
_NOW: Final = re.compile(r"(?i)\b(current_timestamp|datetime\s*\(\s*'now'|strftime\s*\(\s*'%Y-%m-%d[T ]%H)")
_TODAY: Final = re.compile(r"(?i)\b(current_date|date\s*\(\s*'now'|strftime\s*\(\s*'%Y-%m-%d'\s*,\s*'now')")
_SAYS_DAY: Final = r"(?i)(?:\bdate\s*\(|strftime\s*\(\s*'%Y-%m-%d'\s*,)\s*[\"`\[]?{name}\b"
_SAYS_MOMENT: Final = r"(?i)\bdatetime\s*\(\s*[\"`\[]?{name}\b"
_SAYS_TIME: Final = r"(?i)\btime\s*\(\s*[\"`\[]?{name}\b"
_OF_TEXTS: Final = (
    exp.Like,
    exp.Glob,
    exp.RegexpLike,
    exp.Length,
    exp.Substring,
    exp.Lower,
    exp.Upper,
    exp.StrPosition,
)


def tell_moments(schema: SqlSchema) -> None:
    """Give columns of text of a SQLite schema the type of what they keep. A column of a key, one with a length or one that a
    check takes for other text stays as it is."""
    if schema.dialect != "sqlite":
        return
    for table in schema.tables:
        referred = {name for key in table.foreign_keys for name in key.columns}
        for column in [*table.columns]:
            if column.type == ColumnType("str") and column.name not in referred and not column.generated:
                kind = _kept(column, table)
                if kind is not None:
                    table.replace(column.name, evolve(column, type=kind))


def _kept(column: SqlColumn, table: SqlTable) -> ColumnType | None:
    name = re.escape(column.name)
    checks = [each.expression for each in table.checks if re.search(rf"\b{name}\b", each.expression)]
    for pattern, kind in ((_SAYS_MOMENT, _MOMENT), (_SAYS_DAY, _DAY), (_SAYS_TIME, _TIME)):
        if any(re.search(pattern.format(name=name), each) for each in checks):
            return kind
    if any(_of_text(column.name, each) for each in checks):
        return None
    if _NOW.search(column.default):
        return _MOMENT
    if _TODAY.search(column.default):
        return _DAY
    if column.default.strip("()\"' "):
        return None
    *before, last = split(column.name) or ("",)
    if last in _DAYS or (last == "on" and before):
        return _DAY
    return _MOMENT if last in _MOMENTS else None


def _of_text(name: str, check: str) -> bool:
    """Does the check ask what only other text has: a pattern, a length, a word of a list?"""
    tree: Any = parsed(check, "sqlite")
    if tree is None:
        return True
    for column in tree.find_all(exp.Column):
        if column.name.lower() != name.lower():
            continue
        around = column.parent
        if isinstance(around, _OF_TEXTS):
            return True
        beside = around.expressions if isinstance(around, exp.In) else [*around.find_all(exp.Literal)] if around else []
        if any(each.is_string and not re.match(r"\d{4}-\d\d", str(each.this)) for each in beside):
            return True
    return False
