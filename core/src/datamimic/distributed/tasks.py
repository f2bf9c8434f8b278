"""A task makes one part file: everything it needs is in it, so that it can be sent anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
from attrs import asdict, frozen

from datamimic.distributed.notes import note, noted
from datamimic.engine.row_range import RowRange
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.formats.format import Format
from datamimic.output.digest_tree import blocks_of
from datamimic.output.exporting import write_blocks
from datamimic.output.manifest import are_as_described, describe_tables
from datamimic.output.whole_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen(kw_only=True)
class PartTask:
    """Rows of an entity as one file. The same task gives the same bytes under the same name, so that running it
    twice, here or elsewhere, does no harm."""

    number: int
    rows: RowRange
    format: str
    settings: tuple[tuple[str, Any], ...]
    folder: str
    file: str
    packs: Any = None
    """A registry for threads of this process; a task that travels has none, and finds the installed packs."""
    asked: str = ""
    """A digest of what is asked for: a part that is noted as the answer to it is not made again. Empty where none are noted."""

    @property
    def start(self) -> int:
        return self.rows.start

    @property
    def stop(self) -> int:
        return self.rows.stop

    def make(
        self,
        describe: Callable[[MadePart], bytes] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> MadePart:
        """Make the part file, whole or not at all; with the manifest that `describe` gives of it beside it.

        Raises `CancelledError` at the end of a block when it is `stopped`.
        """
        rows = self.rows.view(self.packs)
        path = Path(self.folder) / self.file
        if (
            self.asked
            and (known := noted(path, self.asked)) is not None
            and are_as_described(rows.world, known["tables"])
        ):
            return MadePart(**known)
        format = cast("type[Format]", rows.world.packs.format(self.format)).configured(dict(self.settings))
        with whole_file(path) as stream:
            blocks = _until(stopped, blocks_of(rows.batches()))
            content = write_blocks(rows.schema(), blocks, format, stream, None)
            made = MadePart(
                number=self.number,
                start=self.start,
                stop=self.stop,
                file=self.file,
                bytes=stream.size,
                sha256=stream.sha256.hexdigest(),
                content=content["content"],
                offsets=content.get("offsets"),
                tables=describe_tables(rows.world),
                fallbacks=tuple(sorted(rows.world.library.fallbacks)),
            )
            if describe is not None:
                stream.manifest = describe(made)
        if self.asked:
            note(path, self.asked, asdict(made))
        return made


@frozen(kw_only=True)
class MadePart:
    """What a task wrote; the digests join into those of the whole."""

    number: int
    start: int
    stop: int
    file: str
    bytes: int
    sha256: str
    content: Mapping[str, Any]
    offsets: list[int] | None
    tables: Mapping[str, str]
    fallbacks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        body = {"file": self.file, "start": self.start, "stop": self.stop, "bytes": self.bytes, "sha256": self.sha256}
        return {**body, "content": dict(self.content), **({"offsets": self.offsets} if self.offsets else {})}


def plan(
    rows: View, folder: Path, format: Format, parts: int, *, travels: bool = True, asked: str = ""
) -> list[PartTask]:
    """Tasks for the rows in `parts` parts of nearly equal size; fewer, when the rows have fewer blocks.

    `travels` says that the tasks leave this process; `asked` is that of `PartTask`. Raises `InvalidOption` for a number of
    parts below 1.
    """
    if parts < 1:
        raise InvalidOption("invalid_count", f"{parts} parts", hint="at least 1", path="$.parts")
    world, whole = rows.world, RowRange.of(rows)
    bounds = _bounds(whole.start, whole.stop, parts)
    width = max(5, len(str(len(bounds))))
    return [
        PartTask(
            number=number,
            rows=whole.part(start, stop),
            format=format.name,
            settings=tuple(format.chosen().items()),
            folder=str(folder),
            file=f"part-{number:0{width}d}{format.suffix}",
            packs=None if travels else world.packs,
            asked=asked,
        )
        for number, (start, stop) in enumerate(bounds)
    ]


def _until(stopped: Callable[[], bool] | None, blocks: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for block in blocks:
        if stopped is not None and stopped():
            raise CancelledError
        yield block


def _bounds(start: int, stop: int, parts: int) -> Sequence[tuple[int, int]]:
    # Parts begin where digested blocks do, so that their blocks are those of the whole.
    blocks = max(1, -(-(stop - start) // BLOCK_ROWS))
    parts = min(parts, blocks)
    edges = [start + blocks * part // parts * BLOCK_ROWS for part in range(parts)] + [stop]
    return [(first, min(last, stop)) for first, last in pairwise(edges)]
