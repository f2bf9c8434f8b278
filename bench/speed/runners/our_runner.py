"""Ours: 16 fields of people to Arrow, to Parquet, or one object after the other from a service; or an entity to Arrow."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from turns import take_turns

sys.path.insert(0, str(Path(__file__).parents[3]))
from bench.speed.ours import SIXTEEN

from datamimic import World
from datamimic_pack_common import PersonService

case, count = sys.argv[1], int(sys.argv[2])
world = World("bench", "en_US")
people = world["common.person"].select(SIXTEEN)
with TemporaryDirectory() as folder:
    target = Path(folder) / "people.parquet"

    def arrow(rows: int) -> None:
        people[0:rows].to_arrow()

    def parquet(rows: int) -> None:
        people[0:rows].write(target)

    def service(rows: int) -> None:
        maker = PersonService(dataset="US", rng=Random(1))
        for _ in range(rows):
            maker.generate()

    def entity(rows: int) -> None:
        world[case][0:rows].to_arrow()

    work = {"arrow": arrow, "parquet": parquet, "service": service}.get(case, entity)
    take_turns(version("datamimic-core"), work, count)
