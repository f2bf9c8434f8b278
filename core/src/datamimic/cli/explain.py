"""`dm explain`: how one value comes from the seed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datamimic.cli.assignments import Whole
from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.names import COLUMN, ENTITY
from datamimic.cli.options import AskedWorld, world_options
from datamimic.errors import DatamimicError, InvalidOption

if TYPE_CHECKING:
    from datamimic.world import World

DIFFERS = 1
"""Exit status when an explanation does not hold."""
ROW = Whole("the row", code="invalid_range", hint="rows are numbered from 0")


@click.command(short_help="Say how one value comes from the seed.")
@click.argument("entity", type=ENTITY, required=False)
@click.argument("row", type=ROW, required=False)
@click.argument("field", type=COLUMN, required=False)
@world_options()
@click.option("--manifest", type=click.Path(path_type=Path), help="Take the world from the manifest of an output.")
@click.option("--depth", type=Whole("the depth", 1), help="End the tree after so many levels.")
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
    asked: AskedWorld,
    manifest: Path | None,
    depth: int | None,
    document: str | None,
    as_json: bool,
) -> None:
    """Explain the value of FIELD in ROW of ENTITY: its draws, table rows with their sources, rules and inputs.

    \b
    dm explain healthcare.patient 17 medications --seed demo
    dm explain healthcare.patient 17 address.city --manifest patients.parquet
    dm explain patient 17 medications --seed demo --json | dm explain --replay -
    """
    from datamimic.reproducing.explanation import explain as explained
    from datamimic.reproducing.explanation import render

    if document is not None:
        context.exit(_replay(document, asked.rows()))
    if entity is None or row is None or field is None:
        raise click.UsageError("ENTITY, ROW and FIELD are needed.", context)
    made = explained(_world(asked, entity, manifest), entity, row, field)
    if as_json:
        print_json(made)
    else:
        print_lines(render(made, depth))


def _replay(place: str, given: dict[str, str]) -> int:
    """The exit status; what does not come out again is printed."""
    from datamimic.reproducing.explanation import replay

    found = replay(_read(place), given=given)
    print_lines(found or ["every draw, table row and value comes out again"])
    return DIFFERS if found else 0


def _world(asked: AskedWorld, entity: str, manifest: Path | None) -> World:
    if manifest is not None:
        from datamimic.output.finding import find_manifest
        from datamimic.output.manifest import read_manifest
        from datamimic.reproducing.described_world import described_world

        world = described_world(read_manifest(find_manifest(manifest))["world"], asked.rows())
        options = asked.options(entity)
        return world.with_options(entity, **options[entity]) if options else world
    if asked.seed_is_chosen:
        raise InvalidOption(
            "invalid_seed", "no seed is given", hint="--seed, or --manifest of an output", path="$.seed"
        )
    return asked.world(entity)


def _read(place: str) -> Any:
    from datamimic.base.documents import Unfit, read_json

    try:
        return read_json(sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes())
    except (OSError, Unfit) as error:
        raise DatamimicError("bad_input", f"{place} is no explanation: {error}", hint="dm explain … --json") from None
