"""`dm verify`: recompute an output from its manifest and say what differs."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.cli.options import given_option
from datamimic.cli.progress import progress_bar

DIFFERS = 1
"""Exit status when something differs."""


@click.command(short_help="Recompute an output, and say what differs.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--sample", type=float, metavar="SHARE", help="Check this share of the blocks, such as 0.01, at random.")
@given_option
@click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
@json_option
@click.pass_context
def verify(
    context: click.Context, path: Path, sample: float | None, given: dict[str, str], quiet: bool, as_json: bool
) -> None:
    """Recompute PATH from its manifest alone: a file, the folder of a set, or a manifest.

    Says which entity, column and rows differ, and whether the seed, the data, a pack or the engine explains it. Exits with
    status 1 when something differs.

    \b
    dm verify patients.parquet
    dm verify clinic --sample 0.01
    """
    from datamimic.reproducing.verification import render, rows_described
    from datamimic.reproducing.verification import verify as run

    with progress_bar(rows_described(path, sample), quiet) as advance:
        report = run(path, sample, given=given, progress=advance)
    if as_json:
        print_json(report.to_dict())
    else:
        print_lines(render(report))
        if any(output.missing for output in report.outputs):
            print_lines([f"hint: `dm reproduce {shlex.quote(report.manifest)}` writes it again"], err=True)
    context.exit(0 if report.holds else DIFFERS)
