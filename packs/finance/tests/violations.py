"""Run an entity's checks over rows of a world, in one batch per 50,000 rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import World
from datamimic.definition import spec_of

SUPPLIED = ("clock", "data", "locale", "options")


def violations(world: World, entity: type, rows: int) -> dict[str, int]:
    """How many of the first `rows` rows violate each check; only checks that are violated appear."""
    spec = spec_of(entity)
    found: dict[str, int] = {}
    for start in range(0, rows, 50_000):
        batch = world[entity].batch(np.arange(start, min(rows, start + 50_000), dtype=np.int64))
        supplied: dict[str, Any] = {
            "clock": world.clock, "locale": world.locale, "options": world.options(spec), "data": world.data(spec.cls),
        }  # fmt: skip
        for check in spec.checks:
            arguments = [supplied[name] if name in SUPPLIED else batch.column(name) for name in check.parameters]
            holds = np.ma.filled(check.function(*arguments), True)
            bad = int((~holds).sum())
            if bad:
                found[check.name] = found.get(check.name, 0) + bad
    return found
