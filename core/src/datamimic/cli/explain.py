"""`dm explain`: how one value comes from the seed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from datamimic.cli.assignments import Whole
from datamimic.cli.listing import json_option, print_json, print_lines, print_table
from datamimic.cli.names import COLUMN, DESCRIBED
from datamimic.cli.options import AskedWorld, world_options
from datamimic.errors import DatamimicError, InvalidOption
from datamimic.plugins.registry import installed_packs

if TYPE_CHECKING:
    from datamimic.formats.documents.message import Message
    from datamimic.world import World

DIFFERS = 1
"""Exit status when an explanation does not hold."""
_LONGEST = 60
ROW = Whole("the row", code="invalid_range", hint="rows are numbered from 0")


@click.command(short_help="Say how one value comes from the seed.")
@click.argument("entity", metavar="[ENTITY|MESSAGE]", type=DESCRIBED, required=False)
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
    """Explain the value of FIELD in ROW of ENTITY: its draws, table rows with their sources, rules and inputs. Of a MESSAGE
    without a FIELD, say of which row and columns it is made.

    \b
    dm explain healthcare.patient 17 medications --seed demo
    dm explain healthcare.patient 17 address.city --manifest patients.parquet
    dm explain patient 17 medications --seed demo --json | dm explain --replay -
    dm explain edifact.orders.d01b 17 --seed demo
    """
    from datamimic.reproducing.explanation import explain as explained
    from datamimic.reproducing.explanation import render

    if document is not None:
        context.exit(_replay(document, asked.rows()))
    message = _message(entity)
    if message is not None:
        entity = message.entity
    if message is not None and row is not None and field is None:
        _tell_message(message, _world(asked, entity or "", manifest), row, as_json)
        return
    if entity is None or row is None or field is None:
        raise click.UsageError("ENTITY, ROW and FIELD are needed.", context)
    made = explained(_world(asked, entity, manifest), entity, row, field)
    if as_json:
        print_json(made)
    else:
        print_lines(render(made, depth))


def _message(name: str | None) -> Message | None:
    """The message of this name, None for an entity."""
    packs = installed_packs()
    if name is None or name not in packs.messages():
        return None
    return cast("type[Message]", packs.message(name)).configured({})


def _tell_message(message: Message, world: World, row: int, as_json: bool) -> None:
    message.refuse_others(world.locale.country)
    rows = world[message.entity][row : row + 1].select(message.columns())
    batch = rows.record_batch(row, row + 1)
    values = {name: value for each in batch.to_pylist() for name, value in each.items()}
    texts = message.texts(message.those(batch)).to_pylist()
    told = [
        {"column": name, "value": _short(value), "meaning": rows.field_of(name)[0].doc}
        for name, value in values.items()
    ]
    if as_json:
        print_json({"message": message.name, "entity": message.entity, "row": row, "columns": told, "texts": texts})
        return
    print_lines([f"{message.name} is made of row {row} of {message.entity}:", ""])
    print_table(told, {"column": "COLUMN", "value": "VALUE", "meaning": "MEANING"})
    print_lines(["", *(texts or ["of this row there is no such message"])])


def _short(value: object) -> str | None:
    text = None if value is None else str(value)
    return text if text is None or len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


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
