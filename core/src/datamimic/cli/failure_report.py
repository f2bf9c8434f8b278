"""What is left for us to read when an exception comes that nobody expected: a file with versions, command and traceback."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distributions, metadata
from pathlib import Path

from datamimic.errors import DatamimicError
from datamimic.errors.messages import excerpt, printable_lines, what_failed, without_secrets

INTERNAL_ERROR = 3
"""Exit status for an exception that nobody expected."""
_OF_INTEREST = (
    "datamimic",
    "attrs",
    "cattrs",
    "click",
    "numpy",
    "pluggy",
    "pyarrow",
    "duckdb",
    "psycopg",
    "polars",
    "pandas",
)


def internal_error(error: BaseException, arguments: Sequence[str], program: str = "dm") -> DatamimicError:
    """The coded error for an exception that nobody expected, once its report is written."""
    report = _write(error, [program, *arguments])
    address = report_address()
    kept = f"tell {address}" if report is None else f"send the report {report} to {address}"
    return DatamimicError(
        "internal_error",
        f"{what_failed(error)}; this is a fault of datamimic or of a pack; {kept}",
        hint="look through it before: it holds the command and where in the program it failed" if report else None,
    )


def report_address() -> str:
    """Where reports go, as the distribution's metadata say."""
    try:
        addresses = metadata("datamimic-core").get_all("Project-URL") or []
    except PackageNotFoundError:
        addresses = []
    named = {name.strip().lower(): address.strip() for name, _, address in (each.partition(",") for each in addresses)}
    return named.get("issues") or named.get("repository") or "the maintainers of datamimic"


def _write(error: BaseException, arguments: Sequence[str]) -> Path | None:
    text = without_secrets(printable_lines("\n".join(_lines(error, arguments)))) + "\n"
    try:
        number, name = tempfile.mkstemp(prefix="datamimic-report-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError:
        return None
    return Path(name)


def _lines(error: BaseException, arguments: Sequence[str]) -> Iterator[str]:
    yield "datamimic: an exception that nobody expected"
    yield f"command: {' '.join(shlex.quote(without_secrets(each)) for each in arguments)}"
    yield f"python: {platform.python_implementation()} {platform.python_version()} on {platform.platform()}"
    yield f"optimised: {sys.flags.optimize}"
    yield "versions: " + ", ".join(sorted(set(_versions())))
    yield ""
    try:
        yield "".join(traceback.format_exception(error))
    except Exception as failure:
        yield f"{type(error).__name__}, whose traceback cannot be printed: {excerpt(failure)}"


def _versions() -> Iterator[str]:
    for each in distributions():
        name = each.metadata["Name"] if each.metadata else None
        if name and name.lower().startswith(_OF_INTEREST):
            yield f"{name} {each.version}"
