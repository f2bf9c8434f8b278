"""States of jobs, and priorities. Which state follows which is in `store.guards`, which the database obeys too."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_platform.store.guards import MOVES


class Status(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self in (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


ALIASES = {"pending": Status.QUEUED}
"""Other words for a state, in questions."""


class Priority(IntEnum):
    """Higher ones are taken first, of equal ones the older."""

    LOW = 0
    NORMAL = 10
    HIGH = 20


def status_named(name: str) -> Status:
    """Raises `UnknownName`."""
    if name in ALIASES:
        return ALIASES[name]
    if name not in list(Status):
        raise UnknownName("status", name, [*Status, *ALIASES], path="$.status_filter")
    return Status(name)


def priority_named(name: str) -> Priority:
    """Raises `UnknownName`."""
    if name.upper() not in Priority.__members__:
        raise UnknownName("priority", name, [each.lower() for each in Priority.__members__], path="$.priority")
    return Priority[name.upper()]


def refuse_move(old: Status, new: Status) -> None:
    """Raises `DatamimicError` (`platform.job_ended`) for a move that there is not."""
    if (old, new) not in MOVES:
        raise DatamimicError(
            "platform.job_ended", f"the job is {old}: it cannot become {new}", hint="resubmit makes a new job of it"
        )
