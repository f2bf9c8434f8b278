"""`dm explain`: how one value comes from the seed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from datamimic.cli.assignments import pairs
from datamimic.cli.listing import json_option, print_json
from datamimic.errors import DatamimicError, InvalidOption

DIFFERS = 1
"""Exit status when an explanation does not hold."""


@click.command()
@click.argument("entity", required=False)
@click.argument("row", type=int, required=False)
@click.argument("field", required=False)
@click.option("--seed", help="The seed of the world; needed unless --manifest or --replay is given.")
@click.option("--locale", default="en_US", show_default=True, help="Such as de_DE, or a country, DE.")
@click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601).")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the entity; may be repeated."
)
@click.option("--size", "sizes", multiple=True, metavar="ENTITY=ROWS", help="How many rows references may point to.")
@click.option("--manifest", type=click.Path(path_type=Path), help="Take the world from the manifest of an output.")
@click.option("--depth", type=click.IntRange(min=1), help="End the tree after so many levels.")
@click.option(
    "--replay", "document", metavar="FILE", help="Confirm an explanation that --json wrote; - for standard input."
)
@json_option
@click.pass_context
def explain(
    context: click.Context,
    entity: str | None,
    row: int | None,
    field: str | None,
    seed: str | None,
    locale: str,
    clock: str | None,
    settings: tuple[str, ...],
    sizes: tuple[str, ...],
    manifest: Path | None,
    depth: int | None,
    document: str | None,
    as_json: bool,
) -> None:
    """Explain the value of FIELD in ROW of ENTITY: its draws, table rows with their sources, rules and inputs.

    \b
    dm explain healthcare.patient 17 medications --seed demo
    dm explain healthcare.patient 17 address.city --manifest patients.parquet
    dm explain healthcare.patient 17 medications --seed demo --json | dm explain --replay -
    """
    from datamimic.reproducing.explanation import explain as explained
    from datamimic.reproducing.explanation import render, replay
    from datamimic.world import World

    if document is not None:
        found = replay(_read(document))
        for line in found or ["every draw, table row and value comes out again"]:
            click.echo(line)
        context.exit(DIFFERS if found else 0)
    if entity is None or row is None or field is None:
        raise click.UsageError("ENTITY, ROW and FIELD are needed.", context)
    if row < 0:
        raise InvalidOption("invalid_range", f"row {row}", hint="rows are numbered from 0")
    if manifest is not None:
        from datamimic.output.manifest import described_world, find_manifest, read_manifest

        world = described_world(read_manifest(find_manifest(manifest))["world"], None)
    elif seed is None:
        raise InvalidOption(
            "invalid_seed", "no seed is given", hint="--seed, or --manifest of an output", path="$.seed"
        )
    else:
        world = World(seed, locale, clock, sizes={name: _whole(text, name) for name, text in pairs(sizes)})
    given = dict(pairs(settings))
    if given:
        world = world.with_options(world.spec(entity).cls, **given)
    made = explained(world, entity, row, field)
    if as_json:
        print_json(made)
    else:
        for line in render(made, depth):
            click.echo(line)


def _read(place: str) -> Any:
    try:
        return json.loads(sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatamimicError("bad_input", f"{place} is no explanation: {error}", hint="dm explain … --json") from None


def _whole(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InvalidOption("invalid_count", f"the size of {name} is {text!r}, not a whole number") from None
