"""`dm run` of a model of the XML language, which says itself where its records go."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from datamimic.cli import print_lines
from datamimic.errors import InvalidOption
from datamimic_models.model import Mistake

DEFAULT_OUTPUT = "output"


def refuse_what_the_model_says(given: Mapping[str, Any]) -> None:
    """Raises `InvalidOption` for options of other languages."""
    for option, value in given.items():
        if value:
            raise InvalidOption(
                "invalid_option",
                f"{option} is not for XML models",
                hint="targets, formats and locales stand in the model: target='JSON', defaultLocale='de_DE'",
            )


def run_xml(
    model: str,
    rows: tuple[int | None, Mapping[str, int]],
    output: str | None,
    seed: str | None,
    clock: str | None,
    *,
    trust: bool,
    quiet: bool,
    as_json: bool,
    batch_size: int | None = None,
    profiled: bool = False,
    related: bool = False,
) -> None:
    """Run the model; its files are in `output`. What it says, `<echo>` and ConsoleExporter, goes to standard output."""
    from datamimic_models.xml import run_to_folder
    from datamimic_models.xml.run import PAGE
    from datamimic_models.xml.watching import Watch

    watch = Watch() if profiled or related else None

    def warn(warning: Mistake) -> None:
        if not quiet:
            click.echo(f"warning[{warning.code}]: {warning.message} ({warning.place})", err=True)

    folder = Path(output or DEFAULT_OUTPUT)

    def say(line: str) -> None:
        if not as_json:
            print_lines([line])

    made = run_to_folder(
        model,
        folder,
        seed=seed,
        clock=clock,
        trust=trust,
        say=say,
        rows=dict(rows[1]),
        rows_of_all=rows[0],
        otherwise=secrets.token_hex(4),
        page=batch_size or PAGE,
        watch=watch,
        warn=warn,
    )
    if watch is not None:
        lines = watch.relationships() if related else []
        lines += watch.profile(sum(made.products.values())) if profiled else []
        click.echo("\n".join(lines), err=True)
    if as_json:
        place = None if made.folder is None else str(made.folder)
        body = {"output": place, "seed": made.seed, "products": made.products}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    if not quiet:
        print(f"seed {made.seed}", file=sys.stderr)
        for name, count in made.products.items():
            print(f"{name}: {count:,} records", file=sys.stderr)
        if made.folder is not None:
            print(f"files in {made.folder}", file=sys.stderr)
