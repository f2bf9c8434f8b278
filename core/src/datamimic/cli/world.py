"""`dm world`: related tables with closed references, as files or in a database."""

from __future__ import annotations

from typing import Any, Literal

import click

from datamimic.cli.assignments import pairs, whole_number
from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.names import ENTITY_COUNT, MESSAGES
from datamimic.cli.options import AskedFormat, AskedWorld, format_options, quiet_option, world_options
from datamimic.cli.progress import progress_bar
from datamimic.errors import DatamimicError, InvalidOption, OutputError
from datamimic.errors.messages import without_secrets


@click.command(short_help="Related tables with closed references.")
@click.argument("entities", type=ENTITY_COUNT, nargs=-1, required=True, metavar="ENTITY=COUNT...")
@click.option(
    "--output", "-o", metavar="PLACE", help="A folder, the URL of a database, or its file, such as bank.duckdb."
)
@click.option("--to", "url", metavar="URL", help="Load into this, with --output as the folder of schema and report.")
@click.option("--schema", metavar="NAME", help="The schema within the database; created if it is new.")
@click.option(
    "--if-exists", metavar="WHAT", help="Of tables that the database has already: fail, the default, or replace."
)
@format_options("A file format, sqlite or duckdb.", default="parquet", of_set=True)
@world_options(of_entity=False)
@click.option(
    "--messages",
    type=MESSAGES,
    metavar="NAMES",
    help="Messages of the rows beside the tables: names, separated by commas, or all that rows and country have.",
)
@quiet_option
@json_option
def world(
    entities: tuple[str, ...],
    output: str | None,
    url: str | None,
    schema: str | None,
    if_exists: str | None,
    written_as: AskedFormat,
    asked: AskedWorld,
    messages: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make tables of every ENTITY and of all that they refer to, and report how they are linked.

    COUNT is a number of rows, or `all`: every child of the parents that are in the set. An entity without a count comes in
    with the rows that are referred to. Databases are known by URL: postgresql, mariadb, mysql, duckdb, sqlite, with
    `pip install datamimic-databases`.

    \b
    dm world healthcare.patient=10000 finance.transaction=50000 -o clinic
    dm world finance.bank_account=1000 finance.transaction=all -o bank.duckdb
    dm world finance.bank_account=20 finance.transaction=all -o bank \\
        --messages iso20022.camt.053
    dm world ecommerce.order_line=20000 -o postgresql://localhost/test \\
        --schema shop
    """
    from datamimic.checks.judging import judge_pieces
    from datamimic.related.linkage import render
    from datamimic.related.places import target_of
    from datamimic.related.remarks import remarks
    from datamimic.related.writing import load_set, prepare, write_set

    if output is None and url is None:
        raise OutputError("output_unwritable", "there is no place to write to", hint="give --output PLACE")
    made = asked.world()
    if url is None and output is not None and target_of(made.packs, output) is not None:
        output, url = None, output
    of_target = {name: text for name, text in (("schema", schema), ("if_exists", if_exists)) if text is not None}
    if url is None and of_target:
        raise DatamimicError("usage", "--schema and --if-exists are for databases", hint="give -o URL")
    if url is not None and target_of(made.packs, url) is None:
        raise OutputError(
            "output_unwritable", "what --to names is no URL", hint="such as postgresql://user@host/database"
        )
    closure = prepare(made, {made.path(made.spec(name)): _count(name, text) for name, text in pairs(entities)})
    format = written_as.of_set(made) if url is None else None
    for table in closure.tables:
        judge_pieces(made[table.spec.cls], table.rows.pieces())
    named = [each.strip() for each in (messages or "").split(",") if each.strip()]
    if named and output is None:
        raise InvalidOption("invalid_option", "messages need a folder", hint="add --output FOLDER", path="$.output")
    asked.tell_seed(quiet)
    for remark in () if quiet else remarks(closure):
        click.echo(remark, err=True)
    with progress_bar(closure.total, quiet) as advance:
        if url is not None:
            settings: dict[str, Any] = {**written_as.given(), **of_target}
            written = load_set(closure, url, folder=output, progress=advance, messages=named, **settings)
        elif output is not None and format is not None:
            written = write_set(closure, output, format, progress=advance, messages=named)
    if as_json:
        print_json({"tables": {table.name: table.rows for table in written.tables}, "linkage": written.linkage})
    else:
        print_lines(render(written.linkage).splitlines())
    if not quiet:
        place = without_secrets(url or output or "")
        tables = "one table" if len(written.tables) == 1 else f"{len(written.tables)} tables"
        click.echo(
            f"{written.rows:,} rows in {tables} in {place}",
            err=True,
        )


def _count(name: str, text: str) -> int | Literal["all"]:
    return (
        "all" if text == "all" else whole_number(text, f"the number of rows of {name}", hint="a whole number, or all")
    )
