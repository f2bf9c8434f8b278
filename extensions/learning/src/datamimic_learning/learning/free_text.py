"""Free text, learned as words that follow each other: none that too few rows have, and nothing that is somebody's."""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns import Bools, Ints
from datamimic_learning.learning.counting import Counting

_KEPT: Final = 0.5
"""So many of the words have to be told, and that many rows have to have one, that a text is learned by words."""
_MOST_LINES: Final = 40_000
_LONGEST: Final = 60
_MOST_WORDS: Final = 200
_REPEATED: Final = 0.01
"""Of so many texts each may be one of the sample at most that few rows have."""
_TRIED: Final = 1_000
_TRIED_WORDS: Final = 12
_SIGN: Final = re.compile(r"\\(.)", re.DOTALL)
_AROUND: Final = re.compile(r"^\W+|\W+$")


@frozen(eq=False)
class FreeText:
    """`lines` of the table of words that the rule `sentence` takes, the header first; `counts` of the words of each row."""

    lines: list[tuple[str, str, str]]
    counts: pa.Array


def free_text(column: pa.Array, counting: Counting) -> FreeText | None:
    """The words of a column of texts; None where hardly any of them may be told."""
    split = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(column))
    rows = pc.list_parent_indices(split).to_numpy(zero_copy_only=False).astype(np.int64)
    found = pc.list_flatten(split).dictionary_encode()
    blank = pc.equal(pc.utf8_length(found.dictionary), 0).to_numpy(zero_copy_only=False)
    codes = found.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    there = ~blank[codes] if len(codes) else np.zeros(0, dtype=np.bool_)
    rows, codes = rows[there], codes[there]
    counts = np.minimum(np.bincount(rows, minlength=len(column)), _MOST_WORDS)
    if not len(codes):
        return None
    words, told = _told(found.dictionary.to_pylist(), rows, codes, counting)
    kept = told[codes] >= 0
    rows_with = len(np.unique(rows[kept]))
    if kept.mean() < _KEPT or rows_with < _KEPT * (len(column) - column.null_count):
        return None
    texts, own = column.drop_null().to_pylist(), {*counting.values(column)[0].to_pylist()}
    few = [each for each in texts if each not in own]
    rare = {*few}
    # Where few texts are to be had at all, the sample itself has some of them twice.
    most = max(_REPEATED, 2 * (1 - len(rare) / max(len(few), 1)))
    for longer in (False, True):
        shown = [_longer(each) for each in words] if longer else words
        lines = _lines(shown, rows[kept], told[codes[kept]], counting)
        if _repeated(lines, counts, rare) <= most:
            missing = column.is_null().to_numpy(zero_copy_only=False)
            return FreeText(lines, pa.array(counts.astype(np.int64), mask=missing))
    return None


def _longer(cell: str) -> str:
    """With a digit more in its first number: of this length so many are there that others would often be one of them."""
    return cell.replace(r"\d", r"\d\d", 1)


def _repeated(lines: list[tuple[str, str, str]], counts: Ints, rare: Collection[str]) -> float:
    """Of how many texts out of the lines each is one that few rows have, as a trial shows."""
    draw = random.Random(_TRIED)
    after: dict[str, tuple[list[str], list[int]]] = {}
    for state, word, often in lines[1:]:
        words, weights = after.setdefault(state, ([], []))
        words.append(word)
        weights.append((weights[-1] if weights else 0) + int(often))

    def following(state: str) -> str:
        words, weights = after.get(state) or after["*"]
        return draw.choices(words, cum_weights=weights)[0]

    found = 0
    for many in draw.choices(counts[counts > 0].tolist(), k=_TRIED):
        made, state = [], ""
        for _ in range(min(many, _TRIED_WORDS)):
            state = following(state) or following("")
            state = following("*") if state == "*" else state
            made.append(_SIGN.sub(lambda sign: draw.choice("0123456789") if sign[1] == "d" else sign[1], state))
        found += " ".join(made) in rare
    return found / _TRIED


