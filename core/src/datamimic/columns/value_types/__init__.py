"""Kinds of values: what a field's annotation means in Python, in flight, in Arrow and in JSON. A kind is one class."""

from __future__ import annotations

from datamimic.columns.value_types.annotations import Later, kind_of
from datamimic.columns.value_types.binary import Bytes
from datamimic.columns.value_types.exact_numbers import Decimals, decimals
from datamimic.columns.value_types.lists import ListOf, TupleOf
from datamimic.columns.value_types.mappings import MapOf
from datamimic.columns.value_types.moments import Date, DateTime, Duration, TimeOfDay, duration_text, zone
from datamimic.columns.value_types.numbers import Bool, Float, Int, Unsigned, unsigned
from datamimic.columns.value_types.records import Record, instances
from datamimic.columns.value_types.single_values import PlainForm, from_json, json_schema, misfit, to_json
from datamimic.columns.value_types.texts import Choice, Str, Uuid
from datamimic.columns.value_types.value_type import Misfit, ValueType

__all__ = [
    "Bool",
    "Bytes",
    "Choice",
    "Date",
    "DateTime",
    "Decimals",
    "Duration",
    "Float",
    "Int",
    "Later",
    "ListOf",
    "MapOf",
    "Misfit",
    "PlainForm",
    "Record",
    "Str",
    "TimeOfDay",
    "TupleOf",
    "Unsigned",
    "Uuid",
    "ValueType",
    "decimals",
    "duration_text",
    "from_json",
    "instances",
    "json_schema",
    "kind_of",
    "misfit",
    "to_json",
    "unsigned",
    "zone",
]
