"""Clusters for datamimic: what runs parts on Dask or Spark, and rows as a data source of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_clusters.dask import DaskRunner as DaskRunner
    from datamimic_clusters.spark import SparkRunner as SparkRunner
    from datamimic_clusters.spark_rows import DatamimicDataSource as DatamimicDataSource

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "DaskRunner": ".dask",
        "SparkRunner": ".spark",
        "DatamimicDataSource": ".spark_rows",
    },
)
