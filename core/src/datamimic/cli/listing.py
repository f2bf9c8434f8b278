"""How lists are printed: aligned columns for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """The option `--json`, as the parameter `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]) -> None:
    """Print the `columns` (key -> heading) of the rows: text to the left, numbers to the right, None as a dash.

    The last column is not padded, and so may be of any length.
    """
    cells = [[_text(row.get(key)) for key in columns] for row in rows]
    headings = list(columns.values())
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    numeric = [bool(rows) and all(isinstance(row.get(key), int) for row in rows) for key in columns]
    for line in (headings, *cells):
        padded = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        click.echo("  ".join(padded).rstrip())


def _text(value: object) -> str:
    if value is None or value in ("", (), []):
        return "-"
    return " ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
