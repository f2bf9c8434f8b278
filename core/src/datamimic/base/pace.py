"""How fast rows are given away: so many in a second, however fast they are made."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from attrs import field, frozen

from datamimic.errors import InvalidOption, excerpt

_RATE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*(?:/\s*(s|min|h|d))?")
_SECONDS = {None: 1, "s": 1, "min": 60, "h": 3600, "d": 86_400}
_TICKS = 20
"""Portions in a second, where a portion is more than a row."""
_LATE = 1.0
"""Seconds that are caught up with, where the rows or their reader were slow; not more, so that nobody gets a flood."""


def per_second(text: str) -> float:
    """`100/s`, `100`, `30/min`, `5/h`, `1/d`, as rows in a second. Raises `InvalidOption` (`invalid_option`)."""
    found = _RATE.fullmatch(text.strip())
    rate = float(found[1]) / _SECONDS[found[2]] if found else 0.0
    if not rate:
        raise InvalidOption(
            "invalid_option", f"{excerpt(text)} is no rate", hint="rows in a time: 100/s, 30/min, 5/h", path="$.rate"
        )
    return rate


@frozen
class Pace:
    """Rows in a second; None as many as somebody takes. `clock` tells seconds, `sleep` waits for some."""

    rate: float | None
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    sleep: Callable[[float], object] = field(default=time.sleep, repr=False)


class Metronome:
    """A pace that is being kept, over as many batches as there are."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._due = pace.clock()

    def portions(self, rows: int) -> Iterator[tuple[int, int]]:
        """[first, end) of the portions of a batch of so many rows, each when it is due. The first is due at once."""
        rate = self._pace.rate
        size = rows if rate is None else max(1, int(rate / _TICKS))
        for first in range(0, rows, max(size, 1)):
            end = min(first + size, rows)
            if rate is not None:
                self._wait()
                self._due += (end - first) / rate
            yield first, end

    def _wait(self) -> None:
        now = self._pace.clock()
        if now < self._due:
            self._pace.sleep(self._due - now)
        elif now > self._due + _LATE:
            self._due = now - _LATE
