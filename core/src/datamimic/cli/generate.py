"""`dm generate`: rows of one entity to a file or to standard output."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import click

from datamimic.cli.assignments import pairs, typed_settings
from datamimic.cli.progress import profile_of, progress_bar
from datamimic.errors import InvalidOption


@click.command()
@click.argument("entity")
@click.option("--count", "-n", type=int, default=10, show_default=True, help="Rows to make.")
@click.option("--seed", help="Text or number that fixes every value; chosen and reported if not given.")
@click.option("--locale", default="en_US", show_default=True, help="Such as de_DE, or a country, DE.")
@click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601).")
@click.option("--offset", type=int, default=0, show_default=True, help="The first row.")
@click.option("--columns", help="Columns, separated by commas; hidden ones and parts (address.city) too.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the entity; may be repeated."
)
@click.option("--size", "sizes", multiple=True, metavar="ENTITY=ROWS", help="How many rows references may point to.")
@click.option("--format", "format_", help="csv, json, jsonl, parquet, arrow, or one of a pack's.")
@click.option("--format-option", "format_options", multiple=True, metavar="NAME=VALUE", help="A setting of the format.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File; standard output if not given.")
@click.option("--workers", type=int, help="Processes that make rows.  [default: 1; of parts, one per processor]")
@click.option("--parts", type=int, help="Write a folder of so many part files instead of one file.")
@click.option("--part", type=int, help="Write only this part (from 0) of --parts: for array jobs.")
@click.option("--engine", help="What runs the parts: serial, threads, processes, or one of a pack's or an extra's.")
@click.option("--engine-option", "engine_options", multiple=True, metavar="NAME=VALUE", help="A setting of the engine.")
@click.option("--profile", "profiled", is_flag=True, help="Tell on standard error where the time went.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no remarks on standard error.")
def generate(
    entity: str,
    count: int,
    seed: str | None,
    locale: str,
    clock: str | None,
    offset: int,
    columns: str | None,
    settings: tuple[str, ...],
    sizes: tuple[str, ...],
    format_: str | None,
    format_options: tuple[str, ...],
    output: Path | None,
    workers: int | None,
    parts: int | None,
    part: int | None,
    engine: str | None,
    engine_options: tuple[str, ...],
    profiled: bool,
    quiet: bool,
) -> None:
    """Make rows of ENTITY (`pack.entity`, or the bare name where one pack has it).

    \b
    dm generate healthcare.patient --count 1000 --seed demo --output patients.parquet
    dm generate person -n 5 --locale de_DE --set min_age=70 --columns full_name,age,address.city
    """
    from datamimic.output.writing import export, exporter_for, has_nested, write_rows
    from datamimic.world import World

    if count < 0:
        raise InvalidOption("invalid_count", f"{count} rows", hint="0 rows or more", path="$.count")
    if offset < 0:
        raise InvalidOption(
            "invalid_range", f"the offset is {offset}", hint="rows are numbered from 0", path="$.offset"
        )
    if workers is not None and workers < 1:
        raise InvalidOption("invalid_count", f"{workers} workers", hint="at least 1", path="$.workers")
    if workers is not None and output is None:
        raise InvalidOption("invalid_option", "--workers is for files", hint="add --output PATH", path="$.workers")
    chosen_seed = seed is None
    seed = secrets.token_hex(4) if seed is None else seed
    world = World(seed, locale, clock, sizes={name: _number(value, name) for name, value in pairs(sizes)})
    spec = world.spec(entity)
    given = dict(pairs(settings))
    if given:
        world = world.with_options(spec.cls, **given)
    rows = world[spec.cls][offset : offset + count]
    if columns is not None:
        rows = rows.select([name.strip() for name in columns.split(",") if name.strip()])
    chosen = format_ or (None if output else "jsonl" if has_nested(rows.schema()) else "csv")
    exporter = exporter_for(world.packs, output, chosen)
    typed = typed_settings(exporter, format_options)
    if profiled and (workers is not None or part is not None or parts is not None or engine is not None):
        raise InvalidOption("invalid_option", "a profile is of one process", hint="leave out --workers and --parts")
    if chosen_seed and not quiet:
        click.echo(f"seed {seed}", err=True)
    if part is not None or parts is not None or engine is not None:
        from datamimic.cli.parts import write_parts

        write_parts(rows, output, exporter, typed, parts, part, workers, engine, dict(pairs(engine_options)), quiet)
        return
    if output is None:
        with profile_of(rows, profiled):
            export(rows, exporter, sys.stdout.buffer, None, typed)
        sys.stdout.buffer.flush()
        return
    with progress_bar(count, quiet) as advance, profile_of(rows, profiled):
        write_rows(rows, output, exporter.name, progress=advance, workers=workers or 1, **typed)
    if not quiet:
        click.echo(f"{count:,} rows of {world.path(spec)} in {output}", err=True)


def _number(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InvalidOption("invalid_count", f"the size of {name} is {text!r}, not a whole number") from None
