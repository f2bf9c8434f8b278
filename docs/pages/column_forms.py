"""Kinds of values: the annotation, the column that a rule gets and returns, the Arrow type; and what rules may ask for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

from datamimic import GeoPoint, decimals, record, unsigned, zone
from datamimic.columns.value_types import kind_of
from datamimic.model.supplied import SUPPLIED, Asker
from pages.markdown import code, table


class Status(Enum):
    OPEN = "open"


@record
class Point:
    """A record of the table below."""

    x: int


FORMS: tuple[tuple[str, Any, str], ...] = (
    ("int", int, "int64 array"),
    ("Annotated[int, unsigned()]", Annotated[int, unsigned()], "uint64 array"),
    ("float", float, "float64 array; NaN only with `field(…, allow_nan=True)`"),
    ("bool", bool, "bool_ array"),
    ("str", str, "`Text`"),
    ('Literal["a", "b"]', Literal["a", "b"], "`Text` of these values"),
    ("an Enum", Status, "`Text` of the members' values"),
    ("Decimal", Decimal, "int64 array of hundredths: money"),
    ("Annotated[Decimal, decimals(4)]", Annotated[Decimal, decimals(4)], "int64 array of whole units of the last decimal"),
    ("date", date, "datetime64[D] array"),
    ("datetime", datetime, "datetime64[us] array, UTC"),
    ('Annotated[datetime, zone("Europe/Berlin")]', Annotated[datetime, zone("Europe/Berlin")], "datetime64[us] array, UTC"),
    ("time", time, "timedelta64[us] array since midnight"),
    ("timedelta", timedelta, "timedelta64[us] array"),
    ("UUID", UUID, "`Text` of 36 small letters"),
    ("bytes", bytes, "object array of `bytes`, None where null"),
    ("GeoPoint", GeoPoint, "`Struct` of the float columns `latitude` and `longitude`"),
    ("list[int]", list[int], "`Lists`"),
    ("tuple[float, float]", tuple[float, float], "`Struct` of the columns `f0`, `f1`"),
    ("dict[str, int]", dict[str, int], "`Maps`"),
    ("a @record class", Point, "`Struct` of one column for each attribute"),
    ("X | None", int | None, "`Text` with nulls, masked array, `present=` of the others"),
)  # fmt: skip
_MEANINGS = {
    "rows": ("Ints", "row numbers, int64"),
    "draw": ("Draw", "the field's addressed randomness; in a row rule, of the row"),
    "data": ("Data", "the tables of the pack that declares the field"),
    "clock": ("Clock", "the instant that ages and dates are computed from"),
    "locale": ("Locale", "language and country of the world"),
    "options": ("the entity's class of options", "what the caller has set"),
    "world": ("RuleWorld", "`refer(entity, rows)` for references, `memo(key, make)` for what is made once in a world"),
    "family": ("Family", "all siblings of the rows, on an entity with a parent"),
}


def column_forms() -> str:
    rows = [(code(text), form, code(kind_of(annotation, "the reference").arrow)) for text, annotation, form in FORMS]
    return "## Column forms\n\n" + table(("Annotation", "In rules", "In Arrow"), rows)


def rule_parameters() -> str:
    """From the one list of what the engine supplies."""
    askers = (Asker.COLUMN_RULE, Asker.ROW_RULE, Asker.CHECK)
    rows = [
        (code(name), code(_MEANINGS[name][0]), _MEANINGS[name][1], *("●" if asker in who else "" for asker in askers))
        for name, who in SUPPLIED.items()
    ]
    return table(("Parameter", "Type", "What it is", "Rule", "Row rule", "Check"), rows)
