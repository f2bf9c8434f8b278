"""What documents are put together from. A piece that has a value in it is absent where there is none: with it go the element,
segment or member that it stands in, as long as nothing else is in there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic.base.arrays import Ints
from datamimic.columns.buffers import arrow_numbers, arrow_text, numpy_values
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import text_of
from datamimic.formats.joined_text import join

Texts = Any
"""Of every row its text, null where the piece is absent; one text where it is the same for all."""
Convert = Callable[[pa.Array], pa.Array]


class Rendered:
    """What became of a piece: `texts`, and `units`, for every row the segments in it, where the syntax counts them.

    Where no row lacks any, its `parts` are put together only when somebody asks for the texts: what stands in many elements is
    then copied once, not once for each of them.
    """

    def __init__(self, texts: Texts, units: Ints | int = 0) -> None:
        self.parts: tuple[Texts, ...] = (texts,)
        self.units = units

    @classmethod
    def of_parts(cls, parts: Sequence[Texts], units: Ints | int = 0) -> Rendered:
        """Parts one after the other, none of which lacks a row; one after the other constants are one."""
        made: list[Texts] = []
        for part in parts:
            if made and isinstance(part, str) and isinstance(made[-1], str):
                made[-1] += part
            elif not isinstance(part, str) or part or not made:
                made.append(part)
        rendered = cls(made[0], units)
        rendered.parts = tuple(made)
        return rendered

    @property
    def texts(self) -> Texts:
        if len(self.parts) > 1:
            self.parts = (join(*self.parts),)
        return self.parts[0]

    @property
    def may_lack(self) -> bool:
        """Is it absent from some rows?"""
        return len(self.parts) == 1 and not isinstance(self.parts[0], str) and self.parts[0].null_count > 0

    @property
    def is_constant(self) -> bool:
        """Is it one text for all rows?"""
        return all(isinstance(each, str) for each in self.parts)

    def texts_are(self, text: str) -> bool:
        """Is it this text for all rows?"""
        return len(self.parts) == 1 and isinstance(self.parts[0], str) and self.parts[0] == text

    def never_empty(self) -> bool:
        """Is there something of it in every row?"""
        if any(isinstance(each, str) and each for each in self.parts):
            return True
        (only, *others) = self.parts
        if others or isinstance(only, str) or only.null_count or not len(only):
            return False
        return bool(pc.min(pc.binary_length(only)).as_py())


class Piece(ABC):
    """A part of a document."""

    @abstractmethod
    def render(self, scope: Scope) -> Rendered:
        """The texts of all rows."""

    def parts(self) -> Sequence[Piece]:
        """The pieces that it is put together from, all in the same scope."""
        return ()

    def within(self) -> Sequence[Piece]:
        """The pieces in it, of whatever scope."""
        return self.parts()

    def reads(self) -> frozenset[str]:
        """The paths that are read in the scope of the piece."""
        return frozenset(path for part in self.parts() for path in part.reads())


@frozen
class Constant(Piece):
    text: str

    def render(self, scope: Scope) -> Rendered:
        return Rendered(self.text)


@frozen
class Value(Piece):
    """A column as text: converted to it in `steps`, the first of which may take any type, then escaped for the syntax."""

    path: str
    steps: tuple[Convert, ...] = ()
    escape: Convert | None = None

    def render(self, scope: Scope) -> Rendered:
        return Rendered(text_of(scope.column(self.path), self.steps, self.escape))

    def reads(self) -> frozenset[str]:
        return frozenset([self.path])


@frozen
class Joined(Piece):
    """Pieces one after the other; absent where one of them may be absent and all that may be are."""

    pieces: tuple[Piece, ...]
    counts: bool = False
    """Is it one unit?"""

    def render(self, scope: Scope) -> Rendered:
        made = [each.render(scope) for each in self.pieces]
        whole = one_after_the_other(made)
        if self.counts:
            whole.units = present(whole.texts, scope.rows).astype(np.int64)
        else:
            whole.units = sum(each.units for each in made)
        return whole

    def parts(self) -> Sequence[Piece]:
        return self.pieces


@frozen
class Each(Piece):
    """A piece for every item of a list, with a separator between; absent where there is none."""

    path: str
    piece: Piece
    separator: str = ""

    def render(self, scope: Scope) -> Rendered:
        inner, counts = scope.items(self.path)
        made = self.piece.render(inner)
        texts = in_rows(made.texts, inner.rows)
        units = np.broadcast_to(np.asarray(made.units, np.int64), inner.rows)
        if texts.null_count:
            here = numpy_values(texts.is_valid()).astype(np.bool_)
            counts = np.bincount(np.asarray(inner.owners)[here], minlength=scope.rows)
            texts, units = texts.drop_null(), units[here]
        ends = np.concatenate([[0], np.cumsum(counts)])
        lists = pa.ListArray.from_arrays(arrow_numbers(ends.astype(np.int32)), texts)
        whole = pc.binary_join(lists, arrow_text(self.separator))
        running = np.concatenate([[0], np.cumsum(units)])
        empty = pa.array(counts == 0)
        return Rendered(pc.if_else(empty, arrow_text(None), whole), running[ends[1:]] - running[ends[:-1]])

    def within(self) -> Sequence[Piece]:
        return (self.piece,)

    def reads(self) -> frozenset[str]:
        # What the items read of their own is in the list.
        around = (path[2:] for path in self.piece.reads() if path.startswith(".."))
        return frozenset([self.path, *around])


@frozen
class Under(Piece):
    """A piece whose columns are those of a record or a reference."""

    path: str
    piece: Piece

    def render(self, scope: Scope) -> Rendered:
        return self.piece.render(scope.under(self.path))

    def within(self) -> Sequence[Piece]:
        return (self.piece,)

    def reads(self) -> frozenset[str]:
        return frozenset(path if path.startswith("..") else f"{self.path}.{path}" for path in self.piece.reads())


@frozen
class Around(Piece):
    """A piece of the row that the list stands in, made once for all of its items."""

    piece: Piece

    def render(self, scope: Scope) -> Rendered:
        assert scope.around is not None and scope.owners is not None, "no list is around"
        made, owners = self.piece.render(scope.around), np.asarray(scope.owners)
        units = made.units if isinstance(made.units, int) else made.units[owners]
        return Rendered(made.texts if isinstance(made.texts, str) else made.texts.take(arrow_numbers(owners)), units)

    def within(self) -> Sequence[Piece]:
        return (self.piece,)

    def reads(self) -> frozenset[str]:
        return frozenset(f"..{path}" for path in self.piece.reads())


@frozen
class OnlyWith(Piece):
    """A piece that is absent where a value is."""

    path: str
    piece: Piece

    def render(self, scope: Scope) -> Rendered:
        made = self.piece.render(scope)
        decides = scope.column(self.path)
        if not decides.null_count:
            return made
        here = numpy_values(decides.is_valid()).astype(np.bool_)
        return Rendered(kept_where(in_rows(made.texts, scope.rows), decides), np.where(here, made.units, 0))

    def within(self) -> Sequence[Piece]:
        return (self.piece,)

    def reads(self) -> frozenset[str]:
        return frozenset([self.path, *self.piece.reads()])


@frozen
class Counted(Piece):
    """A `body`, and a `trailer` that may say how many units there are, itself included: the value at `#units`."""

    body: Piece
    trailer: Piece

    def render(self, scope: Scope) -> Rendered:
        body = self.body.render(scope)
        units = np.broadcast_to(np.asarray(body.units, np.int64) + 1, scope.rows)
        trailer = self.trailer.render(scope.having("#units", arrow_numbers(np.ascontiguousarray(units))))
        if body.may_lack or trailer.may_lack:
            return Rendered(joined([body.texts, trailer.texts]), units)
        return Rendered.of_parts([*body.parts, *trailer.parts], units)

    def parts(self) -> Sequence[Piece]:
        return self.body, self.trailer


def escaping(piece: Piece, escape: Convert) -> Piece:
    """The piece with the values in it escaped, but for those of pieces that have a syntax of their own."""
    if isinstance(piece, Value):
        return evolve(piece, escape=escape)
    if isinstance(piece, Joined):
        return evolve(piece, pieces=tuple(escaping(each, escape) for each in piece.pieces))
    if isinstance(piece, Each | Under | OnlyWith | Around):
        return evolve(piece, piece=escaping(piece.piece, escape))
    return piece


def of(path: str, *steps: Convert) -> Value:
    """The column at a `path` as text: `name`, `record.member`, within `each` also `.` for an item and `..name` for a column
    of the row around. `steps` make the text that a standard wants, one after the other."""
    return Value(path, steps)


def together(*pieces: Piece | str) -> Piece:
    """The `pieces` one after the other; absent where all values in them are."""
    return Joined(pieces_of(pieces))


def each(path: str, *pieces: Piece | str) -> Each:
    """The `pieces` for every item of the list at a `path`. Within them, `..name` is a column of the row that the list stands
    in."""
    return Each(path, Joined(pieces_of(pieces)))


def under(path: str, *pieces: Piece | str) -> Piece:
    """The `pieces` as they are written for the record or the reference at a `path`: within them, `name` is `path.name`."""
    made = pieces_of(pieces)
    return Under(path, made[0] if len(made) == 1 else Joined(made))


def around(*pieces: Piece | str) -> Piece:
    """Within `each`, the `pieces` of the row around, whose columns are named as there: made once for all items of its list."""
    return Around(Joined(pieces_of(pieces)))


def only_with(path: str, *pieces: Piece | str) -> Piece:
    """The `pieces` where there is a value at a `path`; nothing where it is absent."""
    made = pieces_of(pieces)
    return OnlyWith(path, made[0] if len(made) == 1 else Joined(made))


def pieces_of(parts: Sequence[Piece | str]) -> tuple[Piece, ...]:
    return tuple(Constant(part) if isinstance(part, str) else part for part in parts)


def joined(texts: Sequence[Texts]) -> Texts:
    """One after the other; null where some may be and all those are."""
    if all(isinstance(each, str) for each in texts):
        return "".join(texts)
    # Arrow takes as long for a constant as for a column.
    parts: list[Texts] = []
    for each in map(filled, texts):
        if isinstance(each, str) and parts and isinstance(parts[-1], str):
            parts[-1] += each
        else:
            parts.append(each)
    return absent_with(join(*parts), texts)


def one_after_the_other(pieces: Sequence[Rendered]) -> Rendered:
    """One after the other, without units; absent where some may be absent and all those are."""
    parts = [part for piece in pieces for part in piece.parts]
    arrays = [part for part in parts if not isinstance(part, str)]
    lacking = [array for array in arrays if array.null_count]
    if len(lacking) == len(arrays) and arrays:
        return Rendered(join(*parts) if len(arrays) == 1 else joined(parts))
    return Rendered.of_parts([filled(part) for part in parts] or [""])


def filled(texts: Texts) -> Texts:
    """Empty where absent."""
    return texts.fill_null("") if not isinstance(texts, str) and texts.null_count else texts


def absent_with(whole: Texts, parts: Sequence[Texts]) -> Texts:
    """The whole, absent where all of its parts that may be absent are."""
    arrays = [each for each in parts if not isinstance(each, str)]
    if not arrays or not all(each.null_count for each in arrays):
        return whole
    absent = arrays[0].is_null()
    for array in arrays[1:]:
        absent = pc.and_(absent, array.is_null())
    return pc.if_else(absent, arrow_text(None), whole)


def kept_where(texts: Texts, decides: Texts) -> Texts:
    """The texts, absent where another piece is."""
    if isinstance(texts, str) or isinstance(decides, str) or not decides.null_count:
        return texts
    return pc.if_else(decides.is_null(), arrow_text(None), texts)


def present(texts: Texts, rows: int) -> Any:
    """Of every row whether the piece is there."""
    if isinstance(texts, str) or not texts.null_count:
        return np.ones(rows, np.bool_)
    return numpy_values(texts.is_valid()).astype(np.bool_)


def in_rows(texts: Texts, rows: int) -> pa.Array:
    """A text of each row, also where it is the same for all."""
    return pa.array([texts] * rows, pa.string()) if isinstance(texts, str) else texts
