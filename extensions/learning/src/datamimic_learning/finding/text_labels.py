"""What stands behind the name of a part in a JSON text: the name is read as that of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import frozen

from datamimic import Registry
from datamimic_learning.finding.headers import WEAK, read_header
from datamimic_learning.finding.terms import catalogue, identifies
from datamimic_learning.finding.text_numbers import Span

_PAIR: Final = re.compile(r'"([^"\\\n]{2,40})"\s{0,3}:\s{0,3}"((?:[^"\\\n]|\\.){2,200})"')
_OF_SOMEBODY: Final = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:[ \u00a0]+[\w'’.-]+){1,4}")
"""A name of several words that begins with a capital: `name` alone is also what goods are called by."""


@frozen
class Labels:
    """What names of parts mean, in terms of the meanings of the registry `packs`."""

    packs: Registry

    def spans(self, text: str) -> Iterator[Span]:
        """Values of parts whose name is one of what identifies somebody directly: start, end, meaning."""
        if '":' not in text and '" :' not in text:
            return
        for found in _PAIR.finditer(text):
            meaning, sure = _meaning(self.packs, found[1])
            if meaning and (sure or _OF_SOMEBODY.fullmatch(found[2])):
                yield found.start(2), found.end(2), meaning


@lru_cache(maxsize=4_096)
def _meaning(packs: Registry, name: str) -> tuple[str, bool]:
    """The likeliest meaning, empty where it identifies nobody directly, and whether the name says more than `name`."""
    reads = read_header(name, (), catalogue(packs))
    if not reads or identifies(reads[0].meaning) != "direct":
        return "", False
    return reads[0].meaning, reads[0].score > WEAK
