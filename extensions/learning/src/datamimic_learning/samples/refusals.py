"""What a table that cannot be read is refused with; no message holds a value of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from datamimic import DatamimicError


def unreadable(place: str, why: str, hint: str | None = None, line: int | None = None) -> DatamimicError:
    return DatamimicError("bad_input", f"{place} cannot be read: {why}", hint=hint, file=place, line=line)


def ragged(place: str, line: int, expected: int, actual: int) -> DatamimicError:
    return DatamimicError(
        "learning.ragged_rows",
        f"a row of {place} has {actual} cells, its header {expected}",
        hint="quote the cells that hold the delimiter, or mend the row; no row is left out by itself",
        file=place,
        line=line,
    )


def too_large(place: str, what: str) -> DatamimicError:
    return DatamimicError(
        "learning.too_large",
        f"{place}: {what}",
        hint="where that is meant, unpack it, or convert it to Parquet",
        file=place,
    )


def check_names(names: Sequence[str], place: str) -> None:
    """Raises `DatamimicError` (`learning.duplicate_columns`, `learning.no_columns`)."""
    if not names:
        raise DatamimicError(
            "learning.no_columns", f"{place} holds no column", hint="a header, or a row, says its columns", file=place
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        told = f"{len(twice)} columns" if len(twice) > 3 else ", ".join(each or "(no name)" for each in twice)
        raise DatamimicError(
            "learning.duplicate_columns",
            f"{place} names {told} more than once",
            hint="give each column a name of its own",
            file=place,
        )
