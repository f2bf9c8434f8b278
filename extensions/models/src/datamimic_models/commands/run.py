"""`dm run`: the tables of a model, as files or in a database."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

import click

from datamimic.cli import Whole, print_lines, profile_of
from datamimic.errors import InvalidOption, OutputError, excerpt


@click.command(short_help="All tables of a model, as files or in a database.")
@click.argument("model")
@click.option("--rows", "-n", multiple=True, metavar="N|TABLE=N", help="Rows of all tables that say none, or of one.")
@click.option(
    "--given", multiple=True, metavar="TABLE=PLACE", help="The rows of a table that exist: a file, or shop.db#table."
)
@click.option("--output", "-o", metavar="PLACE", help="A folder, the model's name without it; or a database's file.")
@click.option("--to", "url", metavar="URL", help="Load into this database, with --output for schema and report.")
@click.option(
    "--format", "-f", "format_name", metavar="NAME", help="csv, json, jsonl, parquet, … [default: the model's]"
)
@click.option(
    "--format-option", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the format or database."
)
@click.option(
    "--seed", help="Text or number that fixes every value; the model's own, or one that is chosen and reported."
)
@click.option("--locale", help="Such as de_DE; the model's own without it.")
@click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601).")
@click.option(
    "--batch-size", type=Whole("the number of rows", 1), metavar="N", help="Rows at a time, at most; changes no value."
)
@click.option("--profile-performance", "profiled", is_flag=True, help="Tell on standard error where the time went.")
@click.option(
    "--debug-relationships", "related", is_flag=True, help="Tell how rows refer to each other, and how often."
)
@click.option("--trust", is_flag=True, help="Run code that the model names, and read what lies outside its folder.")
@click.option("--quiet", "-q", is_flag=True, help="No remarks on standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run(
    model: str,
    rows: tuple[str, ...],
    given: tuple[str, ...],
    output: str | None,
    url: str | None,
    format_name: str | None,
    settings: tuple[str, ...],
    seed: str | None,
    locale: str | None,
    clock: str | None,
    batch_size: int | None,
    profiled: bool,
    related: bool,
    trust: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make the rows of all tables of MODEL, a file of YAML, JSON, SQL or XML, or module:Class with --trust.

    \b
    dm model new shop --template shop
    dm run shop.yaml --rows 1000 -o shop
    dm run shop.yaml --rows customers=50 --format parquet -o small
    dm run shop.yaml --to shop.sqlite
    dm demo create healthcare-example
    dm run healthcare-example/datamimic.xml
    """
    import json

    if model.lower().endswith(".xml"):
        from datamimic_models.commands.run_xml import refuse_what_the_model_says, run_xml

        refuse_what_the_model_says(
            {"--to": url, "--given": given, "--format": format_name, "--format-option": settings, "--locale": locale}
        )
        run_xml(
            model, _rows(rows), output, seed, clock, trust=trust, quiet=quiet, as_json=as_json,
            batch_size=batch_size, profiled=profiled, related=related,
        )  # fmt: skip
        return

    from datamimic.related import load_set, prepare, render, without_password, write_set
    from datamimic_models.asking import asked_of_set
    from datamimic_models.commands.relationships import related_lines
    from datamimic_models.loading import Model
    from datamimic_models.unsatisfied import refuse_unsatisfied

    of_all, of_tables = _rows(rows)
    loaded = Model.load(model, trust=trust)
    if given:
        loaded = loaded.with_given(dict(_pair(each, "--given") for each in given))
    made = loaded.with_rows_of(of_all, of_tables)
    if not quiet:
        for each in made.warnings:
            click.echo(f"warning[{each.code}]: {each.message} ({each.place})", err=True)
    chosen = seed or made.tables.seed
    world = made.world(chosen or secrets.token_hex(4), locale, clock)
    counts = asked_of_set(made, world)
    closure = prepare(world, counts)
    refuse_unsatisfied(made, world, made.counts(world))
    if chosen is None and not quiet:
        click.echo(f"seed {world.seed}", err=True)
    batch_rows = batch_size
    options: dict[str, Any] = dict(_pair(each, "--format-option") for each in settings)
    if url is not None:
        with profile_of(closure.total, profiled):
            written = load_set(closure, url, folder=output, batch_rows=batch_rows, **options)
        place = without_password(url, url)
    else:
        place = output or made.tables.name
        if output is None and Path(place).exists() and not (Path(place) / "manifest.json").exists():
            raise OutputError("output_unwritable", f"{place} is there already", hint="give --output PLACE")
        with profile_of(closure.total, profiled):
            written = write_set(
                closure, place, format_name or made.tables.output_format, batch_rows=batch_rows, **options
            )
    tables = {table.name: table.rows for table in written.tables}
    if related:
        for line in related_lines(made.plan, made.counts(world), render(written.linkage)):
            click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps({"output": place, "seed": world.seed, "tables": tables}, ensure_ascii=False, indent=2))
        return
    print_lines([f"{name}: {count:,} rows" for name, count in tables.items()])
    if not quiet:
        print(
            f"{written.rows:,} rows in {'one table' if len(tables) == 1 else f'{len(tables)} tables'} in {place}",
            file=sys.stderr,
        )


def _rows(given: tuple[str, ...]) -> tuple[int | None, dict[str, int]]:
    of_all, of_tables = None, {}
    for each in given:
        name, equals, text = each.rpartition("=")
        if not text.isdigit() or not text.isascii() or len(text) > 15:
            raise InvalidOption(
                "invalid_count", f"--rows {excerpt(each)} is no number of rows", hint="1000, or customers=1000"
            )
        if equals:
            of_tables[name] = int(text)
        else:
            of_all = int(text)
    return of_all, of_tables


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InvalidOption("invalid_option", f"{option} {excerpt(text)} is no setting", hint=f"{option} name=value")
    return name, value
