"""Requests per minute, of a key, a session or an address: counted in this process, or in Redis by all of them together."""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from collections.abc import Callable

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from datamimic_platform.settings import Settings

_MINUTE = 60.0
_MOST_KNOWN = 10_000
"""Of those who asked, after which those are forgotten who have not for a minute."""
_LOG = logging.getLogger("datamimic.platform.api")


class Windows:
    """The last minute of everybody who asked, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moments: dict[str, deque[float]] = {}

    def wait(self, most: int, who: str, *, counted: bool = True) -> int | None:
        """Seconds until `who` may ask again; None: now, and it is counted."""
        now, moments = self._clock(), self._moments.get(who)
        while moments and moments[0] <= now - _MINUTE:
            moments.popleft()
        if moments and len(moments) >= most:
            return max(1, math.ceil(moments[0] + _MINUTE - now))
        if counted:
            if moments is None:
                moments = self._new(who, now)
            moments.append(now)
        return None

    def _new(self, who: str, now: float) -> deque[float]:
        if len(self._moments) >= _MOST_KNOWN:
            self._moments = {name: kept for name, kept in self._moments.items() if kept and kept[-1] > now - _MINUTE}
        return self._moments.setdefault(who, deque())


class Limits:
    """Redis that does not answer keeps nobody out: each process counts by itself then."""

    def __init__(self, settings: Settings) -> None:
        self._here = Windows()
        self._together: MovingWindowRateLimiter | None = None
        if settings.redis_url:
            storage = storage_from_string(
                settings.redis_url,
                max_connections=settings.redis_max_connections,
                wrap_exceptions=True,
                socket_timeout=1,
                socket_connect_timeout=1,
            )
            self._together = MovingWindowRateLimiter(storage)

    def wait(self, most: int, who: str) -> int | None:
        """Seconds until `who` may ask again; None: now, and it is counted."""
        if self._together is None:
            return self._here.wait(most, who)
        limit = RateLimitItemPerMinute(most)
        try:
            if self._together.hit(limit, who):
                return None
            return max(1, math.ceil(self._together.get_window_stats(limit, who).reset_time - time.time()))
        except StorageError as error:
            _LOG.warning("Redis does not count requests", extra={"reason": type(error).__name__})
            return self._here.wait(most, who)

    def refused(self, who: str) -> None:
        """Somebody at an address was not known."""
        self._here.wait(2**31, f"refused {who}")

    def tries(self, most: int, who: str) -> int | None:
        """Seconds until an address at which nobody was known, so often, may show keys again: each guess is another key, whose
        own count says nothing."""
        return self._here.wait(most, f"refused {who}", counted=False)
