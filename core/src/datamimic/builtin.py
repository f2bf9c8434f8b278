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
        "csv = datamimic.exporters.csv:CsvExporter",
        "json = datamimic.exporters.json:JsonExporter",
        "jsonl = datamimic.exporters.json:JsonLinesExporter",
        "parquet = datamimic.exporters.parquet:ParquetExporter",
        "arrow = datamimic.exporters.arrow:ArrowExporter",
    ]


@hookimpl
def datamimic_engines() -> list[str]:
    return [
        "serial = datamimic.parts.engines:SerialEngine",
        "threads = datamimic.parts.engines:ThreadEngine",
        "processes = datamimic.parts.engines:ProcessEngine",
        "dask = datamimic.parts.dask:DaskEngine",
    ]
