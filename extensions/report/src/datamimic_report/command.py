"""`dm report`: how well rows of an entity agree with what is published and promised, as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from datamimic.cli import ENTITY, AskedWorld, Whole, print_lines, world_options
from datamimic_report.written_pages import refuse_other_endings, write_page

DEVIATES = 1
"""Exit status when a figure, an invariant or an identifier does not hold."""


@click.command(short_help="Compare rows with published figures, as a page.")
@click.argument("entity", type=ENTITY)
@click.option(
    "--count", "-n", type=Whole("the number of rows", 1), default=20_000, show_default=True, help="Rows to judge."
)
@world_options(seed="report")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The page; its JSON lies beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def report(
    context: click.Context, entity: str, count: int, asked: AskedWorld, output: Path | None, as_json: bool
) -> None:
    """Write a page that compares rows of ENTITY with published figures and runs its invariants.

    Shows each claimed figure with source, distance and tolerance, each invariant with its violations, identifiers with the
    verdict of an independent validator, dependencies of columns, calendars and the ends of ages and dates with what is
    expected, the distribution of every field, and the tables with their licences. Of a pack (ENTITY is its name) it shows the
    dependencies of all its entities. Exits with status 1 when something deviates.

    \b
    dm report healthcare.patient --locale de_DE --output report.html
    dm report public_sector --count 2000 --json
    """
    from datamimic import installed_packs

    if output is None and not as_json:
        raise click.UsageError("Missing option '--output' / '-o' (or '--json').")
    refuse_other_endings(output, "a report")
    of_pack = entity in {record.name for record in installed_packs().packs()}
    made = _of_pack(asked, entity, count) if of_pack else _of_entity(asked, entity, count)
    text = json.dumps(made, indent=1, ensure_ascii=False, default=str)
    if output is not None:
        from datamimic_report import render, render_pack

        write_page(output, render_pack(made) if of_pack else render(made), text)
    if as_json:
        print_lines([text])
    elif of_pack:
        print_lines([f"{_dependencies(made, 'expectations')} of {entity} hold; {output}"])
    else:
        print_lines([f"{_told(made, count)}; {output}"])
    if not made["verdict"]["holds"]:
        context.exit(DEVIATES)


def _of_entity(asked: AskedWorld, entity: str, count: int) -> dict[str, Any]:
    from datamimic_report import assess

    return assess(asked.world(entity)[entity][0:count])


def _of_pack(asked: AskedWorld, pack: str, count: int) -> dict[str, Any]:
    from datamimic_report import assess_pack

    return assess_pack(asked.world(), pack, count)


def _told(made: dict[str, Any], count: int) -> str:
    verdict = made["verdict"]
    return (
        f"{made['title']}, {count:,} rows: {verdict['claims_held']} of {verdict['claims']} published figures within tolerance, "
        f"{verdict['violations']:,} violations of {verdict['invariants']} invariants, "
        f"{verdict['identifiers_held']} of {verdict['identifiers']} identifiers as expected, "
        f"{_dependencies(made, 'dependencies')}"
    )


def _dependencies(made: dict[str, Any], name: str) -> str:
    verdict = made["verdict"]
    return f"{verdict['dependencies_held']} of {verdict['dependencies']} {name} ({verdict['gaps']} known gaps)"
