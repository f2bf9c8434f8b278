"""Numbers and names as trade messages write them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def shortest(column: Any) -> Any:
    """A number without zeros at its end: `19`, `5.5`."""
    coded = column.dictionary_encode()
    made = [None if value is None else _short(str(value)) for value in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(made, pa.string())).dictionary_decode()


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def minute(column: Any) -> Any:
    """Hour and minute of a moment: `0930`."""
    return pc.strftime(column, "%H%M")
