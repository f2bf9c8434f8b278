"""`messages`: rows of entities with the messages that systems send of them: what `dm world … --messages` makes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import frozen

from datamimic import DatamimicError, World
from datamimic.errors import UnknownName
from datamimic.related import Closure, prepare, write_set
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Helping, Result, Shown, Work
from datamimic_platform.kinds.options import is_count, options_of, refused
from datamimic_platform.kinds.shared import make_parts, shared

_ALL = "all"
_MOST_MESSAGES = 5


def _entities(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    fits = isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
    if not fits or not all(count == _ALL or is_count(count, 0) for count in value.values()):
        raise refused(attribute.name, "rows by entity, such as {healthcare.patient: 50}, or all of its parents'")


@frozen(kw_only=True)
class MessagesOptions:
    """`entities` are rows by entity, `messages` names of messages, or `all` that the rows and the country have."""

    entities: Mapping[str, Any] = attrs.field(factory=dict, validator=_entities)
    messages: tuple[str, ...] = attrs.field(default=(_ALL,), validator=are.texts)
    seed: str | int | None = attrs.field(default=None, validator=are.seed)
    locale: str | None = attrs.field(default=None, validator=are.text)
    clock: str | None = attrs.field(default=None, validator=are.text)
    output_format: str = attrs.field(default="csv", validator=are.text)
    format_options: Mapping[str, Any] = attrs.field(factory=dict, validator=are.settings)
    batch_size: int | None = attrs.field(default=None, validator=are.count(1))


class Messages:
    """Its artefacts are the tables, and a file of each kind of message, or of each message."""

    needs_config = False

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(MessagesOptions, asked.options)
        chosen = options.seed if options.seed is not None else secrets.token_hex(4)
        world = _world(options, chosen)
        if not options.entities:
            raise DatamimicError("platform.bad_option", "there are no entities", path="$.options.entities")
        for name in options.entities:
            world.spec(name)
        for name in options.messages:
            if name != _ALL:
                world.packs.message(name)
        if options.output_format not in world.packs.formats():
            raise UnknownName("format", options.output_format, world.packs.formats(), path="$.options.output_format")
        return {**asked.options, "seed": chosen}

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """The first rows of the entities, and the first messages as texts."""
        options = options_of(MessagesOptions, asked.options)
        self.check(asked)
        world = _world(options, options.seed)
        found = {}
        for name, count in options.entities.items():
            shown = world[name][0 : rows if count == _ALL else min(rows, count)]
            found[name] = Shown(shown.to_arrow().to_pylist(), None if count == _ALL else count)
        for name in options.messages:
            if name != _ALL:
                own = world.message(name)[0 : min(rows, _MOST_MESSAGES)]
                found[name] = Shown([{"message": text} for text in own])
        return found

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(MessagesOptions, asked.options)
        work.phase("planning")
        world = _world(options, options.seed)
        closure = _planned(world, options)
        work.phase("generating", closure.total)
        written = write_set(
            closure,
            work.output,
            options.output_format,
            progress=work.advance,
            batch_rows=options.batch_size,
            messages=options.messages,
            parts=shared(closure, work.sharing),
            **options.format_options,
        )
        made = {each["message"]: each["messages"] for each in written.linkage.get("messages", ())}
        tables = {table.name: table.rows for table in written.tables}
        return Result(written.rows, {"seed": world.seed, "tables": tables, "messages": made})

    def make_parts(self, asked: Asked, helping: Helping) -> None:
        options = options_of(MessagesOptions, asked.options)
        make_parts(_planned(_world(options, options.seed), options), helping, options.batch_size)


def _planned(world: World, options: MessagesOptions) -> Closure:
    return prepare(world, {world.path(world.spec(name)): count for name, count in options.entities.items()})


def _world(options: MessagesOptions, seed: str | int | None) -> World:
    return World(seed if seed is not None else "0", options.locale, options.clock)
