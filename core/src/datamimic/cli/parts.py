"""The part files of `dm generate --parts`, `--part` and `--engine`, and the processes that make rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from datamimic.cli.assignments import Whole, pairs
from datamimic.cli.names import ENGINE, ENGINE_SETTING
from datamimic.cli.options import as_one_parameter
from datamimic.cli.progress import progress_bar
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    from datamimic.distributed.runners import PartRunner
    from datamimic.engine.view import View
    from datamimic.output.planned import PlannedOutput

PARTS_WITHOUT_A_NUMBER = 16


@frozen
class AskedParts:
    """What `parts_options` of a command line say."""

    workers: int | None
    parts: int | None
    part: int | None
    engine: str | None
    engine_settings: tuple[str, ...]
    resume: bool

    @property
    def wanted(self) -> bool:
        return not (self.parts is None and self.part is None and self.engine is None)

    def refuse_what_does_not_go_together(self, output: Path | None, profiled: bool) -> None:
        """Raises `InvalidOption` (`invalid_option`)."""
        if output is None and self.wanted:
            raise InvalidOption("invalid_option", "parts need a folder", hint="add --output FOLDER", path="$.output")
        if output is None and self.workers is not None:
            raise InvalidOption("invalid_option", "--workers is for files", hint="add --output PATH", path="$.workers")
        if self.part is not None and (self.parts is None or self.engine is not None or self.workers is not None):
            raise InvalidOption(
                "invalid_option", "--part goes with --parts, and without --engine and --workers", path="$.part"
            )
        if self.resume and (not self.wanted or self.part is not None):
            raise InvalidOption(
                "invalid_option", "all parts of a folder are gone on with", hint="--resume --parts N", path="$.resume"
            )
        if profiled and (self.wanted or self.workers is not None):
            raise InvalidOption("invalid_option", "a profile is of one process", hint="leave out --workers and --parts")

    def runner_for(self, rows: View) -> PartRunner | None:
        """The engine that is named, else processes; None where the rows are not made in parts, or only one part is. Raises
        `UnknownName` for one that there is not."""
        if not self.wanted or self.part is not None:
            return None
        cls: type[PartRunner] = rows.world.packs.engine(self.engine or "processes")
        settings: dict[str, Any] = dict(pairs(self.engine_settings))
        if self.workers is not None:
            if "workers" not in cls.settings():
                raise InvalidOption(
                    "invalid_option", f"the engine {cls.name} has no number of workers", path="$.workers"
                )
            settings = {"workers": self.workers, **settings}
        return cls.configured(settings)


PARTS = (
    click.option(
        "--workers",
        type=Whole("the number of workers", 1, hint="at least 1"),
        help="Processes that make rows.  [default: 1; of parts, one per processor]",
    ),
    click.option(
        "--parts",
        type=Whole("the number of parts", 1),
        help="Write a folder of so many part files instead of one file.",
    ),
    click.option(
        "--part",
        type=Whole("the part", code="invalid_range"),
        help="Write only this part (from 0) of --parts: for array jobs.",
    ),
    click.option(
        "--engine",
        type=ENGINE,
        help="What runs the parts: serial, threads, processes, or an installed one such as dask.",
    ),
    click.option(
        "--engine-option",
        "engine_settings",
        type=ENGINE_SETTING,
        multiple=True,
        metavar="NAME=VALUE",
        help="A setting of the engine.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="Keep finished parts when the run ends early, and go on from those that an earlier one kept.",
    ),
)

parts_options = as_one_parameter("in_parts", AskedParts, PARTS)
"""The options --workers, --parts, --part, --engine, --engine-option and --resume, as the parameter `in_parts`, `AskedParts`."""


def write_parts(output: PlannedOutput, asked: AskedParts, runner: PartRunner | None, quiet: bool) -> None:
    """Write the folder of all parts, or without a runner the one that is asked for."""
    from datamimic.distributed.dataset import write_dataset, write_part

    if runner is None:
        assert asked.part is not None and asked.parts is not None
        path = write_part(output, asked.parts, asked.part)
        if not quiet:
            click.echo(f"part {asked.part} of {asked.parts} in {path}", err=True)
        return
    number = PARTS_WITHOUT_A_NUMBER if asked.parts is None else asked.parts
    with progress_bar(output.written(), quiet) as advance:
        write_dataset(output, runner, number, progress=advance, resume=asked.resume)
    if not quiet:
        say_what_was_written(output)


def say_what_was_written(output: PlannedOutput) -> None:
    click.echo(f"{output.told()} in {output.path}", err=True)
