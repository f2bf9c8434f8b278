"""`syndata up`, `scheduler`, `dashboard`: the processes of the platform, and how they are."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from datamimic import DatamimicError
from datamimic_platform.commands.desk import local_store, server_or_none
from datamimic_platform.commands.following import show, table_of
from datamimic_platform.commands.schedule_files import schedules_of
from datamimic_platform.services import jobs, schedules, statistics
from datamimic_platform.services.signing_in import administrator_link
from datamimic_platform.settings import read_settings


@click.command(short_help="API, pages, workers and scheduler in one process.")
@click.option("--host", help="Address to listen on. [default: SYNDATA_HOST, else 127.0.0.1]")
@click.option("--api-port", type=click.IntRange(0, 65_535), help="[default: 8000]")
@click.option("--page-port", type=click.IntRange(0, 65_535), help="[default: 8001]")
@click.option("--workers", type=click.IntRange(0, 256), help="Jobs at a time; 0: other processes run them.")
@click.option("--no-scheduler", is_flag=True, help="Other processes look after the schedules.")
def up(host: str | None, api_port: int | None, page_port: int | None, workers: int | None, no_scheduler: bool) -> None:
    """Serve the API on 8000 and the pages on 8001, run jobs and schedules; print a link that signs the administrator in."""
    chosen: dict[str, Any] = {"host": host, "api_port": api_port, "page_port": page_port, "job_workers": workers}
    settings = read_settings()
    settings = evolve(settings, **{name: value for name, value in chosen.items() if value is not None})
    from datamimic_platform.serving.process import Parts, run

    with local_store(settings) as (store, _):
        link = administrator_link(store)

        def started() -> None:
            click.echo(f"API    {settings.origin}:{settings.api_port}")
            click.echo(f"Pages  {settings.origin}:{settings.page_port}")
            click.echo(f"Sign in, once, within half an hour: {settings.origin}:{settings.page_port}/login?link={link}")
            sys.stdout.flush()

        run(store, Parts(scheduler=not no_scheduler, workers=settings.job_workers), started)


@click.command(short_help="Run schedules and jobs.")
@click.option("--config-file", type=click.Path(path_type=Path), help="Schedules in YAML, which are stored first.")
@click.option("--max-workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Jobs at a time.")
@click.option("--once", is_flag=True, help="Store the schedules, start what is due, and end.")
def scheduler(config_file: Path | None, max_workers: int, once: bool) -> None:
    """Look after the schedules that are stored, and run jobs, so many at a time. Several schedulers may share a store: each run
    is started once."""
    from datamimic_platform.scheduling.firing import fire
    from datamimic_platform.serving.process import Parts, run

    with local_store() as (store, actor):
        if config_file is not None:
            for plan in schedules_of(config_file):
                told = _stored(store, actor, plan)
                zone = f" ({told['zone']})"
                click.echo(f"{told['name']}: next {told['next'][0] + zone if told['next'] else 'never'}")
        if once:
            for job in fire(store):
                click.echo(f"{job} started")
            return
        run(store, Parts(servers=False, workers=max_workers), lambda: click.echo(f"{max_workers} workers"))


def _stored(store: Any, actor: Any, plan: schedules.Plan) -> dict[str, Any]:
    """As the file says, whatever was stored before."""
    try:
        seen = schedules.schedule(store, actor, plan.name)["version"]
    except DatamimicError:
        seen = None
    return schedules.save(store, actor, plan, seen=seen)


@click.command(short_help="Memory, disk, jobs.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="Jobs at most.")
def dashboard(limit: int) -> None:
    """How the platform is: memory, disk, jobs per status, the latest jobs."""
    with server_or_none() as server:
        if server is not None:
            numbers: Any = server.stats()
            latest = [each.told for each in server.jobs(limit=limit)]
        else:
            with local_store() as (store, actor):
                numbers = statistics.statistics(store, actor)
                latest = jobs.jobs(store, actor, size=limit)["items"]
    memory, disk = numbers["memory"], numbers["disk"]
    used = memory["total_bytes"] - memory["available_bytes"]
    speed = f", {numbers['rows_per_second']:,} rows/s" if numbers["rows_per_second"] else ""
    show(
        [
            f"memory  {_bar(used, memory['total_bytes'])}  process {memory['process_bytes'] >> 20:,} MB",
            f"disk    {_bar(disk['total_bytes'] - disk['free_bytes'], disk['total_bytes'])}",
            "jobs    " + ", ".join(f"{count} {name}" for name, count in numbers["jobs"].items()),
            f"rows    {numbers['rows_generated']:,} generated{speed}",
            "",
            *(table_of(latest) if latest else ["no jobs yet"]),
        ]
    )


def _bar(used: int, total: int) -> str:
    width = min(30, max(10, shutil.get_terminal_size().columns - 50))
    full = round(width * used / total) if total else 0
    return f"[{'#' * full}{'.' * (width - full)}] {used / (1 << 30):,.1f} of {total / (1 << 30):,.1f} GB"
