"""`dm lock`, and the lock that commands which make values follow."""

from __future__ import annotations

from pathlib import Path

import click

from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.names import PACK
from datamimic.plugins.registry import installed_packs

DIFFERS = 1
"""Exit status of `dm lock --check` when what is installed differs."""
COMMANDS_THAT_MAKE_VALUES = frozenset({"generate", "world", "request", "reproduce", "explain", "demo"})
"""Commands that make values, and so refuse or warn."""


@click.command(short_help="Pin engine, packs and data for a project.")
@click.argument("packs", type=PACK, nargs=-1)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("datamimic.lock"), show_default=True, help="File."
)
@click.option(
    "--policy",
    type=click.Choice(["refuse", "warn"]),
    default="refuse",
    show_default=True,
    help="What dm does when what is installed differs.",
)
@click.option("--check", is_flag=True, help="Only compare; exit with status 1 when something differs.")
@json_option
@click.pass_context
def lock(context: click.Context, packs: tuple[str, ...], output: Path, policy: str, check: bool, as_json: bool) -> None:
    """Pin the engine, packs (all, or PACKS) and their data for the project in this folder.

    In the folder and below it, dm refuses to make values with anything else; patch releases, which move no value, pass with
    a warning.
    """
    import attrs

    from datamimic.reproducing.locking import installed_lock, mismatches, read_lock, write_lock

    registry = installed_packs()
    if check:
        found = list(mismatches(read_lock(output), registry))
        if as_json:
            print_json([attrs.asdict(each) for each in found])
        else:
            for each in found:
                print_lines([f"{each}{' (a patch: no value moves)' if each.harmless else ''}"])
            if not found:
                click.echo("what is installed is what is locked")
        context.exit(DIFFERS if found else 0)
    made = installed_lock(registry, packs, "warn" if policy == "warn" else "refuse")
    write_lock(made, output)
    if as_json:
        print_json(attrs.asdict(made))
    else:
        click.echo(f"{output}: datamimic-core {made.engine}, {len(made.packs)} packs")


def compare_with_lock(command: str | None) -> None:
    """Compare what is installed with the project's lock, for commands that make values."""
    if command not in COMMANDS_THAT_MAKE_VALUES:
        return
    # The search costs a few file look-ups; the engine is imported only where there is a lock.
    from datamimic.reproducing.locking import find_lock, harmless_mismatches

    path = find_lock(Path.cwd())
    if path is not None:
        for each in harmless_mismatches(path, installed_packs()):
            click.echo(f"warning: {each} ({path})", err=True)
