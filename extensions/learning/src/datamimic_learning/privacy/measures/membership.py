"""Can somebody who knows a person's row tell from the copy whether it was among the originals?"""

from __future__ import annotations

import numpy as np

from datamimic.columns import Floats
from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.measured import NO_HALF, Measure
from datamimic_learning.privacy.records.drawing import drawn
from datamimic_learning.privacy.records.nearest import nearest
from datamimic_learning.privacy.records.space import Records, Space

RARE = 0.01
"""The share of outsiders that may be taken for members where few false alarms count."""
_ATTACKS = ("distance", "calibrated")


def membership(space: Space, real: Records, copy: Records, other: Records | None, targets: int) -> Measure:
    """The area under the curve of the better of two attacks on originals and on as many rows of the other half; 0.5 is a
    guess.

    `distance`: who is nearer to the copy is a member. `calibrated`: who is nearer to the copy than to people of another
    sample, the rest of the other half.
    """
    if other is None:
        return Measure.not_taken("membership", NO_HALF)
    count = min(targets, real.rows, other.rows // 2)
    if not count:
        return Measure.not_taken("membership", "the other half has too few rows")
    outside = drawn(other.rows, count, "outsiders")
    rest = np.setdiff1d(np.arange(other.rows), outside)
    people = [real.take(drawn(real.rows, count, "members")), other.take(outside)]
    to_copy = [nearest(space, each, copy).first for each in people]
    to_rest = [nearest(space, each, other.take(rest)).first for each in people]
    scores = {
        "distance": [-each for each in to_copy],
        "calibrated": [far - near for near, far in zip(to_copy, to_rest, strict=True)],
    }
    attacks = []
    for name in _ATTACKS:
        members, outsiders = scores[name]
        line = float(np.quantile(outsiders, 1 - RARE, method="higher"))
        attacks.append(
            {
                "attack": name,
                "area": _area(members, outsiders),
                "found_at_one_percent": float((members > line).mean()),
                "advantage": _advantage(members, outsiders),
            }
        )
    best = max(float(each["area"]) for each in attacks)  # type: ignore[arg-type]
    return Measure(
        "membership", best, intervals.area(best, count, count, len(attacks)), 0.5, 2 * count, {"attacks": attacks}
    )


def _area(members: Floats, outsiders: Floats) -> float:
    """How probable it is that a member's score is above an outsider's; where they are the same, half."""
    ordered = np.sort(outsiders)
    below, upto = np.searchsorted(ordered, members, side="left"), np.searchsorted(ordered, members, side="right")
    return float((below + upto).sum() / (2 * len(members) * len(outsiders)))


def _advantage(members: Floats, outsiders: Floats) -> float:
    """The most that found members are above false alarms, over all lines."""
    lines = np.unique(np.concatenate((members, outsiders)))
    above = [1 - np.searchsorted(np.sort(each), lines, side="left") / len(each) for each in (members, outsiders)]
    return float(max(0.0, (above[0] - above[1]).max()))
