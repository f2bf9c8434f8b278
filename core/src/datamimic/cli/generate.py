"""`dm generate`: rows of one entity to a file or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from attrs import evolve

from datamimic.cli.assignments import Whole
from datamimic.cli.breaks import AskedBreaks, breaks_options
from datamimic.cli.names import COLUMNS, ENTITY, MESSAGE
from datamimic.cli.options import AskedFormat, AskedWorld, format_options, quiet_option, world_options
from datamimic.cli.parts import AskedParts, parts_options, say_what_was_written, write_parts
from datamimic.cli.progress import profile_of, progress_bar
from datamimic.cli.streaming import AskedStream, FileOrStream, StreamPlace, stream_options
from datamimic.errors import DatamimicError, InvalidOption
from datamimic.plugins.registry import installed_packs

if TYPE_CHECKING:
    from datamimic.engine.view import View
    from datamimic.formats.documents.message import Message
    from datamimic.output.planned import PlannedOutput

OFFSET = Whole("the offset", code="invalid_range", hint="rows are numbered from 0")


@click.command(short_help="Rows of one entity, to a file or standard output.")
@click.argument("entity", type=ENTITY, required=False)
@click.option("--message", type=MESSAGE, help="Write this message, whose entity need not be named: `dm list-messages`.")
@click.option(
    "--count",
    "-n",
    type=Whole("the number of rows"),
    default=10,
    show_default=True,
    help="Rows to make, or messages; with --follow there is no last.",
)
@world_options()
@click.option("--offset", type=OFFSET, default=0, show_default=True, help="The first row.")
@click.option("--columns", type=COLUMNS, help="Columns, separated by commas; hidden ones and parts (address.city) too.")
@format_options(
    "csv, tsv, json, jsonl, xml, parquet, arrow, xlsx, or one of a pack's.  [default: by the ending of the output; on standard "
    "output csv where every column is flat, else jsonl]"
)
@click.option("--output", "-o", type=FileOrStream(), help="File, or URL of a stream; standard output if not given.")
@parts_options
@stream_options
@click.option("--profile", "profiled", is_flag=True, help="Tell on standard error where the time went.")
@breaks_options
@click.option(
    "--per-file",
    type=Whole("the number of messages", 1),
    help="Write a folder of files with so many messages each, named by the key of the first.  [default: 1 in a folder]",
)
@quiet_option
def generate(
    entity: str | None,
    message: str | None,
    count: int,
    asked: AskedWorld,
    offset: int,
    columns: str | None,
    written_as: AskedFormat,
    output: Path | StreamPlace | None,
    in_parts: AskedParts,
    streamed: AskedStream,
    profiled: bool,
    broken: AskedBreaks,
    per_file: int | None,
    quiet: bool,
) -> None:
    """Make rows of ENTITY (`pack.entity`, or the bare name where one pack has it).

    \b
    dm generate patient --count 1000 --seed demo --output patients.parquet
    dm generate person -n 5 --locale de_DE --set min_age=70 \\
        --columns full_name,age,address.city
    dm generate patient --rate 1000/s --follow | head -n 3
    dm generate finance.transaction -n 1000 --seed demo \\
        --break missing=10 --break altered=5 --output bank.csv
    """
    from datamimic.checks.judging import judge_rows
    from datamimic.engine.happening import HappeningView
    from datamimic.output.message_counts import rows_with
    from datamimic.output.paced import rows_on_and_on
    from datamimic.output.split import write_split
    from datamimic.output.writing import export, write_output

    file = output if isinstance(output, Path) else None
    in_parts.refuse_what_does_not_go_together(file, profiled)
    streamed.refuse_files(output, profiled)
    broken.refuse_streams(to_stdout=output is None, streamed=streamed.wanted or isinstance(output, StreamPlace))
    entity, columns, written_as, told = _asked(entity, message, columns, written_as)
    every = asked.world(entity)[entity][offset:]
    asked_for = count
    if told is not None:
        told.refuse_others(every.world.locale.country)
        count = count if streamed.follow else rows_with(told, every, count)
    rows: View = every if streamed.follow else every[:count]
    judge_rows(rows)
    if columns is not None:
        rows = rows.select([name.strip() for name in columns.split(",") if name.strip()])
    if told is not None:
        rows = HappeningView.among(rows, told.told_by)
    if isinstance(output, StreamPlace):
        _send(rows, output, asked, written_as, streamed, quiet, message)
        return
    split = _per_file(file, message, per_file, in_parts)
    planned = _planned(rows, written_as, file, broken, split)
    if told is not None and count is not None:
        planned = evolve(planned, messages=asked_for)
    runner = in_parts.runner_for(rows)
    asked.tell_seed(quiet)
    if split is not None:
        with progress_bar(planned.written(), quiet) as advance:
            write_split(planned, split, progress=advance, workers=in_parts.workers or 1)
        if not quiet:
            say_what_was_written(planned)
    elif streamed.wanted:
        streamed.give(rows_on_and_on(rows), rows.schema(), planned.format)
    elif output is None:
        with profile_of(planned.written(), profiled):
            export(planned, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif in_parts.wanted:
        write_parts(planned, in_parts, runner, quiet)
    else:
        written = planned.written()
        with progress_bar(written, quiet) as advance, profile_of(written, profiled):
            write_output(planned, progress=advance, workers=in_parts.workers or 1)
        if not quiet:
            say_what_was_written(planned)
    broken.write_answers(planned.rows)


def _planned(
    rows: View, written_as: AskedFormat, output: Path | None, broken: AskedBreaks, split: int | None
) -> PlannedOutput:
    """What is written, with the breaks among it. Raises `DatamimicError` for what cannot be."""
    from datamimic.formats.documents.message import Message
    from datamimic.output.split import check_per_file, with_file_key

    planned = written_as.of(rows, output)
    message = planned.format if isinstance(planned.format, Message) else None
    if message is not None and split is not None:
        check_per_file(message, split)
        rows = with_file_key(message, rows)
    return evolve(planned, rows=broken.among(rows, message), key_beside=broken.answers is None)


def _per_file(output: Path | None, message: str | None, per_file: int | None, in_parts: AskedParts) -> int | None:
    """How many messages each file of a folder holds; None where all are in one file, in parts, or rows are written. Raises
    `InvalidOption` (`invalid_option`)."""
    wanted = per_file is not None
    if wanted and (message is None or output is None or in_parts.wanted):
        raise InvalidOption(
            "invalid_option", "files of their own are for messages in a folder", hint="--message NAME --output FOLDER"
        )
    if message is None or output is None or in_parts.wanted:
        return None
    return per_file if wanted else 1 if output.is_dir() or not output.suffix else None


def _send(
    rows: View,
    place: StreamPlace,
    asked: AskedWorld,
    written_as: AskedFormat,
    streamed: AskedStream,
    quiet: bool,
    message: str | None,
) -> None:
    from datamimic.output.paced import rows_on_and_on
    from datamimic.output.streamed import with_key

    if message is not None:
        raise InvalidOption("invalid_option", "a stream takes rows, not messages", hint="leave out --message")
    written_as.refuse_for_streams()
    rows, added = with_key(rows)
    asked.tell_seed(quiet)
    streamed.send(rows_on_and_on(rows), rows, added, place, quiet)


def _asked(
    entity: str | None, message: str | None, columns: str | None, written_as: AskedFormat
) -> tuple[str, str | None, AskedFormat, Message | None]:
    """Entity, columns and format, which are those of the message where one is asked for, and that message. Raises
    `DatamimicError` (`usage`)."""
    if message is None:
        if entity is None:
            raise click.UsageError("Missing argument 'ENTITY', or --message.", click.get_current_context())
        return entity, columns, written_as, None
    cls = cast("type[Message]", installed_packs().message(message))
    if entity not in (None, cls.entity) or columns is not None or written_as.format_name not in (None, message):
        raise DatamimicError(
            "usage",
            f"a message has an entity, columns and a format of its own: {cls.entity}",
            hint=f"dm generate --message {message}",
        )
    told = cls.configured(written_as.given())
    return cls.entity, ",".join(told.columns()), evolve(written_as, format_name=message), told
