"""Options that several commands share: the world that is asked for, and the format that rows are written in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from attrs import fields, frozen

from datamimic.cli.assignments import pairs, whole_number
from datamimic.cli.names import (
    ENTITY_SIZE,
    FORMAT,
    FORMAT_OR_TARGET,
    FORMAT_SETTING,
    GIVEN_ROWS,
    LOCALE,
    SETTING,
    SETTING_OF_ENTITY,
)
from datamimic.errors import InvalidOption, excerpt
from datamimic.plugins.registry import installed_packs

if TYPE_CHECKING:
    from datamimic.base.described_packs import DescribedPack
    from datamimic.engine.view import View
    from datamimic.formats.format import Format
    from datamimic.output.planned import PlannedOutput
    from datamimic.plugins.registry import Registry
    from datamimic.related.target import Target
    from datamimic.world import World

F = TypeVar("F", bound=Callable[..., Any])


_GIVEN = click.option(
    "--given",
    type=GIVEN_ROWS,
    multiple=True,
    metavar="ENTITY=PATH",
    help="The rows of an entity that exist: a file of any format that can be read.",
)


_MODEL = click.option(
    "--model",
    "models",
    multiple=True,
    metavar="FILE",
    help="Tables of your own, as entities: YAML, JSON, XML, SQL (pip install datamimic-models).",
)
_TRUST = click.option(
    "--trust", is_flag=True, help="Run code that the model names, and read what lies outside its folder."
)


@frozen
class AskedModels:
    """What `model_options` of a command line say."""

    models: tuple[str, ...]
    trust: bool

    def read(self) -> dict[str, DescribedPack]:
        """The models by the name of the pack that each becomes."""
        from datamimic.plugins.described import read_models

        return read_models(installed_packs(), self.models, trusted=self.trust)

    def packs(self) -> Registry:
        """The installed packs, and those of the models."""
        from datamimic.plugins.described import with_models

        return with_models(installed_packs(), self.read())


def model_options(command: F) -> F:
    """The options --model and --trust, as the parameter `asked_models`, an `AskedModels`."""
    return as_one_parameter("asked_models", AskedModels, (_MODEL, _TRUST))(command)


@frozen(slots=False)
class AskedWorld:
    """What `world_options` of a command line say."""

    given_seed: str | None
    given_locale: str | None
    given_clock: str | None
    settings: tuple[str, ...]
    sizes: tuple[str, ...]
    given: tuple[str, ...]
    models: tuple[str, ...]
    trust: bool
    as_of: str | None

    @cached_property
    def seed(self) -> str:
        """The one that is given, else that of a model, else one that nobody knows before."""
        return secrets.token_hex(4) if self.seed_is_chosen else str(self._said("seed", self.given_seed))

    @property
    def seed_is_chosen(self) -> bool:
        return self._said("seed", self.given_seed) is None

    @cached_property
    def _described(self) -> dict[str, DescribedPack]:
        return AskedModels(self.models, self.trust).read()

    def _said(self, what: str, given: str | None) -> str | None:
        """What is given, else what the first model says that says it."""
        if given is not None or not self.models:
            return given
        return next((said for each in self._described.values() if (said := each.usual.get(what)) is not None), None)

    def world(self, entity: str | None = None) -> World:
        """The world; `entity` as for `options`."""
        from datamimic.world import World

        sizes = {name: whole_number(text, f"the size of {name}") for name, text in pairs(self.sizes)}
        made = World(
            self.seed,
            self._said("locale", self.given_locale) or "en_US",
            self._said("clock", self.given_clock),
            sizes=sizes,
            options=self.options(entity),
            models=self._described.values(),
            given=self.rows(),
        )
        return made if self.as_of is None else made.as_of(self.as_of)

    def rows(self) -> dict[str, str]:
        """{entity: path} of the rows that exist."""
        return dict(pairs(self.given))

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
    """The options --seed, --locale, --clock, --set, --size, --given, --model, --trust and --as-of, as the parameter `asked`,
    an `AskedWorld`.

    of_entity   --set gives options of the command's one entity; else of any: ENTITY.NAME=VALUE
    seed        the seed where none is given; without it one is chosen
    """
    setting = ("NAME=VALUE", SETTING) if of_entity else ("ENTITY.NAME=VALUE", SETTING_OF_ENTITY)
    unless = "" if seed else "; chosen and reported if not given"
    decorators = (
        click.option(
            "--seed",
            "given_seed",
            default=seed,
            show_default=True,
            help=f"Text or number that fixes every value{unless}.",
        ),
        click.option(
            "--locale",
            "given_locale",
            type=LOCALE,
            help="Such as de_DE, or a country, DE; without it that of the model, or en_US.",
        ),
        click.option("--clock", "given_clock", help="The instant that ages and dates are computed from (ISO 8601)."),
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
        _GIVEN,
        _MODEL,
        _TRUST,
        click.option("--as-of", help="The world as it was seen at this moment, up to the clock (ISO 8601)."),
    )

    return as_one_parameter("asked", AskedWorld, decorators)


def given_option(command: F) -> F:
    """The option --given alone, for the world of a manifest, as the parameter `given`, {entity: path}."""

    @wraps(command)
    def with_given(*arguments: Any, given: tuple[str, ...], **others: Any) -> Any:
        return command(*arguments, given=dict(pairs(given)), **others)

    return cast("F", _GIVEN(with_given))


@frozen
class AskedFormat:
    """What `format_options` of a command line say."""

    format_name: str | None
    format_settings: tuple[str, ...]

    def of(self, rows: View, output: Path | None) -> PlannedOutput:
        """In the format that is named, else that of the ending, else CSV where it holds the rows; with its settings."""
        from datamimic.output.planned import PlannedOutput
        from datamimic.output.writing import has_nested

        default = None if output else "jsonl" if has_nested(rows.schema()) else "csv"
        return PlannedOutput(rows, self.named(rows.world.packs, output, default), output)

    def named(self, packs: Registry, output: Path | None, default: str | None) -> Format:
        """The format that is named, else the default, else that of the ending, with its settings."""
        from datamimic.formats.by_name import format_named

        return format_named(packs, output, self.format_name or default).configured(self.given())

    def of_set(self, world: World) -> Format | Target:
        """The format of a set of tables, or the target that lives in files, with its settings."""
        from datamimic.related.places import written_as

        return written_as(world.packs, self.format_name or "parquet", self.given())

    def refuse_for_streams(self) -> None:
        """Raises `InvalidOption` (`invalid_option`) for another format than that of streams."""
        if self.format_name not in (None, "jsonl") or self.format_settings:
            raise InvalidOption(
                "invalid_option", "a stream takes JSON", hint="leave out --format and --format-option", path="$.format"
            )

    def given(self) -> dict[str, str]:
        """The settings by name."""
        return dict(pairs(self.format_settings))


def format_options(help_: str, default: str | None = None, *, of_set: bool = False) -> Callable[[F], F]:
    """The options --format and --format-option, as the parameter `written_as`, an `AskedFormat`."""
    type_ = FORMAT_OR_TARGET if of_set else FORMAT
    decorators = (
        click.option("--format", "format_name", type=type_, default=default, show_default=True, help=help_),
        click.option(
            "--format-option",
            "format_settings",
            type=FORMAT_SETTING,
            multiple=True,
            metavar="NAME=VALUE",
            help="A setting of the format.",
        ),
    )

    return as_one_parameter("written_as", AskedFormat, decorators)


def quiet_option(command: F) -> F:
    """The option --quiet, as the parameter `quiet`."""
    help_ = "No progress and no remarks on standard error."
    return click.option("--quiet", "-q", is_flag=True, help=help_)(command)


def as_one_parameter(parameter: str, into: type[Any], options: Sequence[Callable[[Any], Any]]) -> Callable[[F], F]:
    """The options of click, in the order in which the help lists them, as one parameter of the command: an instance of the
    attrs class `into`, whose attributes bear the options' names."""
    names = [attribute.name for attribute in fields(into)]

    def decorate(command: F) -> F:
        @wraps(command)
        def with_parameter(*arguments: Any, **given: Any) -> Any:
            value = into(**{name: given.pop(name) for name in names})
            return command(*arguments, **{parameter: value}, **given)

        made: Any = with_parameter
        for option in reversed(options):
            made = option(made)
        return cast(F, made)

    return decorate
