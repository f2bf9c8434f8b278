"""The group behind `dm`: commands imported when used, and commands of packs."""

from __future__ import annotations

from typing import Any

import click

from datamimic.cli.command_group import CommandGroup, keep_help
from datamimic.cli.lazy_command import loaded
from datamimic.cli.listing import print_lines
from datamimic.errors import DatamimicError, excerpt
from datamimic.plugins.foreign_code import isolated
from datamimic.plugins.registry import Registry, installed_packs


class PacksGroup(CommandGroup):
    """A group whose own commands, in the order in which they were added, are joined by those that packs add."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._of_packs: tuple[Registry, dict[str, click.Command]] | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *sorted(self._pack_commands(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = self.commands.get(cmd_name)
        return keep_help(self._pack_commands(ctx).get(cmd_name) if own is None else loaded(own))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            installed_packs().refuse_missing("command", args[0])
        return super().resolve_command(ctx, args)

    def _pack_commands(self, ctx: click.Context) -> dict[str, click.Command]:
        """The commands of all packs, asked for once; a pack that fails, or takes a name that is used, loses them."""
        packs = installed_packs()
        if self._of_packs is None or self._of_packs[0] is not packs:
            found: dict[str, click.Command] = {}
            self._of_packs = (packs, found)
            owners = dict.fromkeys(self.commands, "datamimic itself")
            for pack, hook in packs.commands().items():
                offered = click.Group(pack)
                try:
                    with isolated("pack_hook_failed", "the hook datamimic_commands failed"):
                        hook(group=offered)
                        commands = {name: loaded(command) for name, command in offered.commands.items()}
                except DatamimicError as failure:
                    _warn(ctx, f"the commands of pack {excerpt(pack)} are missing: {failure.message}")
                    continue
                for name, command in commands.items():
                    if name in owners:
                        _warn(
                            ctx,
                            f"the command {excerpt(name)} of pack {excerpt(pack)} is left out: {owners[name]} has it",
                        )
                        continue
                    owners[name] = f"pack {excerpt(pack)}"
                    found[name] = command
        return self._of_packs[1]


def _warn(ctx: click.Context, text: str) -> None:
    if not ctx.resilient_parsing:
        print_lines([f"warning: {text}"], err=True)
