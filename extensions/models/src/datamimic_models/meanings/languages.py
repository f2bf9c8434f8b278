"""Which languages the names of columns are in, beside English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from datamimic_models.meanings.candidates import Candidate, candidates
from datamimic_models.meanings.catalogue import Catalogue
from datamimic_models.meanings.words import key, split, table_words

_SHORTEST_SURE: Final = 4
_LEAST: Final = 4
_SHARE: Final = 6


def told_by(read: Iterable[Candidate]) -> frozenset[str]:
    """The languages in which a column's name is one of the longer ones; none where it is English too."""
    strong = [each.name for each in read if not each.name.bare and len(key(split(each.name.text))) >= _SHORTEST_SURE]
    found = frozenset(language for name in strong for language in name.languages)
    return frozenset() if "en" in found else found


@lru_cache(maxsize=64)
def languages_of(named: tuple[tuple[str, tuple[str, ...]], ...], catalogue: Catalogue) -> frozenset[str]:
    """Those of a whole model, of which the names of tables and their columns are given: in which several of its names are, and
    no small share of them."""
    votes: Counter[str] = Counter()
    known = 0
    for table, columns in named:
        words = table_words(table)
        for column in columns:
            read = candidates(column, words, catalogue)
            known += bool(read)
            votes.update(told_by(read))
    return frozenset(each for each, count in votes.items() if count >= _LEAST and count * _SHARE >= known)
