"""Spark reads the rows that `dm generate` writes, and runs parts. Needs PySpark 4 and a JDK: the extra `spark`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datamimic import DatamimicError, World, installed_packs
from datamimic.distributed.dataset import write_dataset
from datamimic.distributed.runners import SerialRunner
from datamimic.formats.parquet import Parquet
from datamimic.output.planned import PlannedOutput
from datamimic_clusters import SparkRunner

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

    from datamimic_clusters import DatamimicDataSource

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


def test_parts_are_those_of_one_process_and_the_session_stays(
    spark: Any, people: Any, files: Any, tmp_path: Path
) -> None:
    one = files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "one"), SerialRunner(), 6))
    assert files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "many"), SparkRunner(), 6)) == one
    assert spark.range(3).count() == 3


def test_an_error_of_a_part_keeps_its_code(spark: Any, people: Any, tmp_path: Path) -> None:
    class Gone(SparkRunner):
        """The folder is not where the executors look for it."""

        def run(self, tasks: Any) -> Any:
            from attrs import evolve

            yield from super().run([evolve(task, folder=str(tmp_path / "gone" / "folder")) for task in tasks])

    with pytest.raises(DatamimicError) as caught:
        write_dataset(PlannedOutput(people, Parquet(), tmp_path / "out"), Gone(), 2)
    assert caught.value.code == "output_unwritable"
    assert list(tmp_path.iterdir()) == []


def test_what_spark_says_is_told_where_a_task_fails_without_a_code(
    spark: Any, people: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(SparkRunner):
        def run(self, tasks: Any) -> Any:
            from attrs import evolve

            yield from super().run([evolve(task, settings=(("compression",),)) for task in tasks])

    with pytest.raises(DatamimicError, match="Spark gave up") as caught:
        write_dataset(PlannedOutput(people, Parquet(), tmp_path / "out"), Broken(), 2)
    assert caught.value.code == "output_failed"
    assert list(tmp_path.iterdir()) == []
