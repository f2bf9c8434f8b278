"""A message: a document per row of an entity that is its view, and how several of them are one file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import BinaryIO, ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import numpy_values
from datamimic.errors import InvalidOption, OutputError
from datamimic.formats.documents.kept.rule import Rule
from datamimic.formats.documents.negatives import Negative
from datamimic.formats.documents.pieces import Piece
from datamimic.formats.documents.rendered import (
    Texts,
    filled,
    in_rows,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.format import Format, Writer
from datamimic.formats.joined_text import body_of
from datamimic.model.breaks import Breaks

RULE: Final = "#rule"
"""The column that says which rule is broken in the document of a row, where one is."""
NUMBER: Final = "#number"
"""The column with the number by which the place is chosen where it is broken."""
AT_ONCE: Final = 1_024
"""Documents that are put together at once, at least: more long ones would lie beside each other in memory, and in no cache."""
BYTES_AT_ONCE: Final = 16 << 20
"""Of short documents as many as make this."""


class Message(Format):
    """What systems send each other, in the syntax of a standard: rows of the entity `entity` (`pack.entity`), each as the
    `document` that is said of them. Registered by the hook `datamimic_messages`; `name` is that of the standard,
    `iso20022.camt.053.001.08`.

    A file of several messages begins with `opening` and ends with `closing`, where the standard has an interchange around
    them; where it has none (`several` is False) a file holds one message. A class is a format too, so that rows are written,
    split into parts and verified as in any other.

    `countries` are those that have the message (ISO 3166-1 alpha-2), all where there are none: others are refused.
    `file_key` is the column that names a message's file where each has one of its own; the entity's key without it.
    `breaks` says what breaks mean for it where the names of its columns do not, see `Breaks`. `mandatory` are elements,
    segments, fields or members without which it is refused, and `longest` how long a value may be, by element, field,
    member or element of a segment (`BGM.2`): by them `negatives` breaks what holds for every message of a syntax.
    """

    word = "message"
    entity: ClassVar[str]
    several: ClassVar[bool] = True
    happens: ClassVar[str | None] = None
    """The column that tells of which rows there is such a message: where it is null or False there is none."""
    only_of: ClassVar[str | None] = None
    """A column that is made faster than `happens`; where it is null or False there is no such message either."""
    items: ClassVar[str] = ""
    """The list of whose items alone a document consists: of a row without any nothing is written, and nothing is broken."""
    same_as: ClassVar[str] = ""
    """The full name of the same message, of which `name` is a shorter one: `all` messages of a set are written once."""
    countries: ClassVar[Sequence[str]] = ()
    file_key: ClassVar[str] = ""
    breaks: ClassVar[Breaks] = Breaks()
    mandatory: ClassVar[Sequence[str]] = ()
    longest: ClassVar[Mapping[str, int]] = {}
    charset: ClassVar[str] = "utf-8"
    """The encoding of its characters; `latin-1` where a message holds bytes."""
    by_block = True

    @abstractmethod
    def document(self) -> Piece:
        """What is written for a row."""

    def opening(self) -> Piece | None:
        """What stands before the first message; its values are those of the first row."""
        return None

    def closing(self) -> Piece | None:
        """What stands behind the last message; its values are those of the first, as in `opening`, whose references it repeats,
        and `#count`, how many there are."""
        return None

    def negatives(self) -> Sequence[Negative]:
        """The rules that can be broken in a message, one at a time: those of its syntax. A message adds its own:
        `return [*super().negatives(), Negative("wrong_total", "the total is the sum of the lines", change)]`."""
        from datamimic.formats.documents.broken.syntaxes import negatives_of
        from datamimic.formats.documents.syntax import syntax_of

        return negatives_of(syntax_of(self.document()), self.mandatory, self.longest)

    def judges(self) -> Sequence[Rule]:
        """What `dm check` judges in a text: the rules of its syntax, its `mandatory` parts and `longest` values. A message adds
        its own: `return [*super().judges(), Rule("total", "the total is the sum of the lines", holds)]`."""
        from datamimic.formats.documents.kept.syntaxes import rules_of
        from datamimic.formats.documents.syntax import syntax_of

        return rules_of(syntax_of(self.document()), self.mandatory, self.longest)

    def negative(self, name: str) -> Negative | None:
        """The rule of this name."""
        return next((each for each in self.negatives() if each.name == name), None)

    @classmethod
    def suits(cls, country: str) -> bool:
        """Is the message used in the country (ISO 3166-1 alpha-2)?"""
        return not cls.countries or country in cls.countries

    @classmethod
    def refuse_others(cls, country: str) -> None:
        """Raises `InvalidOption` (`unsupported_locale`) for a country that does not have the message."""
        if not cls.suits(country):
            raise InvalidOption(
                "unsupported_locale",
                f"{cls.name} is no message of {country}",
                hint=f"it is one of {', '.join(cls.countries)}",
                path="$.locale",
            )

    @property
    def told_by(self) -> tuple[str, ...]:
        """The columns that tell of which rows there is such a message, the faster one first; none where there is one of all."""
        return tuple(name for name in (self.only_of, self.happens) if name is not None)

    def those(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch of which there is such a message."""
        if self.happens is None:
            return batch
        there = happened(batch.column(self.happens))
        return batch if there.all() else batch.filter(pa.array(there))

    def texts(self, batch: pa.RecordBatch) -> pa.Array:
        """The documents of the rows of a batch, one each, broken where the batch says so."""
        made = self._made.render(Scope.of(batch)).texts
        texts = filled(in_rows(made, batch.num_rows))
        return texts if RULE not in batch.schema.names else self._broken(texts, batch)

    @cached_property
    def _made(self) -> Piece:
        return self.document()

    def _broken(self, texts: pa.Array, batch: pa.RecordBatch) -> pa.Array:
        rules, numbers = batch.column(RULE), batch.column(NUMBER)
        if rules.null_count == len(rules):
            return texts
        known = {each.name: each for each in self.negatives()}
        made = texts.to_pylist()
        for place in numpy_values(rules.is_valid()).nonzero()[0].tolist():
            made[place] = known[rules[place].as_py()].broken(made[place], numbers[place].as_py())
        return pa.array(made, pa.string())

    def columns(self) -> list[str]:
        """The columns of the entity that are read, with parts of records and references (`address.city`), sorted."""
        pieces = [each for each in (self.document(), self.opening(), self.closing()) if each is not None]
        paths = {path for each in pieces for path in each.reads() if not path.startswith("#")}
        return sorted(paths | {self.happens} if self.happens is not None else paths)

    def items_read(self) -> dict[str, frozenset[str]]:
        """The lists that a document writes, `pages.entries` of one within the items of another, each with what is read of its
        items."""
        found: dict[str, frozenset[str]] = {}
        for path, read in self._made.item_reads():
            found[path] = found.get(path, frozenset()) | read
        return found

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _MessageWriter(self, stream, schema)


