"""Where parcels come from, and how far that is."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data
from datamimic.columns import Floats


@frozen
class Warehouse:
    """The one row of the table `warehouse`: degrees, kilometres per degree, and how far is far."""

    latitude: float
    longitude: float
    km_per_degree_north: float
    km_per_degree_east: float
    far_km: float

    @classmethod
    def read(cls, data: Data) -> Warehouse:
        table = data["warehouse"]
        return cls(*(float(table.floats(name)[0]) for name in table.columns))

    def distance(self, latitude: Floats, longitude: Floats) -> Floats:
        """From 0 at the warehouse to 1 where it is far; on a map around the warehouse."""
        north = (latitude - self.latitude) * self.km_per_degree_north
        east = (longitude - self.longitude) * self.km_per_degree_east
        return np.minimum(np.sqrt(north * north + east * east) / self.far_km, 1.0)
