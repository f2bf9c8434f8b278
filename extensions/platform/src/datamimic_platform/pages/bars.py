"""Jobs by day as bars: a part of each for every way in which they ended, one upon the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

STEP, WIDTH, HEIGHT = 20, 14, 100
_TONES = {"completed": "good", "failed": "bad", "cancelled": "open"}


@frozen
class Bar:
    """`parts` are (y, height, tone) in hundredths of the highest bar, `said` what it shows."""

    x: int
    parts: list[tuple[float, float, str]]
    said: str


@frozen
class Bars:
    """`width` of all, `thick` is each; `most` jobs ended on a day."""

    width: int
    thick: int
    most: int
    bars: list[Bar]


def bars(days: Sequence[Mapping[str, Any]]) -> Bars:
    most = max((sum(each[name] for name in _TONES) for each in days), default=0)
    return Bars(STEP * len(days), WIDTH, most, [_bar(at, each, most) for at, each in enumerate(days)])


def _bar(at: int, day: Mapping[str, Any], most: int) -> Bar:
    parts, top = [], float(HEIGHT)
    for name, tone in _TONES.items():
        if day[name]:
            height = HEIGHT * day[name] / most
            top -= height
            parts.append((round(top, 2), round(height, 2), tone))
    told = ", ".join(f"{day[name]:,} {name}" for name in _TONES if day[name]) or "none"
    return Bar(at * STEP + (STEP - WIDTH) // 2, parts, f"{day['day']}: {told}")
