"""`dm report`: how well rows of an entity agree with what is published and promised, as a page."""

from __future__ import annotations

import json
from pathlib import Path

import click

from datamimic.cli import ENTITY, AskedWorld, Whole, print_lines, world_options
from datamimic.errors import OutputError

DEVIATES = 1
"""Exit status when a figure, an invariant or an identifier does not hold."""
ENDING = ".html"


@click.command(short_help="Compare rows with published figures, as a page.")
@click.argument("entity", type=ENTITY)
@click.option(
    "--count", "-n", type=Whole("the number of rows", 1), default=20_000, show_default=True, help="Rows to judge."
)
@world_options(seed="report")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="The page; its JSON lies beside it."
)
@click.pass_context
def report(context: click.Context, entity: str, count: int, asked: AskedWorld, output: Path) -> None:
    """Write a page that compares rows of ENTITY with published figures and runs its invariants.

    Shows each claimed figure with source, distance and tolerance, each invariant with its violations, identifiers with the
    verdict of an independent validator, the distribution of every field, and the tables with their licences. Exits with
    status 1 when something deviates.

    \b
    dm report healthcare.patient --locale de_DE --output report.html
    """
    from datamimic import whole_file
    from datamimic_report import assess, render

    if output.suffix.lower() not in (ENDING, ".htm"):
        raise OutputError("format_needed", f"a report is a page, {output} is none", hint=f"name it …{ENDING}")
    made = assess(asked.world(entity)[entity][0:count])
    text = json.dumps(made, indent=1, ensure_ascii=False, default=str)
    for path, content in ((output, render(made)), (output.with_suffix(".json"), text + "\n")):
        with whole_file(path) as stream:
            stream.write(content.encode())
    verdict = made["verdict"]
    told = (
        f"{made['title']}, {count:,} rows: {verdict['claims_held']} of {verdict['claims']} published figures within tolerance, "
        f"{verdict['violations']:,} violations of {verdict['invariants']} invariants, "
        f"{verdict['identifiers_held']} of {verdict['identifiers']} identifiers as expected; {output}"
    )
    print_lines([told])
    if not verdict["holds"]:
        context.exit(DEVIATES)
