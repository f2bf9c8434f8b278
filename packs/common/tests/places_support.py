"""What the tests of places share: the countries, their tables, and columns of a large table of addresses."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path

import pyarrow as pa

from datamimic import World

COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")
DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
ROWS = 100_000


@cache
def rows_of(stem: str) -> list[dict[str, str]]:
    with open(DATA / f"{stem}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def addresses(country: str, clock: str = "2026-01-01") -> pa.Table:
    """100,000 addresses with their hidden area code."""
    rows = World("tests of places", country, clock)["common.address"][0:ROWS]
    return rows.select(
        [
            "street", "house_number", "unit", "commune", "city", "district", "postal_code", "state", "state_code",
            "country_code", "latitude", "longitude", "time_zone", "area", "phone", "mobile_phone", "fax",
            "full_address", "letter_lines",
        ]
    ).to_arrow()  # fmt: skip


def column(table: pa.Table, name: str) -> list[object]:
    made: list[object] = table.column(name).to_pylist()
    return made


def distinct(table: pa.Table, *names: str) -> set[tuple[object, ...]]:
    """The combinations that occur: checking them checks every row."""
    groups = table.select([*names]).unify_dictionaries().combine_chunks().group_by([*names]).aggregate([])
    return {*zip(*(groups.column(name).to_pylist() for name in names), strict=True)}


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    east = math.radians(other_longitude - longitude)
    half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))
