"""Texts of an automaton: by number, so that every text comes once, or drawn, each length equally likely."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Draw, Permutation, Text
from datamimic.columns import Bools, Ints
from datamimic_models.patterns.automaton import Automaton, automaton_of
from datamimic_models.patterns.parsing import MOST_REPEATS, parse_pattern
from datamimic_models.patterns.tree import BadPattern

LARGEST: Final = 1 << 62
_MANY: Final = 1 << 50
"""More than a table has rows."""
_MANY_REPEATS: Final = 200
"""For texts that must be longer than repeats without a limit usually make them."""


@frozen(eq=False, slots=False)
class Texts:
    """The texts of a regular expression that are of `shortest` to `longest` letters."""

    automaton: Automaton
    shortest: int = 0
    longest: int | None = None

    @classmethod
    def of(cls, pattern: str, shortest: int = 0, longest: int | None = None) -> Texts:
        """Raises `BadPattern`."""
        for more in (max(MOST_REPEATS, min(shortest, _MANY_REPEATS)), _MANY_REPEATS):
            made = cls(automaton_of(parse_pattern(pattern, more=more)), shortest, longest)
            if made.lengths:
                return made
        if not shortest and longest is None:
            raise BadPattern("no text matches it")
        most = "" if longest is None else f" and at most {longest}"
        raise BadPattern(f"no text of at least {shortest}{most} letters matches it")

    @cached_property
    def counts(self) -> list[list[int]]:
        """How many texts of so many letters lead from a state to an end: `counts[letters][state]`."""
        states = len(self.automaton.steps)
        counts = [[int(state in self.automaton.ends) for state in range(states)]]
        while len(counts) <= states:
            last = counts[-1]
            made = [sum(len(step.letters) * last[step.to] for step in steps) for steps in self.automaton.steps]
            if not any(made):
                break
            counts.append(made)
        return counts

    @cached_property
    def lengths(self) -> list[int]:
        """The lengths that texts have."""
        counts = self.counts[: None if self.longest is None else self.longest + 1]
        return [length for length, of_state in enumerate(counts) if of_state[0] and length >= self.shortest]

    @property
    def size(self) -> int:
        """How many texts there are."""
        return sum(self.counts[length][0] for length in self.lengths)

    @property
    def capacity(self) -> int:
        """How many of them are numbered."""
        return min(self.size, LARGEST) if self.size <= LARGEST else self._split[2]

    @cached_property
    def _split(self) -> tuple[int, int, int]:
        """Of more texts than can be numbered: the least length that has many, how many of their first letters are drawn,
        and how many ways there are from then on, whatever was drawn."""
        most = max(self.lengths, key=lambda each: self.counts[each][0])
        length = next((each for each in self.lengths if self.counts[each][0] >= _MANY), most)
        reached = {0}
        for drawn in range(length + 1):
            ways = min(self.counts[length - drawn][state] for state in reached)
            if ways <= LARGEST:
                return length, drawn, ways
            reached = {
                step.to
                for state in reached
                for step in self.automaton.steps[state]
                if self.counts[length - drawn - 1][step.to]
            }
        raise AssertionError("a text of no more letters is one")

    def unique(self, rows: Ints, draw: Draw) -> Text:
        """Another text for every row."""
        numbers = Permutation(self.capacity, draw.address.labelled("pattern")).forward(rows)
        if self.size > LARGEST:
            length, drawn, _ = self._split
            return self._written(np.full(len(rows), length, dtype=np.int64), numbers, draw, drawn)
        starts = np.cumsum([0, *(self.counts[length][0] for length in self.lengths)])
        place = np.searchsorted(starts, numbers, side="right") - 1
        lengths = np.array(self.lengths, dtype=np.int64)[place]
        return self._written(lengths, numbers - starts[place], draw, 0)

    def drawn(self, draw: Draw) -> Text:
        """A text for every row: each length equally likely, and each letter that can follow."""
        places = draw.integers(0, len(self.lengths) - 1, "length")
        lengths = np.array(self.lengths, dtype=np.int64)[places]
        return self._written(lengths, np.zeros(len(draw), dtype=np.int64), draw, max(self.lengths))

    def _written(self, lengths: Ints, numbers: Ints, draw: Draw, drawn: int) -> Text:
        """Letter by letter: the first `drawn` ones are drawn, the others are digits of the numbers."""
        longest = int(lengths.max()) if len(lengths) else 0
        letters = np.zeros((len(lengths), longest), dtype=np.uint32)
        state, rest = np.zeros(len(lengths), dtype=np.int64), numbers.copy()
        for place in range(longest):
            bits = draw.bits(f"letter {place}") if place < drawn else None
            left = lengths - place - 1
            for at, rows in _alike(state * (longest + 1) + left, left >= 0):
                own = divmod(at, longest + 1)
                self._step(letters, state, rest, place, own, rows, None if bits is None else bits[rows])
        return _text(letters, lengths)

    def _step(
        self, letters: NDArray[Any], state: Ints, rest: Ints, place: int, at: tuple[int, int], rows: Any, bits: Any
    ) -> None:
        choices, to, ways, starts = self._table(*at)
        if bits is not None:
            # Letters that lead to the same are as likely as letters that do not.
            chosen = ((bits >> np.uint64(32)) * np.uint64(len(choices)) >> np.uint64(32)).astype(np.int64)
        elif (ways == ways[0]).all():
            chosen = rest[rows] // ways[0]
            rest[rows] -= chosen * ways[0]
        else:
            chosen = np.searchsorted(starts, rest[rows], side="right") - 1
            rest[rows] -= starts[chosen]
        letters[rows, place] = choices[chosen]
        state[rows] = to[chosen]

    def _table(self, state: int, more: int) -> tuple[NDArray[np.uint32], Ints, Ints, Ints]:
        """The letters that lead on to a text of so many more letters, where to, to how many texts, and to how many before them;
        no more than can be numbered."""
        known = self._tables.get((state, more))
        if known is None:
            found = [
                (ord(letter), step.to, min(self.counts[more][step.to], LARGEST))
                for step in self.automaton.steps[state]
                for letter in step.letters
                if self.counts[more][step.to]
            ]
            choices, to, ways = zip(*sorted(found), strict=True)
            starts = [min(each, LARGEST) for each in accumulate(ways, initial=0)][:-1]
            known = (
                np.array(choices, dtype=np.uint32),
                *(np.array(each, dtype=np.int64) for each in (to, ways, starts)),
            )
            self._tables[state, more] = known
        return known

    @cached_property
    def _tables(self) -> dict[tuple[int, int], Any]:
        return {}


def _alike(keys: Ints, there: Bools) -> list[tuple[int, Any]]:
    """Every key that is there, and its rows; a slice where it is that of all."""
    if not len(keys):
        return []
    if there.all() and (keys == keys[0]).all():
        return [(int(keys[0]), slice(None))]
    rows = np.flatnonzero(there)
    order = rows[np.argsort(keys[rows], kind="stable")]
    values, starts = np.unique(keys[order], return_index=True)
    return list(zip(values.tolist(), np.split(order, starts[1:]), strict=True))


def _text(letters: NDArray[np.uint32], lengths: Ints) -> Text:
    """The characters of a matrix, of each row so many."""
    rows, width = letters.shape
    if not width:
        return Text.constant("", rows)
    if letters.size and int(letters.max()) < 128:
        there = np.arange(width) < lengths[:, None]
        body = letters.astype(np.uint8)[there]
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        array = pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(body)))
        return Text.plain(array)
    texts = np.ascontiguousarray(letters).view(f"<U{width}").ravel().tolist()
    return Text.of([text[:length] for text, length in zip(texts, lengths.tolist(), strict=True)])
