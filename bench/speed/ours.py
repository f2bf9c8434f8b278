"""Rows per second of every entity to Arrow, Parquet, CSV, JSON lines and objects, in one process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from datamimic import World
from datamimic.plugins.registry import installed_packs

SIXTEEN = (
    "person_id", "gender", "age", "birthdate", "given_name", "family_name", "name", "email", "phone",
    "address.street", "address.house_number", "address.city", "address.postal_code", "address.state",
    "occupation", "income",
)  # fmt: skip
"""The 16 fields of a person that the race runs on."""
OBJECTS = 20_000


def measure(count: int, repeat: int, only: Iterable[str] | None) -> int:
    """Print the table of the best of `repeat` runs; objects are made in rows of at most 20,000."""
    world = World("bench", "en_US")
    names = list(only) if only else sorted(installed_packs().entities())
    cases = [(name, world[name]) for name in names]
    if not only:
        cases.insert(0, ("common.person, 16 fields", world["common.person"].select(SIXTEEN)))
    print(f"{count:,} rows, best of {repeat}, thousand rows a second\n")
    print(f"{'':38}{'Arrow':>9}{'Parquet':>9}{'CSV':>9}{'JSON':>9}{'objects':>9}")
    with TemporaryDirectory() as folder:
        for name, rows in cases:
            rows[0:1_000].to_arrow()
            speeds = [_best(repeat, count, rows[0:count].to_arrow)]
            for format in ("parquet", "csv", "jsonl"):
                speeds.append(_best(repeat, count, partial(rows[0:count].write, Path(folder) / f"rows.{format}")))
            some = min(count, OBJECTS)
            speeds.append(_best(repeat, some, partial(list, rows[0:some])))
            print(f"{name:38}" + "".join(f"{speed / 1000:9,.0f}" for speed in speeds), flush=True)
    return 0


def _best(repeat: int, count: int, work: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return count / min(seconds)
