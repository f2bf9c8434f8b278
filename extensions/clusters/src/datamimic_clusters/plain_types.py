"""Arrow types that Spark reads, for those that it does not."""

from __future__ import annotations

import pyarrow as pa


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """The schema that a table is cast to: text is text, since Spark has no dictionary columns; 64-bit unsigned numbers are
    decimals, times of day text and tuples lists, at any depth."""
    return pa.schema([pa.field(field.name, plain_type(field.type), field.nullable) for field in schema])


def plain_type(kind: pa.DataType) -> pa.DataType:
    types = pa.types
    if types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if types.is_uint64(kind):
        return pa.decimal128(20, 0)
    if types.is_time(kind):
        return pa.string()
    if types.is_list(kind) or types.is_fixed_size_list(kind):
        return pa.list_(plain_type(kind.value_type))
    if types.is_map(kind):
        return pa.map_(plain_type(kind.key_type), plain_type(kind.item_type))
    if types.is_struct(kind):
        return pa.struct([pa.field(field.name, plain_type(field.type), field.nullable) for field in kind])
    return kind
