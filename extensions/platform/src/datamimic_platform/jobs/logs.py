"""The log of one job: `logs/jobs/job_<id>.log`, a JSON object a line, there from the moment at which the job is queued."""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from pathlib import Path
from typing import Any

from datamimic_platform.jobs.places import log_path
from datamimic_platform.observing.logs import JsonLines
from datamimic_platform.settings import Settings

_FORMAT = JsonLines()
_BLOCK = 1 << 16


class JobLog:
    """Every line is one write of its own to the end of the file, so that processes may share it."""

    def __init__(self, settings: Settings, job: str, correlation_id: str) -> None:
        self.path = log_path(settings, job)
        self._job = job
        self._correlation_id = correlation_id
        self._least = logging.getLevelNamesMapping()[settings.log_level]

    def say(
        self, message: str, level: int = logging.INFO, logger: str = "datamimic.platform.jobs", **fields: Any
    ) -> None:
        if level < self._least:
            return
        given = {**fields, "job_id": self._job, "correlation_id": self._correlation_id}
        record = logging.makeLogRecord(
            {"name": logger, "levelno": level, "levelname": logging.getLevelName(level), "msg": message, **given}
        )
        line = (_FORMAT.format(record) + "\n").encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(file, line)
        finally:
            os.close(file)


def last_lines(path: Path, most: int) -> list[dict[str, Any]]:
    """The last lines, oldest first, read from the end; none where there is no log (yet)."""
    found: deque[bytes] = deque()
    try:
        with path.open("rb") as stream:
            place = stream.seek(0, os.SEEK_END)
            rest = b""
            while place > 0 and len(found) <= most:
                step = min(_BLOCK, place)
                place = stream.seek(place - step)
                rest = stream.read(step) + rest
                rest, *lines = rest.split(b"\n") if place else [b"", *rest.split(b"\n")]
                found.extendleft(line for line in reversed(lines) if line)
    except FileNotFoundError:
        return []
    return [made for line in list(found)[-most:] if (made := _read(line)) is not None]


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        made: dict[str, Any] = json.loads(line)
    except ValueError:
        return None  # a line that is being written
    return made
