"""All evidence of a column together: what its header says, what its values say, whether the two agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from attrs import frozen

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.plausible import plausible
from datamimic_learning.finding.signal import Signal
from datamimic_learning.finding.terms import Read, identifies, kin_groups

_PRIOR = -2.2
"""Log odds of any one meaning before anything is known of a column."""
_HEADER = 4.6
"""What a header that names a meaning says, of a column whose values can have it."""
_IMPLAUSIBLE = -7.0
_OTHERWISE = -2.2
"""What a header that names another meaning says against one that only values speak for."""
LEAST_SAID = 0.55
"""Score of a header from which it speaks against other meanings."""
_SURE = 7.0
"""Values that speak so loudly are believed whatever the header says."""
_KIN: tuple[frozenset[str], ...] = kin_groups()
"""Meanings that values hardly tell apart, so that a header may choose among them."""


@frozen
class Weighed:
    """The meaning that fits best, its probability, and what speaks for it."""

    meaning: str
    probability: float
    evidence: tuple[str, ...]
    country: str = ""
    by_header: bool = False


def weigh(cells: Cells, reads: Sequence[Read], signals: Iterable[Signal]) -> Weighed | None:
    """The best meaning; None where nothing speaks for any."""
    by_meaning: dict[str, Signal] = {}
    for each in signals:
        if each.meaning not in by_meaning or by_meaning[each.meaning].weight < each.weight:
            by_meaning[each.meaning] = each
    if not by_meaning and not reads:
        return None
    top = reads[0].score if reads else 0.0
    named = [read for read in reads if read.score >= max(top - 0.12, LEAST_SAID)]
    loudest = max((each.weight for each in by_meaning.values()), default=0.0)
    found: list[tuple[float, Weighed]] = []
    for meaning in {read.meaning for read in reads} | by_meaning.keys():
        signal: Signal | None = by_meaning.get(meaning)
        odds, evidence, country = _PRIOR, [], ""
        read = next((each for each in reads if each.meaning == meaning), None)
        kin = next((group for group in _KIN if meaning in group), frozenset((meaning,)))
        if signal is None:
            signal = max(
                (by_meaning[each] for each in kin if each in by_meaning), key=lambda each: each.weight, default=None
            )
        if signal is not None:
            odds += signal.weight
            evidence.append(signal.text)
            country = signal.country
        if read is not None:
            odds += _HEADER * (read.score - 0.3) / 0.65
            evidence.insert(0, f"the header says {read.words!r}")
            if not plausible(meaning, cells) and (signal is None or signal.weight < 2):
                odds += _IMPLAUSIBLE
        elif any(each.meaning in kin for each in named):
            odds += 2.5
            evidence.insert(0, f"the header says {named[0].words!r}, which is near")
        elif named and any(plausible(each.meaning, cells) for each in named):
            against = _OTHERWISE - (1.3 if all(identifies(each.meaning) == "none" for each in named) else 0.0)
            odds += against if signal is None or signal.weight < _SURE else -0.5
            evidence.append(f"but the header says {named[0].words!r}")
        if meaning == "text.note" and "text.personal" in by_meaning:
            odds -= by_meaning["text.personal"].weight
        if signal is None or signal.weight < loudest:
            # Values that say clearly something else speak against this.
            mine = signal.weight if signal is not None else 0.0
            others = [each for each in by_meaning.values() if each.meaning not in kin]
            if others:
                loud = max(others, key=lambda each: each.weight)
                odds -= (0.9 if loud.meaning == "technical.phrase" else 0.35) * max(loud.weight - mine - 2.0, 0.0)
        found.append((odds, Weighed(meaning, 1 / (1 + math.exp(-odds)), tuple(evidence), country, read is not None)))
    return max(found, key=lambda each: (each[0], each[1].meaning in by_meaning, each[1].meaning))[1]
