"""Commands that are told to end, killed or starved: nothing of theirs stays, and whoever started them sees why.

Waits are for what happens: a process that ends, a line of output, a file that appears.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
ENDLESS = ["generate", "common.address", "-n", "900000000", "--seed", "a", "--format", "parquet", "-q"]
WAYS = {
    "one process": ["-o", "rows"],
    "workers": ["--workers", "2", "-o", "rows"],
    "parts by processes": ["--parts", "400", "--workers", "2", "-o", "rows"],
    "parts by threads": ["--parts", "400", "--workers", "2", "--engine", "threads", "-o", "rows"],
    "parts in turn": ["--parts", "400", "--engine", "serial", "-o", "rows"],
}
DRIVEN = """
import sys
from datamimic.cli import ending, main
ending._GRACE = float(sys.argv[1])
main(sys.argv[2:], prog_name="dm")
"""
GRACE = {"finds its way out": "100000", "is ended": "0", "finds its way out or is ended": "1.2"}
SET = ["world", "common.person=9000000", "--seed", "a", "-q", "--format", "csv", "-o", "rows"]


def until(condition: Callable[[], object], what: str) -> None:
    # No limit: what never comes is ended, and named, by whoever runs the tests.
    while not condition():
        Event().wait(0.05)


def members(session: int) -> list[int]:
    """Processes of a session that have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, own = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(own) == session and state != "Z":
            found.append(int(folder.name))
    return found


def size_of(path: Path) -> int:
    """0 for a folder, and for a file that has gone meanwhile."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def command_of(number: int) -> bytes:
    """Nothing for a process that has gone meanwhile."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


class Running:
    """A command in a session of its own, with a folder of its own and one for temporary files."""

    def __init__(self, folder: Path, arguments: list[str], *command: str) -> None:
        self.folder, self.scratch = folder / "work", folder / "tmp"
        self.folder.mkdir()
        self.scratch.mkdir()
        self.again(arguments, *command)

    def again(self, arguments: list[str], *command: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *(command or ("-m", "datamimic")), *arguments],
            cwd=self.folder,
            env={**os.environ, "TMPDIR": str(self.scratch)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def left(self) -> list[str]:
        return sorted(str(path) for folder in (self.folder, self.scratch) for path in folder.rglob("*"))

    def until_rows_are_written(self) -> None:
        def written() -> bool:
            assert self.process.poll() is None, self.process.communicate()
            return any(size_of(path) for path in self.folder.rglob("*"))

        until(written, "something is written")

    def workers(self) -> list[int]:
        return [number for number in members(self.process.pid) if b"spawn_main" in command_of(number)]

    def end(self) -> None:
        for number in members(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(autouse=True)
def answered_signals() -> Iterator[None]:
    """Whoever runs the tests in the background, or with nohup, ignores signals, and so would all that is started here."""
    ignored = [
        each for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) == signal.SIG_IGN
    ]
    for each in ignored:
        signal.signal(each, signal.SIG_DFL)
    yield
    for each in ignored:
        signal.signal(each, signal.SIG_IGN)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    begun: list[Running] = []

    def run(arguments: list[str], *command: str) -> Running:
        begun.append(Running(tmp_path, arguments, *command))
        return begun[-1]

    yield run
    for each in begun:
        each.end()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signum", "grace"),
    [
        (signal.SIGTERM, "finds its way out"),
        pytest.param(signal.SIGHUP, "is ended", marks=pytest.mark.thorough),
        (signal.SIGINT, "finds its way out or is ended"),
    ],
    ids=lambda each: getattr(each, "name", None),
)
@pytest.mark.parametrize("arguments", [*([*ENDLESS, *way] for way in WAYS.values()), SET], ids=[*WAYS, "a set"])
def test_a_command_that_is_told_to_end_leaves_nothing(
    start: Callable[..., Running], arguments: list[str], signum: signal.Signals, grace: str
) -> None:
    """In the time that it has, by unwinding what it does; or in the middle of it, by the thread that has the last word."""
    running = start([GRACE[grace], *arguments], "-c", DRIVEN)
    running.until_rows_are_written()
    running.process.send_signal(signum)
    _, errors = running.process.communicate()
    assert errors.splitlines() == ["interrupted" if signum == signal.SIGINT else f"ended by {signum.name}"]
    assert running.process.returncode == (130 if signum == signal.SIGINT else -signum)
    until(lambda: not members(running.process.pid), "its processes have ended")
    assert running.left() == []


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_a_folder_of_parts_is_gone_on_with_after_an_end(start: Callable[..., Running], signum: signal.Signals) -> None:
    asked = ["generate", "common.company", "-n", "200000", "--seed", "a", "--format", "csv", "-q", "--parts", "12"]
    running = start([*asked, "--workers", "2", "--resume", "-o", "rows"])
    until(lambda: list(running.folder.glob(".rows.*/*.note.json")), "a part is finished")
    running.process.send_signal(signum)
    running.process.communicate()
    until(lambda: not members(running.process.pid), "its processes have ended")
    (left,) = running.folder.glob(".rows.*")
    finished = {path.name.removesuffix(".note.json") for path in left.glob("*.note.json")}
    same = {name: (left / name).stat().st_ino for name in finished}
    running.again([*asked, "--engine", "serial", "--resume", "-o", "rows"])
    assert running.process.wait() == 0
    assert {name: (running.folder / "rows" / name).stat().st_ino for name in finished} == same
    assert {path.name for path in running.folder.iterdir()} == {"rows"}
    done = subprocess.run([sys.executable, "-m", "datamimic", "verify", "rows"], cwd=running.folder, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM], ids=lambda each: each.name)
