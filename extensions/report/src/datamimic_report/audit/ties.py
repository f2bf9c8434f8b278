"""Rules that were found: of how many cases they hold, and of which they do not."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic_report.audit.leaves import Ints, Leaf

TIED: Final = 0.95
FEWEST: Final = 3
"""Cases that a rule is found by at least."""
_SHOWN: Final = 5


@frozen(kw_only=True)
class Tie:
    """A rule, and of how many cases it holds; `examples` are records in which it does not."""

    kind: str
    """sum, count, balance or equal"""
    left: str
    right: str
    cases: int
    untied: int
    examples: tuple[str, ...]

    def report(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "left": self.left,
            "right": self.right,
            "cases": self.cases,
            "untied": self.untied,
            "examples": list(self.examples),
        }


def tie_of(kind: str, left: str, right: str, cases: int, records: Ints, label: Leaf | None) -> Tie:
    shown = np.unique(records)[:_SHOWN].tolist()
    names = (
        dict(zip(label.owners.tolist(), label.values.to_pylist(), strict=True)) if label is not None and shown else {}
    )
    examples = tuple(str(names.get(record, f"record {record}")) for record in shown)
    return Tie(kind=kind, left=left, right=right, cases=cases, untied=len(records), examples=examples)


def tells(values: Ints) -> bool:
    """Could values agree by more than chance: are there three of them at least, most of them not zero?"""
    return len(np.unique(values)) >= FEWEST and float((values != 0).mean()) > 0.5
