"""Which encounters a world has: of what class, and of what part of the last three years."""

from __future__ import annotations

from datetime import date

import numpy as np

from datamimic import Clock, option, options
from datamimic.errors import InvalidOption

DAY = 86_400_000_000
WINDOW_DAYS = 1095
LEAST_DAYS = 31
"""In shorter slots there is no time for appointments, and shorter periods are no choice."""


@options
class EncounterOptions:
    """Which encounters."""

    encounter_class: str = option(
        "",
        doc="only encounters of this class, as many as there are of all: a population of its own",
        choices=("", "AMB", "EMER", "IMP"),
    )
    outcome: str = option(
        "",
        doc="only appointments that become of this, as many as there are encounters: a population of its own",
        choices=("", "cancelled", "no-show"),
    )
    since: str = option("", doc="first day (ISO 8601, UTC) of the encounters: a part of the last three years")
    until: str = option("", doc="day after the last one (ISO 8601, UTC)")

    def __attrs_post_init__(self) -> None:
        for name in ("since", "until"):
            if getattr(self, name):
                try:
                    date.fromisoformat(getattr(self, name))
                except ValueError:
                    raise ValueError(f"{name} {getattr(self, name)!r} is no day such as 2025-01-31") from None
        if self.outcome and self.encounter_class == "EMER":
            raise InvalidOption(
                "impossible_constraint",
                f"emergencies have no appointment that becomes {self.outcome}",
                hint="ask for encounter_class AMB or IMP, or leave it out",
                path="$.outcome",
            )
        if self.since and self.until:
            days = (date.fromisoformat(self.until) - date.fromisoformat(self.since)).days
            if days < LEAST_DAYS:
                raise InvalidOption(
                    "impossible_constraint",
                    f"since {self.since} until {self.until} are {days} days",
                    hint=f"ask for {LEAST_DAYS} days or more",
                    path="$.since",
                )


def period(options: EncounterOptions, clock: Clock) -> tuple[int, int]:
    """The first instant of encounters and the first behind them, in microseconds since 1970. Raises `InvalidOption`
    (`impossible_constraint`) for a period that does not lie within the three years before the clock."""
    now = int(clock.instant.astype(np.int64))
    first, last = now - WINDOW_DAYS * DAY, now
    since = int(np.datetime64(options.since, "us").astype(np.int64)) if options.since else first
    until = int(np.datetime64(options.until, "us").astype(np.int64)) if options.until else last
    if since < first or until > last or until - since < LEAST_DAYS * DAY:
        begin, end = (np.datetime64(each, "us").astype("datetime64[D]") for each in (first, last))
        raise InvalidOption(
            "impossible_constraint",
            f"encounters lie between {begin + 1} and {end}, and {LEAST_DAYS} days of them at least are asked for",
            hint="a world with another clock has other ones",
            path="$.since" if options.since else "$.until",
        )
    return since, until
