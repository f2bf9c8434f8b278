"""Running text without the people it speaks of: originals of the tables by what these become, other personal data by what it
becomes in a column of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen
from numpy.typing import NDArray

from datamimic_learning.finding.documents import Leaf, leaves
from datamimic_learning.finding.written import Written
from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.lexicon import Lexicon, compact_of, words_of

Words = NDArray[np.uint64]
Replace = Callable[[pa.Array], pa.Array]
"""Texts of one column, or of one kind, as what they become."""
OfSubjects = Callable[[pa.Array, Words], list[str | None]]
"""What texts become in the rows of subjects whose they are; None of those that are not theirs."""
Spans = Callable[[pa.Array], pa.Array]
"""Of texts, where personal data stands: list<struct<start, end, kind>>."""


LITERAL: Final = "a number"
"""The kind of numbers of documents, which have no leading zero."""
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


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
        parts: Mapping[str, str] | None = None,
    ) -> pa.Array:
        """Texts with nulls; `before` and `after` are the row's other columns, which are masked; `whose` are the subjects of the
        rows, by domain; `parts` say of parts of documents which kind they are."""
        rows = np.flatnonzero(np.asarray(pc.fill_null(pc.greater(pc.utf8_length(texts), 0), False)))
        if not len(rows):
            return texts
        written = [Written.of(text) for text in texts.take(pa.array(rows)).to_pylist()]
        given = [each.said for each in written]
        cuts: list[list[tuple[int, int, str]]] = [[] for _ in given]
        own = _Own(before, after, rows)
        pending: dict[int, list[tuple[int, int, int, str]]] = {}
        documents = [leaves(text) for text in given]
        told = [_told(document, parts or {}) for document in documents]
        for number, hits in enumerate(self.lexicon.find(given)):
            for start, end, source, words in hits:
                made = own.replacement(number, words)
                if (start, end) not in told[number] and _within(start, end, told[number]):
                    continue
                if made is not None:
                    cuts[number].append((start, end, made))
                elif (start, end) not in told[number]:
                    pending.setdefault(source, []).append((number, start, end, given[number][start:end]))
        for number, hits in pending.items():
            pending[number] = self._theirs(
                self.sources[number], hits, [(each, words[rows]) for each, words in whose], cuts
            )
        self._each(pending, {number: each.replace for number, each in enumerate(self.sources)}, cuts)
        self._parts(given, told, cuts)
        if self.spans is not None:
            self._spans(given, cuts)
        for document, some in zip(documents, cuts, strict=True):
            if document:
                some[:] = _literal(document, some)
        found = texts.to_pylist()
        for row, as_written, some in zip(rows.tolist(), written, cuts, strict=True):
            found[row] = _cut(as_written, some)
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

    def _parts(
        self, given: list[str], told: list[dict[tuple[int, int], str]], cuts: list[list[tuple[int, int, str]]]
    ) -> None:
        pending: dict[Any, list[tuple[int, int, int, str]]] = {}
        for number, (text, known) in enumerate(zip(given, told, strict=True)):
            for (start, end), kind in known.items():
                if _uncovered(start, end, cuts[number]) == [(start, end)]:
                    kind = LITERAL if _NUMBER.fullmatch(text, start, end) and kind in ("", "encrypt") else kind
                    pending.setdefault(kind, []).append((number, start, end, text[start:end]))
        self._each(pending, self.kinds, cuts)

    def _spans(self, given: list[str], cuts: list[list[tuple[int, int, str]]]) -> None:
        assert self.spans is not None
        pending: dict[Any, list[tuple[int, int, int, str]]] = {}
        for number, spans in enumerate(self.spans(pa.array(given, pa.string())).to_pylist()):
            for span in spans or ():
                kind = span["kind"] if span["kind"] in self.kinds else ""
                if _NUMBER.fullmatch(given[number], span["start"], span["end"]) and given[number].lstrip()[:1] in (
                    "{",
                    "[",
                ):
                    kind = LITERAL
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


def _told(document: list[Leaf], parts: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """Where parts stand of which the kind is known, and it."""
    return {
        (leaf.start, leaf.end): parts[leaf.path]
        for leaf in document
        if leaf.path in parts and leaf.start < leaf.end and (leaf.is_text or leaf.end - leaf.start > 1)
    }


def _within(start: int, end: int, told: Mapping[tuple[int, int], str]) -> bool:
    """Whether it stands in a part of which the kind is known, which is replaced as a whole."""
    return any(first < end and start < last for first, last in told)


def _literal(document: list[Leaf], cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """With numbers in the places of numbers, so that documents are some."""
    numbers = {(leaf.start, leaf.end) for leaf in document if not leaf.is_text}
    if not numbers:
        return cuts
    found = []
    for start, end, made in cuts:
        outer = next((each for each in numbers if each[0] < end and start < each[1]), None)
        if outer is not None:
            start, end = outer
            made = made if _NUMBER.fullmatch(made) else "null"
        found.append((start, end, made))
    return found


def _uncovered(start: int, end: int, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """The parts of a span for which nothing is put yet."""
    found = []
    for first, last, _ in sorted(cuts):
        if last > start and first < end:
            found.append((start, min(first, end)))
            start = max(start, last)
    return [(one, other) for one, other in [*found, (start, end)] if one < other]


def _cut(text: Written, cuts: list[tuple[int, int, str]]) -> str:
    found, last = [], 0
    for first, end, made in sorted(cuts):
        # A sign in front, such as the + of a telephone, is not of the words that were found.
        sign, start = made[: len(made) - len(made.lstrip("+("))], first
        if sign and text.said.endswith(sign, 0, start):
            start -= len(sign)
        if text.place(start) >= last:
            found += [text.text[last : text.place(start)], text.put(text.place(start), text.place(end), made)]
            last = text.place(end)
    return "".join([*found, text.text[last:]])
