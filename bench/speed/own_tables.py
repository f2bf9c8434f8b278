"""Own tables beside Faker: the ten columns of `runners/mixed.yaml`, round by round in one run, and a model's first row."""

from __future__ import annotations

import json
from datetime import date
from statistics import median

from bench.environments import RESULTS
from bench.speed.race import RUNNERS, Contestant, interleaved
from bench.start import wait

CONTESTANTS = [
    Contestant("datamimic, a model to Arrow", "ours", None, "model_runner.py", "mixed", 500_000, "coherent"),
    Contestant("Faker", "faker", ["faker"], "faker_model_runner.py", "weighted", 1_000, "as it is"),
    Contestant("Faker, use_weighting=False", "faker", ["faker"], "faker_model_runner.py", "flat", 3_000, "uniform lists"),
]  # fmt: skip
FIRST_ROW = [
    *("-m", "datamimic", "generate", "customers", "--model", str(RUNNERS / "mixed.yaml"), "--count", "1000000"),
    *("--seed", "bench", "--format", "csv"),
]


def measure(rounds: int) -> int:
    """Print and keep (`results/own-tables.json`, `.md`) the medians of `rounds` interleaved rounds."""
    runners, speeds = interleaved(CONTESTANTS, rounds)
    waits = [wait(FIRST_ROW, 2) for _ in range(rounds + 1)][1:]
    ours = median(speeds[CONTESTANTS[0].name])
    lines = [
        f"Ten columns of a customer, rows/s on one processor, median of {rounds} interleaved rounds, {date.today()}",
        "",
        "| | Version | Rows/s | the model is faster by | |",
        "|---|---|--:|--:|---|",
    ]
    kept = []
    for runner in runners:
        name, speed = runner.contestant.name, median(speeds[runner.contestant.name])
        remark = runner.contestant.remark
        lines.append(f"| {name} | {runner.version} | {speed:,.0f} | {ours / speed:,.1f} × | {remark} |")
        kept.append({"name": name, "version": runner.version, "rows_per_second": speed, "runs": speeds[name]})
    lines += ["", f"First row of the model by `dm generate`, from the start of the process: {median(waits):.2f} s"]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "own-tables.md").write_text("# Own tables\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    written = {"date": str(date.today()), "results": kept, "first_row_seconds": waits}
    (RESULTS / "own-tables.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0
