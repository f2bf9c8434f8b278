"""Messages in files of their own: one a file, or so many, each named by the key of its first."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.base.observation import Progress
from datamimic.columns.buffers import arrow_numbers
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, OutputError
from datamimic.formats.documents.message import Message
from datamimic.formats.documents.pieces import Piece
from datamimic.formats.documents.rendered import (
    filled,
    in_rows,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import plain
from datamimic.model.arrow import decoded
from datamimic.output.descriptions import put_description
from datamimic.output.digest_tree import DigestTree
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import describe_origin, write_folder_manifest
from datamimic.output.planned import PlannedOutput
from datamimic.output.whole_folders import whole_folder
from datamimic.output.workers import made_by

_UNFIT: Final = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST: Final = 120


@frozen
class FileOfMessages:
    """A file: its name, size and SHA-256."""

    name: str
    bytes: int
    sha256: str


def key_of_files(message: type[Message], rows: View) -> str:
    """The column by which the files of a message are named. Raises `OutputError` (`format_unsuited`) where there is none."""
    key = message.file_key or (rows.spec.key.column_name if rows.spec.key is not None else "")
    if not key:
        raise OutputError("format_unsuited", f"the messages {message.name} have no key to name files by")
    return key


def with_file_key(message: Message, rows: View) -> View:
    """The columns of the message, and the one that names files."""
    columns = message.columns()
    key = key_of_files(type(message), rows)
    return rows.select(columns if key in columns else [*columns, key])


def write_split(output: PlannedOutput, per_file: int, *, progress: Progress | None = None, workers: int = 1) -> Path:
    """Write a folder with a file for every `per_file` messages, and `manifest.json`; the folder takes its place when all are in
    it. The rows need the column that names the files, see `with_file_key`."""
    rows, target, message = output.rows, output.target, output.format
    if not isinstance(message, Message):
        raise OutputError("format_unsuited", f"{message.name} is no message", hint="leave out --per-file")
    check_per_file(message, per_file)
    tree = DigestTree(rows.schema())
    with told_run(rows.world) as run, whole_folder(target) as folder:
        blocks = _told(made_by(rows, workers), tree, progress)
        pieces = files_of(message, blocks, per_file, key_of_files(type(message), rows))
        files = write_files(named(pieces, "", message.suffix), folder)
        beside = [put_description(folder / f"messages{ending}", text) for ending, text in output.descriptions().items()]
        body = {
            "request": output.request(per_file=per_file),
            **describe_origin(rows.world),
            "split": {"content": tree.to_dict()},
            "files": [*({"name": each.name, "bytes": each.bytes, "sha256": each.sha256} for each in files), *beside],
        }
        write_folder_manifest(folder, body)
        run.wrote_folder(target, output.counts())
    return target


def check_per_file(message: Message, per_file: int) -> None:
    """Raises `InvalidOption` (`invalid_count`) below one, and above where a file holds one message."""
    if per_file < 1 or (per_file > 1 and not message.several):
        held = "" if message.several else f"; a file holds one {message.name}"
        raise InvalidOption("invalid_count", f"{per_file} messages a file{held}", hint="1", path="$.per_file")


def files_of(
    message: Message, blocks: Iterable[pa.RecordBatch], per_file: int, key: str
) -> Iterator[tuple[str | None, bytes]]:
    """What is written, piece by piece: a name where a file begins, None where the last one goes on."""
    opening, closing = message.opening(), message.closing()
    position = 0
    begun: pa.RecordBatch | None = None
    for block, is_last in _with_last(message.those(block) for block in blocks):
        places = np.arange(position, position + block.num_rows, dtype=np.int64)
        first = np.flatnonzero(places % per_file == 0)
        ends = places % per_file == per_file - 1
        if is_last:
            ends[-1:] = True
        last = np.flatnonzero(ends)
        names = plain(decoded(block.column(key).take(arrow_numbers(first)))).to_pylist()
        begins = dict(zip(first.tolist(), zip(names, _said(opening, block, first), strict=True), strict=True))
        # What closes a file reads its first message, which may stand in a block before.
        known = block if begun is None else pa.concat_batches([begun, block])
        shift = 0 if begun is None else 1
        begin = np.concatenate([np.zeros(shift, dtype=np.int64), first + shift])
        closed = begin[np.searchsorted(begin, last + shift, side="right") - 1]
        behind = dict(zip(last.tolist(), _said(closing, known, closed, places[last] % per_file + 1), strict=True))
        begun = known.slice(int(begin[-1]), 1)
        for place, text in enumerate(message.texts(block).to_pylist()):
            name, before = begins.get(place, (None, ""))
            content = f"{before}{text}{behind.get(place, '')}".encode(message.charset)
            yield file_name(name) if place in begins else None, content
        position += block.num_rows


def _with_last(blocks: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, bool]]:
    """Every block that is not empty, and whether it is the last."""
    held: pa.RecordBatch | None = None
    for block in blocks:
        if block.num_rows:
            if held is not None:
                yield held, False
            held = block
    if held is not None:
        yield held, True


def named(pieces: Iterable[tuple[str | None, bytes]], prefix: str, suffix: str) -> Iterator[tuple[str | None, bytes]]:
    """The pieces with the full names of files; one whose name another has already, as that of a duplicate, gets a number."""
    used: Counter[str] = Counter()
    for name, content in pieces:
        if name is None:
            yield None, content
            continue
        used[name] += 1
        yield f"{prefix}{name}{'' if used[name] == 1 else f'~{used[name]}'}{suffix}", content


def write_files(pieces: Iterable[tuple[str | None, bytes]], folder: Path) -> list[FileOfMessages]:
    """Write the files into a folder that nobody sees yet."""
    made: list[FileOfMessages] = []
    for name, contents in grouped(pieces):
        digest, size = hashlib.sha256(), 0
        with (folder / name).open("xb") as file:
            for content in contents:
                file.write(content)
                digest.update(content)
                size += len(content)
        made.append(FileOfMessages(name, size, digest.hexdigest()))
    return made


def grouped(pieces: Iterable[tuple[str | None, bytes]]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every file with what it holds, to be read before the next one."""
    name, at = "", -1

    def number(piece: tuple[str | None, bytes]) -> int:
        nonlocal name, at
        if piece[0] is not None:
            name, at = piece[0], at + 1
        return at

    for _, group in groupby(pieces, key=number):
        yield name, (content for _, content in group)


def file_name(key: str | None) -> str:
    """A key as the name of a file, without an ending: other signs than letters, digits, `_` and `-` are `_`."""
    return _UNFIT.sub("_", key or "").strip("_")[:_LONGEST] or "message"


def _said(piece: Piece | None, block: pa.RecordBatch, places: Ints, counts: Ints | None = None) -> list[str]:
    """What opens or closes the files of which these rows are the first."""
    if piece is None or not len(places):
        return [""] * len(places)
    scope = Scope.of(block.take(arrow_numbers(places)))
    if counts is not None:
        scope = scope.having("#count", arrow_numbers(counts))
    made: list[str] = filled(in_rows(piece.render(scope).texts, len(places))).to_pylist()
    return made


def _told(blocks: Iterable[pa.RecordBatch], tree: DigestTree, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    for block in blocks:
        tree.add(block)
        yield block
        if progress is not None:
            progress(block.num_rows)
