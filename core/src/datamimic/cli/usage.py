"""What click refuses, as our own errors: one line, and a hint with the nearest name or the help to read."""

from __future__ import annotations

import click

from datamimic.errors import DatamimicError, suggest


def usage_error(error: click.ClickException) -> DatamimicError:
    """The same error with the code `usage`."""
    hint = _nearest(error)
    if hint is None and isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"see `{error.ctx.command_path} --help`"
    return DatamimicError("usage", _sentence(error), hint=hint)


def _sentence(error: click.ClickException) -> str:
    text = error.message if isinstance(error, click.NoSuchOption) else error.format_message()
    return (text if text[:2].isupper() else text[:1].lower() + text[1:]).rstrip(".")


def _nearest(error: click.ClickException) -> str | None:
    if isinstance(error, click.NoSuchOption):
        near = suggest(error.option_name, _options(error.ctx))
    elif (
        isinstance(error, click.BadParameter) and error.param is not None and isinstance(error.param.type, click.Choice)
    ):
        typed = error.message.partition("'")[2].partition("'")[0]
        near = suggest(typed, map(str, error.param.type.choices))
    else:
        near = []
    return f"did you mean {' or '.join(map(repr, near))}?" if near else None


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return [
        name for param in context.command.get_params(context) if isinstance(param, click.Option) for name in param.opts
    ]
