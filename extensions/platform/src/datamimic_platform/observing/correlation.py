"""The correlation id of what is done just now: given by a request, carried by the job that it makes, in every log line."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CURRENT: ContextVar[str] = ContextVar("correlation_id", default="")


def current() -> str:
    """The id of the current context, empty outside of one."""
    return _CURRENT.get()


def accepted(text: str | None) -> str:
    """An id that somebody sent, where it is short and plain; else a new one."""
    return text if text and _FORM.fullmatch(text) else secrets.token_hex(8)


@contextmanager
def correlated(identifier: str) -> Iterator[None]:
    """Everything inside carries this id."""
    token = _CURRENT.set(identifier)
    try:
        yield
    finally:
        _CURRENT.reset(token)
