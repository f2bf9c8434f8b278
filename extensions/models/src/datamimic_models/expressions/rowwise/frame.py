"""One row being worked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Context
from typing import Any, Final, Protocol, TypeAlias

from datamimic_models.expressions import tree
from datamimic_models.expressions.failures import TooLarge
from datamimic_models.expressions.limits import MOST_STEPS

DECIMALS: Final = Context(prec=28, Emax=9_999, Emin=-9_999)
"""How Decimals are worked out, whatever the program that runs this has set."""


class RowOfNames(Protocol):
    def value(self, path: tuple[str, ...]) -> tuple[Any, int]: ...
    def word(self, site: int, occurrence: int) -> int: ...
    @property
    def now(self) -> datetime: ...


class Frame:
    """One row being worked out."""

    __slots__ = ("drawn", "locals", "names", "steps")

    def __init__(self, names: RowOfNames) -> None:
        self.names = names
        self.locals: dict[str, Any] = {}
        self.drawn: dict[int, int] = {}
        self.steps = 0

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise TooLarge(f"more than {MOST_STEPS} steps for one row")

    def words(self, site: int) -> Callable[[], int]:
        """The next 64 bits of a call, each time that it is called."""

        def word() -> int:
            occurrence = self.drawn.get(site, 0)
            self.drawn[site] = occurrence + 1
            return self.names.word(site, occurrence)

        return word


Step: TypeAlias = Callable[[Frame], Any]


class Form(Protocol):
    """What makes a function of a frame for every node. `sql`: null is as in SQL, and not as None is in Python."""

    @property
    def sql(self) -> bool: ...
    def of(self, node: tree.Node) -> Step: ...
