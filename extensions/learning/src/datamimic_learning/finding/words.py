"""Lists of words that names, addresses and companies are told by (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from importlib_resources import files


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files("datamimic_learning.finding").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_said()["lists"][name].split())


@cache
def any_of(name: str) -> str:
    """A pattern that is any of the expressions of a list, the longest first."""
    said = re.split(r"(?<!\\)\s+", _said()["patterns"][name].strip())
    return "|".join(sorted(dict.fromkeys(said), key=len, reverse=True))
