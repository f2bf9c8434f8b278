"""`dm describe`: the fields, options, checks and locales of an entity; the entity, columns and settings of a message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import click

from datamimic.cli.listing import json_option, print_lines, print_table
from datamimic.cli.names import DESCRIBED
from datamimic.cli.options import AskedModels, model_options

if TYPE_CHECKING:
    from datamimic.formats.documents.message import Message
    from datamimic.plugins.registry import Registry


@click.command(short_help="Fields, options, checks and locales of an entity; what a message is made of.")
@click.argument("name", metavar="ENTITY|MESSAGE", type=DESCRIBED)
@model_options
@json_option
def describe(name: str, asked_models: AskedModels, as_json: bool) -> None:
    """Show what ENTITY has: fields with types and meanings, options, checks, locales and tables; or of which entity, columns
    and settings MESSAGE is made.

    \b
    dm describe healthcare.patient
    """
    from datamimic.request.description import describe_breaks

    packs = asked_models.packs()
    of_message = name in packs.messages()
    told = told_of(packs, name)
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, default=sorted))
    elif of_message:
        _tell_message(told)
    else:
        _tell_entity(told)
        _tell_breaks(describe_breaks(packs, packs.entity(name)))


def told_of(packs: Registry, name: str) -> dict[str, Any]:
    """What an entity has, or what a message is made of, as `dm describe --json` prints it. Raises `UnknownName`."""
    from datamimic.request.description import describe_entity, describe_message

    if name in packs.messages():
        return describe_message(packs, cast("type[Message]", packs.message(name)))
    return describe_entity(packs, packs.entity(name))


def _tell_message(told: dict[str, Any]) -> None:
    held = "as many as are asked for" if told["several"] else "one"
    about = [f"Entity: {told['entity']}", f"Messages of a file: {held}", f"Endings: {' '.join(told['suffixes'])}"]
    about += [f"Countries: {' '.join(told['countries'])}"] if told["countries"] else []
    print_lines([told["name"], "", told["doc"], "", *about, ""])
    print_table([_field(each) for each in told["columns"]], {"name": "COLUMN", "type": "TYPE", "meaning": "MEANING"})
    _tell_breaks(told["breaks"])
    if told["rules"]:
        click.echo("\nRules that can be broken, --break NAME=COUNT, all of them in turn --break negative=COUNT:\n")
        print_table(told["rules"], {"name": "RULE", "sentence": "SENTENCE"})
    if told["settings"]:
        click.echo("\nSettings, --format-option NAME=VALUE:\n")
        print_table(told["settings"], {"name": "SETTING", "default": "DEFAULT", "doc": "MEANING"})


def _tell_entity(told: dict[str, Any]) -> None:
    about = [f"Locales: {' '.join(told['locales'])}", f"History: {_history(told['history'])}"]
    about += [f"Rows that exist: {told['rows']}"] if "rows" in told else []
    about += [_role(told["role"])] if "role" in told else []
    print_lines([f"{told['name']} {told['version']}", "", told["doc"], "", *about, ""])
    headings = {"name": "FIELD", "type": "TYPE", "meaning": "MEANING"}
    print_table([_field(each) for each in told["fields"]], headings)
    if told["hidden"]:
        click.echo("\nReachable, but in no table unless named in --columns:\n")
        print_table([_field(each) for each in told["hidden"]], headings)
    if told["options"]:
        click.echo("\nOptions, --set NAME=VALUE:\n")
        columns = {"name": "OPTION", "type": "TYPE", "default": "DEFAULT", "meaning": "MEANING"}
        print_table([_option(each) for each in told["options"]], columns)
    if told["checks"]:
        click.echo("\nWhat holds in every row:\n")
        print_table(told["checks"], {"name": "CHECK", "sentence": "SENTENCE"})
    if told["tables"]:
        click.echo("\nTables that it reads, one for each country where countries differ:\n")
        tables = [{"name": name, "columns": " ".join(told["table_columns"][name])} for name in told["tables"]]
        print_table(tables, {"name": "TABLE", "columns": "COLUMNS"})


def _tell_breaks(breaks: list[dict[str, str]]) -> None:
    click.echo("\nBreaks, --break KIND=COUNT:\n")
    columns = {"name": "KIND", "column": "COLUMN", "doc": "WHAT IS BROKEN"}
    print_table([{**each, "column": each["column"] or None} for each in breaks], columns)


def _history(told: dict[str, Any] | None) -> str:
    if told is None:
        return "none; --as-of shows all rows"
    return f"a row is there from {told['happens']} on" + (f", until {told['ends']}" if told["ends"] else "")


def _role(told: dict[str, Any]) -> str:
    if told["of"] is None:
        return "Role: a population of its own, whose numbers are those of nobody else"
    options = ", ".join(told["apart_by"])
    return f"Role: rows are those of {told['of']}; with {options} other than by default a population of its own"


def _field(each: dict[str, Any]) -> dict[str, str]:
    meaning = each["doc"] + (f" [{each['unit']}]" if each["unit"] else "") + (" (key)" if each["key"] else "")
    meaning += f" (given: {each['given']})" if "given" in each else ""
    return {"name": each["name"], "type": each["type"], "meaning": meaning}


def _option(each: dict[str, Any]) -> dict[str, str]:
    from datamimic.model.options import choices_in_words

    limits = [f"{word} {each[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if each[key] is not None]
    if each["choices"]:
        limits.append(choices_in_words(each["choices"]))
    if each["values_in"]:
        limits.append(f"values: {each['values_in']} in the tables")
    default = each["default"]
    shown = ",".join(sorted(default)) if isinstance(default, frozenset) else str(default)
    return {
        "name": each["name"],
        "type": each["type"],
        "default": shown,
        "meaning": each["doc"] + (f" ({' '.join(limits)})" if limits else ""),
    }
