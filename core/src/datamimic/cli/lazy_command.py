"""A command that is imported when it is used, so that no other waits for what it needs."""

from __future__ import annotations

from importlib import import_module

import click


class LazyCommand(click.Command):
    """Stands in a group for the command at `module:attribute`."""

    def __init__(self, name: str, target: str) -> None:
        super().__init__(name)
        self.target = target

    def load(self) -> click.Command:
        """The command itself."""
        module, _, attribute = self.target.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command), f"{self.target} is no command"
        return command


def loaded(command: click.Command) -> click.Command:
    return command.load() if isinstance(command, LazyCommand) else command
