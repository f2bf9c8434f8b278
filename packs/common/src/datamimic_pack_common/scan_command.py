"""`dm scan FILE`: contact data, national, card and account numbers that might be somebody's."""

from __future__ import annotations

from pathlib import Path

import click

FOUND = 1
"""Exit status when something was found."""


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
@click.option("--show", type=click.IntRange(min=0), default=20, show_default=True, help="How many findings to print.")
@click.pass_context
def scan(
    context: click.Context, file: Path, format_name: str | None, format_settings: tuple[str, ...], show: int
) -> None:
    """Look for addresses and numbers of real people.

    FILE, or every file of a folder: e-mail and web addresses, telephone, national, card and account numbers that might be
    somebody's, since they are neither reserved for examples nor published for testing.

    Exits with status 1 when it finds some.
    """
    from datamimic import data_files, read_batches
    from datamimic.errors import shortened
    from datamimic_pack_common.safety import suspicions

    def note(text: str) -> None:
        click.echo(f"note: {text}", err=True)

    settings = {name: value for name, _, value in (text.partition("=") for text in format_settings)}
    files = data_files(file, format_name, note=note)
    found = (
        (each, one)
        for each in files
        for one in suspicions(read_batches(each, format_name, settings=settings, note=note))
    )
    count = 0
    for count, (path, each) in enumerate(found, 1):
        if count <= show:
            place = f"{path.name}, " if file.is_dir() else ""
            click.echo(f"{place}row {each.row}, {each.column}: {shortened(each.text)}: {each.reason}")
    if count:
        click.echo(f"\n{count:,} cells might be somebody's")
        context.exit(FOUND)
    click.echo("Nothing was found that might be somebody's. Names and postal addresses were not looked at.")
