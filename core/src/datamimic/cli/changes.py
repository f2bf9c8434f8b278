"""`dm changes`: what came, changed and went between two moments, or every version of rows: to standard output, to a file, or to
a folder with a file for every day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from datamimic.cli.assignments import Whole
from datamimic.cli.generate import OFFSET
from datamimic.cli.names import COLUMNS, ENTITY
from datamimic.cli.options import AskedFormat, AskedWorld, format_options, quiet_option, world_options
from datamimic.cli.progress import progress_bar
from datamimic.cli.streaming import AskedStream, FileOrStream, StreamPlace, stream_options
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    from datamimic.engine.changes import Told
    from datamimic.formats.format import Format


@click.command(short_help="What came, changed and went between two moments.")
@click.argument("entity", type=ENTITY)
@click.option("--from", "since", metavar="MOMENT", help="What happened after it (ISO 8601).  [default: ever]")
@click.option("--to", "until", metavar="MOMENT", help="What happened up to it (ISO 8601).  [default: the clock]")
@click.option(
    "--count",
    "-n",
    type=Whole("the number of rows", 1, hint="at least 1"),
    default=10,
    show_default=True,
    help="Rows to look at; with --follow, so many at a time.",
)
@world_options()
@click.option("--offset", type=OFFSET, default=0, show_default=True, help="The first row.")
@click.option("--columns", type=COLUMNS, help="Columns, separated by commas; hidden ones and parts (address.city) too.")
@click.option("--versions", is_flag=True, help="Every version of each row instead, with valid_from and valid_to.")
@format_options(
    "As of `dm generate`.  [default: by the ending of the output; parquet by day; jsonl on standard output]"
)
@click.option(
    "--output", "-o", type=FileOrStream(), help="File, folder, or URL of a stream; standard output if not given."
)
@click.option("--by-day", is_flag=True, help="The output is a folder with a file for every day.")
@stream_options
@quiet_option
def changes(
    entity: str,
    since: str | None,
    until: str | None,
    count: int,
    asked: AskedWorld,
    offset: int,
    columns: str | None,
    versions: bool,
    written_as: AskedFormat,
    output: Path | StreamPlace | None,
    by_day: bool,
    streamed: AskedStream,
    quiet: bool,
) -> None:
    """Tell what happened to rows of ENTITY: inserts, updates and deletes, in order of time; or versions (slowly changing
    dimensions of type 2), in order of rows.

    \b
    dm changes order --from 2025-12-01 --to 2025-12-31 --count 1000 --seed demo
    dm changes order --versions --count 1000 --seed demo --output orders.parquet
    dm changes order --from 2025-12-24 --by-day -n 1000 --seed demo --output days
    dm changes order --rate 1000/s --follow | head -n 3
    """
    from datamimic.engine.changes import CHANGES, VERSIONS, told
    from datamimic.output.paced import changes_on_and_on
    from datamimic.output.streamed import with_key

    streamed.refuse_files(output)
    _refuse_what_does_not_go_together(since, versions, output, by_day, streamed)
    world = asked.world(entity)
    if until is not None:
        world = world.as_of(until)
    rows = world[entity][offset:] if streamed.follow else world[entity][offset : offset + count]
    if columns is not None:
        rows = rows.select([name.strip() for name in columns.split(",") if name.strip()])
    view, added = with_key(rows) if isinstance(output, StreamPlace) else (rows, ())
    if isinstance(output, StreamPlace):
        written_as.refuse_for_streams()
    file = output if isinstance(output, Path) else None
    name = None if file is not None and not by_day else "parquet" if by_day else "jsonl"
    format = written_as.named(world.packs, file, name)
    found = told(view.part(slice(0 if streamed.follow else count)), VERSIONS if versions else CHANGES, since)
    asked.tell_seed(quiet)
    if isinstance(output, StreamPlace):
        batches = changes_on_and_on(view, count, since) if streamed.follow else found.batches()
        streamed.send(batches, view, added, output, quiet)
    elif streamed.follow:
        streamed.give(changes_on_and_on(rows, count, since), found.schema, format)
    elif streamed.wanted:
        streamed.give(found.batches(), found.schema, format)
    elif output is None:
        _print(found, format)
    else:
        _write(found, format, output, by_day, quiet)


def _refuse_what_does_not_go_together(
    since: str | None, versions: bool, output: Path | StreamPlace | None, by_day: bool, streamed: AskedStream
) -> None:
    if versions and since is not None:
        raise InvalidOption("invalid_option", "--versions are all there are, whenever they began", path="$.from")
    if versions and by_day:
        raise InvalidOption("invalid_option", "versions last for days: they are not written by day", path="$.by_day")
    if isinstance(output, StreamPlace) and (versions or by_day):
        raise InvalidOption(
            "invalid_option", "a stream takes changes", hint="leave out --versions and --by-day", path="$.output"
        )
    if versions and streamed.wanted:
        raise InvalidOption("invalid_option", "versions are told when all is over", hint="leave out --versions")
    if by_day and output is None:
        raise InvalidOption("invalid_option", "days are files", hint="add --output FOLDER", path="$.output")


def _print(found: Told, format: Format) -> None:
    from datamimic.output.exporting import write_through

    write_through(format.writer(sys.stdout.buffer, found.schema), found.batches())
    sys.stdout.buffer.flush()


def _write(found: Told, format: Format, output: Path, by_day: bool, quiet: bool) -> None:
    from datamimic.output.told import write_days, write_told

    write = write_days if by_day else write_told
    with progress_bar(len(found), quiet) as advance:
        write(found, output, format, progress=advance)
    if not quiet:
        click.echo(f"{len(found):,} {found.kind} of {found.view.world.path(found.view.spec)} in {output}", err=True)
