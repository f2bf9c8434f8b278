"""`dm list-packs`."""

from __future__ import annotations

import click

from datamimic.cli.listing import json_option, print_json, print_lines, print_table
from datamimic.plugins.registry import installed_packs

COLUMNS = {
    "name": "PACK",
    "version": "VERSION",
    "data_version": "DATA",
    "distribution": "DISTRIBUTION",
    "entities": "ENTITIES",
    "generators": "GENERATORS",
    "formats": "FORMATS",
    "status": "STATUS",
    "locales": "LOCALES",
}


@click.command("list-packs", short_help="List the installed packs.")
@json_option
def list_packs(as_json: bool) -> None:
    """List the installed packs, with what they bring and what is wrong with them.

    A pack that cannot be used is listed with its error and keeps no other from working. LOCALES are the countries
    for which a pack has tables.
    """
    registry = installed_packs()
    records = registry.packs()
    for remark in registry.remarks:
        click.echo(f"warning: {remark}", err=True)
    if as_json:
        print_json([record.to_dict() for record in records])
        return
    if not records:
        click.echo("No packs are installed. Try: pip install datamimic-pack-common")
        return
    print_table([record.to_dict() for record in records], COLUMNS, spare=("distribution", "formats"))
    for record in records:
        for text in (*([record.error.render()] if record.error else ()), *(f"note: {note}" for note in record.notes)):
            print_lines(["", f"{record.name}: " + text.replace("\n", f"\n{' ' * len(record.name)}  ")])