def _told(words: list[str], rows: Ints, codes: Ints, counting: Counting) -> tuple[list[str], Ints]:
    """The words that may be told, as the table has them, and the number of the one that each word of the texts is told as:
    itself; a number by its form; one that is rare as it is, by a frequent one that differs by signs around it; else -1."""
    made = np.full(len(words), -1, dtype=np.int64)
    cells: dict[str, int] = {}
    short = np.array([len(each) <= _LONGEST for each in words])
    own = short & (_rows_with(rows, codes, len(words)) >= counting.least)
    for place in np.flatnonzero(own).tolist():
        made[place] = cells.setdefault(_escaped(words[place]), len(cells))
    forms: dict[str, int] = {}
    form_of = np.array(
        [-1 if own[at] or not short[at] else _numbered(each, forms) for at, each in enumerate(words)], dtype=np.int64
    )
    digits = form_of[codes] >= 0
    often = _rows_with(rows[digits], form_of[codes[digits]], len(forms)) >= counting.least
    by_form = {place: cells.setdefault(form, len(cells)) for form, place in forms.items() if often[place]}
    bare = {_bare(words[place]): made[place] for place in np.flatnonzero(own).tolist()[::-1]}
    for at in np.flatnonzero(made < 0).tolist():
        made[at] = by_form.get(int(form_of[at]), bare.get(_bare(words[at]), -1) if short[at] else -1)
    return [*cells], made


def _numbered(text: str, forms: dict[str, int]) -> int:
    form = re.sub(r"\d", r"\\d", _escaped(text))
    return forms.setdefault(form, len(forms)) if any(each.isdigit() for each in text) else -1


def _escaped(word: str) -> str:
    return re.sub(r"([\\*])", r"\\\1", word)


def _bare(word: str) -> str:
    return _AROUND.sub("", word).casefold()


def _rows_with(rows: Ints, codes: Ints, size: int) -> Ints:
    """How many rows have each of the codes."""
    pairs = np.unique(rows * max(size, 1) + codes) if len(codes) else codes
    return np.bincount(pairs % max(size, 1), minlength=size)


def _lines(words: list[str], rows: Ints, codes: Ints, counting: Counting) -> list[tuple[str, str, str]]:
    """What follows what in enough rows; the rest is any word."""
    count = len(words)
    starts: Bools = np.concatenate(([True], rows[1:] != rows[:-1]))
    ends: Bools = np.concatenate((starts[1:], [True]))
    before = np.where(starts, count, np.concatenate(([count], codes[:-1])))
    # The number of words is the beginning as what is before, and the end as what is after.
    state = np.concatenate((before, codes[ends]))
    after = np.concatenate((codes, np.full(int(ends.sum()), count)))
    of_row = np.concatenate((rows, rows[ends]))
    pairs, place, often = np.unique(state * (count + 1) + after, return_inverse=True, return_counts=True)
    told = _rows_with(of_row, place, len(pairs)) >= counting.least
    if told.sum() > _MOST_LINES:
        told &= often >= np.sort(often[told])[-_MOST_LINES]
    all_of = np.bincount(state, minlength=count + 1)
    known = np.bincount(pairs[told] // (count + 1), weights=often[told], minlength=count + 1).astype(np.int64)
    shown = [*words, ""]
    lines = [
        (shown[pair // (count + 1)], shown[pair % (count + 1)], str(many))
        for pair, many in zip(pairs[told].tolist(), often[told].tolist(), strict=True)
    ]
    lines += [
        (shown[at], "*", str(all_of[at] - known[at]))
        for at in range(count + 1)
        if all_of[at] > known[at] and (known[at] or at == count)
    ]
    every = np.bincount(codes, minlength=count)
    return [("before", "word", "weight"), *lines, *(("*", words[at], str(every[at])) for at in np.flatnonzero(every))]
