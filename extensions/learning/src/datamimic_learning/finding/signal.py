"""What values say for a meaning, and how much."""

from __future__ import annotations

import math

from attrs import frozen


@frozen
class Signal:
    """`weight` are log odds for the meaning, `share` that of the cells which say so, `text` what they say."""

    meaning: str
    weight: float
    share: float
    text: str
    country: str = ""


def ramp(share: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, straight between."""
    return min(max((share - low) / (high - low), 0.0), 1.0)


def binomial(hits: int, count: int, chance: float) -> float:
    """How much more likely so many hits are where they are meant than where each comes by chance (log of the ratio, at the
    share that is seen); 0 where there are no more than chance gives."""
    share = hits / count if count else 0.0
    if share <= chance:
        return 0.0
    lost = (1 - share) * math.log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return count * (share * math.log(share / chance) + lost)
