"""All kinds of rules, by their names in the language, and what a column without a rule has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from datamimic_models.model import ColumnType
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.nested import ListOf, Struct
from datamimic_models.rules.numbering import Serial, Uuid
from datamimic_models.rules.phrases import Phrase, RandomBytes
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.rule import RuleKind


class _Kinds(Mapping[str, type[RuleKind]]):
    """Name -> class, whose module is imported when it is asked for. `places` are `module:Class`, of the folder of rules."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    def __getitem__(self, name: str) -> type[RuleKind]:
        module, _, cls = self.places[name].partition(":")
        found: type[RuleKind] = getattr(import_module(f"datamimic_models.rules.{module}"), cls)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


KINDS: Final[Mapping[str, type[RuleKind]]] = _Kinds(
    {
        "named": "named:Named",
        "range": "ranges:Range",
        "choice": "choices:Choice",
        "constant": "choices:Constant",
        "serial": "numbering:Serial",
        "uuid": "numbering:Uuid",
        "position": "positions:Position",
        "cycle": "positions:Cycle",
        "pattern": "text_patterns:Pattern",
        "email": "text_patterns:Email",
        "expression": "computed:Computed",
        "template": "computed:Template",
        "normal": "distributed:Normal",
        "lognormal": "distributed:Lognormal",
        "exponential": "distributed:Exponential",
        "poisson": "distributed:Poisson",
        "binomial": "distributed:Binomial",
        "zipf": "distributed:Zipf",
        "beta": "distributed:Beta",
        "triangular": "distributed:Triangular",
        "quantiles": "distributed:QuantileTable",
        "struct": "nested:Struct",
        "list": "nested:ListOf",
        "phrase": "phrases:Phrase",
        "bytes": "phrases:RandomBytes",
        "native": "native:Native",
        "iban": "iban:Iban",
        "lookup": "lookup:Lookup",
        "drawn": "drawn.rule:Drawn",
        "points": "drawn.points:Points",
        "sentence": "drawn.sentences:Sentence",
        "states": "walks:States",
        "series": "walks:Series",
        "custom": "custom:Custom",
    }
)
OTHER_NAMES: Final[Mapping[str, str]] = {
    "number": "range",
    "uniform": "range",
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
    "scorecard": "points",
    "free_text": "sentence",
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
