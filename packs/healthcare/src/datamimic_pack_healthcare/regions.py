"""Regions: what doctors, hospitals and patients have in common when they are in reach of each other.

A region is a state; in Viet Nam one of the 63 provinces of before July 2025, each of which lies wholly in one of the 34
of today, so that people of one region live in one state whatever the clock.
"""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Ints
from datamimic_pack_common.places.postal import VIETNAMESE_REFORM

_FORMER = "former_state_code"


def region_column(data: Data) -> str:
    """The column of `common.places` that names the region."""
    return _FORMER if _FORMER in data["common.places"] else "state_code"


def region_of(place: Ints, data: Data) -> Text:
    return data["common.places"][region_column(data)].take(place)


def state_name(place: Ints, data: Data, clock: Clock) -> Text:
    """The name of the place's state; before July 2025 of the former one of Viet Nam's provinces."""
    places = data["common.places"]
    former = "former_state" in places and bool(np.datetime64(clock.date) < VIETNAMESE_REFORM)
    return places["former_state" if former else "state"].take(place)


def states_of(region: str, data: Data) -> frozenset[str]:
    """The codes under which addresses may name the region's state."""
    places = data["common.places"]
    if region_column(data) != _FORMER:
        return frozenset((region,))
    pairs = zip(places.columns[_FORMER], places.columns["state_code"], strict=True)
    return frozenset((region, *(state for former, state in pairs if former == region)))
