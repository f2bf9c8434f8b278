"""How jobs are shown in a terminal, and by which status a command tells how one ended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from datamimic.cli import print_lines

EXIT = {"failed": 1, "cancelled": 3}
"""Exit status of commands that waited for a job; 0 for one that completed."""


def say_end(job: Mapping[str, Any], folder: str | None, *, as_json: bool) -> None:
    """The job with its artefacts; on standard error what it failed by."""
    if as_json:
        click.echo(json.dumps({**job, "folder": folder}, ensure_ascii=False, indent=2))
        return
    result = job["result"] or {}
    for each in result.get("remarks", ()):
        hint = f" ({each['hint']})" if each.get("hint") else ""
        click.echo(f"warning[{each['code']}]: {each['message']}{hint}", err=True)
    for name, count in result.get("tables", {}).items():
        click.echo(f"{name}: {count:,} rows")
    where = f" in {folder}" if folder and job["status"] == "completed" else ""
    seed = f", seed {result['seed']}" if "seed" in result else ""
    click.echo(f"{job['job_id']} {job['status']}{where}{seed}")
    if job["error"]:
        click.echo(f"error[{job['error']['code']}]: {job['error']['message']}", err=True)
        if job["error"].get("hint"):
            click.echo(f"hint: {job['error']['hint']}", err=True)


def table_of(jobs: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line per job under a line of heads; moments in UTC, which the head says."""
    cells = [("JOB", "TYPE", "STATUS", "PRIORITY", "ROWS", "CREATED (UTC)", "PHASE")]
    for each in jobs:
        progress = each["progress"]
        total = f"/{progress['rows_total']:,}" if progress["rows_total"] else ""
        cells.append(
            (each["job_id"], each["job_type"], each["status"], each["priority"], f"{progress['rows_done']:,}{total}",
             each["created_at"][:19].replace("T", " "), progress["phase"])
        )  # fmt: skip
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def progress_line(job: Mapping[str, Any]) -> str:
    progress = job["progress"]
    total = f" of {progress['rows_total']:,} ({progress['share']:.0%})" if progress["rows_total"] else ""
    return f"{job['job_id']} {job['status']}: {progress['phase']}, {progress['rows_done']:,} rows{total}"


def show(lines: list[str]) -> None:
    print_lines(lines)
