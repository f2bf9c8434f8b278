"""Pages out of templates: values escaped, times in UTC and named so, files of our own under names that change with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""Of pages that jobs write."""
_KEPT = "public, max-age=31536000, immutable"
TONES = {"completed": "good", "failed": "bad", "cancelled": "open", "running": "made", "queued": "warn"}


class StaticFilesKept(StaticFiles):
    """Kept by browsers for a year, as their addresses hold a digest of them."""

    def file_response(self, *args: Any, **named: Any) -> Response:
        answer = super().file_response(*args, **named)
        answer.headers["Cache-Control"] = _KEPT
        return answer


def page(template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    text = _environment().get_template(template).render(values)
    return HTMLResponse(text, status_code=status, headers={"Content-Security-Policy": POLICY})


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("datamimic_platform", "pages/templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "number": lambda value: f"{value:,}",
        "bytes": in_bytes,
        "moment": moment,
        "lasted": lasted,
        "span": in_units,
        "local": lambda iso, zone: f"{datetime.fromisoformat(iso).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}",
        "tone": lambda status: TONES.get(status, "open"),
        "short": lambda digest: digest[:12],
        "words": lambda name: str(name).replace("_", " "),
    }
    made.filters.update(filters)
    made.globals["static"] = _static
    return made


@cache
def _static(name: str) -> str:
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def in_bytes(size: int) -> str:
    """`1,234` bytes as `1.2 kB`, in powers of 1000."""
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if unit == "B" or value >= 100 else f"{value:,.1f} {unit}"


def moment(iso: str | None) -> str:
    if not iso:
        return "–"
    return f"{datetime.fromisoformat(iso).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def lasted(begin: str | None, end: str | None) -> str:
    """Between two moments, in the units that people say; a dash where one is missing."""
    if not begin or not end:
        return "–"
    seconds = max(0.0, (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds())
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def in_units(seconds: int) -> str:
    """`5400` as `90 min`: in the largest unit that it is a whole number of."""
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size:,} {unit}"
    return f"{seconds:,} s"
