"""The options --rate and --follow: rows given away as they would come from a system that is in use."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import field, frozen

from datamimic.base.urls import scheme_of
from datamimic.cli.options import as_one_parameter
from datamimic.errors import InvalidOption
from datamimic.errors.messages import without_secrets

if TYPE_CHECKING:
    import pyarrow as pa

    from datamimic.engine.view import View
    from datamimic.formats.format import Format


@frozen
class AskedStream:
    """What `stream_options` of a command line say."""

    rate: str | None
    follow: bool

    @property
    def wanted(self) -> bool:
        return self.follow or self.rate is not None

    def refuse_files(self, output: Path | StreamPlace | None, profiled: bool = False) -> None:
        """Raises `InvalidOption` (`invalid_option`)."""
        if self.wanted and isinstance(output, Path):
            raise InvalidOption(
                "invalid_option",
                "--rate and --follow are for streams",
                hint="leave out --output, or give the URL of a stream",
                path="$.output",
            )
        if (self.wanted or isinstance(output, StreamPlace)) and profiled:
            raise InvalidOption("invalid_option", "a stream that waits has no profile", hint="leave out --profile")

    def give(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, format: Format) -> int:
        """Write the batches to standard output at the rate that is asked for, and return how many rows there were."""
        from datamimic.base.pace import Pace, per_second
        from datamimic.output.paced import give

        pace = Pace(None if self.rate is None else per_second(self.rate))
        return give(batches, schema, format, sys.stdout.buffer, pace)

    def send(
        self, batches: Iterable[pa.RecordBatch], rows: View, added: Sequence[str], place: StreamPlace, quiet: bool
    ) -> None:
        """Send the batches, of these rows, to a place at the rate that is asked for; `added` are columns for their keys."""
        from datamimic.base.pace import Pace, per_second
        from datamimic.output.streamed import send

        def told(confirmed: int) -> None:
            if not quiet:
                click.echo(f"{confirmed:,} records in {without_secrets(place.url)}", err=True)

        pace = Pace(None if self.rate is None else per_second(self.rate))
        send(batches, rows, added, place.url, pace, told)


@frozen
class StreamPlace:
    """A place that takes rows one by one; the URL may hold a password."""

    url: str = field(repr=False)


class FileOrStream(click.Path):
    """A path, or the URL of a stream; `-` is standard output, as no path at all is."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "-":
            return None
        if isinstance(value, str) and scheme_of(value) is not None:
            return StreamPlace(value)
        return super().convert(value, param, ctx)


STREAM = (
    click.option(
        "--rate",
        metavar="ROWS/TIME",
        help="Give so many on standard output or to a stream, each when it is due: 100/s, 30/min, 5/h.",
    ),
    click.option(
        "--follow", is_flag=True, help="Go on and on, until somebody stops it (Ctrl-C, or a reader that leaves)."
    ),
)

stream_options = as_one_parameter("streamed", AskedStream, STREAM)
"""The options --rate and --follow, as the parameter `streamed`, an `AskedStream`."""
