"""Calls into what others wrote: whatever comes out of them is an error of theirs, with the place where it was raised."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from datamimic.errors import DatamimicError, PackError
from datamimic.errors.messages import what_failed


@contextmanager
def isolated(code: str, what: str) -> Iterator[None]:
    """Raises `PackError` with the code for every exception of the block, those that end a program among them; coded errors, an
    interrupt, and what we raise ourselves to end the program pass."""
    try:
        yield
    except DatamimicError:
        raise
    except BaseException as failure:
        if is_ours(failure):
            raise
        raise failed(code, what, failure) from failure


def is_ours(failure: BaseException) -> bool:
    """Whether an exception is meant to end the program, and no code of a pack's raised it to that end."""
    return isinstance(failure, KeyboardInterrupt) or (
        not isinstance(failure, Exception) and type(failure).__module__.startswith("datamimic.")
    )


def failed(code: str, what: str, failure: BaseException) -> PackError:
    """A PackError saying `what`, then the exception, with the file and line in which it was raised."""
    frames = [
        frame
        for frame in traceback.extract_tb(failure.__traceback__)
        if not frame.filename.startswith("<frozen") and frame.filename not in (__file__, importlib.__file__)
    ]
    place: dict[str, Any] = {"file": frames[-1].filename, "line": frames[-1].lineno} if frames else {}
    return PackError(code, f"{what}: {what_failed(failure)}", **place)
