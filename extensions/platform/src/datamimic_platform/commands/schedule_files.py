"""`jobs_config.yaml`: schedules in a file.

jobs:
  - name: nightly
    cron: "30 2 * * *"        # or every_seconds: 600, or at: 2026-03-29T09:00:00
    zone: Europe/Berlin
    config: shop.yaml         # beside this file
    options: {rows: 1000, output_format: csv}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from datamimic import DatamimicError
from datamimic_platform.commands.templates import read
from datamimic_platform.services.schedules import Plan

_TRIGGER = ("cron", "every_seconds", "at", "start")
_PLAN = ("zone", "misfire", "grace_seconds", "overlap", "enabled")
_JOB = ("job_type", "config", "configuration", "options", "priority")


def schedules_of(path: Path) -> Iterator[Plan]:
    """Raises `DatamimicError` (`platform.bad_schedule`), with the place in the file."""
    try:
        made = yaml.safe_load(read(path))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise DatamimicError("platform.bad_schedule", "the file is no YAML", file=str(path), line=line) from None
    if not isinstance(made, Mapping) or not isinstance(made.get("jobs"), list):
        raise DatamimicError("platform.bad_schedule", "the file has no list of jobs", hint="jobs:", file=str(path))
    for number, each in enumerate(made["jobs"]):
        place = f"$.jobs[{number}]"
        if not isinstance(each, Mapping) or not isinstance(each.get("name"), str):
            raise DatamimicError("platform.bad_schedule", "a job has no name", path=place)
        unknown = each.keys() - {"name", *_TRIGGER, *_PLAN, *_JOB}
        if unknown:
            raise DatamimicError(
                "platform.bad_schedule",
                f"{sorted(map(str, unknown))[0]} is not known",
                hint=f"known: {', '.join((*_TRIGGER, *_PLAN, *_JOB))}",
                path=place,
            )
        trigger = {name: _plain(each[name]) for name in _TRIGGER if name in each}
        yield Plan(
            name=each["name"],
            trigger=trigger,
            job=_job(each, path.parent),
            **{name: each[name] for name in _PLAN if name in each},
        )


def _job(said: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    job: dict[str, Any] = {"kind": said.get("job_type", "generate"), "options": dict(said.get("options") or {})}
    if "config" in said:
        path = folder / str(said["config"])
        job |= {"text": read(path), "file_name": path.name}
    return job | {name: said[name] for name in ("configuration", "priority") if name in said}


def _plain(value: Any) -> Any:
    """YAML reads moments as such."""
    return value.isoformat() if hasattr(value, "isoformat") else value
