"""What a measure tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import Factory, frozen

from datamimic_learning.privacy.measures.intervals import Interval

NO_HALF: Final = "it needs rows like the originals that were kept away: --holdout"
"""Why what is told beside another half is not measured without one."""


@frozen
class Measure:
    """`value` with its interval, in which `chance` lies where the copy is independent of the originals; `cases` are what was
    counted or tried. `told` has the figures behind it. Where there is no value, `missing` says why."""

    name: str
    value: float | None
    interval: Interval | None
    chance: float | None
    cases: int
    told: Mapping[str, Any] = Factory(dict)
    missing: str | None = None

    @classmethod
    def not_taken(cls, name: str, why: str) -> Measure:
        return cls(name, None, None, None, 0, {}, why)
