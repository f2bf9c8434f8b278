"""Titles and sentences of reviews that agree with their stars, in five languages.

Writes review_phrases_<CC>: part, stars, about, phrase, weight. Written for this project. Parts are title, opening and
detail, which fit every article; brand and color, which name it ({}); and event, which is `about` what happened: why the
article came back, or how the parcel came. A phrase of an event that nobody writes with so many stars is empty. Needs nothing but the standard library and
datamimic.
"""

from __future__ import annotations

from pathlib import Path

from assortment import COUNTRIES, LANGUAGE_OF, LANGUAGES, source, spelled

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"

PHRASES = [line.split("|") for line in source("review_phrases.txt").strip().splitlines()]
EVENTS = ("fit", "damaged", "described", "mind", "wrong", "late", "fast", "in time")


def phrases(country: str) -> list[tuple[str, int, str, str, int]]:
    place = LANGUAGES.index(LANGUAGE_OF[country])
    rows = [
        (part, int(stars), about, spelled(texts.split("/")[place], country), 1) for stars, part, about, texts in PHRASES
    ]
    written = {(stars, about) for _, stars, about, _, _ in rows}
    rows += [("event", stars, event, "", 1) for stars in range(1, 6) for event in EVENTS if (stars, event) not in written]
    return rows


def write() -> None:
    for country in COUNTRIES:
        write_table(
            DATA,
            "review_phrases",
            country,
            ["part", "stars", "about", "phrase", "weight"],
            phrases(country),
            source="datamimic",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/reviews.py: sentences written for this project, one meaning in five languages",
        )


if __name__ == "__main__":
    write()