def test_signals_that_come_while_a_command_ends_say_nothing_more(
    start: Callable[..., Running], signum: signal.Signals
) -> None:
    running = start([GRACE["finds its way out"], *ENDLESS, *WAYS["one process"]], "-c", DRIVEN)
    running.until_rows_are_written()
    while running.process.poll() is None:
        running.process.send_signal(signum)
        Event().wait(0.01)
    _, errors = running.process.communicate()
    assert errors.splitlines() == ["interrupted" if signum == signal.SIGINT else f"ended by {signum.name}"]
    assert running.left() == []


@pytest.mark.parametrize("way", ["workers", "parts by processes"])
def test_ctrl_c_in_a_terminal_says_one_line_whoever_gets_it(start: Callable[..., Running], way: str) -> None:
    running = start([*ENDLESS, *WAYS[way]])
    # At any moment: workers that are about to start would print where they were.
    until(lambda: running.workers() or running.process.poll() is not None, "workers start")
    os.killpg(running.process.pid, signal.SIGINT)
    output, errors = running.process.communicate()
    assert (running.process.returncode, output, errors) == (130, "", "interrupted\n")
    until(lambda: not members(running.process.pid), "its processes have ended")
    assert running.left() == []


@pytest.mark.parametrize("way", ["workers", "parts by processes"])
def test_workers_end_with_a_parent_that_is_killed_and_the_next_run_clears_what_is_left(
    start: Callable[..., Running], way: str
) -> None:
    running = start([*ENDLESS, *WAYS[way]])
    running.until_rows_are_written()
    running.process.kill()
    running.process.wait()
    until(lambda: not members(running.process.pid), "its processes have ended")
    assert running.left()
    (running.folder / ".rows.partial").write_text("somebody's")
    running.process.communicate()
    count = ["-n", "300", *WAYS[way]]
    running.again([*ENDLESS, *(count if way == "workers" else [*count, "--parts", "1"])])
    _, errors = running.process.communicate()
    assert (running.process.returncode, errors) == (0, "")
    names = {"rows", "rows.manifest.json"} if way == "workers" else {"rows"}
    assert {path.name for path in running.folder.iterdir()} == {*names, ".rows.partial"}
    assert list(running.scratch.iterdir()) == []


@pytest.mark.parametrize("way", ["workers", "parts by processes"])
def test_a_worker_that_is_killed_is_one_error(start: Callable[..., Running], way: str) -> None:
    running = start([*ENDLESS, *WAYS[way]])
    running.until_rows_are_written()
    os.kill(running.workers()[0], signal.SIGKILL)
    _, errors = running.process.communicate()
    assert running.process.returncode == 2 and errors.startswith("error[worker_died]: ")
    assert "Traceback" not in errors
    until(lambda: not members(running.process.pid), "its processes have ended")
    assert running.left() == []


