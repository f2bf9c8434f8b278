"""What stands behind the name of a part in a JSON text: the name is read as that of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import frozen

from datamimic import Registry
from datamimic_learning.finding.documents import leaves
from datamimic_learning.finding.headers import WEAK, read_header
from datamimic_learning.finding.terms import catalogue, identifies
from datamimic_learning.finding.text_numbers import Span
from datamimic_models.meanings.words import table_words

_PAIR: Final = re.compile(r'["”]([^"”\\\n]{2,40})["”]\s{0,3}:\s{0,3}["”]((?:[^"”\\\n]|\\.){2,200})["”]')
_LONGEST_NAME: Final = 40
_BORN: Final = "person.birth_date"
_LEAST_DIGITS: Final = 5
"""Of a number that stands for somebody."""
_OF_SOMEBODY: Final = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:[ \u00a0]+[\w'’.-]+){1,4}")
"""A name of several words that begins with a capital: `name` alone is also what goods are called by."""


@frozen
class Labels:
    """What names of parts mean, in terms of the meanings of the registry `packs`."""

    packs: Registry

    def spans(self, text: str) -> Iterator[Span]:
        """Values of parts whose name is one of what identifies somebody directly, or is a day of birth: start, end, meaning.
        What a part stands in says whose name `name` is: of a `customer`."""
        if '":' not in text and '" :' not in text and "”:" not in text:
            return
        parts = leaves(text)
        for leaf in parts:
            *outer, name = leaf.path.split(".")
            size = leaf.end - leaf.start
            if not 2 <= len(name) <= _LONGEST_NAME or not (2 <= size <= 200 if leaf.is_text else size >= _LEAST_DIGITS):
                continue
            yield from self._of(name, tuple(outer[-1:]), text, leaf.start, leaf.end, leaf.is_text)
        if not parts or "”" in text:
            for found in _PAIR.finditer(text):
                yield from self._of(found[1], (), text, *found.span(2), True)

    def _of(self, name: str, within: tuple[str, ...], text: str, start: int, end: int, is_text: bool) -> Iterator[Span]:
        meaning, sure = _meaning(self.packs, name, within)
        if meaning and (sure or (is_text and _OF_SOMEBODY.fullmatch(text, start, end))):
            yield start, end, meaning


@lru_cache(maxsize=4_096)
def _meaning(packs: Registry, name: str, within: tuple[str, ...]) -> tuple[str, bool]:
    """The likeliest meaning, empty where it identifies nobody by itself, and whether the name says more than `name`."""
    words = tuple(word for each in within for word in table_words(each))
    reads = read_header(name, words, catalogue(packs))
    if not reads or (identifies(reads[0].meaning) != "direct" and reads[0].meaning != _BORN):
        return "", False
    return reads[0].meaning, reads[0].score > WEAK
