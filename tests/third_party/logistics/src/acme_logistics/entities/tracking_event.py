"""What happens to a shipment, in the order of its days."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from acme_logistics.entities.shipment import Shipment
from datamimic import Text, check, entity, field, parent, serial

STEPS = ("collected", "sorted", "in transit", "out for delivery", "delivered")


def step(shipment: Any) -> Text:
    return Text.coded(np.minimum(shipment.index, len(STEPS) - 1), STEPS)


def happened_on(shipment: Any) -> Any:
    return shipment.shipped_on + shipment.index.astype("timedelta64[D]")


@entity("tracking_event")
class TrackingEvent:
    """A step of a shipment."""

    event_id: str = field(serial("EVT-##########"), key=True, doc="number of the event")
    shipment: Shipment = field(parent(Shipment, counts={1: 1, 3: 2, 4: 3, 5: 4}), doc="what it happened to")
    step: str = field(step, doc="what happened")
    happened_on: date = field(happened_on, doc="when it happened")
    shipped_on: date = field(lambda shipment: shipment.shipped_on, doc="when the shipment left")


@check(TrackingEvent, "nothing happens before the shipment leaves")
def after_departure(happened_on: Any, shipped_on: Any) -> Any:
    return happened_on >= shipped_on
