"""What the targets share: how a connection is refused, and what is done about tables that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from datamimic import setting
from datamimic.errors import OutputError
from datamimic.related import without_password

REPLACE = "replace"


def if_exists() -> Any:
    """The setting that all targets have."""
    return setting(
        "fail", "Of tables of these names that are there already: refuse, or put the new ones in their place.",
        choices=("fail", REPLACE),
    )  # fmt: skip


def refuse_present(names: Iterable[str], what: str, if_exists: str) -> None:
    """Raises `OutputError` (`output_unwritable`) for tables that are there and may not be replaced."""
    listed = ", ".join(sorted(names))
    if listed and if_exists != REPLACE:
        raise OutputError("output_unwritable", f"{what} has {listed} already", hint="--if-exists replace, or drop them")


def refuse_dependents(dependents: Iterable[str], what: str) -> None:
    """Raises `OutputError` (`output_unwritable`) where other tables refer to those that would be replaced."""
    listed = ", ".join(sorted(set(dependents)))
    if listed:
        raise OutputError(
            "output_unwritable",
            f"{what} has tables of the same names, to which others refer: {listed}",
            hint="load into another database or schema",
        )


def unreachable(what: str, error: Exception, place: str | Path) -> OutputError:
    """A connection that was refused, as ours."""
    said = without_password(first_line(error), str(place))
    return OutputError("output_unwritable", f"{what}: {said}", hint="check the URL")


@contextmanager
def refused(
    what: str, refusals: tuple[type[Exception], ...], place: str | Path = "", statement: str | None = None
) -> Iterator[None]:
    """What a database refuses meanwhile, as ours: `failed`."""
    try:
        yield
    except refusals as error:
        raise failed(what, error, place, statement) from error


def failed(what: str, error: Exception, place: str | Path = "", statement: str | None = None) -> OutputError:
    """What a database refused in the middle, as ours."""
    said = without_password(first_line(error), str(place))
    return OutputError("output_failed", f"{what}: {said}", hint=statement and statement.splitlines()[0])


def first_line(error: Exception) -> str:
    """What it says; of an error with a number, as PyMySQL has them, the text."""
    numbered = len(error.args) == 2 and isinstance(error.args[0], int)
    text = str(error.args[1] if numbered else error).strip()
    return text.splitlines()[0] if text else type(error).__name__
