"""`dm new-locale`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from datamimic.cli.scaffold import PackFolder, refuse_existing, relative_to_cwd
from datamimic.errors import DataError, InvalidOption, excerpt

if TYPE_CHECKING:
    from datamimic.tables.catalog import TableInfo

_COUNTRY_LENGTH = 2


@click.command("new-locale", short_help="Give the pack in this folder a country.")
@click.argument("country")
@click.option("--copy-from", default="US", show_default=True, help="The country whose tables are copied.")
def new_locale(country: str, copy_from: str) -> None:
    """Give the pack whose folder this is a country: one CSV file per table, nothing else.

    COUNTRY is an ISO 3166-1 code such as FR. The tables are copies, marked as estimates (grade E) in data.toml; replace
    their rows by the country's own, through write_table, which also corrects what data.toml says of them.
    """
    from datamimic.tables.catalog import Catalog

    _check_codes(country, copy_from)
    pack = PackFolder.containing(Path.cwd())
    ending = f"_{copy_from}.csv"
    tables = sorted(pack.data.glob(f"*{ending}"))
    if not tables:
        raise DataError(
            "missing_table",
            f"{relative_to_cwd(pack.data)} has no table of {copy_from}",
            hint="name another with --copy-from",
        )
    refuse_existing({table.with_name(table.name.replace(ending, f"_{country}.csv")): "" for table in tables})
    listed = Catalog.parse((pack.data / "data.toml").read_text(encoding="utf-8")).tables
    for table in tables:
        click.echo(relative_to_cwd(_copy(table, listed.get(table.stem), copy_from, country)))
    click.echo(f"\nNext:  replace the rows by those of {country}, and run pytest", err=True)


def _check_codes(*codes: str) -> None:
    for code in codes:
        if len(code) != _COUNTRY_LENGTH or not (code.isascii() and code.isupper() and code.isalpha()):
            raise InvalidOption("invalid_locale", f"{excerpt(code)} is no country code", hint="two capitals, as in FR")


def _copy(table: Path, info: TableInfo | None, copy_from: str, country: str) -> Path:
    """Write a country's table of an other's rows, marked as an estimate, with the source of the original."""
    from datamimic.tables.build import write_table

    with table.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return write_table(
        table.parent,
        table.stem.removesuffix(f"_{copy_from}"),
        country,
        header,
        rows,
        source=info.source if info else "unknown",
        url=info.url if info else "",
        licence=info.licence if info else "unknown",
        date=info.date if info else "unknown",
        method=f"estimate copied from {copy_from} by dm new-locale, to be replaced by figures of {country}",
        grade="E",
    )
