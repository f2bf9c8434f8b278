"""`dm report`: how well rows of an entity agree with what is published and promised, as a page."""

from __future__ import annotations

import json
from pathlib import Path

import click

from datamimic.cli.assignments import pairs
from datamimic.errors import InvalidOption, OutputError

DEVIATES = 1
"""Exit status when a figure, an invariant or an identifier does not hold."""
ENDING = ".html"


@click.command()
@click.argument("entity")
@click.option("--count", "-n", type=int, default=20_000, show_default=True, help="Rows to judge.")
@click.option("--seed", default="report", show_default=True, help="Text or number that fixes every value.")
@click.option("--locale", default="en_US", show_default=True, help="Such as de_DE, or a country, DE.")
@click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601).")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the entity; may be repeated."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="The page; its JSON lies beside it."
)
@click.pass_context
def report(
    context: click.Context,
    entity: str,
    count: int,
    seed: str,
    locale: str,
    clock: str | None,
    settings: tuple[str, ...],
    output: Path,
) -> None:
    """Write a page that compares rows of ENTITY with published figures and runs its invariants.

    Shows each claimed figure with source, distance and tolerance, each invariant with its violations, identifiers with the
    verdict of an independent validator, the distribution of every field, and the tables with their licences. Exits with
    status 1 when something deviates.

    \b
    dm report healthcare.patient --locale de_DE --output report.html
    """
    from datamimic.conformance import assess, render
    from datamimic.output.whole_files import whole_file
    from datamimic.world import World

    if count < 1:
        raise InvalidOption("invalid_count", f"{count} rows", hint="1 row or more", path="$.count")
    if output.suffix.lower() not in (ENDING, ".htm"):
        raise OutputError("format_needed", f"a report is a page, {output} is none", hint=f"name it …{ENDING}")
    world = World(seed, locale, clock)
    spec = world.spec(entity)
    given = dict(pairs(settings))
    if given:
        world = world.with_options(spec.cls, **given)
    made = assess(world[spec.cls][0:count])
    text = json.dumps(made, indent=1, ensure_ascii=False, default=str)
    for path, content in ((output, render(made)), (output.with_suffix(".json"), text + "\n")):
        with whole_file(path) as stream:
            stream.write(content.encode())
    verdict = made["verdict"]
    click.echo(
        f"{made['title']}, {count:,} rows: {verdict['claims_held']} of {verdict['claims']} published figures within tolerance, "
        f"{verdict['violations']:,} violations of {verdict['invariants']} invariants, "
        f"{verdict['identifiers_held']} of {verdict['identifiers']} identifiers as expected; {output}"
    )
    if not verdict["holds"]:
        context.exit(DEVIATES)
