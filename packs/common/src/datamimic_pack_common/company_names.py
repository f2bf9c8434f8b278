"""Names of companies, put together from invented stems and trade words, and the domains that go with them."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Ints, join, select
from datamimic_pack_common.templates import fill


def stem_rows(draw: Draw, data: Data, label: str = "") -> tuple[Ints, Ints]:
    """Rows of `company_starts` and `company_ends`."""
    return (
        draw.pick(data["common.company_starts"], label=f"{label}start"),
        draw.pick(data["common.company_ends"], label=f"{label}end"),
    )


def stem(start: Ints, end: Ints, data: Data, middle: Ints | None = None) -> Text:
    """The invented word, in the script of the country."""
    return _stem("text", start, middle, end, data)


def latin_stem(start: Ints, end: Ints, data: Data, middle: Ints | None = None) -> Text:
    """The same in lower-case ASCII letters: what a domain is made of."""
    return _stem("roman", start, middle, end, data)


def _stem(column: str, start: Ints, middle: Ints | None, end: Ints, data: Data) -> Text:
    first, last = data["common.company_starts"][column].take(start), data["common.company_ends"][column].take(end)
    return (
        join(first, last) if middle is None else join(first, data["common.company_middles"][column].take(middle), last)
    )


def named(draw: Draw, data: Data, stem: Text, section: Text | None = None, label: str = "") -> Text:
    """The name without its legal form: the stem with a trade word, of the section of ISIC where one is given."""
    words: Table = data["common.company_words"]
    if section is None:
        word = words["word"].take(draw.pick(words, label=f"{label}word"))
    else:
        word = words["word"].take(draw.pick(words.by("section"), section, label=f"{label}word"))
    patterns: Table = data["common.company_name_patterns"]
    chosen = draw.pick(patterns, label=f"{label}pattern")
    return written(patterns.columns["pattern"], chosen, {"stem": stem, "word": word})


def written(patterns: tuple[str, ...], chosen: Ints, parts: dict[str, Text]) -> Text:
    """Each row through the pattern of its number; `{name}` in a pattern stands for the part of that name."""
    distinct = [*dict.fromkeys(patterns)]
    number = np.array([distinct.index(pattern) for pattern in patterns], dtype=np.int64)
    return select(
        number[chosen],
        [
            fill(pattern, parts.__getitem__) if "{" in pattern else Text.constant(pattern, len(chosen))
            for pattern in distinct
        ],
    )
