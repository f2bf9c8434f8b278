"""Texts of a case: of its choices or patterns, or words as long as is asked."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from datamimic import Draw
from datamimic_models.model.invented import WORDS
from datamimic_models.solving.holding import allowed
from datamimic_models.solving.made import Made, Objects, empty
from datamimic_models.solving.shapes import drawn_texts, shape_of, wider_shape_of
from datamimic_models.solving.values import Values

TRIES: Final = 40
_FEW: Final = 3
"""Texts of a pattern in which anything may be nothing are not worth having where they are fewer: `https://`."""


def texts_for(values: Values, proposal: Made | None, draw: Draw) -> Objects:
    rows = len(draw)
    if values.choices is not None:
        listed = np.array(values.choices, dtype=object)
        found = listed[draw.integers(0, len(listed) - 1, "choice")]
    else:
        found = _free(values, proposal, draw)
    if proposal is not None:
        data = np.array(proposal.values, dtype=object)
        keep = allowed(values, data, False) & ~proposal.null
        found = np.where(keep, data, found)
    result: Objects = found if len(found) == rows else empty(rows, ticks=False)
    return result


def _free(values: Values, proposal: Made | None, draw: Draw) -> Objects:
    """Texts of a pattern, or of words, that fit."""
    rows = len(draw)
    found = empty(rows, ticks=False)
    left = np.arange(rows)
    shape = shape_of(values, plain=True)
    if shape is not None and shape.size < _FEW:
        shape = shape_of(values) or shape
        shape = shape if shape.size >= _FEW else wider_shape_of(values) or shape
    for attempt in range(TRIES):
        tried: Objects
        if shape is not None:
            tried = drawn_texts(shape, Draw(draw.address.labelled(f"text{attempt}"), draw.rows[left]))
        else:
            bits = draw.take(left).bits(f"text{attempt}")
            tried = made_texts(values, bits, proposal.take(left) if proposal is not None and attempt == 0 else None)
        found[left] = tried
        good = allowed(values, tried, False)
        left = left[~good]
        if not len(left):
            break
    return found


def made_texts(values: Values, bits: Any, proposal: Made | None = None) -> Objects:
    """One text per 64 bits: what is proposed, as far as it fits, else words of the length."""
    numbers = (bits >> np.uint64(2)).astype(np.int64)
    if proposal is not None:
        texts = [_fitted(str(text), values) for text in proposal.values]
    else:
        texts = [_fitted(words(int(number), values), values) for number in numbers]
    return np.array(texts, dtype=object)


def _fitted(text: str, values: Values) -> str:
    if values.case is not None:
        text = text.lower() if values.case == "lower" else text.upper()
    if values.longest is not None and len(text) > values.longest:
        text = text[: values.longest].rstrip() or text[: values.longest]
    return text


def words(number: int, values: Values) -> str:
    """A few words, as many as there is room for; letters and digits where there is no room for a word."""
    longest = 40 if values.longest is None else values.longest
    if longest < 4:
        text = ""
        while len(text) < max(1, longest):
            number, rest = divmod(number, 26)
            text += chr(65 + rest)
        return text[:longest]
    text = ""
    for _ in range(3 if longest >= 12 else 1):
        number, rest = divmod(number, len(WORDS))
        word = WORDS[rest]
        if len(text) + len(word) + 1 > longest and text:
            break
        text = f"{text} {word}" if text else word.capitalize()
    while len(text) < values.shortest:
        number, rest = divmod(number + len(text), len(WORDS))
        text = f"{text} {WORDS[rest]}"
    return text
