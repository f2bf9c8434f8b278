"""Text made of several columns: one behind the other, or one of them per row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns.text import Text
from datamimic.columns.vocabulary import Vocabulary


def concat_texts(texts: Sequence[Text]) -> Text:
    """One column of several, in order; coded when all are."""
    first = texts[0]
    if len(texts) == 1:
        return first
    coded = [part for part in texts if part.codes is not None and part.vocabulary is not None]
    if len(coded) < len(texts):
        return Text(None, None, pa.concat_arrays([part.arrow() for part in texts]))
    if all(part.vocabulary is first.vocabulary for part in coded):
        return Text(np.concatenate([part.codes for part in coded]), first.vocabulary)
    values: list[str] = []
    codes = []
    for part in coded:
        assert part.codes is not None and part.vocabulary is not None
        codes.append(np.where(part.codes >= 0, part.codes + len(values), -1))
        values.extend(part.vocabulary.values)
    return Text.coded(np.concatenate(codes), values)


def select(index: NDArray[Any], choices: Sequence[Text | str | None]) -> Text:
    """Per row the choice whose number `index` gives; None among the choices is null."""
    texts = [choice if isinstance(choice, Text) else Text.constant(choice, len(index)) for choice in choices]
    rows = np.asarray(index, dtype=np.int64)
    if all(text.is_coded for text in texts):
        return concat_texts(texts).take(rows * len(rows) + np.arange(len(rows)))
    # Of a plain column only what is chosen is worth its text.
    order = np.argsort(rows, kind="stable")
    ends = np.cumsum(np.bincount(rows, minlength=len(texts)))
    parts = [text.take(some).arrow() for text, some in zip(texts, np.split(order, ends[:-1]), strict=True) if len(some)]
    if not parts:
        return texts[0]
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Text(None, None, pa.concat_arrays(parts)).take(place)


def overlaid(text: Text, at: Ints, others: Text) -> Text:
    """The coded column `text` with `others`, one for each, in the rows `at`; all other rows stay as they are. The vocabulary is
    the same whichever rows there are."""
    codes, vocabulary = text.coding()
    other_codes, other_vocabulary = others.coding()
    whole, moved = _together(vocabulary, other_vocabulary)
    made = codes.copy()
    made[at] = moved[other_codes]
    return Text.coded(made, whole)


@lru_cache(maxsize=128)
def _together(first: Vocabulary, second: Vocabulary) -> tuple[Vocabulary, NDArray[np.int32]]:
    """A vocabulary with the values of both, each once, and the new code of each value of the second, of null at the end."""
    index = {value: code for code, value in reversed([*enumerate(first.values)])}
    size = len(first.values)
    added: list[str] = []
    moved = np.full(len(second.values) + 1, -1, dtype=np.int32)
    for code, value in enumerate(second.values):
        if value not in index:
            index[value] = size + len(added)
            added.append(value)
        moved[code] = index[value]
    return Vocabulary([*first.values, *added]), moved
