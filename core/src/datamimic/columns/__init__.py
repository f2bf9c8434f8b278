"""Columns in flight: what rules read and return, before they become Arrow arrays or Python values.

    int, float, bool    numpy int64, float64, bool_ arrays
    date, datetime      numpy datetime64[D], datetime64[us] (UTC) arrays
    Decimal             numpy int64 arrays of hundredths ("cents")
    str                 Text
    list, dict          Lists, Maps
    record, entity      Struct
    X | None            Text with nulls; numpy masked arrays for the rest

A row is a position: every column of a batch has the same length.
"""

from datamimic.base.arrays import Bools, Dates, Floats, Ints, Masked
from datamimic.columns.containers import Column, Lists, Maps, Struct, concat, kept, take
from datamimic.columns.formatting import (
    date_text,
    digit_matrix,
    digits,
    divided,
    from_bytes,
    money_text,
    number_text,
    year_month_day,
    years_between,
)
from datamimic.columns.joining import join, join_present
from datamimic.columns.stacking import select
from datamimic.columns.text import Text, where
from datamimic.columns.vocabulary import Vocabulary

__all__ = [
    "Bools",
    "Column",
    "Dates",
    "Floats",
    "Ints",
    "Lists",
    "Maps",
    "Masked",
    "Struct",
    "Text",
    "Vocabulary",
    "concat",
    "date_text",
    "digit_matrix",
    "digits",
    "divided",
    "from_bytes",
    "join",
    "join_present",
    "kept",
    "money_text",
    "number_text",
    "select",
    "take",
    "where",
    "year_month_day",
    "years_between",
]
