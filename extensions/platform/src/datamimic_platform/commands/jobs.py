"""`syndata status`, `logs`, `cancel`: what became of jobs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import click

from datamimic_platform.client.client import ENDED
from datamimic_platform.commands.desk import local_store, server_or_none
from datamimic_platform.commands.following import EXIT, progress_line, show, table_of
from datamimic_platform.services import jobs as services

_LOOK = 0.3


@click.command(short_help="Jobs, or one of them.")
@click.argument("job", required=False)
@click.option("--all", "everything", is_flag=True, help="Ended ones too; without it those that wait or run.")
@click.option("--status", help="queued, running, completed, failed or cancelled.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="Jobs at most, newest first.")
@click.option("--monitor", is_flag=True, help="Follow JOB until it has ended; its end is the exit status.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(job: str | None, everything: bool, status: str | None, limit: int, monitor: bool, as_json: bool) -> None:
    """List jobs, or tell how JOB is.

    \b
    syndata status --all
    syndata status --status running --limit 5
    """
    with server_or_none() as server:
        if server is not None:
            if job is not None:
                _one(lambda: server.job(job).told, monitor, as_json)
            _list([each.told for each in server.jobs(status=status, limit=limit)], everything or status, as_json)
    with local_store() as (store, actor):
        if job is not None:
            _one(lambda: services.job(store, actor, job), monitor, as_json)
        found = services.jobs(store, actor, status=status, size=limit)["items"]
        _list(found, everything or status, as_json)


def _one(look: Callable[[], Mapping[str, Any]], monitor: bool, as_json: bool) -> None:
    found, line = look(), ""
    while monitor and not as_json:
        if progress_line(found) != line:
            line = progress_line(found)
            click.echo(line)
        if found["status"] in ENDED:
            sys.exit(EXIT.get(found["status"], 0))
        time.sleep(_LOOK)
        found = look()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(progress_line(found))
        for each in found["attempts"]:
            told = f": {each['reason']}" if each["reason"] else ""
            click.echo(f"  attempt {each['number']} {each['outcome'] or 'running'}{told}")
    sys.exit(0)


def _list(found: list[Any], everything: object, as_json: bool) -> None:
    shown = [each for each in found if everything or each["status"] not in ENDED]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        show(table_of(shown) if shown else ["no jobs"])
    sys.exit(0)


@click.command(short_help="The log of a job.")
@click.argument("job")
@click.option("--lines", "-n", type=click.IntRange(1, 10_000), default=100, show_default=True, help="The last ones.")
@click.option("--json", "as_json", is_flag=True, help="Print the lines as they are: JSON.")
def logs(job: str, lines: int, as_json: bool) -> None:
    """The last lines of the log of JOB, which lies in logs/jobs/JOB.log."""
    with server_or_none() as server:
        if server is not None:
            found = server.logs(job, lines)
        else:
            with local_store() as (store, actor):
                found = list(services.logs(store, actor, job, lines))
    for each in found:
        if as_json:
            click.echo(json.dumps(each, ensure_ascii=False))
            continue
        more = " ".join(f"{name}={each[name]}" for name in ("table_name", "rows_generated", "code") if name in each)
        click.echo(f"{each['timestamp']} {each['level']:<7} {each['message']} {more}".rstrip())


@click.command(short_help="Cancel a job.")
@click.argument("job")
def cancel(job: str) -> None:
    """Cancel JOB: at once where it waits, within two seconds where it runs; nothing of it is left."""
    with server_or_none() as server:
        if server is not None:
            told: Mapping[str, Any] = server.cancel(job).told
        else:
            with local_store() as (store, actor):
                told = services.cancel_job(store, actor, job)
    asked = "" if told["status"] in ENDED else ", told to end"
    click.echo(f"{told['job_id']} {told['status']}{asked}")
