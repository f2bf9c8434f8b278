"""Words that mean nothing, `stelo`, `bramu`: of texts of which nothing is said and whose name means nothing."""

from __future__ import annotations

from typing import Final

_ONSETS: Final = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st")
_INNER: Final = _ONSETS[:14]
_VOWELS: Final = ("a", "e", "i", "o", "u")
WORDS: Final = tuple(a + v + b + w for a in _ONSETS for v in _VOWELS for b in _INNER for w in _VOWELS)
"""Of four or five letters."""
SHORT: Final = (*_VOWELS, *(a + v for a in _INNER for v in _VOWELS))
"""Of one or two."""
