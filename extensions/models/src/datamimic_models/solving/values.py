"""Which values a column may have."""

from __future__ import annotations

import re
from typing import Literal

from attrs import evolve, frozen

from datamimic_models.model import ColumnType
from datamimic_models.solving.axes import axis_of

Null = Literal["may", "never", "always"]


@frozen(kw_only=True)
class Values:
    """Null, as far as `null` says, or what all the others allow. `low`, `high` and `excluded` are ticks (`axes`), `choices`
    are ticks or texts, `patterns` are regular expressions that are found in the text, `not_patterns` are not;
    `remainder` is (divisor, rest) of the ticks."""

    null: Null = "may"
    low: int | None = None
    high: int | None = None
    excluded: frozenset[int | str] = frozenset()
    choices: tuple[int | str, ...] | None = None
    patterns: tuple[str, ...] = ()
    not_patterns: tuple[str, ...] = ()
    shortest: int = 0
    longest: int | None = None
    case: Literal["lower", "upper"] | None = None
    remainder: tuple[int, int] | None = None

    def meet(self, other: Values) -> Values | None:
        """What both allow; None for nothing. Where nothing but null is left, null is all."""
        if {self.null, other.null} == {"never", "always"}:
            return None
        null = self.null if other.null == "may" else other.null
        if null == "always":
            return Values(null="always")
        choices = self.choices if other.choices is None else other.choices
        if self.choices is not None and other.choices is not None:
            theirs = frozenset(other.choices)
            choices = tuple(each for each in self.choices if each in theirs)
        met = Values(
            null=null,
            low=_most(self.low, other.low),
            high=_least(self.high, other.high),
            excluded=self.excluded | other.excluded,
            choices=choices,
            patterns=tuple(dict.fromkeys(self.patterns + other.patterns)),
            not_patterns=tuple(dict.fromkeys(self.not_patterns + other.not_patterns)),
            shortest=max(self.shortest, other.shortest),
            longest=_least(self.longest, other.longest),
            case=self.case or other.case,
            remainder=self.remainder or other.remainder,
        ).plain()
        if not met.empty:
            return met
        return Values(null="always") if null == "may" else None

    def plain(self) -> Values:
        """The same, with choices that the bounds and exclusions leave."""
        if self.choices is None:
            return self
        kept = tuple(each for each in self.choices if each not in self.excluded and self._within(each))
        return evolve(self, choices=kept)

    def _within(self, choice: int | str) -> bool:
        if isinstance(choice, str):
            return self.has_text(choice)
        if self.remainder is not None and choice % self.remainder[0] != self.remainder[1]:
            return False
        return (self.low is None or choice >= self.low) and (self.high is None or choice <= self.high)

    def has_text(self, text: str) -> bool:
        """Whether the text has the length, case and patterns."""
        if len(text) < self.shortest or (self.longest is not None and len(text) > self.longest):
            return False
        if self.case is not None and text != (text.lower() if self.case == "lower" else text.upper()):
            return False
        return all(re.search(each, text) for each in self.patterns) and not any(
            re.search(each, text) for each in self.not_patterns
        )

    @property
    def empty(self) -> bool:
        """Whether there is nothing but, perhaps, null."""
        if self.choices is not None:
            return not self.choices
        if self.low is not None and self.high is not None and self.low > self.high:
            return True
        return self.longest is not None and self.longest < self.shortest


def of_type(kind: ColumnType, *, nullable: bool) -> Values:
    """What the type allows."""
    axis = axis_of(kind)
    return Values(
        null="may" if nullable else "never",
        low=None if axis is None else axis.low,
        high=None if axis is None else axis.high,
        choices=kind.choices or None,
        longest=kind.length if kind.name == "str" else None,
    )


def _most(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else max(a, b)


def _least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)
