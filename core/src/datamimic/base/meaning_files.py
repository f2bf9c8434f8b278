"""Meanings written as a file: TOML, one table per meaning, its keys the attributes of `Meaning`.

    ['person.given_name']
    summary = 'first given name'
    fields = ['common.person.given_name']
    names.en = 'first name; given name; forename'
    names.de = 'vorname; rufname'
    length = [2, 24]

Lists of texts may be written as one text with semicolons.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from datamimic.base.meaning import Meaning
from datamimic.errors import PackError, excerpt

_LISTS = frozenset({"fields", "favoured_by", "forbidden_by", "types", "values"})
_NAMES = frozenset({"names", "bare_names"})


def read_meanings(package: str | Path, file: str = "meanings.toml") -> tuple[Meaning, ...]:
    """The meanings of a TOML file in an importable package, or below the path of a folder.

    Raises `PackError` (`bad_hook`) for a file that cannot be read, naming the meaning and what is wrong with it.
    """
    import importlib_resources

    place = (package if isinstance(package, Path) else importlib_resources.files(package)).joinpath(file)
    try:
        parts = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise PackError("bad_hook", f"the meanings cannot be read: {failure}", file=str(place)) from failure
    return tuple(_meaning(name, said, str(place)) for name, said in parts.items())


def _meaning(name: str, said: Any, file: str) -> Meaning:
    try:
        if not isinstance(said, dict):
            raise TypeError("a table with its attributes is needed")
        return Meaning(name=name, **{key: _value(key, value) for key, value in said.items()})
    except (TypeError, ValueError) as failure:
        reason = str(failure.args[0]) if failure.args else type(failure).__name__
        raise PackError("bad_hook", f"the meaning {excerpt(name)} cannot be read: {reason}", file=file) from failure


def _value(key: str, value: Any) -> Any:
    if key in _NAMES and isinstance(value, dict):
        return {language: _list(words) for language, words in value.items()}
    return _list(value) if key in _LISTS else value


def _list(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value
