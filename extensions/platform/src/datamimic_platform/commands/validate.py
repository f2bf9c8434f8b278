"""`syndata validate`: every mistake of a configuration, with its place."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from datamimic_platform.commands.templates import read
from datamimic_platform.kinds.kind import Asked
from datamimic_platform.kinds.validating import judged


@click.command(short_help="Every mistake of a configuration.")
@click.option("--config", "-c", type=click.Path(path_type=Path), required=True, help="The configuration.")
@click.option("--check-relationships", "related", is_flag=True, help="Also tell which table refers to which.")
@click.option("--trust", is_flag=True, help="Import code that it names, which runs it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def validate(config: Path, related: bool, trust: bool, as_json: bool) -> None:
    """Tell everything that is wrong with a configuration, with line and column, without making a row.

    Exits with 0 for a good one, which may have warnings, and with 1 for one with mistakes.
    """
    read(config)
    found = judged(Asked(config, local=True, trusted=trust), relationships=related)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        sys.exit(not found["valid"])
    for level in ("errors", "warnings"):
        for each in found[level]:
            place = ":".join(str(each[name]) for name in ("file", "line", "column") if name in each)
            hint = f" ({each['hint']})" if each.get("hint") else ""
            click.echo(f"{place or config}: {level[:-1]}[{each['code']}]: {each['message']}{hint}")
    for each in found.get("relationships", ()):
        own, theirs = ", ".join(each["columns"]), ", ".join(each["parent_columns"])
        counts = f"{each['rows']:,} rows to {each['parent_rows']:,}"
        click.echo(f"{each['table']}.{own} -> {each['parent']}.{theirs}: {counts}")
    click.echo(f"{config}: " + ("valid" if found["valid"] else f"{len(found['errors'])} mistakes"))
    sys.exit(not found["valid"])
