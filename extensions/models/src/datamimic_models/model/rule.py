"""How the values of a column are to be made, as far as a model needs to know."""

from __future__ import annotations

from typing import ClassVar


class Rule:
    """One rule of a column: a frozen attrs class, whose attributes are what the language says in `{type: kind, …}`. The kinds
    that there are, and what makes values of them, are in `datamimic_models.rules`."""

    kind: ClassVar[str]

    def reads(self) -> tuple[str, ...]:
        """The columns of the same row that it needs."""
        return ()

    def capacity(self) -> int | None:
        """How many different values it can give, where that is known: a key or unique column has no more rows."""
        return None
