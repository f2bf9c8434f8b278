"""`dm changes`: what came, changed and went between two moments, or every version of rows, as JSON lines."""

from __future__ import annotations

import sys

import click

from datamimic.cli.assignments import Whole
from datamimic.cli.generate import OFFSET
from datamimic.cli.names import COLUMNS, ENTITY
from datamimic.cli.options import AskedWorld, quiet_option, world_options


@click.command(short_help="What came, changed and went between two moments.")
@click.argument("entity", type=ENTITY)
@click.option("--from", "since", metavar="MOMENT", help="What happened after it (ISO 8601).  [default: ever]")
@click.option("--to", "until", metavar="MOMENT", help="What happened up to it (ISO 8601).  [default: the clock]")
@click.option("--count", "-n", type=Whole("the number of rows"), default=10, show_default=True, help="Rows to look at.")
@world_options()
@click.option("--offset", type=OFFSET, default=0, show_default=True, help="The first row.")
@click.option("--columns", type=COLUMNS, help="Columns, separated by commas; hidden ones and parts (address.city) too.")
@click.option("--versions", is_flag=True, help="Every version of each row instead, with valid_from and valid_to.")
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
    quiet: bool,
) -> None:
    """Tell what happened to rows of ENTITY, as JSON lines: inserts, updates and deletes, in order of time; or versions (slowly
    changing dimensions of type 2), in order of rows.

    \b
    dm changes order --from 2025-12-01 --to 2025-12-31 --count 1000 --seed demo
    dm changes order --versions --count 1000 --seed demo
    """
    from datamimic.errors import InvalidOption
    from datamimic.formats.json import JsonLines
    from datamimic.output.exporting import write_through

    world = asked.world(entity)
    if versions and since is not None:
        raise InvalidOption("invalid_option", "--versions are all there are, whenever they began", path="$.from")
    if until is not None:
        world = world.as_of(until)
    rows = world[entity][offset : offset + count]
    if columns is not None:
        rows = rows.select([name.strip() for name in columns.split(",") if name.strip()])
    told = rows.versions() if versions else rows.changes(since)
    asked.tell_seed(quiet)
    # Changes are told in order of time, whichever rows they happened to: all of them have to be known.
    batches = told if versions else told.read_all().sort_by("at").to_batches()
    write_through(JsonLines().writer(sys.stdout.buffer, told.schema), batches)
    sys.stdout.buffer.flush()
