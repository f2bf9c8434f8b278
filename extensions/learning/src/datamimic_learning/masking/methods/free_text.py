"""Running text without the people it speaks of: originals of the tables by what these become, other personal data by what it
becomes in a column of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.lexicon import Lexicon, compact_of, words_of

Words = NDArray[np.uint64]
Replace = Callable[[pa.Array], pa.Array]
"""Texts of one column, or of one kind, as what they become."""
OfSubjects = Callable[[pa.Array, Words], list[str | None]]
"""What texts become in the rows of subjects whose they are; None of those that are not theirs."""
Spans = Callable[[pa.Array], pa.Array]
"""Of texts, where personal data stands: list<struct<start, end, kind>>."""


@frozen
class Source:
    """A column whose originals are looked for. Of a subject's column, `domain` is that of the subjects, and `of_subjects` says
    what they become where it is the subject that a row is of."""

    replace: Replace
    domain: str | None = None
    of_subjects: OfSubjects | None = None


@frozen
class FreeText:
    """`sources` are the columns by their number in the lexicon, `kinds` what is done with what else is found, by its kind;
    the one under "" with all others."""

    lexicon: Lexicon
    sources: Sequence[Source]
    kinds: Mapping[str, Replace]
    spans: Spans | None = field(default=None)

    def masked(
        self,
        texts: pa.Array,
        before: Mapping[str, pa.Array],
        after: Mapping[str, pa.Array],
        whose: Sequence[tuple[str, Words]] = (),
    ) -> pa.Array:
        """Texts with nulls; `before` and `after` are the row's other columns, which are masked; `whose` are the subjects of the
        rows, by domain."""
        rows = np.flatnonzero(np.asarray(pc.fill_null(pc.greater(pc.utf8_length(texts), 0), False)))
        if not len(rows):
            return texts
        given = texts.take(pa.array(rows)).to_pylist()
        cuts: list[list[tuple[int, int, str]]] = [[] for _ in given]
        own = _Own(before, after, rows)
        pending: dict[int, list[tuple[int, int, int, str]]] = {}
        for number, hits in enumerate(self.lexicon.find(given)):
            for start, end, source, words in hits:
                made = own.replacement(number, words)
                if made is not None:
                    cuts[number].append((start, end, made))
                else:
                    pending.setdefault(source, []).append((number, start, end, given[number][start:end]))
        for number, hits in pending.items():
            pending[number] = self._theirs(
                self.sources[number], hits, [(each, words[rows]) for each, words in whose], cuts
            )
        self._each(pending, {number: each.replace for number, each in enumerate(self.sources)}, cuts)
        if self.spans is not None:
            self._spans(given, cuts)
        found = texts.to_pylist()
        for row, text, some in zip(rows.tolist(), given, cuts, strict=True):
            found[row] = _cut(text, some)
        return pa.array(found, texts.type)

    def _theirs(
        self,
        source: Source,
        hits: list[tuple[int, int, int, str]],
        whose: Sequence[tuple[str, Words]],
        cuts: list[list[tuple[int, int, str]]],
    ) -> list[tuple[int, int, int, str]]:
        """Puts what is of a row's subject; gives back the others."""
        for domain, words in whose:
            if source.of_subjects is None or source.domain != domain or not hits:
                continue
            texts = pa.array([each[3] for each in hits], pa.string())
            made = source.of_subjects(texts, words[[each[0] for each in hits]])
            left = []
            for hit, text in zip(hits, made, strict=True):
                if text is None:
                    left.append(hit)
                else:
                    cuts[hit[0]].append((hit[1], hit[2], text))
            hits = left
        return hits

    def _spans(self, given: list[str], cuts: list[list[tuple[int, int, str]]]) -> None:
        assert self.spans is not None
        pending: dict[Any, list[tuple[int, int, int, str]]] = {}
        for number, spans in enumerate(self.spans(pa.array(given, pa.string())).to_pylist()):
            for span in spans or ():
                kind = span["kind"] if span["kind"] in self.kinds else ""
                for start, end in _uncovered(span["start"], span["end"], cuts[number]):
                    piece = given[number][start:end]
                    if any(each.isalnum() for each in piece):
                        pending.setdefault(kind, []).append((number, start, end, piece))
        self._each(pending, self.kinds, cuts)

    def _each(
        self,
        pending: Mapping[Any, list[tuple[int, int, int, str]]],
        replaces: Mapping[Any, Replace],
        cuts: list[list[tuple[int, int, str]]],
    ) -> None:
        for source, hits in pending.items():
            if not hits:
                continue
            made = replaces[source](pa.array([each[3] for each in hits], pa.string())).to_pylist()
            for (number, start, end, _), text in zip(hits, made, strict=True):
                cuts[number].append((start, end, text or ""))


class _Own:
    """What the masked columns of a row became, by the words of what they were; of a name of several words each word too."""

    def __init__(self, before: Mapping[str, pa.Array], after: Mapping[str, pa.Array], rows: Any) -> None:
        taken = pa.array(rows)
        self._columns = [
            (canonical(before[name]).take(taken).to_pylist(), canonical(after[name]).take(taken).to_pylist())
            for name in before
        ]
        self._made: dict[int, dict[str, str]] = {}

    def replacement(self, number: int, words: str) -> str | None:
        if number not in self._made:
            self._made[number] = self._of(number)
        return self._made[number].get(words)

    def _of(self, number: int) -> dict[str, str]:
        whole: dict[str, str] = {}
        parts: dict[str, str] = {}
        for before, after in self._columns:
            was, is_now = before[number], after[number]
            if was is None or is_now is None:
                continue
            whole.setdefault(words_of(was), is_now)
            whole.setdefault(compact_of(was), is_now)
            pieces, others = was.split(), is_now.split()
            if 1 < len(pieces) <= 4 and others and all(each[:1].isalpha() for each in pieces):
                for at, piece in enumerate(pieces):
                    parts.setdefault(
                        words_of(piece), others[-1] if at == len(pieces) - 1 else others[min(at, len(others) - 1)]
                    )
        return {**parts, **whole}


def _uncovered(start: int, end: int, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """The parts of a span for which nothing is put yet."""
    found = []
    for first, last, _ in sorted(cuts):
        if last > start and first < end:
            found.append((start, min(first, end)))
            start = max(start, last)
    return [(one, other) for one, other in [*found, (start, end)] if one < other]


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    found, last = [], 0
    for start, end, made in sorted(cuts):
        # A sign in front, such as the + of a telephone, is not of the words that were found.
        sign = made[: len(made) - len(made.lstrip("+("))]
        if sign and text.endswith(sign, last, start):
            start -= len(sign)
        if start >= last:
            found += [text[last:start], made]
            last = end
    return "".join([*found, text[last:]])
