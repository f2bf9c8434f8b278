"""`dm profile`: what tables hold, as text, JSON, a model or a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datamimic.cli import print_lines

if TYPE_CHECKING:
    from datamimic_learning.profiling.profile import Profile

_WRITERS: Final = {
    ".json": "to_json", ".yaml": "to_yaml", ".yml": "to_yaml", ".html": "to_html", ".htm": "to_html",
}  # fmt: skip


@click.command(short_help="Measure tables that exist: columns, keys, dependencies, quality.")
@click.argument("places", nargs=-1, metavar="FILE|FOLDER|URL...")
@click.option(
    "--output",
    "-o",
    "outputs",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Write profile.json, model.yaml or profile.html; may come again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the profile as JSON.")
@click.option("--show-values", is_flag=True, help="Show values of personal columns and rare texts.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of profiles.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
def profile(
    places: tuple[str, ...], outputs: tuple[Path, ...], as_json: bool, show_values: bool, schema: bool, quiet: bool
) -> None:
    """Read tables at FILE, FOLDER or URL, and say what they hold: types, nulls, distinct values, ranges, quantiles, frequent
    values, patterns, dates, units, outliers; keys and references, dependencies and correlations; scores of quality with hints.

    Reads CSV, JSON, Parquet, Arrow, Excel and XML files, PostgreSQL, MariaDB, SQLite and DuckDB. Every row is read, in memory
    that does not grow with the rows. Values of personal columns are hidden, in every output.

    \b
    dm world ecommerce.order=200 -o shop
    dm profile shop -o shop.html -o shop.json
    """  # fmt: skip
    if schema:
        from datamimic_learning.profiling.profile import schema_of_profiles

        print_lines([json.dumps(schema_of_profiles(), indent=1, ensure_ascii=False)])
        return
    if not places:
        raise click.UsageError("Missing argument 'FILE|FOLDER|URL...'.")
    for output in outputs:
        _refuse_other_endings(output)
    from datamimic_learning.profiling.profiling import profile as measure

    with _progress(quiet) as progress:
        made = measure(*places, show_values=show_values, progress=progress)
    for output in outputs:
        _write(made, output)
    if as_json:
        print_lines([made.to_json().rstrip("\n")])
    else:
        print_lines([*_lines(made.values), *(f"{each} written" for each in outputs)])


def _refuse_other_endings(output: Path) -> None:
    from datamimic.errors import OutputError

    if output.suffix.lower() not in _WRITERS:
        raise OutputError(
            "format_needed",
            f"the ending of {output} stands for no form of a profile",
            hint="name it .json, .yaml or .html",
        )


def _write(made: Profile, output: Path) -> None:
    from datamimic import whole_file

    text: str = getattr(made, _WRITERS[output.suffix.lower()])()
    with whole_file(output) as stream:
        stream.write(text.encode())


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """How many rows were read, on standard error, where that is a terminal; how many there are may not be known."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    rows = 0

    def told(more: int) -> None:
        nonlocal rows
        rows += more
        click.echo(f"\r{rows:,} rows", err=True, nl=False)

    yield told
    click.echo("", err=True)


def _lines(values: dict[str, Any]) -> list[str]:
    found = [f"note: {each}" for each in values["notes"]]
    for table in values["tables"]:
        found += _table_lines(table)
    for each in values["references"]:
        orphans = f", {each['orphans']:,} orphans" if each["orphans"] else ""
        how = "declared" if each["declared"] else "found"
        found.append(
            f"{each['table']}.{'+'.join(each['columns'])} refers to {each['referred']}.{'+'.join(each['referred_columns'])} "
            f"({how}{orphans})"
        )
    return found


def _table_lines(table: dict[str, Any]) -> list[str]:
    score = table["quality"]["score"]
    quality = f", quality {score:.3f}" if score is not None else ""
    found = [f"{table['name']}: {table['rows']:,} rows, {len(table['columns'])} columns{quality}"]
    rows = [_cells(each) for each in table["columns"]]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    found += [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    found += [f"  key: {', '.join(each['columns'])}" for each in table["keys"] if not each["duplicates"]]
    exact = [each for each in table["dependencies"] if each["error"] == 0]
    found += [f"  {', '.join(each['left'])} determines {each['right']}" for each in exact[:5]]
    hints = [*table["quality"]["hints"], *_column_hints(table)]
    found += [f"  {each['dimension']}: {each['finding']}; {each['hint']}" for each in hints[:8]]
    return found


def _column_hints(table: dict[str, Any]) -> list[dict[str, str]]:
    return [
        hint | {"finding": f"{column['name']}: {hint['finding']}"}
        for column in table["columns"]
        for hint in column["quality"]["hints"]
    ]


def _cells(column: dict[str, Any]) -> list[str]:
    """A line of one column: name, kind, nulls, distinct, range, meaning."""
    about = "" if column["distinct"]["exact"] else "~"
    ends = [column.get(name) for name in ("min", "max")]
    told = " to ".join(_short(each) for each in ends) if None not in ends else ""
    meaning = (
        column["meaning"]["name"]
        if column["meaning"] and not column["meaning"]["name"].startswith("technical.")
        else ""
    )
    return [
        column["name"],
        column.get("content") or column["kind"],
        f"{100 * column['null_share']:.1f} % null" if column["nulls"] else "",
        f"{about}{column['distinct']['count']:,} distinct",
        told,
        f"{meaning}{' (personal)' if column['personal'] else ''}",
    ]


def _short(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"
