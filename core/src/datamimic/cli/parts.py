"""The part files of `dm generate --parts`, `--part` and `--engine`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datamimic.cli.assignments import typed
from datamimic.cli.progress import progress_bar
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    from datamimic.distributed.engines import Engine
    from datamimic.formats.exporter import Exporter
    from datamimic.rows import Rows

PARTS_WITHOUT_A_NUMBER = 16


def write_parts(
    rows: Rows,
    output: Path | None,
    exporter: type[Exporter],
    settings: dict[str, Any],
    parts: int | None,
    part: int | None,
    workers: int | None,
    engine: str | None,
    engine_options: dict[str, str],
    quiet: bool,
) -> None:
    """Raises `InvalidOption` for options that do not go together, `UnknownName` for an engine that there is not."""
    from datamimic.distributed.dataset import write_dataset, write_part

    if output is None:
        raise InvalidOption("invalid_option", "parts need a folder", hint="add --output FOLDER", path="$.output")
    if part is not None:
        if parts is None or engine is not None or workers is not None:
            raise InvalidOption(
                "invalid_option", "--part goes with --parts, and without --engine and --workers", path="$.part"
            )
        path = write_part(rows, output, exporter, parts, part, **settings)
        if not quiet:
            click.echo(f"part {part} of {parts} in {path}", err=True)
        return
    cls: type[Engine] = rows.world.packs.engine(engine or "processes")
    if workers is not None:
        if "workers" not in cls.settings:
            raise InvalidOption("invalid_option", f"the engine {cls.name} has no number of workers", path="$.workers")
        engine_options = {"workers": str(workers), **engine_options}
    chosen = cls(**{name: typed(value, cls.settings.get(name)) for name, value in engine_options.items()})
    with progress_bar(len(rows), quiet) as advance:
        number = PARTS_WITHOUT_A_NUMBER if parts is None else parts
        write_dataset(rows, output, exporter, chosen, number, progress=advance, **settings)
    if not quiet:
        click.echo(f"{len(rows):,} rows of {rows.world.path(rows.spec)} in {output}", err=True)
