"""Names of columns and tables, split into words that can be compared in any language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from attrs import frozen
from importlib_resources import files

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "đ": "d", "Đ": "D"}
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PLURALS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("xes", "x"),
    ("es", "e"),
    ("s", ""),
    ("es", ""),
    ("en", ""),
    ("n", ""),
    ("e", ""),
)
_SHORTEST_STEM = 3
_SHORTEST_LEFT = 3


@lru_cache(maxsize=65_536)
def split(name: str) -> tuple[str, ...]:
    """`customerFirst_name2` -> customer, first, name, 2: lower case, without accents."""
    text = plain(name)
    words = text.split()
    if text.islower() and text.isascii() and "".join(words).isalpha():  # as nearly all names of meanings are written
        return tuple(words)
    return tuple([word.lower() for word in _WORD.findall(text)])


def plain(text: str) -> str:
    """Letters without accents: `Straße` -> `Strasse`, `Größe` -> `Groesse`, `téléphone` -> `telephone`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_UMLAUTS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def key(words: tuple[str, ...]) -> str:
    """What names of the same words have in common, however they are separated, and whatever small words are between."""
    return "".join(telling(words))


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without small ones; all of them where next to nothing would be left, as of `du no`, which is no French `du`."""
    small = small_words()
    if small.isdisjoint(words):
        return words
    left = tuple([word for word in words if word not in small])
    return left if sum(map(len, left)) >= _SHORTEST_LEFT else words


def singulars(word: str) -> Iterator[str]:
    """The word, and what it can be the plural of, in the languages that we read."""
    yield word
    for ending, instead in _PLURALS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem + instead


@frozen
class Vocabulary:
    """Words that say nothing of a value: of groups (word -> group), and those that add nothing, of columns and of tables. Of
    the groups, those that are `people`, those that `may_be_people`, and `places` where the same person is. Names
    in `beside` mean a part of a thing only where another part of it stands beside them."""

    groups: dict[str, str]
    people: frozenset[str]
    may_be_people: frozenset[str]
    places: frozenset[str]
    nothing: frozenset[str]
    of_tables: frozenset[str]
    keeps: frozenset[str]
    beside: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    said = _said()
    return Vocabulary(
        {"".join(split(word)): group for group, words in said["groups"].items() for word in _listed(words)},
        frozenset(_listed(said["people"]["only"])),
        frozenset(_listed(said["people"]["also"])),
        frozenset(_listed(said["people"]["places"])),
        frozenset("".join(split(word)) for word in _listed(said["nothing"]["words"])),
        frozenset(_listed(said["tables"]["words"])),
        frozenset(_listed(said["keeps"]["words"])),
        frozenset(_listed(said["beside"]["words"])),
    )


@cache
def small_words() -> frozenset[str]:
    return frozenset(_listed(_said()["small"]["words"]))


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files("datamimic_models.meanings").joinpath("words.toml").read_text(encoding="utf-8"))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(";")]


def table_words(name: str) -> tuple[str, ...]:
    """The words of a table's name without those that say that it is a table."""
    words = list(split(name.rpartition(".")[2]))
    while len(words) > 1 and words[0] in vocabulary().of_tables:
        words.pop(0)
    while len(words) > 1 and (words[-1] in vocabulary().of_tables or words[-1].isdigit()):
        words.pop()
    return tuple(words)
