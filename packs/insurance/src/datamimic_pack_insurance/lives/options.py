"""How far back the books of the insurers go, and which of their contracts are asked for."""

from __future__ import annotations

from datamimic import World, option, options
from datamimic.columns import Ints

BLOCK = 1_000
"""Parents that have equally many children together: people their policies, policies their terms and claims."""
HISTORY = 8
"""Years of the books unless asked otherwise."""


@options
class PolicyOptions:
    """What decides which contracts there are."""

    history: int = option(
        HISTORY,
        doc="years that the books of the insurers go back: terms and claims of so many years",
        minimum=1,
        maximum=30,
    )


def history(world: World) -> int:
    """The option of insurance policies, for whoever needs to know how old contracts can be."""
    asked: PolicyOptions = world.options(world.spec("insurance.insurance_policy"))
    return asked.history


def of_batch(rows: Ints, value: int) -> Ints:
    return rows * 0 + value
