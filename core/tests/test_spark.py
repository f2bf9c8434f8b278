"""Spark reads the rows that `dm generate` writes. Needs PySpark 4 and a JDK: `pip install "datamimic-core[spark]"`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from datamimic import World, installed_packs

pyspark = pytest.importorskip("pyspark", minversion="4.0", reason="PySpark 4 is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

OPTIONS = {"entity": "common.person", "seed": "spark", "locale": "de_DE", "count": "40000", "offset": "7"}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("no Java")
    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    from pyspark.sql import SparkSession

    from datamimic.spark import DatamimicDataSource

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    session.dataSource.register(DatamimicDataSource)
    yield session
    session.stop()


@pytest.mark.parametrize("partitions", [1, 5])
def test_rows_are_those_of_the_world_whatever_the_partitions(spark: Any, partitions: int) -> None:
    columns = "person_id,full_name,birthdate,age,income,middle_name"
    frame = spark.read.format("datamimic").options(**OPTIONS, columns=columns, partitions=str(partitions)).load()
    assert frame.rdd.getNumPartitions() == partitions
    read = [row.asDict() for row in frame.collect()]
    expected = World("spark", "de_DE")["common.person"][7:40_007].select(columns.split(",")).to_arrow().to_pylist()
    assert read == expected


def test_all_columns_and_wrong_options(spark: Any) -> None:
    frame = spark.read.format("datamimic").options(**{**OPTIONS, "count": "100"}).load()
    assert frame.count() == 100 and frame.columns == list(World(1, "DE")["common.person"].columns)
    for wrong in ({"entity": "common.persn"}, {"count": "many"}, {"colour": "red"}):
        with pytest.raises(Exception, match="persn|many|colour"):
            spark.read.format("datamimic").options(**{**OPTIONS, **wrong}).load().count()
