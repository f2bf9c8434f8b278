"""`dm reproduce`: write an output again from its manifest."""

from __future__ import annotations

from pathlib import Path

import click

from datamimic.cli.assignments import Whole
from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.options import given_option, quiet_option
from datamimic.cli.progress import progress_bar

DIFFERS = 1
"""Exit status when what is made here is not what was written then."""


@click.command(short_help="Write an output again from its manifest.")
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="File or folder; where the manifest lies if not given."
)
@click.option(
    "--workers", type=Whole("the number of workers", 1), default=1, show_default=True, help="Processes that make rows."
)
@given_option
@quiet_option
@json_option
@click.pass_context
def reproduce(
    context: click.Context,
    manifest: Path,
    output: Path | None,
    workers: int,
    given: dict[str, str],
    quiet: bool,
    as_json: bool,
) -> None:
    """Write the file, the folder of parts or the set that MANIFEST describes, and say whether it has the same bytes.

    Exits with status 1 when the values are not those that were written; without --output nothing is written then.

    \b
    dm reproduce patients.parquet.manifest.json --output again.parquet
    dm reproduce clinic/manifest.json --output clinic-again
    """
    from datamimic.reproducing.reproduction import reproduce as run
    from datamimic.reproducing.reproduction import rows_to_make

    with progress_bar(rows_to_make(manifest), quiet) as advance:
        made = run(manifest, output, workers=workers, given=given, progress=advance)
    if as_json:
        print_json({"holds": made.holds, "written": made.written, "path": str(made.path), "files": dict(made.verdicts)})
    else:
        print_lines(f"{name}: {verdict}" for name, verdict in made.verdicts.items())
    if not quiet:
        if made.holds:
            done = "written" if made.written else "is there already"
        else:
            done = "written all the same" if made.written else "not written; --output PATH writes it all the same"
        print_lines([f"{made.path}: {done}"], err=True)
    context.exit(0 if made.holds else DIFFERS)
