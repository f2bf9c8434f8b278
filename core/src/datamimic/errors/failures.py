"""What the system and Python refuse, as coded errors: the one place where such exceptions get their codes."""

from __future__ import annotations

import errno
import os
import re
from concurrent.futures import BrokenExecutor

from datamimic.errors import DatamimicError, OutputError

_NO_OUTPUT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EBADF, errno.EPIPE})
_NO_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP})
_NUL = re.compile(r"\bembedded null (byte|character)\b")
"""What Python says of a name with a NUL; newer versions put the call before it."""


def coded(error: BaseException) -> DatamimicError | None:
    """The coded error that an exception stands for; None for one that nobody expects."""
    if isinstance(error, DatamimicError):
        return error
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, ValueError) and _NUL.search(str(error)):
        return DatamimicError("bad_file_name", "a file name holds a NUL character", hint="choose another name")
    if isinstance(error, UnicodeError):
        return DatamimicError("bad_text", f"text is not what UTF-8 can write: {error}", hint="no lone surrogates")
    if isinstance(error, RecursionError):
        return DatamimicError("too_deep", "something is nested deeper than can be read", hint="nest it less deeply")
    if isinstance(error, MemoryError):
        return DatamimicError("out_of_memory", "there is not enough memory", hint="ask for fewer rows at a time")
    if isinstance(error, BrokenExecutor):
        return DatamimicError(
            "worker_died", "a worker process ended before its work was done", hint="it may have been out of memory"
        )
    return None


def _of_system(error: OSError) -> DatamimicError:
    reason = error.strerror or str(error) or type(error).__name__
    file = error.filename if isinstance(error.filename, str | bytes | os.PathLike) else None
    name = None if file is None else os.fsdecode(file)
    if error.errno in _NO_NAME:
        return DatamimicError("bad_file_name", f"a file name cannot be used: {reason}", file=name)
    if error.errno in _NO_OUTPUT:
        what = name or "standard output"
        return OutputError("output_failed", f"{what} cannot be written: {reason}", file=name)
    return DatamimicError("system_refused", f"the system refuses: {reason}", file=name)
