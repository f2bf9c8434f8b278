"""`dm list-meanings`."""

from __future__ import annotations

from typing import Any

import attrs
import click

from datamimic.cli.listing import json_option, print_json, print_table
from datamimic.plugin import Meaning
from datamimic.plugins.meanings import Meanings
from datamimic.plugins.registry import installed_packs


@click.command("list-meanings", short_help="List what columns of your own tables can mean.")
@click.argument("words", nargs=-1)
@json_option
def list_meanings(words: tuple[str, ...], as_json: bool) -> None:
    """List what columns and tables of your own can mean, with the fields that they are made of and names that they have.

    With WORDS, only those that have them all in their names: `dm list-meanings vorname`.
    """
    meanings = installed_packs().meanings()
    chosen = [meaning for meaning in meanings.values() if _has(meaning, words)]
    if as_json:
        print_json([_record(meaning, meanings) for meaning in chosen])
    elif chosen:
        columns = {"name": "MEANING", "field": "MADE OF", "names": "NAMES"}
        print_table([_line(meaning) for meaning in chosen], columns, spare=("names",), one_line=True)
    elif words and len(meanings):
        click.echo("Nothing has such a name. `dm list-meanings` lists all.")
    else:
        click.echo("Nothing is installed that brings meanings. Try: pip install datamimic-pack-common")
    for pack, error in meanings.errors.items():
        click.echo(f"warning: the meanings of {pack} cannot be used: {error.message}", err=True)


def _has(meaning: Meaning, words: tuple[str, ...]) -> bool:
    text = " ".join([meaning.name, *_names(meaning)]).casefold()
    return all(word.casefold() in text for word in words)


def _names(meaning: Meaning) -> list[str]:
    """In every language, once."""
    groups = (meaning.names, meaning.bare_names)
    return list(dict.fromkeys(name for group in groups for names in group.values() for name in names))


def _line(meaning: Meaning) -> dict[str, Any]:
    return {
        "name": meaning.name,
        "field": next(iter(meaning.fields), None),
        "names": ", ".join(_names(meaning)[:6]),
    }


def _record(meaning: Meaning, meanings: Meanings) -> dict[str, Any]:
    said = attrs.asdict(meaning, recurse=False)
    for key in ("names", "bare_names"):
        said[key] = {language: list(names) for language, names in said[key].items()}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}
    return plain | {"holds": dict(meaning.holds), "packs": list(meanings.packs[meaning.name])}
