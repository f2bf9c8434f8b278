"""Where something is on the earth."""

from __future__ import annotations

from datamimic.model.record import record


@record
class GeoPoint:
    """A position in degrees (WGS 84): `latitude` from -90 (south) to 90, `longitude` from -180 (west) to 180.

    A rule returns a `Struct` of two float columns; Arrow has a struct, JSON an object.
    """

    latitude: float
    longitude: float
