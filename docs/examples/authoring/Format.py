from typing import BinaryIO

import pyarrow as pa
from datamimic import Format, Pack, Registry, World, Writer, entity, field, hookimpl, number


class CountWriter(Writer):
    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self.rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self.rows += batch.num_rows

    def close(self) -> None:
        self.stream.write(f"{self.rows} rows\n".encode())


class Count(Format):
    """How many rows there are, and nothing else."""

    name = "count"
    suffixes = (".count",)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return CountWriter(stream, schema)


@entity("bead")
class Bead:
    """A bead."""

    size: int = field(number(1, 9), doc="size", unit="mm")


class Beads:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("beads", "1.0.0", "Beads, counted")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Bead]

    @hookimpl
    def datamimic_formats(self) -> list[type]:
        return [Count]


path = World("demo", packs=Registry.of(Beads()))[Bead][0:70_000].write("beads.count")
assert path.read_text(encoding="utf-8") == "70000 rows\n"
