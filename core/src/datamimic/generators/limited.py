"""Rules whose numbers end: how many rows they can serve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic.errors import DefinitionError, excerpt
from datamimic.model.generator import Generator, Rule


class Limited(Rule):
    """See `limited`."""

    def __init__(self, rule: Callable[..., Any], rows: int | Callable[[Any], int | None]) -> None:
        super().__init__(rule)
        self.rows = rows

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return self.rows if isinstance(self.rows, int) else self.rows(world)


def limited(rule: Callable[..., Any], rows: int | Callable[[Any], int | None]) -> Generator[Any]:
    """`field(limited(licence_number, 1_000_000))`: the rule, which has values for as many rows as that; more are refused before
    anything is made, with the number.

    `rows` may be a function of the world, for numbers that countries write differently; it gives None where they do not end.
    """
    if (
        not callable(rule)
        or isinstance(rule, Generator)
        or not (callable(rows) or (isinstance(rows, int) and rows > 0))
    ):
        raise DefinitionError(
            "bad_field",
            f"limited({excerpt(rule)}, {excerpt(rows)})",
            hint="a rule, and a number or a function of the world",
        )
    return Limited(rule, rows)
