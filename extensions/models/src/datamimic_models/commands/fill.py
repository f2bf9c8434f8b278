"""`dm fill`: rows into a database that is there, under its own constraints."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import click

from datamimic.cli import Whole, print_lines

if TYPE_CHECKING:
    from datamimic_models.filling.reports import Loaded, Report


@click.command(short_help="Fill a database that has tables, under its own constraints.")
@click.argument("url")
@click.option(
    "--rows", "-n", type=Whole("the number of rows", 0), default=1_000, show_default=True, help="Rows of every table."
)
@click.option("--table", "-t", "tables", multiple=True, metavar="NAME=N", help="Rows of one table; may come again.")
@click.option(
    "--schema", "schemas", multiple=True, metavar="NAME", help="The schema; may come again. Else where names are found."
)
@click.option("--exclude", "-x", multiple=True, metavar="TABLE", help="A table that is left as it is; may come again.")
@click.option("--seed", "-s", help="Anything; the same seed gives the same rows. Else a new one, that is told.")
@click.option("--locale", "-l", default="en_US", show_default=True, help="Of names, addresses and numbers.")
@click.option("--dry-run", is_flag=True, help="Show the plan and ten rows of every table; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def fill(
    url: str,
    rows: int,
    tables: tuple[str, ...],
    schemas: tuple[str, ...],
    exclude: tuple[str, ...],
    seed: str | None,
    locale: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add rows to every table of the database at URL: PostgreSQL, MariaDB, MySQL or SQLite.

    Keys, unique columns, enums, lengths and checks hold by construction; checks that are not understood are tested by the
    database before anything is loaded. Tables that hold rows are added to. All in one transaction: nothing is changed where
    something fails.

    \b
    dm world finance.transaction=50 -o bank.sqlite
    dm fill sqlite:///bank.sqlite --rows 1000 --dry-run
    """
    from datamimic_models.filling.filling import fill as filled
    from datamimic_models.filling.reports import Wanted

    chosen = secrets.token_hex(4) if seed is None else seed
    wanted = Wanted(
        rows=rows,
        tables=dict(_named(each) for each in tables),
        schemas=schemas,
        exclude=exclude,
        seed=chosen,
        locale=locale,
        dry_run=dry_run,
    )
    report = filled(url, wanted)
    for each in report.mistakes.found:
        click.echo(f"note: {each.message}", err=True)
    if seed is None:
        click.echo(f"seed: {chosen}", err=True)
    if as_json:
        print_lines([json.dumps(_document(report, chosen, dry_run), ensure_ascii=False, indent=1)])
    else:
        print_lines(_lines(report, dry_run))


def _named(text: str) -> tuple[str, int]:
    from datamimic.errors import InvalidOption

    name, equals, number = text.rpartition("=")
    if not equals or not number.isdecimal():
        raise InvalidOption(
            "invalid_option", f"--table {text} is not written NAME=ROWS", hint="such as --table orders=5000"
        )
    return name, int(number)


def _lines(report: Report, dry_run: bool) -> list[str]:
    width = max(len(each.table) for each in report.tables)
    found = []
    for each in report.tables:
        told = f"{each.table:{width}}  {each.rows:>9,} rows"
        told += f", after {each.held:,}" if each.held else ""
        told += (
            f"; together with {', '.join(name for name in each.circle if name != each.table)}" if each.circle else ""
        )
        told += f"; tested: {'; '.join(each.tested)}" if each.tested else ""
        found.append(told)
        if dry_run:
            found += [f"    {line}" for line in _sample(each)]
    verb = "would be added" if dry_run else "added"
    return [*found, f"{report.rows:,} rows of {len(report.tables)} tables {verb}"]


def _sample(table: Loaded) -> list[str]:
    """The sample as lines of equal columns."""
    cells = [[_cell(each) for each in row] for row in [table.columns, *table.sample]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(table.columns))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _cell(text: str | None) -> str:
    said = "-" if text is None else " ".join(text.split())
    return said if len(said) <= 24 else said[:23] + "…"


def _document(report: Report, seed: str, dry_run: bool) -> dict[str, Any]:
    return {
        "seed": seed,
        "dry_run": dry_run,
        "rows": report.rows,
        "tables": [
            {
                "table": each.table,
                "rows": each.rows,
                "rows_before": each.held,
                "together_with": list(each.circle),
                "tested_checks": list(each.tested),
                **({"sample": [dict(zip(each.columns, row, strict=True)) for row in each.sample]} if dry_run else {}),
            }
            for each in report.tables
        ],
        "notes": [each.to_dict() for each in report.mistakes.found],
    }
