"""What a rule may ask for beside fields, and who may ask for it: the only list of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Flag, auto
from typing import Final

from datamimic.errors import CODES, DefinitionError, excerpt, suggest


class Asker(Flag):
    """Who has parameters that the engine supplies."""

    COLUMN_RULE = auto()
    """`field(function)`: sees whole columns."""
    ROW_RULE = auto()
    """`field(row_rule(function))`: sees plain values of one row."""
    CHECK = auto()
    """`check(cls, sentence)`: runs on tables from anywhere, which have neither draws nor row numbers."""
    COUNTS = auto()
    """`parent(..., counts=function)`: sees columns of the parent."""


_ALL = Asker.COLUMN_RULE | Asker.ROW_RULE | Asker.CHECK | Asker.COUNTS

SUPPLIED: Final[Mapping[str, Asker]] = {
    "rows": Asker.COLUMN_RULE | Asker.COUNTS,
    "draw": Asker.COLUMN_RULE | Asker.ROW_RULE | Asker.COUNTS,
    "data": Asker.COLUMN_RULE | Asker.CHECK | Asker.COUNTS,
    "clock": _ALL,
    "now": Asker.COLUMN_RULE | Asker.CHECK,
    "locale": _ALL,
    "options": _ALL,
    "world": Asker.COLUMN_RULE | Asker.COUNTS,
    "family": Asker.COLUMN_RULE,
}
"""Parameters that the engine supplies; every other parameter is a field of the entity."""


def supplied_to(asker: Asker) -> tuple[str, ...]:
    """The parameters that this asker may have."""
    return tuple(name for name, askers in SUPPLIED.items() if asker in askers)


def refused(parameters: Iterable[str], asker: Asker) -> tuple[str, ...]:
    """Those of the parameters that are supplied, but not to this asker; in alphabetical order."""
    return tuple(sorted(name for name in set(parameters) & SUPPLIED.keys() if asker not in SUPPLIED[name]))


def unknown_parameter(reader: str, name: str, fields: Iterable[str]) -> DefinitionError:
    """For a parameter that is neither a field nor supplied."""
    known = [*fields, *SUPPLIED]
    near = suggest(name, known)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else CODES["unknown_parameter"].remedy
    return DefinitionError("unknown_parameter", f"{reader} reads {excerpt(name)}, which is no field", hint=hint)
