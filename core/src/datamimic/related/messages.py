"""Messages beside the tables of a set: documents of the same rows, linked with the tables by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import pyarrow as pa
from attrs import frozen

from datamimic.base.observation import Progress
from datamimic.errors import InvalidOption
from datamimic.formats.documents.message import Message
from datamimic.output.digest_tree import DigestTree, blocks_of
from datamimic.output.exporting import write_blocks
from datamimic.output.split import files_of, key_of_files, named, with_file_key, write_files
from datamimic.output.whole_files import whole_file
from datamimic.related.closure import Closure, TableOfSet
from datamimic.related.nested import reach, text_paths
from datamimic.related.schema import TableSchema
from datamimic.related.tallies import Tally
from datamimic.world import Rows

ALL: Final = "all"


@frozen(eq=False)
class MessagesOfSet:
    """Messages of one kind, and the table whose rows they are of."""

    message: Message
    part: TableOfSet
    table: TableSchema


def messages_of(closure: Closure, tables: Sequence[TableSchema], names: Sequence[str]) -> list[MessagesOfSet]:
    """The messages by name, or with `all` those that the rows of the set and the country have. Raises `UnknownName`, and
    `InvalidOption` for one of rows that are not in the set, or that the country does not have."""
    world = closure.world
    known = world.packs.messages()
    parts = {world.path(part.spec): (part, table) for part, table in zip(closure.tables, tables, strict=True)}
    made = []
    for name in dict.fromkeys(each for one in names for each in (known if one == ALL else [one])):
        cls = cast("type[Message]", world.packs.message(name))
        of_set = parts.get(world.path(world.spec(cls.entity)))
        left_out = cls.same_as in known or of_set is None or not cls.suits(world.locale.country)
        if ALL in names and name not in names and left_out:
            continue
        cls.refuse_others(world.locale.country)
        if of_set is None:
            raise InvalidOption(
                "invalid_option",
                f"the message {name} is of {cls.entity}, of which there are no rows in the set",
                hint=f"add {cls.entity}=COUNT",
                path="$.messages",
            )
        made.append(MessagesOfSet(cls.configured({}), *of_set))
    return made


def rows_of(each: MessagesOfSet, closure: Closure) -> Rows:
    """The rows of a kind of messages, with the columns that these read."""
    rows = closure.world[each.part.spec.cls]
    wanted = each.message.columns() if each.message.several else with_file_key(each.message, rows).columns
    return rows.select(wanted)


def put_messages(
    each: MessagesOfSet, closure: Closure, folder: Path, links: MessageLinks, progress: Progress | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Write them into a folder that nobody sees yet: one file, or one a message where a file holds no more. Returns what the
    manifest says of them, and of their files."""
    rows, message = rows_of(each, closure), each.message
    blocks = blocks_of(_gathered(rows, each, links, progress))
    entry: dict[str, Any] = {
        "table": each.table.name,
        "entity": each.table.entity,
        "entity_version": each.table.version,
        "message": message.name,
        "columns": list(rows.columns),
    }
    if message.several:
        name = f"{message.name}{message.suffix}"
        with whole_file(folder / name) as stream:
            content = write_blocks(rows.schema(), blocks, message, stream, None)
        file = {"name": name, "bytes": stream.size, "sha256": stream.sha256.hexdigest()}
        return {**entry, "file": name, **content}, [file]
    tree = DigestTree(rows.schema())
    pieces = files_of(message, _counted(tree, blocks), 1, key_of_files(type(message), rows))
    files = write_files(named(pieces, f"{message.name}.", message.suffix), folder)
    found = [{"name": each.name, "bytes": each.bytes, "sha256": each.sha256} for each in files]
    return {**entry, "names": [each.name for each in files], "content": tree.to_dict()}, found


class MessageLinks:
    """The keys of other tables that stand in messages of one kind, counted while they are written."""

    def __init__(self, each: MessagesOfSet, tables: Sequence[TableSchema], schema: pa.Schema) -> None:
        self.each = each
        keys = {table.primary_key: table.name for table in tables if table.primary_key}
        shared = [table.primary_key for table in tables]
        self.paths = {
            path: keys[name]
            for path in text_paths(schema)
            if (name := path[-1].rpartition(".")[2]) in keys
            and shared.count(name) == 1
            and path != (each.table.primary_key,)
        }
        self.count = 0
        self.tallies = {path: Tally() for path in self.paths}

    def add(self, batch: pa.RecordBatch) -> None:
        batch = self.each.message.those(batch)
        self.count += batch.num_rows
        for path, tally in self.tallies.items():
            tally.add(reach(batch.column(path[0]), path[1:]))

    def report(self, known: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
        """How many messages there are, in which files, and of every key of another table how many are resolved."""
        links = [
            {"column": ".".join(path), "references": self.paths[path], **tally.against(known[self.paths[path]])}
            for path, tally in self.tallies.items()
        ]
        files = [entry["file"]] if "file" in entry else entry["names"]
        return {
            "message": self.each.message.name,
            "table": self.each.table.name,
            "key": self.each.table.primary_key,
            "messages": self.count,
            "files": len(files),
            "links": links,
        }


def _gathered(
    rows: Rows, each: MessagesOfSet, links: MessageLinks, progress: Progress | None
) -> Iterator[pa.RecordBatch]:
    for numbers in each.part.rows.pieces(size=rows.batch_rows):
        batch = rows.gather(numbers)
        links.add(batch)
        yield batch
        if progress is not None:
            progress(batch.num_rows)


def _counted(tree: DigestTree, blocks: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for block in blocks:
        tree.add(block)
        yield block
