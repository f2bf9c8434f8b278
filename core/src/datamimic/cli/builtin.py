"""The core's own commands, added through the hook that packs have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from datamimic.cli.lazy_command import LazyCommand
from datamimic.plugin import hookimpl

COMMANDS: Final[Mapping[str, str]] = {
    "generate": "datamimic.cli.generate:generate",
    "world": "datamimic.cli.world:world",
    "changes": "datamimic.cli.changes:changes",
    "verify": "datamimic.cli.verify:verify",
    "reproduce": "datamimic.cli.reproduce:reproduce",
    "explain": "datamimic.cli.explain:explain",
    "lock": "datamimic.cli.lock:lock",
    "describe": "datamimic.cli.describe:describe",
    "check": "datamimic.cli.check:check",
    "request": "datamimic.cli.request:request",
    "data": "datamimic.cli.data:data",
    "demo": "datamimic.cli.demo:demo",
    "list-packs": "datamimic.cli.packs:list_packs",
    "list-entities": "datamimic.cli.catalogue:list_entities",
    "list-messages": "datamimic.cli.catalogue:list_messages",
    "list-generators": "datamimic.cli.catalogue:list_generators",
    "list-meanings": "datamimic.cli.meanings:list_meanings",
    "new-pack": "datamimic.cli.new_pack:new_pack",
    "new-entity": "datamimic.cli.new_entity:new_entity",
    "new-locale": "datamimic.cli.new_locale:new_locale",
    "completion": "datamimic.cli.completion:completion",
    "version": "datamimic.cli.version:version",
}


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    for name, target in COMMANDS.items():
        group.add_command(LazyCommand(name, target))
