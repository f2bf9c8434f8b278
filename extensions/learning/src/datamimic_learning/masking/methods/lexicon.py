"""Originals that may stand in running text: their words, as keyed digests, so that membership of a whole batch of texts is
asked at once and no text of an original is held."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray

from datamimic_learning.masking.methods.digests import digests

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f\u1ab0-\u1aff"
)
"""Signs that stand on letters, and scripts with vowels that are no letters of their own."""
WORD: Final = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_PLAIN_WORD: Final = re.compile(r"[^\W_]+")
_SEPARATOR: Final = "\x1f"
_MOST_WORDS: Final = 8
SHORTEST: Final = 3
"""Letters and digits of an original that is looked for."""


_LEAST_COMPACT: Final = 8
_MOST_GROUPS: Final = 10
_DIGIT: Final = re.compile(r"\d")
_GROUP: Final = re.compile(r"[a-z]{0,4}\d+[a-z]{0,4}|[a-z]{2,4}")


def compact_of(text: str) -> str:
    """Letters and digits alone, in small letters: what a number is however it is grouped."""
    return words_of(text).replace(_SEPARATOR, "")


def _grouped(compact: str) -> bool:
    return len(compact) >= _LEAST_COMPACT and any(each.isdigit() for each in compact)


def words_of(text: str) -> str:
    """The words of a text in small letters, however they are separated."""
    if text.isascii():
        return _SEPARATOR.join(_PLAIN_WORD.findall(text.casefold()))
    return _SEPARATOR.join(map(_folded, WORD.findall(text)))


def _word_of(text: str) -> re.Pattern[str]:
    """Texts without such signs are read faster."""
    return _PLAIN_WORD if text.isascii() else WORD


def _folded(word: str) -> str:
    """In small letters, a letter and its accent being one sign or two."""
    folded = word.casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def plain_of(text: str) -> tuple[str, ...]:
    """A name as log-ins, codes and machine-readable documents write it, in the letters from a to z: `Müller` as `Mueller` and
    `Muller`. None where it is written so, or in other scripts."""
    if text.isascii():
        return ()
    folded = text.casefold()
    written = (folded.translate(_AS_TWO), folded.translate(_AS_ONE))
    plain = (unicodedata.normalize("NFKD", each) for each in written)
    made = dict.fromkeys("".join(sign for sign in each if not unicodedata.combining(sign)) for each in plain)
    return tuple(each for each in made if each.isascii())


_AS_TWO: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe",
                                "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i"})  # fmt: skip
_AS_ONE: Final = str.maketrans({"ß": "ss", "ø": "o", "å": "a", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ł": "l",
                                "ı": "i"})  # fmt: skip


@define(eq=False)
class Lexicon:
    """`source` numbers are of whoever asks: from which column an original is."""

    key: bytes = field(repr=False)
    _added: list[tuple[Words, Ints]] = field(factory=list, repr=False)
    _begun: list[tuple[Words, Ints]] = field(factory=list, repr=False)
    _whole: tuple[Words, Ints] | None = None
    _first: tuple[Words, Ints] | None = None

    def add(self, texts: Sequence[str], source: int) -> None:
        """Originals of a column, each once or more."""
        known = dict.fromkeys(words_of(each) for each in dict.fromkeys(texts))
        kept = [
            each
            for each in known
            if len(each.replace(_SEPARATOR, "")) >= SHORTEST and each.count(_SEPARATOR) < _MOST_WORDS
        ]
        if not kept:
            return
        kept += [
            each
            for each in dict.fromkeys(each.replace(_SEPARATOR, "") for each in kept)
            if _grouped(each) and each not in known
        ]
        first = [each.partition(_SEPARATOR)[0] for each in kept]
        counts = np.array([each.count(_SEPARATOR) + 1 for each in kept], np.int64)
        self._added.append((self._digests(kept), np.full(len(kept), source, np.int64)))
        self._begun.append((self._digests(first), counts))
        self._whole = self._first = None
        if len(self._added) > 64:
            self._settle()

    def find(self, texts: Sequence[str]) -> list[list[tuple[int, int, int, str]]]:
        """For each text where originals stand: start, end, source and the words; of several at a place the longest."""
        self._settle()
        assert self._whole is not None and self._first is not None
        tokens = [[(match.start(), match.end()) for match in _word_of(each).finditer(each)] for each in texts]
        folded = [
            [each[start:end].casefold() for start, end in places]
            if each.isascii()
            else [_folded(each[start:end]) for start, end in places]
            for each, places in zip(texts, tokens, strict=True)
        ]
        vocabulary = list(dict.fromkeys(word for each in folded for word in each))
        if not vocabulary or not len(self._first[0]):
            return [[] for _ in texts]
        longest = dict(zip(vocabulary, _found(self._first, self._digests(vocabulary), 0).tolist(), strict=True))
        numeric = {word for word in vocabulary if _DIGIT.search(word)}
        grouped = [
            {at: found for at, word in enumerate(words) if word in numeric and (found := _groups(words, at))}
            for words in folded
        ]
        candidates: dict[str, None] = {}
        for words, groups in zip(folded, grouped, strict=True):
            for at, word in enumerate(words):
                for count in range(1, min(longest[word], len(words) - at) + 1):
                    candidates[_SEPARATOR.join(words[at : at + count])] = None
            for each in groups.values():
                candidates.update((compact, None) for compact, _ in each)
        if not candidates:
            return [[] for _ in texts]
        sources = _found(self._whole, self._digests(list(candidates)), -1).tolist()
        known = dict(zip(candidates, sources, strict=True))
        return [
            self._of(text, places, words, groups, longest, known)
            for text, places, words, groups in zip(texts, tokens, folded, grouped, strict=True)
        ]

    def _of(
        self,
        text: str,
        places: list[tuple[int, int]],
        words: list[str],
        groups: dict[int, list[tuple[str, int]]],
        longest: dict[str, int],
        known: dict[str, int],
    ) -> list[tuple[int, int, int, str]]:
        found = []
        at = 0
        while at < len(words):
            for count in range(min(longest[words[at]], len(words) - at), 0, -1):
                joined = _SEPARATOR.join(words[at : at + count])
                source = known.get(joined, -1)
                start, end = places[at][0], places[at + count - 1][1]
                # One word in small letters is a word of the language before it is somebody's name; not within a code.
                alone = count == 1 and joined.isalpha() and text[start:end].islower()
                if source >= 0 and not (alone and not _in_a_code(text, start, end)):
                    found.append((start, end, source, joined))
                    at += count
                    break
            else:
                grouped = [(each, count) for each, count in groups.get(at, ()) if known.get(each, -1) >= 0]
                if grouped:
                    joined, count = grouped[-1]
                    found.append((places[at][0], places[at + count - 1][1], known[joined], joined))
                    at += count
                else:
                    at += 1
        return found

    def _digests(self, texts: Sequence[str]) -> Words:
        found: Words = digests(self.key, pa.array(texts, pa.string()))[:, 0]
        return found

    def _settle(self) -> None:
        if self._whole is not None:
            return
        empty = (np.zeros(0, np.uint64), np.zeros(0, np.int64))
        self._whole = _least([empty, *self._added])
        words, counts = _least([(each, -counts) for each, counts in [empty, *self._begun]])
        self._first = (words, -counts)
        self._added, self._begun = [self._whole], [self._first]


def _in_a_code(text: str, start: int, end: int) -> bool:
    """Whether a word is joined to what is beside it, as in `anna_schmidt_71`."""
    return text[start - 1 : start] in _JOINS or text[end : end + 1] in _JOINS


_JOINS: Final = ("_", "@")


def _least(parts: Sequence[tuple[Words, Ints]]) -> tuple[Words, Ints]:
    """Every word once, with the least of its numbers, in the order of the words."""
    words = np.concatenate([each for each, _ in parts])
    numbers = np.concatenate([each for _, each in parts])
    order = np.lexsort((numbers, words))
    distinct, first = np.unique(words[order], return_index=True)
    return distinct, numbers[order][first]


def _found(table: tuple[Words, Ints], words: Words, otherwise: int) -> Ints:
    known, numbers = table
    if not len(known):
        return np.full(len(words), otherwise, np.int64)
    at = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.where(known[at] == words, numbers[at], otherwise)


def _groups(words: list[str], at: int) -> list[tuple[str, int]]:
    """Numbers in groups that begin with the number here, without what is between the groups, and how many groups each has."""
    found, compact = [], words[at]
    for count in range(2, min(_MOST_GROUPS, len(words) - at) + 1):
        group = words[at + count - 1]
        if not _GROUP.fullmatch(group):
            break
        compact += group
        if len(compact) >= _LEAST_COMPACT:
            found.append((compact, count))
    return found


def texts_in(values: pa.Array) -> list[str]:
    """The distinct texts of a column."""
    return [each for each in pc.unique(values).to_pylist() if each is not None]
