"""How often something happens to payments of a channel."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Table, Text
from datamimic.columns import Floats


def share(data: Data, incident: str, channel: Text) -> Floats:
    table: Table = data["card_incidents"]
    shares = {
        name: value
        for name, kind, value in zip(
            table.columns["channel"], table.columns["incident"], table.floats("share").tolist(), strict=True
        )
        if kind == incident
    }
    codes, vocabulary = channel.coding()
    return np.array([shares.get(value, 0.0) for value in vocabulary.values], np.float64)[codes]
