"""What may be typed where a name is asked for: the types of parameters that a shell completes.

Names of entities, locales, formats, engines, packs and demos are known without NumPy or Arrow; columns and options are
those of an entity, whose class is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from datamimic.cli.assignments import TextType
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import installed_packs

if TYPE_CHECKING:
    from datamimic.model.spec import Spec

Known = Callable[[click.Context], Iterable[str]]
ValuesOf = Callable[[click.Context, str], Iterable[str]]


class Name(TextType):
    """A name out of those that are known. Where none of them begins with what is typed, one of the shorter names may;
    `separator` is what stands between several in one text, such as the comma of --columns."""

    def __init__(self, name: str, known: Known, *, shorter: Known | None = None, separator: str | None = None) -> None:
        self.name = name
        self.known = known
        self.shorter = shorter
        self.separator = separator

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        before, last = "", incomplete
        if self.separator is not None:
            before, comma, last = incomplete.rpartition(self.separator)
            before += comma
        chosen = before.split(self.separator) if self.separator else []
        found = _matching(self.known, ctx, last)
        if not found and self.shorter is not None:
            found = _matching(self.shorter, ctx, last)
        return [CompletionItem(before + name) for name in found if name not in chosen]


class Assignment(TextType):
    """NAME=VALUE: the names that are known, then the values of a name where they are."""

    name = "name=value"

    def __init__(self, known: Known, values: ValuesOf | None = None) -> None:
        self.known = known
        self.values = values

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        name, equals, value = incomplete.partition("=")
        if not equals:
            return [CompletionItem(f"{each}=") for each in _matching(self.known, ctx, name)]
        values = self.values
        if values is None:
            return []
        first, comma, last = value.rpartition(",")
        return [
            CompletionItem(f"{name}={first}{comma}{each}")
            for each in _matching(lambda context: values(context, name), ctx, last)
        ]


def _matching(known: Known, ctx: click.Context, start: str) -> list[str]:
    """Those that begin with what is typed, whatever the case; none where they cannot be found out."""
    try:
        names = list(known(ctx))
    except DatamimicError:
        return []
    return [name for name in names if name.casefold().startswith(start.casefold())]


def entity_names(ctx: click.Context) -> Iterable[str]:
    """`pack.entity`."""
    return installed_packs().entities()


def bare_entity_names(ctx: click.Context) -> Iterable[str]:
    """Without the pack, those that only one has."""
    bare = [name.rpartition(".")[2] for name in installed_packs().entities()]
    return [name for name in bare if bare.count(name) == 1]


def locale_names(ctx: click.Context) -> Iterable[str]:
    from datamimic.base.locale import Locale

    countries = sorted({country for record in installed_packs().packs() for country in record.locales})
    return [*(str(Locale.parse(country)) for country in countries), *countries]


def format_names(ctx: click.Context) -> Iterable[str]:
    return installed_packs().formats()


def formats_and_targets(ctx: click.Context) -> Iterable[str]:
    return [*installed_packs().formats(), *installed_packs().targets()]


def message_names(ctx: click.Context) -> Iterable[str]:
    return installed_packs().messages()


def described_names(ctx: click.Context) -> Iterable[str]:
    return [*entity_names(ctx), *message_names(ctx)]


def break_names(ctx: click.Context) -> Iterable[str]:
    """Kinds of breaks, and the rules of the message on the command line."""
    from datamimic.engine.breaking.kinds import KINDS, NEGATIVE

    message = ctx.params.get("message")
    if not message:
        return list(KINDS)
    rules: Any = installed_packs().message(message)
    return [*KINDS, NEGATIVE, *(each.name for each in rules().negatives())]


def engine_names(ctx: click.Context) -> Iterable[str]:
    return installed_packs().engines()


def pack_names(ctx: click.Context) -> Iterable[str]:
    return [record.name for record in installed_packs().packs() if record.status == "ok"]


def column_names(ctx: click.Context) -> Iterable[str]:
    """Of the entity on the command line: columns, then hidden fields and parts."""
    spec = _spec(ctx)
    hidden = [name for name, each in spec.fields.items() if each.hidden]
    parts = [
        f"{name}.{part}"
        for name, each in spec.fields.items()
        if not each.is_relation
        for part in (each.generator.names() if each.is_embedded else each.kind.members or ())
    ]
    return [*(each.column_name for each in spec.columns), *hidden, *parts]


def option_names(ctx: click.Context) -> Iterable[str]:
    from datamimic.model.options import describe_options

    return [each["name"] for each in describe_options(_spec(ctx).options)]


def option_values(ctx: click.Context, name: str) -> Iterable[str]:
    """What an option of the entity may be, where that can be listed."""
    return _values(_spec(ctx), name, ctx)


def options_of_entities(ctx: click.Context) -> Iterable[str]:
    """`entity.option` of the entities on the command line (ENTITY=COUNT …), and of all where there are none."""
    from datamimic.model.options import describe_options

    given = [text.partition("=")[0] for text in ctx.params.get("entities") or ctx.args]
    packs = installed_packs()
    for name in given or packs.entities():
        for each in describe_options(_spec_of(packs.entity(name)).options):
            yield f"{name}.{each['name']}"


def values_of_entities(ctx: click.Context, name: str) -> Iterable[str]:
    entity, _, option = name.rpartition(".")
    return _values(_spec_of(installed_packs().entity(entity)), option, ctx)


def format_settings(ctx: click.Context) -> Iterable[str]:
    return _settings(installed_packs().format(_format(ctx)))


def format_setting_values(ctx: click.Context, name: str) -> Iterable[str]:
    return _setting_values(installed_packs().format(_format(ctx)), name)


def engine_settings(ctx: click.Context) -> Iterable[str]:
    return _settings(installed_packs().engine(ctx.params.get("engine") or "processes"))


def _format(ctx: click.Context) -> str:
    output = ctx.params.get("output")
    return ctx.params.get("format_name") or (output and output.suffix.lstrip(".")) or "csv"


def _settings(owner: Any) -> Iterable[str]:
    return owner.settings()


def _setting_values(owner: Any, name: str) -> Iterable[str]:
    setting = owner.settings().get(name)
    if setting is None:
        return ()
    return ("true", "false") if isinstance(setting.default, bool) else [str(each) for each in setting.choices]


def _spec(ctx: click.Context) -> Spec:
    # An option that still lacks its value keeps click from giving arguments to their parameters.
    named = ctx.params.get("entity") or next(iter(ctx.args), "")
    return _spec_of(installed_packs().entity(named))


def _spec_of(cls: type) -> Spec:
    from datamimic.model.spec import spec_of

    return spec_of(cls)


def _values(spec: Spec, option: str, ctx: click.Context) -> Iterable[str]:
    from datamimic.model.options import describe_options
    from datamimic.world import World

    for each in describe_options(spec.options):
        if each["name"] == option:
            if each["choices"]:
                return [str(choice) for choice in each["choices"]]
            if each["values_in"]:
                table, _, column = each["values_in"].rpartition(".")
                cells = World(0, ctx.params.get("locale")).data(spec.cls)[table].columns[column]
                return [value for value in dict.fromkeys(cells) if value]
            return ("true", "false") if each["type"].startswith("bool") else ()
    return ()


ENTITY = Name("entity", entity_names, shorter=bare_entity_names)
LOCALE = Name("locale", locale_names)
FORMAT = Name("format", format_names)
FORMAT_OR_TARGET = Name("format", formats_and_targets)
MESSAGE = Name("message", message_names)
MESSAGES = Name("messages", lambda ctx: [*message_names(ctx), "all"], separator=",")
DESCRIBED = Name("entity or message", described_names, shorter=bare_entity_names)
ENGINE = Name("engine", engine_names)
BREAK = Assignment(break_names)
PACK = Name("pack", pack_names)
COLUMN = Name("column", column_names)
COLUMNS = Name("columns", column_names, separator=",")
SETTING = Assignment(option_names, option_values)
SETTING_OF_ENTITY = Assignment(options_of_entities, values_of_entities)
ENTITY_SIZE = Assignment(entity_names)
GIVEN_ROWS = Assignment(entity_names)
ENTITY_COUNT = Assignment(entity_names, lambda ctx, name: ("all",))
FIELD = Assignment(column_names)
FORMAT_SETTING = Assignment(format_settings, format_setting_values)
ENGINE_SETTING = Assignment(engine_settings)
