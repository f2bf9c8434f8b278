"""Errors that nobody expected, told to Sentry: where and of what type, without a value of anybody's data.

What an event may hold is listed, and everything else is taken away: messages, variables of frames, requests and their bodies,
breadcrumbs and users could quote rows.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import Any

from datamimic import DatamimicError
from datamimic_platform.observing.correlation import current

_KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk")
_FRAME = ("filename", "function", "module", "lineno", "in_app")
HIDDEN = "(not sent)"


@lru_cache(maxsize=1)
def tell_to(dsn: str, environment: str) -> None:
    """Once a process. Raises `DatamimicError` (`missing_dependency`)."""
    try:
        import sentry_sdk
    except ImportError:
        raise DatamimicError(
            "missing_dependency", "SENTRY_DSN needs its SDK", hint="pip install 'datamimic-platform[sentry]'"
        ) from None
    sentry_sdk.init(dsn=dsn, **options(environment))


def options(environment: str) -> dict[str, Any]:
    """Of the SDK: nothing but unexpected errors, cleaned."""
    return {
        "environment": environment,
        "release": version("datamimic-platform"),
        "before_send": cleaned,
        "before_breadcrumb": lambda crumb, hint: None,
        "include_local_variables": False,
        "include_source_context": False,
        "max_breadcrumbs": 0,
        "traces_sample_rate": 0.0,
        "server_name": "",
        "max_request_body_size": "never",
        "auto_enabling_integrations": False,
    }


def cleaned(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """What is sent of an event; None for errors that have a code, which are answers."""
    error = (hint.get("exc_info") or (None, None, None))[1]
    if isinstance(error, DatamimicError):
        return None
    found: dict[str, Any] = {name: event[name] for name in _KEPT if name in event}
    found["tags"] = {"correlation_id": current()}
    if "logger" in event:
        found["logger"] = event["logger"]
    values = (event.get("exception") or {}).get("values") or []
    found["exception"] = {"values": [_exception(each) for each in values]}
    return found


def _exception(told: dict[str, Any]) -> dict[str, Any]:
    frames = (told.get("stacktrace") or {}).get("frames") or []
    kept = [{name: each[name] for name in _FRAME if name in each} for each in frames]
    return {"type": told.get("type"), "module": told.get("module"), "value": HIDDEN, "stacktrace": {"frames": kept}}
