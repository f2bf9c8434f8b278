"""What one condition says: of one column which values it may have, of several how they relate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, Literal

from attrs import frozen

from datamimic_models.solving.terms import Term
from datamimic_models.solving.values import Values

Comparison = Literal["<", "<=", ">", ">=", "=", "<>"]
OPPOSITE: dict[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
MIRRORED: dict[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
COMPARED: Final[Mapping[Comparison, Callable[[Any, Any], Any]]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip


def compares(left: Any, operator: Comparison, right: Any) -> bool:
    """Whether two constants, numbers or texts, compare so."""
    return bool(COMPARED[operator](left, right))


@frozen
class Allowed:
    """The column has one of the values; null is one of them, unless `values` says never."""

    column: str
    values: Values

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @property
    def about_null(self) -> bool:
        return self.values.null != "may"


@frozen
class Relation:
    """`term` compared with nothing (0); it holds where one of the columns is null."""

    operator: Comparison
    term: Term

    @property
    def columns(self) -> tuple[str, ...]:
        return self.term.columns

    @property
    def about_null(self) -> bool:
        return False


Atom = Allowed | Relation
