"""Dictionaries of columns: the same in every batch, or one that follows the batch is told."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa


def dictionaries(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    """The dictionary of every column that has one, by its name; of parts of lists and structs, by the way to them."""
    return {
        path: found
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
        for path, found in _within(name, column)
    }


def _within(path: str, array: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    kind = array.type
    if pa.types.is_dictionary(kind):
        yield path, array.dictionary
    elif pa.types.is_map(kind):
        yield from _within(f"{path}.key", array.keys)
        yield from _within(f"{path}.value", array.items)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        yield from _within(path, array.values)
    elif pa.types.is_struct(kind):
        for number, part in enumerate(kind):
            yield from _within(f"{path}.{part.name}", array.field(number))
