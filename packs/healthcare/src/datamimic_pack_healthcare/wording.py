"""Words of the country: what the tables call things in English, in its language, and sentences that are made of facts.

The tables `clinical_terms` and `clinical_sentences` hold both; a world in English has them too.
"""

from __future__ import annotations

from functools import lru_cache
from string import Formatter

from datamimic import Data, Lists, Table, Text
from datamimic.columns import join
from datamimic_pack_healthcare.clinical.bits import text_of

TERMS, SENTENCES = "clinical_terms", "clinical_sentences"


class Words:
    """A dictionary as a function; what it does not hold stays as it is."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words

    def __call__(self, word: str) -> str:
        return self._words.get(word, word)

    def each(self, text: str) -> str:
        """Every word of a text by itself."""
        return " ".join(map(self, text.split(" ")))


@lru_cache(maxsize=512)
def words_of(table: Table, kind: str, come: str = "english", go: str = "term") -> Words:
    """From one column of the terms of a kind to another."""
    rows = zip(table.columns["kind"], table.columns[come], table.columns[go], strict=True)
    return Words({word: other for found, word, other in rows if found == kind})


def named(kind: str, english: Text, data: Data) -> Text:
    """The English words of a kind in the country's language."""
    return english.map(words_of(data[TERMS], kind))


def each_word_named(kind: str, english: Text, data: Data) -> Text:
    """Texts such as doses, whose words of the kind are put in the country's language, one by one."""
    return english.map(words_of(data[TERMS], kind).each)


def english_of(kind: str, own: Text, data: Data) -> Text:
    """The English words for those of the country; words that it does not know stay, so that a check can find them."""
    return own.map(words_of(data[TERMS], kind, "term", "english"))


def all_named(kind: str, english: Lists, data: Data) -> Lists:
    """Lists of English words in the country's language."""
    return Lists(english.lengths, named(kind, text_of(english), data))


def condition_named(english: Text, data: Data) -> Text:
    """Conditions in the country's language; null stays."""
    return english.map(conditions_of(data["condition_names"]))


@lru_cache(maxsize=16)
def conditions_of(table: Table) -> Words:
    return Words(dict(zip(table.columns["condition"], table.columns["name"], strict=True)))


def pattern(sentences: Table, key: str, english: bool = False) -> str:
    """The sentence of a key, with the names of its facts in braces: in the country's language, or in English."""
    return sentences.columns["english" if english else "text"][sentences.position("sentence", key)]


def sentence(key: str, data: Data, /, **facts: Text) -> Text:
    """The sentence of a key, in the country's language, with the facts of every row."""
    parts: list[Text | str] = []
    for text, name, _, _ in Formatter().parse(pattern(data[SENTENCES], key)):
        parts += [text] if text else []
        parts += [facts[name]] if name else []
    return join(*parts)
