"""What a manifest may say, taken apart from what merely looks like one: types, plain file names, numbers that agree.

Nothing here opens a file; the numbers are compared with each other before anybody computes with them.
"""

from __future__ import annotations

import os
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from attrs import frozen

from datamimic.base.documents import Unfit, structured
from datamimic.base.origin import LARGEST_ROW
from datamimic.base.utf8 import encodes
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.output.digest_tree import LEAF_BYTES

_SEPARATORS = {"/", "\0", *(("\\", ":") if os.name == "nt" else ())}


@frozen(kw_only=True)
class Content:
    """The digests of a table's values; `leaves` are base64."""

    block_rows: int
    rows: int
    root: str
    leaves: dict[str, str]

    @property
    def blocks(self) -> int:
        return -(-self.rows // BLOCK_ROWS)


@frozen(kw_only=True)
class Stored:
    """A file with its digest, and where its blocks begin where that is known; `content` of a file of rows."""

    sha256: str
    name: str | None = None
    file: str | None = None
    bytes: int | None = None
    start: int | None = None
    stop: int | None = None
    content: Content | None = None
    offsets: list[int] | None = None


@frozen(kw_only=True)
class Table:
    """A table of a set; `file` is None where its rows went to a server."""

    table: str
    entity: str
    content: Content
    file: str | None = None
    offsets: list[int] | None = None
    message: str | None = None
    """Of messages of the table's rows, which."""
    columns: list[str] | None = None
    names: list[str] | None = None
    """Of messages in files of their own, these files."""


@frozen(kw_only=True)
class Request:
    format: str
    settings: dict[str, str | int | float | bool | None] = attrs.field(factory=dict)
    entity: str | None = None
    start: int | None = None
    stop: int | None = None
    columns: list[str] | None = None
    parts: int | None = None
    set: dict[str, int | str] | None = None
    history: bool = False
    """May rows that were asked for be absent?"""
    happens: list[str] = attrs.field(factory=list)
    """The columns that tell of which rows there is a message."""
    told: str | None = None
    """`changes` or `versions` of the rows, instead of the rows."""
    since: str | None = None
    breaks: dict[str, int] | None = None
    """How many breaks of each kind are among the rows."""
    positions: list[int] | None = None
    """From where to where in the output with breaks."""
    per_file: int | None = None
    """Of messages in files of their own, how many a file."""
    messages: list[str] | None = None
    """Which messages stand beside the tables of a set."""


@frozen(kw_only=True)
class Split:
    """Messages in files of their own, which are `files`, in their order."""

    content: Content


@frozen(kw_only=True)
class Versions:
    engine: str | None = None
    pyarrow: str | None = None
    packs: dict[str, dict[str, str | None]] = attrs.field(factory=dict)


@frozen(kw_only=True)
class Manifest:
    """One of `file`, `parts`, `files` with `outputs`, or `files` with `split`."""

    manifest_version: int
    request: Request
    world: dict[str, Any]
    identity: dict[str, str] = attrs.field(factory=dict)
    versions: Versions = attrs.field(factory=Versions)
    tables: dict[str, str] = attrs.field(factory=dict)
    fallbacks: list[str] = attrs.field(factory=list)
    file: Stored | None = None
    parts: list[Stored] | None = None
    files: list[Stored] | None = None
    outputs: list[Table] | None = None
    split: Split | None = None


def check_manifest(body: object) -> Manifest:
    """The manifest as a value. Raises `Unfit` with a JSON path for what is none, and for numbers that do not agree."""
    made = structured(body, Manifest, extra=True)
    given = [name for name in ("file", "parts", "outputs", "split") if getattr(made, name) is not None]
    if len(given) != 1:
        raise Unfit(f"it describes {' and '.join(given) or 'no file'}", "$")
    if made.outputs is None:
        _check_rows(made)
    else:
        _check_set(made, made.outputs)
    for path, name in _names(made):
        if not _is_plain(name):
            raise Unfit("the name of a file leads out of the folder, or is none", path)
    twice = [name for name, count in Counter(_names_of_files(made)).items() if count > 1]
    if twice:
        raise Unfit("a file is described twice", "$.parts" if made.parts else "$.files")
    return made


def _check_rows(made: Manifest) -> None:
    request = made.request
    if request.entity is None or request.columns is None or request.start is None or request.stop is None:
        raise Unfit("it lacks the entity, its columns or their rows", "$.request")
    if not 0 <= request.start <= request.stop <= LARGEST_ROW:
        raise Unfit("there are no such rows", "$.request.stop")
    if made.split is not None:
        _check_content(made.split.content, None, None, "$.split")
        if request.per_file is None or request.per_file < 1:
            raise Unfit("it lacks how many messages a file holds", "$.request.per_file")
        _check_count(request, made.split.content.rows)
        return
    entries = (
        [("$.file", made.file)] if made.file else [(f"$.parts[{n}]", each) for n, each in enumerate(made.parts or ())]
    )
    for path, entry in entries:
        if entry is None or entry.content is None:
            raise Unfit("the digests of its values are missing", f"{path}.content")
        start = (request.positions or [request.start])[0] if made.file else entry.start
        if start is None or not 0 <= start <= LARGEST_ROW - entry.content.rows:
            raise Unfit("there are no such rows", f"{path}.start")
        _check_content(entry.content, entry.offsets, entry.bytes, path)
    if request.told is not None:
        _check_told(request, entries)
        return
    rows = sum(entry.content.rows for _, entry in entries if entry is not None and entry.content is not None)
    _check_count(request, rows)


def _check_count(request: Request, rows: int) -> None:
    """As many rows are described as were asked for."""
    assert request.start is not None and request.stop is not None  # looked at before
    asked = request.stop - request.start
    if request.breaks is not None:
        asked += request.breaks.get("duplicate", 0) - request.breaks.get("missing", 0)
        positions = request.positions or []
        if len(positions) != 2 or not 0 <= positions[0] <= positions[1] <= asked:
            raise Unfit("there are no such positions", "$.request.positions")
        asked = positions[1] - positions[0]
    if rows > asked or (rows != asked and not request.history):
        raise Unfit(f"{asked} rows were asked for, {rows} are described", "$.request")


def _check_told(request: Request, entries: Sequence[tuple[str, Stored | None]]) -> None:
    """The places of what is told follow each other, file after file."""
    if request.told not in ("changes", "versions"):
        raise Unfit("it tells of no such thing", "$.request.told")
    if request.parts is None:
        return
    place = 0
    for path, entry in entries:
        assert entry is not None and entry.content is not None  # looked at above
        if entry.start != place or entry.stop != place + entry.content.rows:
            raise Unfit("it does not begin where the one before it ends", f"{path}.start")
        place = entry.stop


def _check_set(made: Manifest, outputs: list[Table]) -> None:
    counts = made.request.set
    if not counts:
        raise Unfit("it lacks the counts of the set", "$.request.set")
    for name, count in counts.items():
        if not (count == "all" if isinstance(count, str) else 0 <= count <= LARGEST_ROW):
            raise Unfit("it is no number of rows", f"$.request.set.{name}")
    sizes = {each.name: each.bytes for each in made.files or ()}
    for number, output in enumerate(outputs):
        path = f"$.outputs[{number}]"
        if output.message is not None and output.columns is None:
            raise Unfit("it lacks its columns", f"{path}.columns")
        for place, name in enumerate(output.names or ()):
            if name not in sizes:
                raise Unfit("the file is not among the files", f"{path}.names[{place}]")
        if output.file is not None and output.file not in sizes:
            raise Unfit("the file is not among the files", f"{path}.file")
        asked = counts.get(output.entity)
        if isinstance(asked, int) and (
            output.content.rows > asked or (output.content.rows != asked and not made.request.history)
        ):
            raise Unfit(f"{asked} rows were asked for, {output.content.rows} are described", f"{path}.content.rows")
        _check_content(output.content, output.offsets, sizes.get(output.file), path)


def _check_content(content: Content, offsets: list[int] | None, size: int | None, path: str) -> None:
    if content.block_rows != BLOCK_ROWS:
        raise Unfit(f"blocks have {BLOCK_ROWS} rows", f"{path}.content.block_rows")
    if not 0 <= content.rows <= LARGEST_ROW or not content.leaves:
        raise Unfit("there are no such rows", f"{path}.content.rows")
    for name, text in content.leaves.items():
        try:
            own = len(b64decode(text, validate=True))
        except ValueError:
            raise Unfit("it is not base64", f"{path}.content.leaves.{name}") from None
        if own != content.blocks * LEAF_BYTES:
            raise Unfit(f"{content.rows} rows have other digests", f"{path}.content.leaves.{name}")
    if offsets is None:
        return
    # Of no row there is no block, of which the place of the first may be told all the same.
    if len(offsets) not in ({0, 1} if not content.rows else {content.blocks + 1}):
        raise Unfit("there are not as many as blocks", f"{path}.offsets")
    if any(first > second for first, second in zip([0, *offsets], offsets, strict=False)):
        raise Unfit("they do not ascend", f"{path}.offsets")
    if size is not None and offsets and offsets[-1] > size:
        raise Unfit("they lead beyond the end of the file", f"{path}.offsets")


def _names(made: Manifest) -> Iterator[tuple[str, str | None]]:
    if made.file is not None:
        yield "$.file.name", made.file.name
    for number, part in enumerate(made.parts or ()):
        yield f"$.parts[{number}].file", part.file
    for number, each in enumerate(made.files or ()):
        yield f"$.files[{number}].name", each.name
    for number, output in enumerate(made.outputs or ()):
        if output.file is not None:
            yield f"$.outputs[{number}].file", output.file


def _names_of_files(made: Manifest) -> Iterator[str | None]:
    yield from (part.file for part in made.parts or ())
    yield from (each.name for each in made.files or ())


def _is_plain(name: str | None) -> bool:
    """Whether a name can only be that of a file in the folder, on any system."""
    return (
        name is not None
        and name not in ("", ".", "..")
        and not set(name) & _SEPARATORS
        and len(name.encode("utf-8", "replace")) <= 255
        and encodes(name)
    )
