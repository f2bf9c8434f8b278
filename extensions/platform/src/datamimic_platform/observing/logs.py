"""Structured logs: a JSON object a line, the fields of which do not depend on who writes it.

`timestamp`, `level`, `logger`, `message`, `correlation_id`, and those that a line is given of `FIELDS`. Values of anybody's
data are never among them: exceptions are logged by type and code, without their texts, which may quote rows.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datamimic import DatamimicError
from datamimic_platform.observing.correlation import current

FIELDS = (
    "job_id", "table_name", "batch_size", "duration_ms", "rows_generated", "phase", "rss_mb", "method", "route", "status",
    "code", "reason",
)  # fmt: skip
GENERATOR = "app.core.data_generator"
"""The logger of batches, named as the description names it."""
_OURS = ("datamimic", "datamimic_platform", GENERATOR)
_MOST_BYTES, _FILES = 20_000_000, 5


class JsonLines(logging.Formatter):
    """One line of JSON per record."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: value for name in FIELDS if (value := getattr(record, name, None)) is not None})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = named(record.exc_info[1])
        if identifier := getattr(record, "correlation_id", None) or current():
            line["correlation_id"] = identifier
        return json.dumps(line, ensure_ascii=False)


def named(error: BaseException) -> str:
    """An error without its text: the type, and the code where it has one."""
    return f"{type(error).__name__}[{error.code}]" if isinstance(error, DatamimicError) else type(error).__name__


class _File(logging.handlers.RotatingFileHandler):
    """A log that turns over at 20 MB, five files of it kept; there from its first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_MOST_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
        self.setFormatter(JsonLines())

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """By the size that the file has, whoever wrote it: the base class formats every line a second time to know."""
        if self.stream is None:
            self.stream = self._open()
        return os.fstat(self.stream.fileno()).st_size >= self.maxBytes


class _OfOthers(logging.Handler):
    """Hands on what servers and libraries say, to each of some logs."""

    def __init__(self, *logs: logging.Handler) -> None:
        super().__init__()
        self._logs = logs
        self.addFilter(lambda record: not _is_ours(record.name))

    def emit(self, record: logging.LogRecord) -> None:
        for each in self._logs:
            each.handle(record)

    def close(self) -> None:
        for each in self._logs:
            each.close()
        super().close()


def log_to(folder: Path, level: str) -> None:
    """Let everything that is logged go to `syndata.log` in a folder, and what servers and libraries say of themselves to
    `system.log` as well; files of 20 MB, five of each kept.

    Loggers of the platform have its log and level themselves: a program around it may set up the root logger as it likes,
    and may have disabled every logger there was (`logging.config.dictConfig` does)."""
    folder.mkdir(parents=True, exist_ok=True)
    stop_logging()
    everything, system = _File(folder / "syndata.log"), _File(folder / "system.log")
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.addHandler(everything)
        logger.setLevel(level)
    for name, known in list(logging.Logger.manager.loggerDict.items()):
        if isinstance(known, logging.Logger) and _is_ours(name):
            known.disabled = False
    root = logging.getLogger()
    root.addHandler(_OfOthers(everything, system))
    root.setLevel(level)
    # At every start Alembic says that it looks, whether there is anything to do or not.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # The API logs its requests itself, by route and without queries.
    logging.getLogger("uvicorn.access").disabled = True


def stop_logging() -> None:
    """Take away what `log_to` has given; handlers of others, and levels, stay."""
    for name in (None, *_OURS):
        logger = logging.getLogger(name)
        for each in [each for each in logger.handlers if isinstance(each, _File | _OfOthers)]:
            logger.removeHandler(each)
            each.close()


def _is_ours(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in _OURS)
