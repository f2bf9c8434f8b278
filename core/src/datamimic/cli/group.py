"""The group behind `dm`: commands imported when used, commands of packs, errors in two lines, quiet pipes."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from datamimic.cli.listing import print_lines
from datamimic.cli.usage import usage_error
from datamimic.errors import EXIT_CODE, DatamimicError, UnknownName
from datamimic.plugins.registry import Registry, installed_packs

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program that SIGINT or SIGPIPE ended."""


class NamingGroup(click.Group):
    """A group that answers an unknown command with the nearest one that there is."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            raise UnknownName("command", name, self.list_commands(ctx))
        return super().resolve_command(ctx, args)


class LazyGroup(NamingGroup):
    """A group whose commands are given as `name -> "module:attribute"` and joined by those that packs add."""

    def __init__(self, *args: Any, lazy: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy
        self._of_packs: tuple[Registry, dict[str, click.Command]] | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._lazy, *sorted(self._pack_commands(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return self._pack_commands(ctx).get(cmd_name)
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command), f"{self._lazy[cmd_name]} is no command"
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        warnings.showwarning = _show_warning
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except DatamimicError as error:
            _show(error)
            sys.exit(EXIT_CODE)
        except click.exceptions.NoArgsIsHelpError as help_wanted:
            help_wanted.show()
            sys.exit(EXIT_CODE)
        except click.ClickException as error:
            _show(usage_error(error))
            sys.exit(EXIT_CODE)
        except click.Abort:
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            _leave_broken_pipe()
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Before click sees it, who would exit with 1: for `dm check` that means violations.
            _leave_broken_pipe()

    def _pack_commands(self, ctx: click.Context) -> dict[str, click.Command]:
        """The commands of all packs, asked for once; a pack that fails, or takes a name that is used, loses them."""
        packs = installed_packs()
        if self._of_packs is None or self._of_packs[0] is not packs:
            found: dict[str, click.Command] = {}
            self._of_packs = (packs, found)
            owners = dict.fromkeys(self._lazy, "datamimic itself")
            for pack, hook in packs.commands().items():
                offered = click.Group(pack)
                try:
                    hook(group=offered)
                except (Exception, SystemExit) as failure:
                    _warn(ctx, f"the commands of pack {pack!r} are missing: {type(failure).__name__}: {failure}")
                    continue
                for name, command in offered.commands.items():
                    if name in owners:
                        _warn(ctx, f"the command {name!r} of pack {pack!r} is left out: {owners[name]} has it")
                        continue
                    owners[name] = f"pack {pack!r}"
                    found[name] = command
        return self._of_packs[1]


def _show(error: DatamimicError) -> None:
    if os.environ.get("DATAMIMIC_TRACEBACK"):
        traceback.print_exception(error)
    print_lines(error.render().splitlines(), err=True)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,
    line: str | None = None,
) -> None:
    # Where in the engine a table was missed is nothing to the person at the terminal.
    print_lines([f"warning: {message}"], err=True)


def _warn(ctx: click.Context, text: str) -> None:
    if not ctx.resilient_parsing:
        print_lines([f"warning: {text}"], err=True)


def _leave_broken_pipe() -> NoReturn:
    # What is still buffered would raise once more when the interpreter flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(BROKEN_PIPE)
