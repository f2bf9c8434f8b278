"""Where the shop of each country sends its parcels from; writes warehouse_<CC>. An invented place in the region where large
warehouses stand. Needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from math import cos, radians
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
KM_PER_DEGREE = 111.32
# degrees north and east, and from how many kilometres on a parcel takes longest
WAREHOUSES = {
    "US": (39.96, -83.0, 3_500),
    "DE": (50.87, 9.71, 450),
    "GB": (52.26, -1.16, 600),
    "FR": (47.9, 1.9, 700),
    "ES": (40.31, -3.73, 600),
    "VN": (21.18, 106.07, 1_300),
}


def write() -> None:
    for country, (latitude, longitude, far_km) in WAREHOUSES.items():
        write_table(
            DATA,
            "warehouse",
            country,
            ["latitude", "longitude", "km_per_degree_north", "km_per_degree_east", "far_km"],
            [(latitude, longitude, KM_PER_DEGREE, round(KM_PER_DEGREE * cos(radians(latitude)), 2), far_km)],
            source="own estimate",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/warehouses.py: invented; kilometres per degree at the place",
        )


if __name__ == "__main__":
    write()
