"""Packs hear of every run that has written something, once; and nothing that they do about it changes what was written."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import fleet
import pytest
from fleet import Vehicle

from datamimic import DatamimicError, Pack, Registry, World
from datamimic.distributed.dataset import write_dataset, write_part
from datamimic.distributed.runners import SerialRunner, ThreadRunner
from datamimic.formats.csv import Csv
from datamimic.output.finished_runs import HookFailed, told_run
from datamimic.output.planned import PlannedOutput
from datamimic.output.writing import export
from datamimic.plugin import RunReport
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.reproduction import reproduce

COUNT = 40_000


def listening(hook: Callable[..., None], name: str = "listener") -> SimpleNamespace:
    return SimpleNamespace(datamimic_pack=lambda: Pack(name, "1.0", "Test"), datamimic_run_finished=hook)


@pytest.fixture
def heard() -> list[RunReport]:
    return []


@pytest.fixture
def made(heard: list[RunReport]) -> World:
    def hook(report: RunReport) -> None:
        heard.append(report)

    return World("runs", packs=Registry.of(fleet, listening(hook)))


def test_a_file_is_told_with_its_manifest(made: World, heard: list[RunReport], tmp_path: Path) -> None:
    rows = made[Vehicle][5:25].select(["vehicle_id"])
    path = rows.write(tmp_path / "vehicles.csv")
    [report] = heard
    assert report.entities == {"fleet.vehicle": 20} and report.rows == 20
    assert report.output == str(path) and report.manifest == f"{path}.manifest.json"
    assert report.seconds > 0
    assert World(report.origin, packs=made.packs)[Vehicle][5:25].select(["vehicle_id"]).to_arrow() == rows.to_arrow()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        report.output = "elsewhere"  # type: ignore[misc]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_stream_and_a_pipe_have_no_manifest(made: World, heard: list[RunReport], tmp_path: Path) -> None:
    rows = made[Vehicle][0:10].select(["vehicle_id"])
    export(PlannedOutput(rows, Csv()), io.BytesIO())
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=pipe.read_bytes)
    reader.start()
    rows.write(pipe, "csv")
    reader.join()
    assert [(report.output, report.manifest, report.rows) for report in heard] == [
        (None, None, 10),
        (str(pipe), None, 10),
    ]


@pytest.mark.parametrize("runner", [SerialRunner(), ThreadRunner(workers=2)], ids=lambda each: each.name)
def test_a_dataset_is_one_run_whatever_makes_its_parts(
    made: World, heard: list[RunReport], tmp_path: Path, runner: Any
) -> None:
    rows = made[Vehicle][0:COUNT].select(["vehicle_id"])
    folder = write_dataset(PlannedOutput(rows, Csv(), tmp_path / "parts"), runner, 3)
    [report] = heard
    assert (report.output, report.manifest) == (str(folder), str(folder / "manifest.json"))
    assert report.entities == {"fleet.vehicle": COUNT}


def test_each_part_of_an_array_job_is_a_run(made: World, heard: list[RunReport], tmp_path: Path) -> None:
    rows = made[Vehicle][0:COUNT].select(["vehicle_id"])
    paths = [write_part(PlannedOutput(rows, Csv(), tmp_path / "parts"), 5, part) for part in range(5)]
    assert [report.output for report in heard] == [str(path) for path in paths[:3]], (
        "parts that are empty are not written"
    )
    assert sum(report.rows for report in heard) == COUNT
    assert all(Path(report.manifest or "").is_file() for report in heard)


def test_a_set_tells_rows_by_entity(made: World, heard: list[RunReport], tmp_path: Path) -> None:
    written = write_set(prepare(made, {"fleet.trip": 30}), tmp_path / "set", "csv")
    [report] = heard
    assert report.entities["fleet.trip"] == 30 and len(report.entities) > 1
    assert report.rows == written.rows
    assert report.manifest == str(tmp_path / "set" / "manifest.json")


def test_what_is_reproduced_is_told_where_it_stands_and_once(
    made: World, heard: list[RunReport], tmp_path: Path
) -> None:
    path = made[Vehicle][0:10].select(["vehicle_id"]).write(tmp_path / "vehicles.csv")
    heard.clear()
    assert not reproduce(path, packs=made.packs).written
    assert heard == [], "it is there"
    path.unlink()
    reproduce(f"{path}.manifest.json", packs=made.packs)
    assert [(report.output, report.manifest) for report in heard] == [(str(path), f"{path}.manifest.json")]
    folder = tmp_path / "set"
    write_set(prepare(made, {"fleet.trip": 30}), folder, "csv")
    next(folder.glob("*trip.csv")).unlink()
    heard.clear()
    reproduce(folder, packs=made.packs)
    assert [(report.output, report.manifest) for report in heard] == [(str(folder), str(folder / "manifest.json"))]


def test_a_server_is_told_without_its_password(heard: list[RunReport], made: World) -> None:
    with told_run(made) as run:
        run.wrote_to_server("postgresql://clerk:s3cret@db.example/test", None, {"fleet.vehicle": 3})
    [report] = heard
    assert (report.output, report.manifest) == ("postgresql://***@db.example/test", None)


def test_what_fails_is_not_told(made: World, heard: list[RunReport], tmp_path: Path) -> None:
    class Gone(SerialRunner):
        def run(self, tasks: Any) -> Any:
            raise RuntimeError("the cluster is gone")
            yield

    with pytest.raises(DatamimicError):
        made[Vehicle][0:10].write(tmp_path / "nowhere" / "vehicles.csv")
    with pytest.raises(RuntimeError):
        write_dataset(PlannedOutput(made[Vehicle][0:10], Csv(), tmp_path / "parts"), Gone(), 1)
    assert heard == []


@pytest.mark.parametrize(
    "failure", [ValueError("no \x1b room"), SystemExit(3), DatamimicError("bad_input", "nothing there")], ids=repr
)
def test_a_hook_that_fails_is_a_warning_and_changes_nothing(
    failure: BaseException, heard: list[RunReport], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(report: RunReport) -> None:
        print("something of its own")
        raise failure

    def hook(report: RunReport) -> None:
        heard.append(report)

    packs = Registry.of(fleet, listening(failing, "failing"), listening(hook))
    plain = World("runs", packs=fleet.registry())[Vehicle][0:10].write(tmp_path / "plain.csv")
    with pytest.warns(HookFailed, match="pack 'failing': "):
        path = World("runs", packs=packs)[Vehicle][0:10].write(tmp_path / "told.csv")
    assert path.read_bytes() == plain.read_bytes()
    assert len(heard) == 1, "who listens as well hears of it"
    assert capsys.readouterr().out == ""


def test_what_a_hook_writes_is_not_told(tmp_path: Path) -> None:
    heard = []

    def hook(report: RunReport) -> None:
        heard.append(report.output)
        World(report.origin, packs=fleet.registry())[Vehicle][0:3].write(tmp_path / "of the hook.csv")
        World(report.origin, packs=packs)[Vehicle][0:3].write(tmp_path / "of the hook, too.csv")

    packs = Registry.of(fleet, listening(hook))
    path = World("runs", packs=packs)[Vehicle][0:10].write(tmp_path / "told.csv")
    assert heard == [str(path)]
    assert (tmp_path / "of the hook, too.csv").is_file()
