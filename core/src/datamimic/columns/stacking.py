"""Text made of several columns: one behind the other, or one of them per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.columns.text import Text


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
    stacked = concat_texts(texts)
    return stacked.take(np.asarray(index, dtype=np.int64) * len(index) + np.arange(len(index)))
