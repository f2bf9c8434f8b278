"""Failures that nobody expected, told without what libraries say of them: that may quote a cell, and a cell may be somebody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from datamimic import DatamimicError

P = ParamSpec("P")
T = TypeVar("T")
CODE: Final = "learning.failed"
_DEEPEST: Final = 3


def told_without_values(function: Callable[P, T]) -> Callable[P, T]:
    """The function, which raises of its own failures `DatamimicError` (`learning.failed`) with the place in the code, not the
    exception nor its text. What is refused with a code, what the system refuses of files, and what is out of memory pass."""

    @wraps(function)
    def guarded(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return function(*arguments, **named)
        except (DatamimicError, MemoryError):
            raise
        except OSError as error:
            if error.errno is not None:
                raise
            failed = _place(error)
        except Exception as error:
            failed = _place(error)
        # Not within the handler, where the exception would be the context of this one.
        raise DatamimicError(
            CODE,
            f"this failed, which is a fault of datamimic or of a pack: {failed}",
            hint="nothing was written; what was said of it is not shown, since it may quote a cell: send this line",
        )

    return guarded


def _place(error: BaseException) -> str:
    """Which exception it was, and the last lines of code before it."""
    lines: list[str] = []
    at: TracebackType | None = error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        lines.append(f"{Path(code.co_filename).stem}.{code.co_name}:{at.tb_lineno}")
        at = at.tb_next
    return f"{type(error).__name__} in {' > '.join(lines[-_DEEPEST:])}"
