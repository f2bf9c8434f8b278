"""Forms: what values of a meaning look like, and when their check digits are right. They stand in `forms/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from attrs import field, frozen
from importlib_resources import files

_SEPARATORS = str.maketrans("", "", " -./\u00a0\u2011\u2013")
_FILES = ("contacts", "documents", "accounts", "europe", "americas", "asia", "technical")
_HERE = "datamimic_learning.finding"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@frozen(eq=False)
class Form:
    """`what` is its name for people, `pattern` what it looks like: in capitals without separators, or as it is `written`.

    `country` is the one that gives such values out (ISO 3166-1 alpha-2), empty for all. `length` is that of the shortest and
    the longest such text. `check` says whether a text of the pattern has the right check digits, `chance` is the share that has
    them by chance, `strength` how much a column full of such values says for the meaning (natural log odds).
    """

    meaning: str
    what: str
    pattern: re.Pattern[str] = field(converter=_compiled)
    country: str = ""
    length: tuple[int, int] = field(default=(1, 10_000), converter=tuple)
    check: Callable[[str], bool] | None = None
    chance: float = 0.1
    strength: float = 6.0
    written: bool = False

    def matches(self, text: str, bare_text: str) -> bool:
        """Whether a text, which is `bare_text` in capitals without separators, is such a value."""
        subject = text if self.written else bare_text
        return self.pattern.fullmatch(subject) is not None and (self.check is None or self.check(subject))


def bare(text: str) -> str:
    """Capitals without separators: what numbers are compared as.

    >>> bare("de89 3704-0044")
    'DE8937040044'
    """
    return text.translate(_SEPARATORS).upper()


@cache
def all_forms() -> tuple[Form, ...]:
    """Those of people, cards and devices first, technical ones last."""
    return tuple(
        _form(said)
        for name in _FILES
        for said in tomllib.loads(files(_HERE).joinpath("forms", f"{name}.toml").read_text(encoding="utf-8"))["form"]
    )


def _form(said: dict[str, Any]) -> Form:
    module, _, name = said.pop("check", "").partition(":")
    return Form(**said, check=getattr(import_module(f"{_HERE}.checks.{module}"), name) if module else None)
