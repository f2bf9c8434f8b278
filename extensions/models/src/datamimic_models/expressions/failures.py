"""What goes wrong in an expression: when it is read, and when a row is worked out."""

from __future__ import annotations

from datamimic import DatamimicError
from datamimic_models.model import Place


class Failed(Exception):
    """A value cannot be worked out in a row. Becomes `models.expression_failed`, naming the row."""


class TooLarge(Failed):
    """A bound of `limits` is passed. Becomes `models.expression_too_large`."""


WHAT_ROWS_RAISE = (
    Failed,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""What operations on plain values raise, besides errors with a code."""


def bad_expression(message: str, place: Place, *, hint: str | None = None) -> DatamimicError:
    """`models.bad_expression`; `details` hold the column, from 1."""
    details = {} if place.column is None else {"column": place.column}
    return DatamimicError(
        "models.bad_expression", message, hint=hint, file=place.file, line=place.line, details=details
    )


def failed_in_row(error: BaseException, text: str, place: Place, row: int | None) -> DatamimicError:
    """The error of a row that could not be worked out."""
    code = "models.expression_too_large" if isinstance(error, TooLarge) else "models.expression_failed"
    where = "" if row is None else f" in row {row}"
    details = {} if row is None else {"row": row}
    return DatamimicError(
        code,
        f"the expression {shown(text)} fails{where}: {reason(error)}",
        hint=None if code == "models.expression_too_large" else "`x if … else …` keeps it from rows that have no value",
        file=place.file,
        line=place.line,
        details=details if place.column is None else {**details, "column": place.column},
    )


def reason(error: BaseException) -> str:
    """What happened, as a clause of a sentence."""
    if isinstance(error, KeyError):
        return f"there is no key {error.args[0]!r}" if error.args else "there is no such key"
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deep"
    text = str(error)
    if text.startswith("[<class 'decimal."):
        return type(error).__name__
    return text or type(error).__name__


def shown(text: str) -> str:
    """The text of an expression, on one line of at most 80 characters."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= 80 else line[:79] + '…'}`"
