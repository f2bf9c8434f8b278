"""What the core itself brings through the hooks that packs have: its output formats and engines."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("core", version("datamimic-core"), "The engine")


@hookimpl
def datamimic_exporters() -> list[str]:
    return [
        "csv = datamimic.formats.csv:CsvExporter",
        "json = datamimic.formats.json:JsonExporter",
        "jsonl = datamimic.formats.json:JsonLinesExporter",
        "parquet = datamimic.formats.parquet:ParquetExporter",
        "arrow = datamimic.formats.arrow:ArrowExporter",
    ]


@hookimpl
def datamimic_engines() -> list[str]:
    return [
        "serial = datamimic.distributed.engines:SerialEngine",
        "threads = datamimic.distributed.engines:ThreadEngine",
        "processes = datamimic.distributed.engines:ProcessEngine",
        "dask = datamimic.distributed.dask:DaskEngine",
    ]
