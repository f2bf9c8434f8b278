"""The options --break and --answers: breaks at exact counts, and where their answer key goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click
from attrs import frozen

from datamimic.cli.assignments import pairs, whole_number
from datamimic.cli.names import BREAK
from datamimic.cli.options import as_one_parameter
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    from datamimic.engine.view import View
    from datamimic.formats.documents.message import Message


@frozen
class AskedBreaks:
    """What `breaks_options` of a command line say."""

    breaks: tuple[str, ...]
    answers: Path | None

    def among(self, rows: View, message: Message | None) -> View:
        """The rows with the breaks among them, where any are asked for."""
        from datamimic.engine.breaking.view import BrokenView

        counts = {kind: whole_number(text, f"the number of breaks {kind}") for kind, text in pairs(self.breaks)}
        if not counts:
            if self.answers is not None:
                raise InvalidOption(
                    "invalid_option", "there are no breaks to answer for", hint="add --break KIND=COUNT"
                )
            return rows
        return BrokenView.among(rows, counts, message)

    def refuse_streams(self, *, to_stdout: bool, streamed: bool) -> None:
        """Raises `InvalidOption` (`invalid_option`) where the breaks have no end, or their answer key no place."""
        if not self.breaks:
            return
        if streamed:
            raise InvalidOption(
                "invalid_option", "breaks are of rows that have an end", hint="leave out --follow and --rate"
            )
        if to_stdout and self.answers is None:
            hint = "add --answers FILE, or --output FILE, beside which it stands"
            raise InvalidOption("invalid_option", "the answer key has no place on standard output", hint=hint)

    def write_answers(self, rows: View) -> None:
        """Write the answer key where it was asked for; beside the output it stands without that."""
        from datamimic.engine.breaking.view import BrokenView
        from datamimic.formats.by_name import format_named
        from datamimic.output.exporting import write_through
        from datamimic.output.whole_files import whole_file

        if self.answers is None or not isinstance(rows, BrokenView):
            return
        table = rows.answers()
        format = format_named(rows.world.packs, self.answers, None)()
        with whole_file(self.answers) as stream:
            write_through(format.writer(cast(BinaryIO, stream), table.schema), table.to_batches())


BREAKS = (
    click.option(
        "--break",
        "breaks",
        type=BREAK,
        multiple=True,
        metavar="KIND=COUNT",
        help="So many rows missing, duplicate, late, altered, out_of_order, wrong_account or rejected, of items of a list "
        "`entries.missing`; of a message also so many with a rule broken: `dm describe MESSAGE`, or negative.",
    ),
    click.option(
        "--answers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The answer key of the breaks, in the format of its ending; beside the output, .answers.csv, if not given.",
    ),
)

breaks_options = as_one_parameter("broken", AskedBreaks, BREAKS)
"""The options --break and --answers, as the parameter `broken`, `AskedBreaks`."""
