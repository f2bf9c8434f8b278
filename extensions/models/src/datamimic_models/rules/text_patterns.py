"""Texts that match a regular expression, and e-mail addresses that do."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic import Context, Generator, Text
from datamimic.columns import Bools, Column, concat, take, true_values
from datamimic.errors import excerpt
from datamimic_models.model import Column as ModelColumn
from datamimic_models.model import Mistakes
from datamimic_models.patterns.in_python import in_python
from datamimic_models.patterns.tree import BadPattern
from datamimic_models.rules.rule import FieldOf, RuleKind, Where
from datamimic_models.rules.words import word

if TYPE_CHECKING:
    from datamimic_models.patterns.alike import Addresses
    from datamimic_models.patterns.writing import Texts

_EMAIL = "email"


@frozen
class Pattern(RuleKind):
    """Text that a regular expression matches as a whole, such as `[A-Z]{3}-\\d{4}`, and that the column has room for. What has
    no limit comes up to 8 times more than it must. `(?=…)` and `(?!…)` look ahead, `(?<=…)` and `(?<!…)` one letter behind. In
    a key or unique column every text comes once."""

    kind: ClassVar[str] = "pattern"

    pattern: str = word("The regular expression.", "text", other=("regex", "value"))
    min_length: int | None = word("The fewest letters.", "whole", None, other=("shortest",))
    max_length: int | None = word("The most letters.", "whole", None, other=("longest",))
    of_meaning: bool = word("What the name of the column means, where that matches.", "bool", False)
    meant: str | None = word(
        "The regular expression that this has to match, where it is another than that of the texts.", "text", None
    )

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        _judge(self.pattern, where, mistakes, lambda: self.texts(where.column))
        if self.meant is not None:
            _judge(self.meant, where, mistakes, lambda: texts_of(self.meant or ""))

    def texts(self, column: ModelColumn | None = None) -> Texts:
        """What it writes into the column. Raises `BadPattern`."""
        room = column.type.length if column is not None and column.type.name == "str" else None
        most = [each for each in (self.max_length, room) if each is not None]
        return texts_of(self.pattern, self.min_length or 0, min(most, default=None))

    @property
    def of_meant(self) -> str:
        """What values of the meaning match."""
        return self.pattern if self.meant is None else self.meant

    def _meant(self, where: Where) -> RuleKind | None:
        return where.around.meant(evolve(where.column, rule=None), self.of_meant) if self.of_meaning else None

    def subjects(self, where: Where) -> Iterable[FieldOf]:
        meant = self._meant(where)
        return () if meant is None else meant.subjects(where)

    def capacity(self) -> int | None:
        return self._capacity(None)

    def capacity_in(self, where: Where) -> int | None:
        return self._capacity(where.column)

    def _capacity(self, column: ModelColumn | None) -> int | None:
        try:
            return self.texts(column).capacity
        except BadPattern:
            return None

    def generator(self, where: Where) -> Generator[Any]:
        meant = self._meant(where)
        if meant is not None:
            return Matching(meant.generator(where), self.of_meant, self.texts(where.column), where.unique)
        return PatternGenerator(self.texts(where.column), where.unique)


@frozen
class Email(RuleKind):
    """The e-mail address of the person that the row's other columns tell of. Where it does not match `regex`, another that
    does."""

    kind: ClassVar[str] = _EMAIL

    regex: str | None = word("A regular expression that the whole address matches.", "text", None, other=("pattern",))

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if self.regex is not None:
            _judge(self.regex, where, mistakes, lambda: texts_of(self.regex or "", 0, where.column.type.length))
        elif where.column.type.name != "str":
            mistakes.add(
                "models.type_mismatch", f"{where.label} is {where.column.type}, and an address text", where.place
            )
        if where.around.meaning(_EMAIL) is None:
            mistakes.add(
                "models.unknown_rule",
                "no pack tells what an e-mail address is",
                where.place,
                hint="pip install datamimic-pack-common",
            )

    def subjects(self, where: Where) -> tuple[FieldOf, ...]:
        found = where.around.meaning(_EMAIL)
        return () if found is None else (found,)

    def generator(self, where: Where) -> Generator[Any]:
        found = where.around.meaning(_EMAIL)
        assert found is not None
        own = where.reached(found)
        if self.regex is None:
            return own
        return Matching(own, self.regex, texts_of(self.regex, 0, where.column.type.length), where.unique, address=True)


class PatternGenerator(Generator[Any]):
    """Texts that match: drawn, or each once."""

    def __init__(self, texts: Texts, unique: bool) -> None:
        self.texts = texts
        self.is_unique = unique

    def capacity(self) -> int | None:
        return self.texts.capacity if self.is_unique else None

    def column(self, context: Context) -> Column:
        return self.texts.unique(context.rows, context.draw) if self.is_unique else self.texts.drawn(context.draw)


class Matching(Generator[Any]):
    """What another generator makes where it matches, else one of the `texts`: of an `address` one that is like it, unless every
    one has to be another."""

    def __init__(self, inner: Generator[Any], regex: str, texts: Texts, unique: bool, *, address: bool = False) -> None:
        self.inner = inner
        self.regex = regex
        self.texts = texts
        self.is_unique = unique
        self.address = address
        self.needs, self.tables = inner.needs, inner.tables

    def capacity(self) -> int | None:
        return self.inner.capacity()

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return self.inner.most_rows(world, entity, name)

    def column(self, context: Context) -> Column:
        made: Any = self.inner.column(context)
        wrong = np.flatnonzero(~_matches(made, self.regex) & ~made.is_null())
        if not len(wrong):
            return made
        draw = context.draw.take(wrong)
        if self.is_unique:
            others = self.texts.unique(draw.rows, draw)
        elif self.address:
            others = _addresses(self.regex, self.texts.longest).like(take(made, wrong), draw)
        else:
            others = self.texts.drawn(draw)
        places = np.arange(len(made))
        places[wrong] = len(made) + np.arange(len(wrong))
        return take(concat([made, others]), places)


@lru_cache(maxsize=256)
def texts_of(pattern: str, shortest: int = 0, longest: int | None = None) -> Texts:
    """Raises `BadPattern`."""
    from datamimic_models.patterns.writing import Texts  # Automata take a moment to import, and most models need none.

    return Texts.of(pattern, shortest, longest)


@lru_cache(maxsize=64)
def _addresses(regex: str, longest: int | None) -> Addresses:
    from datamimic_models.patterns.alike import Addresses

    return Addresses.of(regex, longest)


def _matches(column: Text, regex: str) -> Bools:
    """Whole values, by the C++ library where it knows the expression: per row it takes a tenth of Python's time."""
    if not column.is_coded:
        try:
            found = pc.match_substring_regex(column.arrow(), f"^(?:{regex})$")
            return true_values(found)
        except pa.ArrowInvalid:
            pass
    pattern = compiled(regex)
    return column.matches(lambda text: pattern.fullmatch(text) is not None)


def compiled(regex: str) -> re.Pattern[str]:
    """As Python has it. Raises `re.error`."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", FutureWarning
        )  # `&&` and `[[` in a class are letters, as the author may have meant
        return re.compile(in_python(regex))


def _judge(pattern: str, where: Where, mistakes: Mistakes, texts: Callable[[], Texts]) -> None:
    if where.column.type.name not in ("str", "json"):
        mistakes.add(
            "models.type_mismatch",
            f"{where.label} is {where.column.type}, and a pattern writes text",
            where.place,
            hint="type: str",
        )
    try:
        texts()
        compiled(pattern)
    except (BadPattern, re.error, OverflowError) as error:
        mistakes.add(
            "models.bad_pattern",
            f"{where.label}: {excerpt(pattern)} cannot be written: {error}",
            where.place,
            hint="literals, classes, groups, alternatives, repeats and looks ahead: [A-Z]{3}-\\d{4}",
        )
