"""Ours and other tools on 16 fields of a person, round by round in one run: medians, and ratios to the slowest.

Every contestant is a process of its own environment that starts, warms up, and then runs whenever a line asks it to: a slow
minute of the machine meets all of them. All are kept on one processor, but for the one that says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.environments import RESULTS, Unavailable, python_of

RUNNERS = Path(__file__).parent / "runners"


class Contestant(NamedTuple):
    name: str
    environment: str
    requirements: list[str] | None
    """What to install; None for the interpreter that runs this."""
    script: str
    case: str
    rows: int
    remark: str


CONTESTANTS = [
    Contestant("datamimic to Arrow", "ours", None, "our_runner.py", "arrow", 1_000_000, "coherent"),
    Contestant("datamimic to Parquet", "ours", None, "our_runner.py", "parquet", 1_000_000, "coherent"),
    Contestant("datamimic, service objects", "ours", None, "our_runner.py", "service", 50_000, "coherent, one by one"),
    Contestant("Faker", "faker", ["faker"], "faker_runner.py", "weighted", 2_000, "as it is"),
    Contestant("Faker, use_weighting=False", "faker", ["faker"], "faker_runner.py", "flat", 10_000, "uniform lists"),
    Contestant("Mimesis", "mimesis", ["mimesis"], "mimesis_runner.py", "providers", 20_000, "fields independent"),
    Contestant("DATAMIMIC CE, PersonService", "datamimic-ce", ["datamimic-ce"], "ce_runner.py",
               "common.PersonService", 3_000, "to_dict"),
    Contestant("DuckDB SQL", "duckdb", ["duckdb", "pyarrow"], "duckdb_runner.py", "1", 1_000_000,
               "list look-ups, fields independent"),
    Contestant("DuckDB SQL, all processors", "duckdb", ["duckdb", "pyarrow"], "duckdb_runner.py", "0", 1_000_000,
               "list look-ups, fields independent"),
    Contestant("tpchgen-cli lineitem to Parquet", "tpchgen-cli", ["tpchgen-cli"], "tpchgen_runner.py", "1",
               600_572, "native, another table"),
]  # fmt: skip


class Runner:
    """A contestant's process: `run()` asks for one run and gives its rows per second. Raises `Unavailable`."""

    def __init__(self, contestant: Contestant) -> None:
        self.contestant = contestant
        needed = contestant.requirements
        python = Path(sys.executable) if needed is None else python_of(contestant.environment, needed)
        self.process = subprocess.Popen(
            [str(python), str(RUNNERS / contestant.script), contestant.case, str(contestant.rows)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.version = self._answer()

    def run(self) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        return self.contestant.rows / float(self._answer())

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def _answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line:
            raise Unavailable(f"its process ended with status {self.process.wait()}")
        return line


def interleaved(contestants: Sequence[Contestant], rounds: int) -> tuple[list[Runner], dict[str, list[float]]]:
    """Those that can run, and by name their rows a second in every round, told as they come; all are stopped."""
    runners: list[Runner] = []
    for contestant in contestants:
        try:
            runners.append(Runner(contestant))
        except Unavailable as reason:
            print(f"{contestant.name} is left out: {reason}", file=sys.stderr)
    speeds: dict[str, list[float]] = {runner.contestant.name: [] for runner in runners}
    for number in range(rounds):
        for runner in runners:
            speeds[runner.contestant.name].append(runner.run())
            print(
                f"round {number + 1}: {runner.contestant.name}: {speeds[runner.contestant.name][-1]:,.0f}",
                file=sys.stderr,
            )
    for runner in runners:
        runner.stop()
    return runners, speeds


def race(rounds: int) -> int:
    """Print and keep (`results/speed.json`, `.md`) the medians of `rounds` interleaved rounds."""
    runners, speeds = interleaved(CONTESTANTS, rounds)
    ours = median(speeds["datamimic to Arrow"])
    lines = [
        f"16 fields of a person, rows per second on one processor, median of {rounds} interleaved rounds, {date.today()}",
        "",
    ]
    lines += ["| | Version | Rows/s | datamimic to Arrow is faster by | |", "|---|---|--:|--:|---|"]
    kept = []
    for runner in runners:
        name, speed = runner.contestant.name, median(speeds[runner.contestant.name])
        lines.append(
            f"| {name} | {runner.version} | {speed:,.0f} | {ours / speed:,.1f} × | {runner.contestant.remark} |"
        )
        kept.append({"name": name, "version": runner.version, "rows_per_second": speed, "runs": speeds[name]})
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "speed.md").write_text("# Speed\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (RESULTS / "speed.json").write_text(json.dumps({"date": str(date.today()), "results": kept}, indent=1) + "\n")
    return 0
