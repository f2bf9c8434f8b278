"""`dm world`: related tables with closed references, as files or in a database."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from datamimic.cli.assignments import pairs
from datamimic.cli.listing import json_option, print_json
from datamimic.cli.progress import progress_bar
from datamimic.errors import InvalidOption, OutputError


@click.command()
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY=COUNT...")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder for the tables, schema and manifest.")
@click.option("--to", "url", metavar="URL", help="Load into PostgreSQL: postgresql://user@host/database.")
@click.option("--schema", default="public", show_default=True, help="The schema in PostgreSQL; created if it is new.")
@click.option("--format", "format_", default="parquet", show_default=True, help="A file format, sqlite or duckdb.")
@click.option("--format-option", "format_options", multiple=True, metavar="NAME=VALUE", help="A setting of the format.")
@click.option("--seed", help="Text or number that fixes every value; chosen and reported if not given.")
@click.option("--locale", default="en_US", show_default=True, help="Such as de_DE, or a country, DE.")
@click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601).")
@click.option("--set", "options", multiple=True, metavar="ENTITY.NAME=VALUE", help="An option of an entity.")
@click.option("--size", "sizes", multiple=True, metavar="ENTITY=ROWS", help="How many rows references may point to.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no remarks on standard error.")
@json_option
def world(
    entities: tuple[str, ...],
    output: Path | None,
    url: str | None,
    schema: str,
    format_: str,
    format_options: tuple[str, ...],
    seed: str | None,
    locale: str,
    clock: str | None,
    options: tuple[str, ...],
    sizes: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Make tables of every ENTITY and of all that they refer to, and report how they are linked.

    COUNT is a number of rows, or `all`: every child of the parents that are in the set. An entity without a count comes in
    with the rows that are referred to.

    \b
    dm world healthcare.patient=10000 finance.transaction=50000 --seed demo --output clinic
    dm world finance.bank_account=1000 finance.transaction=all --format sqlite --output bank
    dm world ecommerce.order_line=20000 --to postgresql://localhost/test --schema shop
    """
    from datamimic.cli.assignments import typed_settings
    from datamimic.related.linkage import render
    from datamimic.related.writing import DATABASES, load_set, prepare, write_set
    from datamimic.world import World

    if output is None and url is None:
        raise OutputError("output_unwritable", "there is no place to write to", hint="give --output DIR or --to URL")
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise OutputError("output_unwritable", f"{url} is no PostgreSQL URL", hint="postgresql://user@host/database")
    counts: dict[str, Any] = {name: "all" if text == "all" else _whole(text, name) for name, text in pairs(entities)}
    if seed is None:
        seed = secrets.token_hex(4)
        if not quiet:
            click.echo(f"seed {seed}", err=True)
    made = World(seed, locale, clock, sizes={name: _whole(text, name) for name, text in pairs(sizes)})
    for name, value in pairs(options):
        entity, _, option = name.rpartition(".")
        made = made.with_options(made.spec(entity).cls, **{option: value})
    counts = {made.path(made.spec(name)): count for name, count in counts.items()}
    closure = prepare(made, counts)
    with progress_bar(closure.total, quiet) as advance:
        if url is not None:
            written = load_set(closure, url, schema=schema, folder=output, progress=advance)
        else:
            assert output is not None
            formats = {} if format_ in DATABASES else typed_settings(made.packs.exporter(format_), format_options)
            written = write_set(closure, output, format_, progress=advance, **formats)
    if as_json:
        print_json({"tables": {table.name: table.rows for table in written.tables}, "linkage": written.linkage})
    else:
        click.echo(render(written.linkage), nl=False)
    if not quiet:
        place = output if url is None else f"schema {schema} of PostgreSQL"
        click.echo(f"{written.rows:,} rows in {len(written.tables)} tables in {place}", err=True)


def _whole(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InvalidOption(
            "invalid_count", f"{name}={text}", hint="a whole number, or all", path=f"$.{name}"
        ) from None
