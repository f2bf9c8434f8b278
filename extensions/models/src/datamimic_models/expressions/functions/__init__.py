"""The functions, methods and constants of the language, by family. Importing this puts them on the list of `catalogue`."""

from datamimic_models.expressions.functions import (
    collections,
    digests,
    documents,
    mathematics,
    moments,
    nulls,
    numbers,
    patterns,
    randomness,
    texts,
)

__all__ = [
    "collections",
    "digests",
    "documents",
    "mathematics",
    "moments",
    "nulls",
    "numbers",
    "patterns",
    "randomness",
    "texts",
]
