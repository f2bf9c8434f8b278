from datetime import date

import numpy as np
from datamimic import World, days_before, entity, field, stages


@entity("invoice", happens="sent_on")
class Invoice:
    """A bill, there from the day on which it was sent."""

    sent_on: date = field(days_before("clock", 30, 300), doc="when it was sent")
    paid_on: date | None = field(
        lambda sent_on, draw: np.ma.MaskedArray(sent_on + np.timedelta64(20, "D"), draw.chance(0.1)),
        since="paid_on",
        doc="when it was paid",
    )
    status: str = field(stages({"open": "sent_on", "paid": "paid_on"}), doc="how far it came")


world = World("demo", clock="2026-01-01")
earlier = list(world.as_of("2025-10-01")[Invoice][0:100])
assert len(earlier) < 100 and {invoice.status for invoice in earlier} == {"open", "paid"}
assert all(invoice.sent_on <= date(2025, 10, 1) for invoice in earlier)
