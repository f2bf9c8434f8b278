"""`dm list-entities`, `dm list-generators` and `dm list-messages`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import click

from datamimic.base.docstrings import docstring
from datamimic.cli.listing import json_option, print_json, print_table
from datamimic.cli.options import AskedModels, model_options
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import installed_packs

_OF_ALL = ("rng", "seed", "clock", "packs")


@click.command("list-entities")
@model_options
@json_option
def list_entities(asked_models: AskedModels, as_json: bool) -> None:
    """List the entities of the installed packs, and of models."""
    rows = _catalogue(asked_models.packs().entities(), lambda cls: {})
    _print(rows, as_json, {"name": "ENTITY", "summary": "WHAT IT IS"})


@click.command("list-generators", short_help="List the literal generators of the installed packs.")
@json_option
def list_generators(as_json: bool) -> None:
    """List the literal generators of the installed packs, with their own parameters; all take a seed besides."""
    rows = _catalogue(installed_packs().generators(), lambda cls: {"parameters": _parameters(cls)})
    shown = [
        row | {"parameters": ", ".join(_written(p) for p in row.get("parameters", ()) if p["name"] not in _OF_ALL)}
        for row in rows
    ]
    _print(
        rows if as_json else shown,
        as_json,
        {"name": "GENERATOR", "summary": "WHAT IT MAKES", "parameters": "PARAMETERS"},
    )


@click.command("list-messages", short_help="List the messages of the installed packs.")
@json_option
def list_messages(as_json: bool) -> None:
    """List the messages of the installed packs, and the entities whose rows they tell."""
    rows = _catalogue(installed_packs().messages(), _of_message)
    _print(rows, as_json, {"name": "MESSAGE", "entity": "ENTITY", "summary": "WHAT IT SAYS"})


def _of_message(cls: Any) -> dict[str, Any]:
    same = getattr(cls, "same_as", "")
    other = {"alias_of": same, "summary": f"Another name of {same}."} if same else {}
    return {"entity": getattr(cls, "entity", None), **other}


def _catalogue(classes: Mapping[str, type], more: Callable[[type], dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per class. A class that cannot be loaded has an `error` and nothing but its name."""
    rows = []
    for name in classes:
        row: dict[str, Any] = {"name": name, "pack": name.partition(".")[0]}
        try:
            cls = classes[name]
            row |= {"class": f"{cls.__module__}:{cls.__qualname__}", "summary": _summary(cls), **more(cls)}
            own = _own_name(cls, row["pack"])
            if own not in (None, name):
                row |= {"alias_of": own, "summary": f"Another name of {own}."}
        except DatamimicError as error:
            row["error"] = error.to_dict()
        rows.append(row)
    return rows


def _print(rows: list[dict[str, Any]], as_json: bool, columns: Mapping[str, str]) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows, columns)
    else:
        click.echo("Nothing that is installed brings any. Try: pip install datamimic-pack-common")
    for row in rows:
        if "error" in row:
            click.echo(f"warning: {row['name']} cannot be used: {row['error']['message']}", err=True)


def _own_name(cls: type, pack: str) -> str | None:
    """`pack.entity` as the class says it; None for what is no entity."""
    spec = vars(cls).get("__entity__")
    return None if spec is None else f"{pack}.{spec.name}"


def _summary(cls: type) -> str:
    """The first line of the class's own docstring."""
    return docstring(cls).partition("\n")[0]


def _parameters(cls: type) -> list[dict[str, Any]]:
    """Name, and default where there is one that JSON can hold, of each parameter of the constructor."""
    found = []
    for parameter in inspect.signature(cls).parameters.values():
        default = parameter.default
        entry: dict[str, Any] = {"name": parameter.name, "required": default is parameter.empty}
        if isinstance(default, (str, int, float, bool, type(None))):
            entry["default"] = default
        found.append(entry)
    return found


def _written(parameter: Mapping[str, Any]) -> str:
    if parameter["required"] or parameter.get("default", ...) is None:
        return str(parameter["name"])
    return f"{parameter['name']}={parameter['default']!r}" if "default" in parameter else f"{parameter['name']}=…"
