"""Structured logs: a JSON object a line, the fields of which do not depend on who writes it.

`timestamp`, `level`, `logger`, `message`, `correlation_id`, and those that a line is given of `FIELDS`. Values of anybody's
data are never among them: exceptions are logged by type and code, without their texts, which may quote rows.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
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
_OURS = ("datamimic", "app.")
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


def log_to(folder: Path, level: str) -> None:
    """Let everything that is logged go to `syndata.log` in a folder, and what servers and libraries say of themselves to
    `system.log` as well; files of 20 MB, five of each kept."""
    folder.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger()
    for each in [each for each in root.handlers if isinstance(each, logging.handlers.RotatingFileHandler)]:
        root.removeHandler(each)
        each.close()
    for name in ("syndata.log", "system.log"):
        handler = logging.handlers.RotatingFileHandler(
            folder / name, maxBytes=_MOST_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
        handler.setFormatter(JsonLines())
        if name == "system.log":
            handler.addFilter(lambda record: not record.name.startswith(_OURS))
        root.addHandler(handler)
    root.setLevel(level)
    # At every start Alembic says that it looks, whether there is anything to do or not.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger(
        "uvicorn.access"
    ).disabled = True  # the API logs its requests itself, by route and without queries
