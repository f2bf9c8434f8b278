"""What documents are put together from. A piece that has a value in it is absent where there is none: with it go the element,
segment or member that it stands in, as long as nothing else is in there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic.columns.buffers import arrow_numbers, arrow_text, numpy_values
from datamimic.formats.documents.rendered import Rendered, in_rows, joined, kept_where, one_after_the_other, present
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import stepped, text_of
from datamimic.formats.joined_text import null_where

Convert = Callable[[pa.Array], pa.Array]


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

    def item_reads(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The paths of lists, `pages.entries` of one within the items of another, each with what is read of its items; one that
        is read in several places comes several times."""
        for part in self.within():
            yield from part.item_reads()


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
        return Rendered(null_where(empty, whole), running[ends[1:]] - running[ends[:-1]])

    def within(self) -> Sequence[Piece]:
        return (self.piece,)

    def reads(self) -> frozenset[str]:
        # What the items read of their own is in the list.
        around = (path[2:] for path in self.piece.reads() if path.startswith(".."))
        return frozenset([self.path, *around])

    def item_reads(self) -> Iterator[tuple[str, frozenset[str]]]:
        yield from items_at(self.path, (), self.piece)


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

    def item_reads(self) -> Iterator[tuple[str, frozenset[str]]]:
        for path, read in self.piece.item_reads():
            yield f"{self.path}.{path}", read


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

    def item_reads(self) -> Iterator[tuple[str, frozenset[str]]]:
        # Its lists are of the row around.
        return iter(())


@frozen
class OnlyWith(Piece):
    """A piece that is absent where a value is, or what the `steps` make of it."""

    path: str
    piece: Piece
    steps: tuple[Convert, ...] = ()

    def render(self, scope: Scope) -> Rendered:
        made = self.piece.render(scope)
        decides = stepped(scope.column(self.path), self.steps)
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


def items_at(path: str, more: Iterable[str], piece: Piece) -> Iterator[tuple[str, frozenset[str]]]:
    """What a piece, and `more`, reads of the items of the list at a path, and of the lists within them."""
    yield path, frozenset([*more, *(each for each in piece.reads() if not each.startswith(".."))])
    for inner, read in piece.item_reads():
        yield f"{path}.{inner}", read


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
    return Under(path, _whole(pieces))


def around(*pieces: Piece | str) -> Piece:
    """Within `each`, the `pieces` of the row around, whose columns are named as there: made once for all items of its list."""
    return Around(Joined(pieces_of(pieces)))


def only_with(path: str | Value, *pieces: Piece | str) -> Piece:
    """The `pieces` where there is a value at a `path`, or where steps make one of it: `of("status", step)`; else nothing."""
    decides = of(path) if isinstance(path, str) else path
    return OnlyWith(decides.path, _whole(pieces), decides.steps)


def pieces_of(parts: Sequence[Piece | str]) -> tuple[Piece, ...]:
    return tuple(Constant(part) if isinstance(part, str) else part for part in parts)


def _whole(parts: Sequence[Piece | str]) -> Piece:
    """One piece of several."""
    made = pieces_of(parts)
    return made[0] if len(made) == 1 else Joined(made)
