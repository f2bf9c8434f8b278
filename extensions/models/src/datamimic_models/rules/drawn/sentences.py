"""The rule for free text: words that follow each other as often as a table says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic import Context, DatamimicError, Generator, Text
from datamimic.columns import Column, Ints, kept
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Place
from datamimic_models.rules.converting import at_path
from datamimic_models.rules.drawn.conditional import table_text
from datamimic_models.rules.drawn.lines import table_of
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word

MOST_WORDS: Final = 500
ANY: Final = "*"
DIGIT: Final = r"\d"
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_GAP: Final = "\x01"
"""Where a digit is put in."""
_AT_ONCE: Final = 9
_WHOLE: Final = 1 << 31
_MOST_WEIGHT: Final = 1 << 31


@frozen
class Sentence(RuleKind):
    """Free text: words that follow each other as often as a table says, with blanks between. Its columns are `before`, empty at
    the beginning of a sentence, `word`, empty at its end, and `weight`, a whole number. `*` as word is any, as often as
    the lines say whose `before` is `*`; what follows a word that no line begins with is any, too. `\\d` in a word is a digit,
    another one each time; `\\*` and `\\\\` are themselves. `count` is a column that says how many words there are; where it is
    null, so is the text."""

    kind: ClassVar[str] = "sentence"

    words: str = word("The table: columns `before`, `word`, `weight`.", "text")
    count: str = word("The column with the number of words.", "text")

    def beside(self, place: Place, mistakes: Mistakes) -> Self:
        return evolve(self, words=table_text(self.words, place, mistakes))

    def reads(self) -> tuple[str, ...]:
        return (self.count,)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name != "str":
            said = f"{where.label} is {where.column.type}, and a sentence is text"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: str")
        if where.unique:
            said = f"{where.label} is unique, and a sentence may come twice"
            mistakes.add("models.cannot_be_unique", said, where.place, hint="a serial or a pattern")
        named = where.around.name_of(self.count)
        if named is None:
            near = where.around.near(self.count)
            said = f"{where.label} has as many words as {excerpt(self.count)}, which is no column"
            mistakes.add("models.unknown_column", said, where.place, hint=f"did you mean {near[0]}?" if near else None)
        elif named.kind.name != "int":
            said = f"{where.label} has as many words as {excerpt(self.count)}, which is no whole number"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: int")
        try:
            _chain(self.words)
        except DatamimicError as error:
            mistakes.add(error.code, error.message, where.place, hint=error.hint)
        except ValueError as error:
            hint = "before,word,weight: `dm model rules sentence`"
            mistakes.add("models.bad_table", f"{where.label}: {error}", where.place, hint=hint)

    def generator(self, where: Where) -> Generator[Any]:
        named = where.around.name_of(self.count)
        assert named is not None
        return Sentences(_chain(self.words), named.path)


@frozen(eq=False)
class _Chain:
    """`words` by number. What follows them, the beginning (their number) and anything (one more) lies between `starts` in
    `ends`, which is how often up to each line, and `following`, the words of these lines: the number of words is an end,
    one more is any."""

    words: pa.Array
    starts: Ints
    totals: Ints
    ends: Ints
    following: Ints

    @property
    def beginning(self) -> int:
        return len(self.words)

    def after(self, state: Ints, drawn: Ints) -> Ints:
        """One of what follows each, by a number below 2^31."""
        place = self.starts[state] + (drawn * self.totals[state] >> 31)
        return self.following[np.searchsorted(self.ends, place, side="right")]


@lru_cache(maxsize=256)
def _chain(text: str) -> _Chain:
    """Raises `DatamimicError` and ValueError."""
    columns = table_of(text).columns
    if {"before", "word", "weight"} - {*columns}:
        raise ValueError("its columns are not before, word and weight")
    before, after = ([*columns[each]] for each in ("before", "word"))
    weights = np.array([_weight(str(each), line) for line, each in enumerate(columns["weight"], start=2)])
    words = [*dict.fromkeys(str(each) for each in after if str(each) not in ("", ANY))]
    number = {each: place for place, each in enumerate(words)} | {"": len(words), ANY: len(words) + 1}
    states = np.array([number.get(str(each), -1) for each in before])
    following = np.array([number[str(each)] for each in after])
    known = states >= 0
    if (weights <= 0).any() or not known.any():
        raise ValueError("weights are whole numbers above 0")
    order = np.flatnonzero(known)[np.argsort(states[known], kind="stable")]
    states, following, weights = states[order], following[order], weights[order]
    if (following[states == len(words) + 1] >= len(words)).any() or not (states == len(words) + 1).any():
        raise ValueError("the lines whose before is * need words, and there have to be some")
    if (following[states == len(words)] == len(words)).any():
        raise ValueError("a sentence does not end at its beginning")
    totals = np.bincount(states, weights=weights, minlength=len(words) + 2).astype(np.int64)
    if int(totals.max()) >= _MOST_WEIGHT:
        raise ValueError("weights of a word are more than 2^31")
    ends = np.cumsum(weights)
    starts = np.concatenate(([0], np.cumsum(totals)[:-1]))
    # What nothing is said of is followed by any.
    none = totals == 0
    starts[none], totals[none] = starts[-1], totals[-1]
    shown = [_ESCAPED.sub(lambda found: _GAP if found[1] == "d" else found[1], each) for each in words]
    return _Chain(pa.array(shown, pa.string()), starts, totals, ends, following)


def _weight(text: str, line: int) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"line {line}: a weight is a whole number") from None


class Sentences(Generator[Any]):
    """As many words as the column at `path` says."""

    def __init__(self, chain: _Chain, path: Sequence[str]) -> None:
        self._chain, self._path = chain, tuple(path)
        self.needs = (path[0],)

    def column(self, context: Context) -> Column:
        said = at_path(context.column, self._path)
        missing = np.ma.getmaskarray(said)
        counts = np.clip(np.ma.filled(said, 0).astype(np.int64), 0, MOST_WORDS)
        made = Text.plain(self._texts(context, np.where(missing, 0, counts)))
        return kept(made, ~missing) if missing.any() else made

    def _texts(self, context: Context, counts: Ints) -> pa.Array:
        chain, most = self._chain, int(counts.max()) if len(counts) else 0
        made = np.zeros((len(counts), most), dtype=np.int64)
        state = np.full(len(counts), chain.beginning, dtype=np.int64)
        for step in range(most):
            state = chain.after(state, context.draw.integers(0, _WHOLE - 1, f"word {step}"))
            if (state == chain.beginning).any():
                again = context.draw.integers(0, _WHOLE - 1, f"sentence {step}")
                state = np.where(state == chain.beginning, chain.after(state, again), state)
            if (state > chain.beginning).any():
                any_word = context.draw.integers(0, _WHOLE - 1, f"any {step}")
                state = np.where(state > chain.beginning, chain.after(state, any_word), state)
            made[:, step] = state
        told = made[np.arange(most) < counts[:, None]]
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        lists = pa.ListArray.from_arrays(pa.array(offsets), chain.words.take(pa.array(told)))
        return _with_digits(pc.binary_join(lists, " "), context)


def _with_digits(texts: pa.Array, context: Context) -> pa.Array:
    """Digits in their places: the nth of a row is the same in any batch."""
    texts = pa.concat_arrays([texts])
    bounds = np.frombuffer(texts.buffers()[1], dtype=np.int32)[: len(texts) + 1]
    letters = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[: bounds[-1] if len(bounds) else 0].copy()
    gaps = np.flatnonzero(letters == ord(_GAP))
    if not len(gaps):
        return texts
    rows = np.searchsorted(bounds, gaps, side="right") - 1
    nth = np.arange(len(gaps)) - np.searchsorted(rows, rows)
    for block in range(int(nth.max()) // _AT_ONCE + 1):
        here = nth // _AT_ONCE == block
        drawn = context.draw.integers(0, 10**_AT_ONCE - 1, f"digits {block}")[rows[here]]
        letters[gaps[here]] = ord("0") + drawn // 10 ** (nth[here] % _AT_ONCE) % 10
    return pa.Array.from_buffers(pa.string(), len(texts), [None, texts.buffers()[1], pa.py_buffer(letters.tobytes())])
