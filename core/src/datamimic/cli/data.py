"""`dm data`: where the tables of the installed packs come from."""

from __future__ import annotations

from typing import Any

import click

from datamimic.cli.listing import json_option, print_json, print_lines, print_table
from datamimic.cli.names import PACK
from datamimic.plugins.registry import Registry, installed_packs

CHANGED = 1
"""Exit status when a table differs from its digest."""


@click.command(short_help="List tables with source, licence and date.")
@click.argument("packs", type=PACK, nargs=-1)
@click.option("--attribution", is_flag=True, help="Print the notice that the tables' licences ask for.")
@click.option(
    "--verify", is_flag=True, help="Compare every table with its digest; exit with status 1 when one differs."
)
@json_option
@click.pass_context
def data(context: click.Context, packs: tuple[str, ...], attribution: bool, verify: bool, as_json: bool) -> None:
    """List the tables of PACKS (all without names): source, licence, date, method and grade.

    Grades: A official, B published by a secondary source, C published and approximate, E an estimate.
    """
    registry = installed_packs()
    names = packs or tuple(record.name for record in registry.packs() if record.status == "ok")
    rows = [row for name in names for row in _tables(registry, name, verify)]
    if attribution:
        print_lines([_attribution(rows).rstrip("\n")])
        return
    if as_json:
        print_json(rows)
    else:
        columns = {"table": "TABLE", "rows": "ROWS", "grade": "GRADE", "licence": "LICENCE", "date": "DATE"}
        columns |= {"state": "DIGEST", "source": "SOURCE"} if verify else {"source": "SOURCE"}
        print_table(rows, columns, spare=("date",), one_line=True)
    if verify and any(row["state"] != "same" for row in rows):
        context.exit(CHANGED)


def _tables(registry: Registry, pack: str, verify: bool) -> list[dict[str, Any]]:
    from datamimic.tables.catalog import digest
    from datamimic.tables.library import Shelf

    shelf = Shelf(pack, registry.dataset_sources(pack))
    rows = []
    for stem, file in sorted(shelf.files.items()):
        info = shelf.catalog.get(stem)
        row: dict[str, Any] = {"table": f"{pack}/{stem}"}
        for key in ("rows", "grade", "licence", "date", "source", "url", "method", "sha256"):
            row[key] = getattr(info, key, None)
        if verify:
            row["state"] = (
                "unlisted" if info is None else "same" if digest(file.read_bytes()) == info.sha256 else "changed"
            )
        rows.append(row)
    return rows


def _attribution(rows: list[dict[str, Any]]) -> str:
    """One paragraph per source, with the tables made from it."""
    by_source: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        key = (row["source"] or "no source stated", row["licence"] or "no licence stated", row["url"] or "")
        by_source.setdefault(key, []).append(row["table"])
    lines = ["This product contains data from the following sources.", ""]
    for (source, licence, url), tables in sorted(by_source.items()):
        lines += [f"{source} ({licence})" + (f", {url}" if url else ""), f"    {', '.join(tables)}", ""]
    return "\n".join(lines)
