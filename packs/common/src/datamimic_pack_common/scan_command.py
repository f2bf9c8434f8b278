"""`dm scan FILE`: contact data, national, card and account numbers that might be somebody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pyarrow as pa

    from datamimic_pack_common.safety import Suspicion

FOUND = 1
"""Exit status when something was found."""
_NOTHING = "Nothing was found that might be somebody's. Names and postal addresses were not looked at."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "format_name", help="csv, json, jsonl, parquet or arrow; from the file's ending.")
@click.option(
    "--format-option",
    "format_settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the format, such as delimiter=;",
)
@click.option("--cards", is_flag=True, help="Look for card numbers alone, published test numbers too.")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Look for the card numbers of this file or folder alone, also within longer numbers.",
)
@click.option("--show", type=click.IntRange(min=0), default=20, show_default=True, help="How many findings to print.")
@click.pass_context
def scan(
    context: click.Context,
    file: Path,
    format_name: str | None,
    format_settings: tuple[str, ...],
    cards: bool,
    against: Path | None,
    show: int,
) -> None:
    """Look for addresses and numbers of real people.

    FILE, or every file of a folder: e-mail and web addresses, telephone, national, card and account numbers that might be
    somebody's, since they are neither reserved for examples nor published for testing.

    Of a history of card payments that was written without card numbers: --against the history that it was made from. With
    that, or with --cards, a number is shown by its first six and last four digits.

    Exits with status 1 when it finds some.
    """
    from datamimic import data_files, read_batches
    from datamimic.errors import shortened
    from datamimic_pack_common.card_leaks import card_numbers_in, leaks, numbers_of
    from datamimic_pack_common.safety import suspicions

    def note(text: str) -> None:
        click.echo(f"note: {text}", err=True)

    settings = {name: value for name, _, value in (text.partition("=") for text in format_settings)}

    def rows(path: Path) -> Iterator[pa.RecordBatch]:
        return read_batches(path, format_name, settings=settings, note=note)

    if against is not None:
        known = frozenset(
            number for each in data_files(against, format_name, note=note) for number in numbers_of(rows(each))
        )
        find: Callable[[Iterator[pa.RecordBatch]], Iterator[Suspicion]] = partial(leaks, numbers=known)
        nothing = f"None of the {len(known):,} card numbers of {against} was found."
    elif cards:
        find, nothing = card_numbers_in, "No card numbers were found."
    else:
        find, nothing = suspicions, _NOTHING
    found = ((each, one) for each in data_files(file, format_name, note=note) for one in find(rows(each)))
    count = 0
    for count, (path, each) in enumerate(found, 1):
        if count <= show:
            place = f"{path.name}, " if file.is_dir() else ""
            click.echo(f"{place}row {each.row}, {each.column}: {shortened(each.text)}: {each.reason}")
    if count:
        what = "card numbers were found" if cards or against is not None else "cells might be somebody's"
        click.echo(f"\n{count:,} {what}")
        context.exit(FOUND)
    click.echo(nothing)
