"""What the core itself brings through the hooks that packs have: its formats and engines."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("core", version("datamimic-core"), "The engine")


@hookimpl
def datamimic_formats() -> list[str]:
    return [
        "csv = datamimic.formats.csv:Csv",
        "tsv = datamimic.formats.csv:Tsv",
        "json = datamimic.formats.json:Json",
        "jsonl = datamimic.formats.json:JsonLines",
        "xml = datamimic.formats.xml:Xml",
        "parquet = datamimic.formats.parquet:Parquet",
        "arrow = datamimic.formats.arrow:Arrow",
        "xlsx = datamimic.formats.workbook:Xlsx",
    ]


@hookimpl
def datamimic_engines() -> list[str]:
    return [
        "serial = datamimic.distributed.runners:SerialRunner",
        "threads = datamimic.distributed.runners:ThreadRunner",
        "processes = datamimic.distributed.runners:ProcessRunner",
    ]
