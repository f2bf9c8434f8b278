"""Groups of commands that end as commands should: errors in two lines, one line for an interrupt, quiet pipes."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

import click

from datamimic.base.docstrings import docstring
from datamimic.cli.completion import answer_shells
from datamimic.cli.ending import INTERRUPTED, Ended, ended_by_signals, say_interrupted
from datamimic.cli.failure_report import INTERNAL_ERROR, internal_error
from datamimic.cli.listing import print_lines
from datamimic.cli.standard_streams import forget_standard_output, guarded_streams
from datamimic.cli.usage import usage_error
from datamimic.errors import EXIT_CODE, DatamimicError, UnknownName
from datamimic.errors.failures import coded

BROKEN_PIPE = 141
"""What a shell reports for a program that SIGPIPE ended."""


class NamingGroup(click.Group):
    """A group that answers an unknown command with the nearest one that there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_help(self)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return keep_help(super().get_command(ctx, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            raise UnknownName("command", name, self.list_commands(ctx))
        return super().resolve_command(ctx, args)


class CommandGroup(NamingGroup):
    """The group of a program: whatever a command raises, or hears of, becomes an exit status."""

    program: ClassVar[str] = "dm"

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
        given = list(sys.argv[1:] if args is None else args)
        with guarded_streams(), ended_by_signals():
            warnings.showwarning = _show_warning
            answer_shells()
            sys.exit(self._status(given, prog_name, complete_var, extra))

    def _status(
        self, given: list[str], prog_name: str | None, complete_var: str | None, extra: Mapping[str, Any]
    ) -> int:
        """Run a command; whatever happens becomes an exit status, and where it is an error its lines on standard error."""
        try:
            code = super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as help_wanted:
            help_wanted.show()
            return EXIT_CODE
        except click.ClickException as error:
            return _show(usage_error(error), error, EXIT_CODE)
        except click.Abort as abort:
            if isinstance(abort.__cause__, EOFError):
                return _show(internal_error(abort.__cause__, given, self.program), abort, INTERNAL_ERROR)
            return _interrupted()
        except KeyboardInterrupt:
            return _interrupted()
        except SystemExit as left:
            return _status_of(left)
        except BrokenPipeError:
            forget_standard_output()
            return BROKEN_PIPE
        except Ended:
            raise
        except BaseException as error:
            known = coded(error)
            status = EXIT_CODE
            if known is None:
                known, status = internal_error(error, given, self.program), INTERNAL_ERROR
            _show(known, error, status)
            if isinstance(error, OSError):
                forget_standard_output()
            return status
        return code if isinstance(code, int) else 0

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _quiet_endings():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _quiet_endings():
            return super().invoke(ctx)


C = TypeVar("C", bound=click.Command | None)


def keep_help(command: C) -> C:
    """The command with its help, which click takes from docstrings: under `python -OO` there are none."""
    if command is not None and command.help is None and command.callback is not None:
        command.help = docstring(command.callback) or None
    return command


@contextmanager
def _quiet_endings() -> Iterator[None]:
    """Before click sees a broken pipe, who would exit with 1: for `dm check` that means violations; and an interrupt, of
    which click says an empty line."""
    try:
        yield
    except BrokenPipeError:
        forget_standard_output()
        raise click.exceptions.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        raise click.exceptions.Exit(_interrupted()) from None


def _show(error: DatamimicError, raised: BaseException, status: int) -> int:
    if os.environ.get("DATAMIMIC_TRACEBACK"):
        click.echo("".join(traceback.format_exception(raised)), err=True, nl=False)
    print_lines(error.render().splitlines(), err=True)
    return status


def _interrupted() -> int:
    # After ^C, and after what a bar of progress has left there.
    say_interrupted(lambda: click.echo(f"{chr(10) if sys.stderr.isatty() else ''}interrupted", err=True))
    return INTERRUPTED


def _status_of(left: SystemExit) -> int:
    """Of what a command left with: a text, as `sys.exit` takes one, is an error and no difference found."""
    if left.code is None or isinstance(left.code, int):
        return left.code or 0
    print_lines([f"error: {left.code}"], err=True)
    return EXIT_CODE


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
