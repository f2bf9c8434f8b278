"""Columns in flight: what rules read and return, before they become Arrow arrays or Python values.

    int, float, bool            numpy int64, float64, bool_ arrays; uint64 for Annotated[int, unsigned()]
    date, datetime              numpy datetime64[D], datetime64[us] arrays, UTC whatever the zone
    time, timedelta             numpy timedelta64[us] arrays: since midnight, and of any length
    Decimal                     numpy int64 arrays of hundredths ("cents"); of whole 10**-n for decimals(n)
    str, UUID                   Text
    Enum, Literal               Text or int64 array of their values
    bytes                       numpy object arrays of bytes
    list, tuple, dict           Lists (all of one length, or a matrix, for a tuple), Maps
    record, entity, GeoPoint    Struct
    X | None                    Text with nulls; Lists, Maps and Struct with `present`; numpy masked arrays for the rest

An Arrow array of the type that the kind has in Arrow is taken as well. A row is a position: every column of a batch has the
same length.
"""

from datamimic.base.arrays import Bools, Dates, Floats, Ints, Masked
from datamimic.columns.buffers import true_values
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
from datamimic.columns.ordering import numbered, ordered
from datamimic.columns.stacking import overlaid, select
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
    "numbered",
    "ordered",
    "overlaid",
    "select",
    "take",
    "true_values",
    "where",
    "year_month_day",
    "years_between",
]
