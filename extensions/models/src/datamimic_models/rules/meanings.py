"""What a name means, by the catalogue of meanings that the packs bring: `first_name`, `vorname` and `person.given_name` are the
given name of a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from datamimic import Registry
from datamimic_models.rules.named import field_named
from datamimic_models.rules.rule import FieldOf

_PREFERRED: Final = ("person", "address", "company")
_LETTERS: Final = re.compile(r"[^a-z0-9]+")


def meant_by(name: str, packs: Registry) -> FieldOf | None:
    """The field of an entity that a name means: its path, a meaning, or a synonym of one. None for what means nothing."""
    if "." in name:
        found = field_named(name, packs)
        if found is not None:
            return found
    meaning = meaning_named(name, packs)
    return None if meaning is None else field_of_meaning(meaning, packs)


def meaning_named(name: str, packs: Registry) -> str | None:
    """The meaning that has this name, or this synonym; the path of a field with its pack, `common.person.email`, is none."""
    return None if name.count(".") > 1 and field_named(name, packs) else _catalogue(packs).get(folded(name))


def field_of_meaning(name: str, packs: Registry) -> FieldOf | None:
    """The first of a meaning's fields that there is."""
    meaning = packs.meanings().get(name)
    if meaning is None or meaning.part is not None:
        return None
    return next((found for each in meaning.fields if (found := field_named(each, packs)) is not None), None)


def names_of_meanings(packs: Registry) -> Iterable[str]:
    """As models write them: the English names of people and places before the meanings themselves."""
    return _written(packs)


@lru_cache(maxsize=8)
def _written(packs: Registry) -> tuple[str, ...]:
    meanings = {name: each for name, each in packs.meanings().items() if not each.is_subject}
    english = [
        text for each in meanings.values() for text in (*each.names.get("en", ()), *each.bare_names.get("en", ()))
    ]
    own = [name.partition(".")[2] or name for name in meanings]
    return tuple(dict.fromkeys([*(_LETTERS.sub("_", text.casefold()).strip("_") for text in english), *own]))


def folded(name: str) -> str:
    """Without case, accents and separators."""
    plain = name.casefold()
    if plain.isascii():
        if plain.isalnum():
            return plain
    else:
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _LETTERS.sub("", plain) if "." not in plain else plain


@lru_cache(maxsize=8)
def _catalogue(packs: Registry) -> Mapping[str, str]:
    """Every name of a meaning, folded, and the meaning: its own names first, English before others, people before things."""
    found: dict[str, str] = {}
    meanings = packs.meanings()
    order = sorted(
        (name for name in meanings if not meanings[name].is_subject),
        key=lambda name: (_rank(meanings[name].subject), name),
    )
    for name in order:
        found.setdefault(name, name)
        found.setdefault(folded(name.partition(".")[2]), name)
    others: list[tuple[str, str]] = []
    for name in order:
        meaning = meanings[name]
        for spoken, words in (*meaning.names.items(), *meaning.bare_names.items()):
            for each in words:
                if spoken == "en":
                    found.setdefault(folded(each), name)
                else:
                    others.append((each, name))
    for each, name in others:
        found.setdefault(folded(each), name)
    return found


def _rank(subject: str) -> int:
    return _PREFERRED.index(subject) if subject in _PREFERRED else len(_PREFERRED)
