"""Texts that match a regular expression, and e-mail addresses that do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic import Context, Generator, Text
from datamimic.columns import Bools, Column, concat, take, true_values
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes
from datamimic_models.patterns.parsing import BadPattern
from datamimic_models.patterns.writing import Texts
from datamimic_models.rules.rule import FieldOf, RuleKind, Where
from datamimic_models.rules.words import word

_EMAIL = "email"


@frozen
class Pattern(RuleKind):
    """Text that a regular expression matches as a whole, such as `[A-Z]{3}-\\d{4}`. What has no limit comes up to 8 times
    more than it must. In a key or unique column every text comes once."""

    kind: ClassVar[str] = "pattern"

    pattern: str = word("The regular expression.", "text", other=("regex", "value"))
    of_meaning: bool = word("What the name of the column means, where that matches.", "bool", False)
    meant: str | None = word(
        "The regular expression that this has to match, where it is another than that of the texts.", "text", None
    )

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        _judge(self.pattern, where, mistakes)
        if self.meant is not None:
            _judge(self.meant, where, mistakes)

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
        try:
            return texts_of(self.pattern).capacity
        except BadPattern:
            return None

    def generator(self, where: Where) -> Generator[Any]:
        meant = self._meant(where)
        if meant is not None:
            return Matching(meant.generator(where), self.of_meant, where.unique, self.pattern)
        return PatternGenerator(texts_of(self.pattern), where.unique)


@frozen
class Email(RuleKind):
    """The e-mail address of the person that the row's other columns tell of. Where it does not match `regex`, another that
    does."""

    kind: ClassVar[str] = _EMAIL

    regex: str | None = word("A regular expression that the whole address matches.", "text", None, other=("pattern",))

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if self.regex is not None:
            _judge(self.regex, where, mistakes)
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
        return own if self.regex is None else Matching(own, self.regex, where.unique)


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
    """What another generator makes where it matches, else a text of the expression, or of `otherwise`."""

    def __init__(self, inner: Generator[Any], regex: str, unique: bool, otherwise: str | None = None) -> None:
        self.inner = inner
        self.regex = regex
        self.otherwise = otherwise or regex
        self.is_unique = unique
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
        texts = texts_of(self.otherwise)
        others = texts.unique(draw.rows, draw) if self.is_unique else texts.drawn(draw)
        places = np.arange(len(made))
        places[wrong] = len(made) + np.arange(len(wrong))
        return take(concat([made, others]), places)


@lru_cache(maxsize=256)
def texts_of(pattern: str) -> Texts:
    """Raises `BadPattern`."""
    return Texts.of(pattern)


def _matches(column: Text, regex: str) -> Bools:
    """Whole values, by the C++ library where it knows the expression: per row it takes a tenth of Python's time."""
    if not column.is_coded:
        try:
            found = pc.match_substring_regex(column.arrow(), f"^(?:{regex})$")
            return true_values(found)
        except pa.ArrowInvalid:
            pass
    pattern = re.compile(regex)
    return column.matches(lambda text: pattern.fullmatch(text) is not None)


def _judge(pattern: str, where: Where, mistakes: Mistakes) -> None:
    if where.column.type.name not in ("str", "json"):
        mistakes.add(
            "models.type_mismatch",
            f"{where.label} is {where.column.type}, and a pattern writes text",
            where.place,
            hint="type: str",
        )
    try:
        texts_of(pattern)
        re.compile(pattern)
    except (BadPattern, re.error, OverflowError) as error:
        mistakes.add(
            "models.bad_pattern",
            f"{where.label}: {excerpt(pattern)} cannot be written: {error}",
            where.place,
            hint="literals, classes, groups, alternatives and repeats: [A-Z]{3}-\\d{4}",
        )