def test_what_another_run_is_writing_is_left_alone(start: Callable[..., Running]) -> None:
    first = start([*ENDLESS, "--workers", "2", "-o", "rows"])
    first.until_rows_are_written()
    before = set(first.left())
    second = subprocess.run(
        [sys.executable, "-m", "datamimic", *ENDLESS, "-n", "40", "--workers", "2", "-o", "rows"],
        cwd=first.folder,
        env={**os.environ, "TMPDIR": str(first.scratch)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, second.stderr) == (0, "")
    partials = {path for path in before if path.endswith(".partial")}
    assert len(partials) == 2 and all(Path(path).exists() for path in partials)
    assert first.process.poll() is None


def test_a_command_ends_although_nobody_reads_what_it_writes(tmp_path: Path) -> None:
    for signum, status in ((signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)):
        reader, writer = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "datamimic", "generate", "person", "-n", "5000000", "--seed", "a", "-q"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(writer)
        os.read(reader, 1)
        # Until the pipe is full: what it writes waits in the system for somebody to read it.
        until(lambda: "pipe_write" in _waits_in(process.pid), "it waits in a write")  # noqa: B023
        process.send_signal(signum)
        _, errors = process.communicate()
        os.close(reader)
        assert process.returncode == status and len(errors.splitlines()) == 1, errors


STREAMS = {
    "rows": ["generate", "order", "--follow", "--rate", "1000/s"],
    "rows as fast as they are read": ["generate", "order", "--follow"],
    "a row in a day": ["generate", "order", "--follow", "--rate", "1/d", "--format", "jsonl"],
    "changes": ["changes", "order", "--follow", "--rate", "1000/s"],
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_goes_on_until_somebody_stops_it_and_ends_with_a_whole_line(
    start: Callable[..., Running], name: str
) -> None:
    running = start([*STREAMS[name], "--seed", "a", "--columns", "order_id,status"])
    assert running.process.stdout is not None
    first = [running.process.stdout.readline() for _ in range(1 if name == "a row in a day" else 2_000)]
    assert all(first) and running.process.poll() is None
    running.process.send_signal(signal.SIGINT)
    rest, errors = running.process.communicate()
    assert (running.process.returncode, errors) == (130, "interrupted\n")
    assert rest == "" or rest.endswith("\n")


@pytest.mark.parametrize("name", [name for name in STREAMS if name != "a row in a day"])
def test_a_stream_ends_with_its_reader(start: Callable[..., Running], name: str) -> None:
    running = start([*STREAMS[name], "--seed", "a", "--columns", "order_id,status"])
    assert running.process.stdout is not None and running.process.stderr is not None
    assert running.process.stdout.readline()
    running.process.stdout.close()
    assert (running.process.wait(), running.process.stderr.read()) == (141, "")


def _waits_in(pid: int) -> str:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found.append((task / "wchan").read_text())
        except OSError:
            continue
    return " ".join(found)


def test_a_program_that_uses_the_library_keeps_its_signals(tmp_path: Path) -> None:
    code = """
import signal
from datamimic import World
before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
World("a")["common.person"][:40_000].select(["age"]).write("a.parquet")
assert before == [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


# -- a system that refuses --------------------------------------------------------------------------------------------

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from datamimic.cli import main
main(sys.argv[2:], prog_name="dm")
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "person", "-n", "20000", "--format", "csv", "-o", "rows"],
        ["generate", "person", "-n", "20000", "--format", "parquet", "--workers", "2", "-o", "rows"],
        ["generate", "person", "-n", "40000", "--format", "csv", "--parts", "2", "-o", "rows"],
        ["generate", "person", "-n", "20000", "--format", "csv", "--parts", "1", "--part", "0", "-o", "."],
        ["world", "common.person=20000", "--format", "csv", "-o", "rows"],
        ["world", "common.person=20000", "--format", "sqlite", "-o", "rows"],
    ],
    ids=["a file", "workers", "parts", "a part", "a set", "a database"],
)
def test_a_full_disk_is_one_error_and_leaves_nothing(tmp_path: Path, arguments: list[str]) -> None:
    work, scratch = tmp_path / "work", tmp_path / "tmp"
    work.mkdir()
    scratch.mkdir()
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, "500000", *arguments, "--seed", "a", "-q"],
        cwd=work,
        env={**os.environ, "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2 and result.stderr.startswith("error[output_failed]: "), result.stderr
    assert "Traceback" not in result.stderr
    assert list(work.iterdir()) == [] and list(scratch.iterdir()) == []


def test_a_disk_that_has_room_for_the_rows_and_not_for_the_manifest_leaves_the_earlier_result(tmp_path: Path) -> None:
    write = [sys.executable, "-m", "datamimic", "generate", "person", "-q", "-o", "rows.csv"]
    subprocess.run([*write, "-n", "3", "--seed", "a", "--columns", "age"], cwd=tmp_path, check=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    arguments = ["generate", "person", "-n", "2", "--seed", "b", "--columns", "age", "-q", "-o", "rows.csv"]
    assert len(before["rows.csv"]) < 200 < len(before["rows.csv.manifest.json"])
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, "200", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2 and result.stderr.startswith("error[output_failed]: ")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert json.loads(before["rows.csv.manifest.json"])["world"]["seed"] == "a"
