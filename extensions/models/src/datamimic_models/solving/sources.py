"""Where columns come from when nothing is asked of them, and for which rows they are asked."""

from __future__ import annotations

from attrs import frozen

from datamimic import Draw
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Made


@frozen
class Source:
    """Where a column comes from when nothing is asked of it: `taste` are the ticks that it usually has; `proposal`, if any, are
    values that make sense, and are kept where they are allowed."""

    taste: tuple[int, int] | None = None
    proposal: Made | None = None


@frozen
class Asked:
    """Rows of one case: `numbers` are their addresses, `address` names the table, `attempt` makes other draws."""

    address: tuple[str, ...]
    numbers: Ints
    attempt: int = 0

    def draw(self, column: str) -> Draw:
        label = column if not self.attempt else f"{column}#{self.attempt}"
        return Draw((*self.address, label), self.numbers)
