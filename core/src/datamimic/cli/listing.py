"""How lists and texts are printed: aligned columns for people, JSON for programs.

On a terminal nothing is wider than the terminal: cells and lines are wrapped between words. Where the output is read by
a program, a row is a line, of any width.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TextIO, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
_GAP = "  "
_WORD = 12
_NARROWEST = 6
"""Columns are not made narrower than this; a terminal that has no room for that wraps lines itself."""


def json_option(command: F) -> F:
    """The option `--json`, as the parameter `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(
    rows: Sequence[Mapping[str, object]],
    columns: Mapping[str, str],
    *,
    spare: Sequence[str] = (),
    one_line: bool = False,
) -> None:
    """Print the `columns` (key -> heading) of the rows: text to the left, numbers to the right, None as a dash.

    On a terminal too narrow for the longest words, columns named in `spare` are left out, the first of them first; with
    `one_line`, cells are cut instead of wrapped, so that a row is a line.
    """
    terminal = terminal_width(sys.stdout)
    keys = list(columns)
    cells = {key: [columns[key], *(_text(row.get(key)) for row in rows)] for key in keys}
    longest_words = {key: max(len(word) for cell in cells[key] for word in cell.split() or [""]) for key in keys}
    for key in spare:
        if terminal is not None and sum(longest_words[k] + len(_GAP) for k in keys) - len(_GAP) > terminal:
            keys.remove(key)
    widths = [max(map(len, cells[key])) for key in keys]
    if terminal is not None:
        widths = _narrowed(widths, [longest_words[key] for key in keys], terminal - len(_GAP) * (len(keys) - 1))
    numeric = [bool(rows) and all(isinstance(row.get(key), int) for row in rows) for key in keys]
    for line in zip(*(cells[key] for key in keys), strict=True):
        wrapped = [_cut(cell, width, one_line) for cell, width in zip(line, widths, strict=True)]
        for pieces in zip_longest(*wrapped, fillvalue=""):
            padded = [
                piece.rjust(width) if right else piece.ljust(width)
                for piece, width, right in zip(pieces, widths, numeric, strict=True)
            ]
            click.echo(_GAP.join(padded).rstrip())


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines; on a terminal, those that are too long go on below, indented by two more."""
    width = terminal_width(sys.stderr if err else sys.stdout)
    for line in lines:
        for piece in fitted(line, width):
            click.echo(piece, err=err)


def fitted(text: str, width: int | None) -> list[str]:
    """The lines of a text, each cut between words where it is longer than `width` characters."""
    made: list[str] = []
    for line in text.splitlines() or [""]:
        if width is None or len(line) <= width:
            made.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip(" │├└─"))]
        below = " " * min(len(indent) + 2, width // 2)
        made += textwrap.wrap(
            line[len(indent) :],
            width,
            initial_indent=indent,
            subsequent_indent=below,
            break_on_hyphens=False,
            break_long_words=True,
        )
    return made


def terminal_width(stream: TextIO) -> int | None:
    """Characters in a line of the terminal that the stream goes to; None where it goes elsewhere."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def _narrowed(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Widths that together need no more than `room`: the widest give first; words are broken if that is not enough, those
    of the first column, which are names, last."""
    narrow = list(widths)
    names, *others = words
    cut = [[names, *(min(word, limit) for word in others)] for limit in (_WORD, _NARROWEST)]
    for floors in (words, *cut, [_NARROWEST] * len(narrow)):
        while sum(narrow) > room:
            wide = [place for place, width in enumerate(narrow) if width > floors[place]]
            if not wide:
                break
            narrow[max(wide, key=lambda place: narrow[place])] -= 1
    return narrow


def _cut(cell: str, width: int, one_line: bool) -> list[str]:
    if len(cell) <= width:
        return [cell]
    return [cell[: width - 1].rstrip() + "…"] if one_line else textwrap.wrap(cell, width, break_on_hyphens=False)


def _text(value: object) -> str:
    if value is None or value in ("", (), []):
        return "-"
    return " ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
