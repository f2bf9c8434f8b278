"""Which of its kind a row is, where kinds have exact shares."""

from __future__ import annotations

from typing import Any

from datamimic import World
from datamimic.columns import Ints


def ordinal(rows: Ints, world: World, entity: str, name: str) -> Ints:
    """How many rows before it have the same value of the apportioned field `name`, in an order of their own."""
    spec = world.spec(entity)
    dealt: Any = spec.fields[name].generator
    strata, _, _ = dealt.strata(world, spec, name)
    stratum, number = strata.numbered(rows)
    before: Ints = rows // strata.permutation.size * strata.counts[stratum]
    return before + number
