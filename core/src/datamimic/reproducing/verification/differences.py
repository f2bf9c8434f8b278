"""Which values of a block differ: of what is stored, of what is made now, and of what a manifest says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pyarrow as pa

from datamimic.formats.blocks import Blocks, TextBlocks, Unreadable
from datamimic.model.arrow import decoded
from datamimic.model.instances import plain
from datamimic.output.digest_tree import ColumnDigests
from datamimic.reproducing.verification.outputs import Output
from datamimic.reproducing.verification.report import Difference

_EXAMPLES = 3
_LINE = 80


def differences(
    output: Output,
    stored: Blocks | None,
    columns: ColumnDigests,
    number: int,
    made: pa.RecordBatch,
    drifted: list[str],
) -> Iterator[Difference]:
    """Drift, and what is stored against the manifest. A text file is compared with the same block written again, in which
    case columns that drifted cannot be judged."""
    span = output.leaves.span(number)
    written: pa.RecordBatch | None = None
    if isinstance(stored, TextBlocks):
        content = _written(output, made)
        written = stored.parse(content)
    for name in made.schema.names:
        found: pa.Array | None = None
        try:
            if stored is not None:
                found = stored.column(name, number)
                if written is not None:
                    damaged = name not in drifted and not found.equals(written.column(name))
                else:
                    damaged = columns.leaf(name, found) != output.leaves.leaf(name, number)
                if damaged:
                    examples = _examples(found, (written or made).column(name), span[0])
                    yield Difference(True, name, span, examples=tuple(examples))
        except (Unreadable, pa.ArrowException, ValueError) as error:
            if isinstance(stored, TextBlocks):
                lines = tuple(_lines(stored.content(number)[stored.lead :], content[stored.lead :], span[0]))
                yield Difference(True, None, span, f"not readable: {error}", lines)
                stored = None
            else:
                yield Difference(True, name, span, f"not readable: {error}")
        if name in drifted:
            changes = () if found is None else _examples(found, (written or made).column(name), span[0])
            yield Difference(False, name, span, examples=tuple(changes))


def _written(output: Output, made: pa.RecordBatch) -> bytes:
    stream = io.BytesIO()
    assert output.format is not None
    writer = output.format.writer(stream, output.schema)
    start = stream.tell()
    writer.write(made)
    return stream.getvalue()[start:]


def _lines(found: bytes, expected: bytes, first: int) -> Iterator[tuple[int, Any, Any]]:
    """The first line that differs, of a block that cannot be taken apart into cells."""
    pairs = zip_longest(found.split(b"\n"), expected.split(b"\n"), fillvalue=b"")
    for place, (left, right) in enumerate(pairs):
        if left != right:
            yield first + place, left[:_LINE].decode("utf-8", "replace"), right[:_LINE].decode("utf-8", "replace")
            return


def _examples(found: pa.Array, expected: pa.Array, first: int) -> Iterator[tuple[int, Any, Any]]:
    found, expected = decoded(found), decoded(expected)
    if len(found) != len(expected):
        yield first + min(len(found), len(expected)), f"{len(found)} rows", f"{len(expected)} rows"
        return
    shown = 0
    for place, (left, right) in enumerate(zip(found, expected, strict=True)):
        try:
            value = left.as_py()
        except Exception as error:  # a damaged value, type or time zone may fail in any way
            value = f"<{type(error).__name__}>"
        wanted = right.as_py()
        if value != wanted and not (value != value and wanted != wanted):
            yield first + place, _shown(value), _shown(wanted)
            shown += 1
            if shown == _EXAMPLES:
                return


def _shown(value: Any) -> Any:
    try:
        return plain(value)
    except (TypeError, ValueError, KeyError):
        return repr(value)
