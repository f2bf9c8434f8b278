"""A broker that wakes workers on other machines. What it carries says nothing but that there may be work: jobs are rows of the
store, and a message that is lost costs a second, since workers look by themselves too."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from datamimic import DatamimicError
from datamimic_platform.settings import Settings

WAKE = "syndata.wake"
"""The task's name."""
EXPIRES = 60
"""Seconds after which a message that nobody took is of no use."""
_LOG = logging.getLogger(__name__)


def wake(settings: Settings) -> None:
    """Send a message where there is a broker; one that does not answer is logged, and keeps nobody."""
    if not settings.broker_url:
        return
    try:
        celery_app(settings.broker_url, settings.broker_queue, settings.redis_max_connections).send_task(
            WAKE, expires=EXPIRES, retry=False
        )
    except (OSError, _refusals()) as error:
        _LOG.warning("the broker does not answer", extra={"reason": type(error).__name__})


@lru_cache(maxsize=4)
def celery_app(url: str, queue: str, redis_connections: int = 100) -> Any:
    """Raises `DatamimicError` (`missing_dependency`) without Celery."""
    try:
        from celery import Celery
    except ImportError:
        raise DatamimicError(
            "missing_dependency", "a broker needs Celery", hint="pip install 'datamimic-platform[celery]'"
        ) from None
    app = Celery("syndata", broker=url)
    app.conf.update(
        task_default_queue=queue,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 86_400},
        redis_max_connections=redis_connections,
    )
    return app


def _refusals() -> type[BaseException]:
    from kombu.exceptions import OperationalError

    found: type[BaseException] = OperationalError
    return found
