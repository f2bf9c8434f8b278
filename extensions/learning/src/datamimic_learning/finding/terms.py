"""What columns can mean, and how each meaning identifies somebody."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Literal, get_args

from attrs import frozen
from importlib_resources import files

from datamimic import Registry
from datamimic.plugin import read_meanings
from datamimic_models.meanings.catalogue import Catalogue

Identifies = Literal["direct", "quasi", "sensitive", "none"]
_HERE = "datamimic_learning.finding"


def identifies(meaning: str) -> Identifies:
    """How values of a meaning identify somebody.

    >>> identifies("person.email"), identifies("person.birth_date"), identifies("product.ean")
    ('direct', 'quasi', 'none')
    """
    return _identifying().get(meaning, "none")


def kin_groups() -> tuple[frozenset[str], ...]:
    """Meanings that values hardly tell apart."""
    return tuple(frozenset(group.split()) for group in _said()["kin"])


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files(_HERE).joinpath("identifying.toml").read_text(encoding="utf-8"))


@cache
def _identifying() -> dict[str, Identifies]:
    return {meaning: how for how in get_args(Identifies) for meaning in _said().get(how, "").split()}


def catalogue(packs: Registry) -> Catalogue:
    """The meanings of the packs and our own, by the names that columns have; made once per registry."""
    return packs.remembered.get("meanings for finding", lambda: _catalogue(packs))


def _catalogue(packs: Registry) -> Catalogue:
    found = dict(packs.meanings())
    for mine in read_meanings(_HERE):
        found[mine.name] = found[mine.name].joined(mine) if mine.name in found else mine
    return Catalogue(found)


@frozen
class Read:
    """What the name of a column says: the meaning, how sure (0 to 1), and the words that say it."""

    meaning: str
    score: float
    words: str
