"""All kinds of rules, by their names in the language, and what a column without a rule has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from datamimic_models.model import ColumnType
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.computed import Computed, Template
from datamimic_models.rules.custom import Custom
from datamimic_models.rules.distributed import DISTRIBUTIONS
from datamimic_models.rules.lookup import Lookup
from datamimic_models.rules.named import Named
from datamimic_models.rules.nested import ListOf, Struct
from datamimic_models.rules.numbering import Serial, Uuid
from datamimic_models.rules.phrases import Phrase, RandomBytes
from datamimic_models.rules.positions import Cycle, Position
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.rule import RuleKind
from datamimic_models.rules.text_patterns import Email, Pattern
from datamimic_models.rules.walks import Series, States

_ALL: Final[tuple[type[RuleKind], ...]] = (
    *(Named, Range, Choice, Constant, Serial, Uuid, Position, Cycle),
    *(Pattern, Email, Computed, Template),
    *DISTRIBUTIONS,
    *(Struct, ListOf, Phrase, RandomBytes),
    *(Lookup, States, Series, Custom),
)
KINDS: Final[Mapping[str, type[RuleKind]]] = {each.kind: each for each in _ALL}
OTHER_NAMES: Final[Mapping[str, str]] = {
    "number": "range",
    "int": "range",
    "integer": "range",
    "float": "range",
    "decimal": "range",
    "date": "range",
    "datetime": "range",
    "time": "range",
    "duration": "range",
    "random_choice": "choice",
    "enum": "choice",
    "values": "choice",
    "value": "constant",
    "script": "expression",
    "computed": "expression",
    "text": "template",
    "gaussian": "normal",
    "gauss": "normal",
    "log_normal": "lognormal",
    "regex": "pattern",
    "regexp": "pattern",
    "fixed": "constant",
    "sequence": "serial",
    "increment": "serial",
    "autoincrement": "serial",
    "object": "struct",
    "look_up": "lookup",
    "state_machine": "states",
    "state_walk": "states",
    "time_series": "series",
    "array": "list",
}
"""Other names that stand for a kind."""


def usual_rule(kind: ColumnType, *, unique: bool) -> RuleKind | None:
    """What makes a column of this type that says nothing and means nothing: numbers of a usual range, one of the type's values,
    a serial where no value may come twice. None for a type that is only ever made by a rule."""
    if kind.choices:
        return Choice(kind.choices)
    if kind.name == "uuid":
        return Uuid()
    if kind.name == "bool":
        return Choice((False, True))
    if unique and kind.name in ("int", "decimal", "float"):
        return Serial()
    if kind.name == "str":
        if unique:
            return Serial("*" * min(kind.length or 8, 8))
        return Phrase()
    if kind.name in ("int", "float", "decimal"):
        return Range(None, _most(kind))
    if kind.name in ("date", "datetime", "time", "duration"):
        return Range()
    if kind.name == "bytes":
        return RandomBytes()
    if kind.name == "json":
        return Constant("{}")
    if kind.name == "struct":
        return Struct()
    if kind.name == "list":
        return ListOf()
    return None


def _most(kind: ColumnType) -> float | None:
    """The usual most, or less where the type holds less."""
    if kind.name == "int" and kind.bits is not None and kind.bits < 32:
        most: int = 2 ** (kind.bits - int(kind.signed)) - 1
        return most
    if kind.name == "decimal" and kind.precision is not None and kind.precision - (kind.scale or 0) < 5:
        return (10**kind.precision - 1) / 10 ** (kind.scale or 0)
    return None
