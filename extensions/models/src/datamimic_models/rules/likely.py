"""Flags, shares and pieces that mean nothing to the packs, whose names say what is likely."""

from __future__ import annotations

from typing import Final

from datamimic_models.model import Column
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.rule import RuleKind

_OFTEN_TRUE: Final = (
    "active enabled visible published valid verified confirmed available current aktiv actif activo ativo"
)
_SELDOM_TRUE: Final = (
    "deleted superuser staff admin locked blocked archived banned disabled hidden removed revoked cancelled canceled expired "
    "failed fraud fraudulent suspended deceased test demo geloescht gesperrt supprime eliminado"
)
_FLAGS: Final = {
    **dict.fromkeys(_OFTEN_TRUE.split(), Choice((False, True), (1, 9))),
    **dict.fromkeys(_SELDOM_TRUE.split(), Choice((False, True), (24, 1))),
}
_SHARES: Final = frozenset(
    ["rate", "ratio", "share", "fraction", "probability", "quote", "anteil", "satz", "taux", "tasa", "taxa"]
)
_TAXES: Final = frozenset(["vat", "tax", "mwst", "ust", "tva", "iva"])
_PERCENT: Final = frozenset(["percent", "pct", "percentage", "prozent", "pourcentage", "porcentaje"])
_PIECES: Final = frozenset(
    ["quantity", "qty", "pieces", "pcs", "anzahl", "menge", "quantite", "cantidad", "quantidade", "stueck"]
)
_MOST_TAX: Final = 0.25
_MOST_PIECES: Final = 20


def likely_rule(column: Column, words: tuple[str, ...]) -> RuleKind | None:
    """The rule of a column with these words in its name; None where they say nothing of the kind."""
    kind, last = column.type, words[-1]
    if column.unique:
        return None
    if kind.name == "bool":
        return next((_FLAGS[word] for word in reversed(words) if word in _FLAGS), None)
    if kind.name == "int":
        return Range(1, _MOST_PIECES) if last in _PIECES and not {"min", "max", "stock"} & set(words) else None
    if kind.name not in ("decimal", "float"):
        return None
    most: float = 1
    if last in _PERCENT:
        most = 100
    elif last not in _SHARES or (kind.precision is not None and kind.precision - (kind.scale or 0) > 1):
        return None  # 4.5 in a column of more digits may be an interest rate, a wage or a pulse
    elif _TAXES & set(words):
        most = _MOST_TAX
    if kind.precision is not None and most >= 10 ** (kind.precision - (kind.scale or 0)):
        return None
    return Range(0, most)
