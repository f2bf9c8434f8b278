"""How rules name columns, which may be called anything: `order date` is `order_date`, `Sepal.Length` is `sepal_length`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from keyword import iskeyword

from datamimic_models.compiling.names import identifier


def said(name: str) -> str:
    """The name itself where an expression can say it, else that of its field."""
    return name if name.isidentifier() and not iskeyword(name) else identifier(name, "column")


def sayable(columns: Iterable[str]) -> frozenset[str]:
    """Those that no other column is called like."""
    names = [*columns]
    fields = Counter(identifier(each, "column") for each in names)
    return frozenset(each for each in names if fields[identifier(each, "column")] == 1)
