"""What is written, in which format with which settings, and where: said once, and carried to whoever writes it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import OutputError
from datamimic.formats.by_name import format_named
from datamimic.formats.csv import Csv
from datamimic.formats.documents.message import Message
from datamimic.formats.format import Format
from datamimic.output.exporting import write_through
from datamimic.output.manifest import describe_rows

ANSWERS: Final = ".answers.csv"
"""The ending of the answer key beside an output with breaks."""


@frozen(eq=False)
class PlannedOutput:
    """Rows that have an end, in a format with its settings, for a file or folder; without a path for a stream that is open."""

    rows: View
    format: Format
    path: Path | None = None
    key_beside: bool = True
    """Does the answer key of breaks stand beside the output?"""
    messages: int | None = None
    """How many messages there are of the rows before any is broken, where somebody counted them."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.format, Message):
            self.format.refuse_others(self.rows.world.locale.country)

    @classmethod
    def of(cls, rows: View, path: str | Path, format: str | Format | None, **settings: Any) -> PlannedOutput:
        """`format` by its name, else by the ending of the path, with these settings; one that is given has its own.

        Raises `InvalidOption` for rows without an end and settings that cannot be, and what `format_named` raises.
        """
        rows.require_end()
        if not isinstance(format, Format):
            format = format_named(rows.world.packs, Path(path), format).configured(settings)
        return cls(rows, format, Path(path))

    @property
    def target(self) -> Path:
        """The path. Raises `OutputError` (`output_unwritable`) where there is none."""
        if self.path is None:
            raise OutputError("output_unwritable", "there is no place to write to", hint="name a file or folder")
        return self.path

    def request(self, **further: Any) -> dict[str, Any]:
        """As a manifest has it: what was asked for."""
        return {**describe_rows(self.rows), **further, "format": self.format.name, "settings": self.format.chosen()}

    def descriptions(self) -> dict[str, str]:
        """{ending: text} of what stands beside the output: what the format has to say, and the answer key of breaks."""
        made = dict(self.format.description(self.rows.schema()))
        if self.key_beside and isinstance(self.rows, BrokenView):
            key = io.BytesIO()
            answers = self.rows.answers()
            write_through(Csv.configured({}).writer(key, answers.schema), answers.to_batches())
            made[ANSWERS] = key.getvalue().decode()
        return made

    def told(self) -> str:
        """What the output holds: `43 rows of healthcare.encounter`, `2 messages hl7.2.5.1.adt_a01 of 43 rows of …`."""
        ((entity, rows),) = self.counts().items()
        said = f"{rows:,} rows of {entity}"
        if self.messages is None:
            return said
        broken = self.rows.counts if isinstance(self.rows, BrokenView) else {}
        count = self.messages - broken.get("missing", 0) + broken.get("duplicate", 0)
        return f"{count:,} {'message' if count == 1 else 'messages'} {self.format.name} of {said}"

    def written(self) -> int:
        """How many rows are written: those of which there is a message, where somebody counted them."""
        if self.messages is not None and isinstance(self.rows, HappeningView):
            return self.messages
        return len(self.rows)

    def counts(self) -> dict[str, int]:
        """{`pack.entity`: how many rows}, those of which nothing is told too."""
        rows = self.rows.every if isinstance(self.rows, HappeningView) else self.rows
        return {rows.world.path(rows.spec): len(rows)}
