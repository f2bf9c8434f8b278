"""A format: columns of fixed width, as hosts of freight forwarders read them."""

from __future__ import annotations

import pyarrow as pa

from datamimic import Exporter


class FixedWidthExporter(Exporter):
    """Every value in `width` places (a setting), longer ones cut; one row per line, UTF-8."""

    name = "fixed"
    suffixes = (".fix",)
    settings = {"width": 20}  # noqa: RUF012

    def write(self, batch: pa.RecordBatch) -> None:
        width = self.chosen["width"]
        for row in batch.to_pylist():
            cells = ("" if value is None else str(value) for value in row.values())
            self.stream.write(("".join(cell[:width].ljust(width) for cell in cells).rstrip() + "\n").encode())
