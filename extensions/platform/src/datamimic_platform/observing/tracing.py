"""Spans of OpenTelemetry, from a request to the job that it made in another process; the SDK is the extra `opentelemetry`.

Nothing is carried beside the store: the trace of a job is a digest of its correlation id, as that of the request is, so that
both have one. Attributes are ids, kinds, counts and statuses; never values of data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from datamimic import DatamimicError
from datamimic_platform.observing.correlation import current

_NAME = "datamimic.platform"


@lru_cache(maxsize=1)
def trace_to(endpoint: str) -> None:
    """Send spans to a collector by OTLP over HTTP, once a process. Raises `DatamimicError` (`missing_dependency`)."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise DatamimicError(
            "missing_dependency", "spans need the SDK of OpenTelemetry",
            hint="pip install 'datamimic-platform[opentelemetry]'",
        ) from None  # fmt: skip
    provide(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")))


def provide(processor: Any) -> None:
    """Let spans go to a processor of the SDK's."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    _made.clear()
    provider = TracerProvider(resource=Resource.create({"service.name": "syndata"}))
    provider.add_span_processor(processor)
    _made.append(provider)


def flushed() -> None:
    """Before a process ends without more ado."""
    for provider in _made:
        provider.force_flush()


_made: list[Any] = []
"""The provider, where there is one. Not the global one: an application that the platform is part of has its own."""


@contextmanager
def span(name: str, **attributes: Any) -> Iterator[dict[str, Any]]:
    """A span of the current correlation id, within the one that is open here; what is put into the dictionary are attributes
    that are known at its end. Nothing where nobody traces."""
    ending: dict[str, Any] = {}
    if not _made:
        yield ending
        return
    from opentelemetry import trace
    from opentelemetry.trace import Status, StatusCode

    identifier = current()
    given = {"correlation_id": identifier, **attributes}
    tracer = _made[0].get_tracer(_NAME)
    inside = trace.get_current_span().get_span_context().is_valid
    with tracer.start_as_current_span(
        name, None if inside else _of_correlation(identifier), attributes=given, record_exception=False,
        set_status_on_exception=False,
    ) as opened:  # fmt: skip
        try:
            yield ending
        except BaseException as error:
            code = getattr(error, "code", None) if isinstance(error, DatamimicError) else None
            opened.set_attribute("error.type", str(code or type(error).__name__))
            opened.set_status(Status(StatusCode.ERROR))  # its text may quote rows
            raise
        finally:
            opened.set_attributes(ending)


def _of_correlation(identifier: str) -> Any:
    """A remote parent whose trace is the digest of the id."""
    from opentelemetry import trace

    digest = hashlib.sha256(identifier.encode()).digest()
    parent = trace.SpanContext(
        int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:24], "big"), True, trace.TraceFlags(1)
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(parent))
