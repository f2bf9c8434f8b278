"""`dm world`: related tables with closed references, as files or in a database."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from datamimic.cli.assignments import pairs, whole_number
from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.names import ENTITY_COUNT
from datamimic.cli.options import AskedFormat, AskedWorld, format_options, quiet_option, world_options
from datamimic.cli.progress import progress_bar
from datamimic.errors import OutputError


@click.command(short_help="Related tables with closed references.")
@click.argument("entities", type=ENTITY_COUNT, nargs=-1, required=True, metavar="ENTITY=COUNT...")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder for the tables, schema and manifest.")
@click.option("--to", "url", metavar="URL", help="Load into PostgreSQL: postgresql://user@host/database.")
@click.option("--schema", default="public", show_default=True, help="The schema in PostgreSQL; created if it is new.")
@format_options("A file format, sqlite or duckdb.", default="parquet", databases=True)
@world_options(of_entity=False)
@quiet_option
@json_option
def world(
    entities: tuple[str, ...],
    output: Path | None,
    url: str | None,
    schema: str,
    written_as: AskedFormat,
    asked: AskedWorld,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make tables of every ENTITY and of all that they refer to, and report how they are linked.

    COUNT is a number of rows, or `all`: every child of the parents that are in the set. An entity without a count comes in
    with the rows that are referred to.

    \b
    dm world healthcare.patient=10000 finance.transaction=50000 -o clinic
    dm world finance.bank_account=1000 finance.transaction=all \\
        --format sqlite --output bank
    dm world ecommerce.order_line=20000 --to postgresql://localhost/test \\
        --schema shop
    """
    from datamimic.related.linkage import render
    from datamimic.related.writing import load_set, prepare, write_set

    _refuse_no_place(output, url)
    made = asked.world()
    closure = prepare(made, {made.path(made.spec(name)): _count(name, text) for name, text in pairs(entities)})
    format = written_as.of_set(made)
    asked.tell_seed(quiet)
    with progress_bar(closure.total, quiet) as advance:
        if url is not None:
            written = load_set(closure, url, schema=schema, folder=output, progress=advance)
        elif output is not None:
            written = write_set(closure, output, format, progress=advance)
    if as_json:
        print_json({"tables": {table.name: table.rows for table in written.tables}, "linkage": written.linkage})
    else:
        print_lines(render(written.linkage).splitlines())
    if not quiet:
        place = output if url is None else f"schema {schema} of PostgreSQL"
        click.echo(f"{written.rows:,} rows in {len(written.tables)} tables in {place}", err=True)


def _count(name: str, text: str) -> int | Literal["all"]:
    return (
        "all" if text == "all" else whole_number(text, f"the number of rows of {name}", hint="a whole number, or all")
    )


def _refuse_no_place(output: Path | None, url: str | None) -> None:
    if output is None and url is None:
        raise OutputError("output_unwritable", "there is no place to write to", hint="give --output DIR or --to URL")
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise OutputError("output_unwritable", f"{url} is no PostgreSQL URL", hint="postgresql://user@host/database")