def happened(column: pa.Array) -> Bools:
    """Neither null nor False, and no list without items."""
    if pa.types.is_list(column.type):
        return numpy_values(pc.list_value_length(column).fill_null(0)) > 0
    there = numpy_values(column.is_valid()).astype(np.bool_)
    return there & numpy_values(column.fill_null(False)).astype(np.bool_) if pa.types.is_boolean(column.type) else there


class _MessageWriter(Writer):
    def __init__(self, message: Message, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._message = message
        self._count = 0
        self._at_once = AT_ONCE
        self._first: pa.RecordBatch | None = None

    def write(self, batch: pa.RecordBatch) -> None:
        batch = self._message.those(batch)
        if not batch.num_rows:
            return
        if not self._message.several and self._count + batch.num_rows > 1:
            raise OutputError(
                "format_unsuited",
                f"a file holds one {self._message.name}",
                hint="ask for one row",
            )
        if self._first is None:
            self._first = batch.slice(0, 1)
            if (opening := self._message.opening()) is not None:
                self._say(opening.render(Scope.of(self._first)).texts)
        self._count += batch.num_rows
        start = 0
        while start < batch.num_rows:
            texts = self._message.texts(batch.slice(start, self._at_once))
            self._put(texts)
            start += len(texts)
            self._at_once = max(AT_ONCE, BYTES_AT_ONCE * len(texts) // max(1, len(body_of(texts))))

    def close(self) -> None:
        closing = self._message.closing()
        if closing is not None and self._first is not None:
            counted = Scope.of(self._first).having("#count", pa.array([self._count]))
            self._say(closing.render(counted).texts)

    def _say(self, texts: Texts) -> None:
        self._put(filled(in_rows(texts, 1)))

    def _put(self, texts: pa.Array) -> None:
        body, charset = body_of(texts), self._message.charset
        self.stream.write(body if charset == "utf-8" else bytes(body).decode().encode(charset))
