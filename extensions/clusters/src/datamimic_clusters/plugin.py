"""The hooks of the extension; imports neither Dask nor Spark."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("clusters", version("datamimic-clusters"), "Part files made by Dask or Spark; rows in Spark")


@hookimpl
def datamimic_engines() -> list[str]:
    return ["dask = datamimic_clusters.dask:DaskRunner", "spark = datamimic_clusters.spark:SparkRunner"]
