"""Everything by which a process can be observed, begun as its settings say."""

from __future__ import annotations

from datamimic_platform.observing.errors_told import tell_to
from datamimic_platform.observing.logs import log_to
from datamimic_platform.observing.tracing import trace_to
from datamimic_platform.settings import Settings


def observe(settings: Settings) -> None:
    """Logs, and where they are set up errors and spans. Raises `DatamimicError` (`missing_dependency`)."""
    log_to(settings.log_folder, settings.log_level)
    if settings.sentry_dsn:
        tell_to(settings.sentry_dsn, settings.environment)
    if settings.otel_endpoint:
        trace_to(settings.otel_endpoint)
