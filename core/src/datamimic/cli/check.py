"""`dm check`: run an entity's checks on a file, ours or another tool's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from datamimic.cli.listing import json_option, print_json, print_table
from datamimic.errors import DatamimicError, InvalidOption
from datamimic.plugins.registry import installed_packs

FOUND = 1
"""Exit status when a check does not hold."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--entity", help="Whose checks: `pack.entity` or a bare name.")
@click.option(
    "--safe", is_flag=True, help="Look for addresses and numbers that might be somebody's (the same as `dm scan`)."
)
@click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="The file's name for a field; may be repeated."
)
@click.option("--locale", help="Locale of the data; from the manifest, or en_US.")
@click.option("--clock", help="The instant that ages are computed from; from the manifest, or the default clock.")
@click.option("--format", "format_", help="csv, json, jsonl, parquet or arrow; from the file's ending.")
@json_option
@click.pass_context
def check(
    context: click.Context,
    file: Path,
    entity: str | None,
    safe: bool,
    mapping: tuple[str, ...],
    locale: str | None,
    clock: str | None,
    format_: str | None,
    as_json: bool,
) -> None:
    """Run the checks of an entity on FILE, or a folder of part files; exit with status 1 when one does not hold."""
    if safe:
        _scan(context, file, format_)
    if entity is None:
        if not safe:
            raise InvalidOption("invalid_option", "there is nothing to check", hint="add --entity ENTITY or --safe")
        return
    import attrs

    from datamimic.checks.checking import check_batches
    from datamimic.cli.assignments import pairs
    from datamimic.formats.reading import read_batches
    from datamimic.world import World

    world_of_file = _world_of(file)
    world = World(
        "check",
        locale or world_of_file.get("locale"),
        clock or world_of_file.get("clock"),
        options=world_of_file.get("options"),
    )
    spec = world.spec(installed_packs().entity(entity))
    findings = check_batches(read_batches(file, format_), spec, world, dict(pairs(mapping)))
    broken = [finding for finding in findings if finding.violations]
    if as_json:
        print_json([attrs.asdict(finding) for finding in findings])
    else:
        rows = [
            {
                "check": finding.check,
                "violations": None if finding.skipped else finding.violations,
                "sample": finding.samples,
                "sentence": finding.sentence + (f" (not checked: {finding.skipped})" if finding.skipped else ""),
            }
            for finding in findings
        ]
        print_table(rows, {"check": "CHECK", "violations": "VIOLATIONS", "sample": "ROWS", "sentence": "SENTENCE"})
        checked = max((finding.rows for finding in findings), default=0)
        skipped = sum(finding.skipped is not None for finding in findings)
        verdict = (
            f"{len(broken)} of {len(findings)} checks do not hold"
            if broken
            else f"{len(findings) - skipped} checks hold"
        )
        click.echo(f"\n{verdict} in {checked:,} rows" + (f"; {skipped} could not be run" if skipped else ""))
    if broken:
        context.exit(FOUND)


def _scan(context: click.Context, file: Path, format_: str | None) -> None:
    """Run the command `scan`, which a pack brings, since what is somebody's number depends on the country."""
    above = context.parent
    group = above.command if above is not None else None
    command = group.get_command(above, "scan") if isinstance(group, click.Group) and above is not None else None
    if command is None:
        hint = "pip install datamimic-pack-common"
        raise DatamimicError("missing_dependency", "no installed pack knows whose numbers they are", hint=hint)
    context.invoke(command, file=file, format_=format_, show=20)


def _world_of(file: Path) -> dict[str, Any]:
    """What the manifest beside the file says of its world, where there is one."""
    import json

    from datamimic.output.manifest import find_manifest

    try:
        world: dict[str, Any] = json.loads(find_manifest(file).read_text(encoding="utf-8"))["world"]
    except (DatamimicError, ValueError, KeyError, TypeError):
        return {}
    return world
