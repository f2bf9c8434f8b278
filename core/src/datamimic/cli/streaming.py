"""The options --rate and --follow: rows given away as they would come from a system that is in use."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from datamimic.cli.options import as_one_parameter
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    import pyarrow as pa

    from datamimic.formats.format import Format


@frozen
class AskedStream:
    """What `stream_options` of a command line say."""

    rate: str | None
    follow: bool

    @property
    def wanted(self) -> bool:
        return self.follow or self.rate is not None

    def refuse_files(self, output: Path | None, profiled: bool = False) -> None:
        """Raises `InvalidOption` (`invalid_option`)."""
        if self.wanted and output is not None:
            raise InvalidOption(
                "invalid_option", "--rate and --follow are for streams", hint="leave out --output", path="$.output"
            )
        if self.wanted and profiled:
            raise InvalidOption("invalid_option", "a stream that waits has no profile", hint="leave out --profile")

    def give(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, format: Format) -> int:
        """Write the batches to standard output at the rate that is asked for, and return how many rows there were."""
        from datamimic.base.pace import Pace, per_second
        from datamimic.output.paced import give

        pace = Pace(None if self.rate is None else per_second(self.rate))
        return give(batches, schema, format, sys.stdout.buffer, pace)


STREAM = (
    click.option(
        "--rate",
        metavar="ROWS/TIME",
        help="Give so many on standard output, each when it is due: 100/s, 30/min, 5/h.",
    ),
    click.option(
        "--follow", is_flag=True, help="Go on and on, until somebody stops it (Ctrl-C, or a reader that leaves)."
    ),
)

stream_options = as_one_parameter("streamed", AskedStream, STREAM)
"""The options --rate and --follow, as the parameter `streamed`, an `AskedStream`."""
