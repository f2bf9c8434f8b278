"""`syndata`: the group of its commands."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import click

from datamimic.cli import CommandGroup

COMMANDS = {
    "generate": "generate",
    "validate": "validate",
    "profile": "profile",
    "status": "jobs",
    "logs": "jobs",
    "cancel": "jobs",
    "up": "up",
    "scheduler": "up",
    "dashboard": "up",
    "mcp": "mcp",
    "audit": "operate",
    "user": "operate",
    "workspace": "operate",
    "retention": "operate",
}
"""Commands, each with the module that has it and is imported when it is used."""


class Syndata(CommandGroup):
    """Commands are imported when they are used; they end as those of `dm` do."""

    program: ClassVar[str] = "syndata"

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"datamimic_platform.commands.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.group(cls=Syndata)
@click.version_option(package_name="datamimic-platform", prog_name="syndata")
def main() -> None:
    """Synthetic data as jobs: here, or on a server where SYNDATA_URL names one."""
