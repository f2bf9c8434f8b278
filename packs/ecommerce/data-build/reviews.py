"""Titles and sentences of reviews that agree with their stars, in five languages.

Writes review_phrases_<CC>: part (title, opening, detail), stars, phrase, weight. Written for this project; a phrase is
about the article or the service in general, so that it fits every category. Needs nothing but the standard library and
datamimic.
"""

from __future__ import annotations

from pathlib import Path

from assortment import COUNTRIES, LANGUAGE_OF, LANGUAGES, source, spelled

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"

_PHRASES = source("review_phrases.txt")


def write() -> None:
    phrases = [line.split("|") for line in _PHRASES.strip().splitlines()]
    for country in COUNTRIES:
        place = LANGUAGES.index(LANGUAGE_OF[country])
        write_table(
            DATA,
            "review_phrases",
            country,
            ["part", "stars", "phrase", "weight"],
            [(part, int(stars), spelled(texts.split("/")[place], country), 1) for stars, part, texts in phrases],
            source="datamimic",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/reviews.py: sentences written for this project, one meaning in five languages",
        )


if __name__ == "__main__":
    write()
