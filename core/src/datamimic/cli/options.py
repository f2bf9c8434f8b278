"""Options that several commands share: the world that is asked for, and the format that rows are written in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from attrs import frozen

from datamimic.cli.assignments import pairs, whole_number
from datamimic.cli.names import (
    ENTITY_SIZE,
    FORMAT,
    FORMAT_OR_TARGET,
    FORMAT_SETTING,
    LOCALE,
    SETTING,
    SETTING_OF_ENTITY,
)
from datamimic.errors import InvalidOption, excerpt

if TYPE_CHECKING:
    from datamimic.formats.format import Format
    from datamimic.output.planned import PlannedOutput
    from datamimic.related.target import Target
    from datamimic.rows import Rows
    from datamimic.world import World

F = TypeVar("F", bound=Callable[..., Any])


@frozen
class AskedWorld:
    """What `world_options` of a command line say."""

    seed: str
    seed_is_chosen: bool
    locale: str
    clock: str | None
    settings: tuple[str, ...]
    sizes: tuple[str, ...]

    def world(self, entity: str | None = None) -> World:
        """The world; `entity` as for `options`."""
        from datamimic.world import World

        sizes = {name: whole_number(text, f"the size of {name}") for name, text in pairs(self.sizes)}
        return World(self.seed, self.locale, self.clock, sizes=sizes, options=self.options(entity))

    def options(self, entity: str | None) -> dict[str, dict[str, str]]:
        """{entity: {option: text}}: all of `entity`; where it is None, each names its own: ENTITY.NAME=VALUE."""
        found: dict[str, dict[str, str]] = {}
        for name, value in pairs(self.settings):
            owner, dot, option = (entity, ".", name) if entity is not None else name.rpartition(".")
            if not dot:
                raise InvalidOption("invalid_option", f"{excerpt(name)} names no entity", hint=f"ENTITY.{name}={value}")
            found.setdefault(owner, {})[option] = value
        return found

    def tell_seed(self, quiet: bool) -> None:
        """Report a seed that nobody gave; called when nothing is left to be refused."""
        if self.seed_is_chosen and not quiet:
            click.echo(f"seed {self.seed}", err=True)


def world_options(*, of_entity: bool = True, seed: str | None = None) -> Callable[[F], F]:
    """The options --seed, --locale, --clock, --set and --size, as the parameter `asked`, an `AskedWorld`.

    of_entity   --set gives options of the command's one entity; else of any: ENTITY.NAME=VALUE
    seed        the seed where none is given; without it one is chosen
    """
    setting = ("NAME=VALUE", SETTING) if of_entity else ("ENTITY.NAME=VALUE", SETTING_OF_ENTITY)
    unless = "" if seed else "; chosen and reported if not given"
    decorators = (
        click.option("--seed", default=seed, show_default=True, help=f"Text or number that fixes every value{unless}."),
        click.option(
            "--locale", type=LOCALE, default="en_US", show_default=True, help="Such as de_DE, or a country, DE."
        ),
        click.option("--clock", help="The instant that ages and dates are computed from (ISO 8601)."),
        click.option(
            "--set",
            "settings",
            type=setting[1],
            multiple=True,
            metavar=setting[0],
            help=f"An option of {'the' if of_entity else 'an'} entity; may be repeated.",
        ),
        click.option(
            "--size",
            "sizes",
            type=ENTITY_SIZE,
            multiple=True,
            metavar="ENTITY=ROWS",
            help="How many rows references may point to.",
        ),
    )

    def decorate(command: F) -> F:
        @wraps(command)
        def with_world(
            *arguments: Any,
            seed: str | None,
            locale: str,
            clock: str | None,
            settings: tuple[str, ...],
            sizes: tuple[str, ...],
            **others: Any,
        ) -> Any:
            given = secrets.token_hex(4) if seed is None else seed
            asked = AskedWorld(given, seed is None, locale, clock, settings, sizes)
            return command(*arguments, asked=asked, **others)

        return _applied(decorators, with_world)  # type: ignore[return-value]

    return decorate


@frozen
class AskedFormat:
    """What `format_options` of a command line say."""

    name: str | None
    settings: tuple[str, ...]

    def of(self, rows: Rows, output: Path | None) -> PlannedOutput:
        """In the format that is named, else that of the ending, else CSV where it holds the rows; with its settings."""
        from datamimic.formats.by_name import format_named
        from datamimic.output.planned import PlannedOutput
        from datamimic.output.writing import has_nested

        name = self.name or (None if output else "jsonl" if has_nested(rows.schema()) else "csv")
        return PlannedOutput(rows, format_named(rows.world.packs, output, name).configured(self.given()), output)

    def of_set(self, world: World) -> Format | Target:
        """The format of a set of tables, or the target that lives in files, with its settings."""
        from datamimic.related.places import written_as

        return written_as(world.packs, self.name or "parquet", self.given())

    def given(self) -> dict[str, str]:
        """The settings by name."""
        return dict(pairs(self.settings))


def format_options(help_: str, default: str | None = None, *, of_set: bool = False) -> Callable[[F], F]:
    """The options --format and --format-option, as the parameter `written_as`, an `AskedFormat`."""
    type_ = FORMAT_OR_TARGET if of_set else FORMAT
    decorators = (
        click.option("--format", "format_", type=type_, default=default, show_default=True, help=help_),
        click.option(
            "--format-option",
            "format_options",
            type=FORMAT_SETTING,
            multiple=True,
            metavar="NAME=VALUE",
            help="A setting of the format.",
        ),
    )

    def decorate(command: F) -> F:
        @wraps(command)
        def with_format(*arguments: Any, format_: str | None, format_options: tuple[str, ...], **others: Any) -> Any:
            return command(*arguments, written_as=AskedFormat(format_, format_options), **others)

        return _applied(decorators, with_format)  # type: ignore[return-value]

    return decorate


def quiet_option(command: F) -> F:
    """The option --quiet, as the parameter `quiet`."""
    help_ = "No progress and no remarks on standard error."
    return click.option("--quiet", "-q", is_flag=True, help=help_)(command)


def _applied(decorators: tuple[Callable[[Any], Any], ...], command: Callable[..., Any]) -> Callable[..., Any]:
    """The options in the order in which the help lists them, which is not that in which decorators are applied."""
    for decorator in reversed(decorators):
        command = decorator(command)
    return command
