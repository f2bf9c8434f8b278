"""Strings that a regular expression matches."""

from __future__ import annotations

import re._parser as parser  # type: ignore[import-not-found]
import string
from collections.abc import Callable
from random import Random
from re import error
from typing import Any

from datamimic.errors import InvalidOption, excerpt

_PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "
_CLASSES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_letters + string.digits + "_",
    "CATEGORY_SPACE": " ",
}
_MOST = 8
"""Repeats without an upper end stop here, or at their lower end where that is higher."""


Below = Callable[[int], int]
"""Gives a number in range(n)."""


def from_rng(rng: Random) -> Below:
    return lambda size: int(rng.random() * size)


def from_word(word: int) -> Below:
    """Numbers that follow from 64 bits (SplitMix64), the same on every machine and Python."""
    state = word

    def below(size: int) -> int:
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) % (1 << 64)
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % (1 << 64)
        return (mixed ^ mixed >> 31) * size >> 64

    return below


def random_text(pattern: str, below: Below) -> str:
    """One match of the pattern. Raises `InvalidOption` for what is no pattern or has look-around."""
    try:
        return "".join(_piece(operation, argument, below) for operation, argument in parser.parse(pattern))
    except (error, KeyError, OverflowError) as problem:
        raise InvalidOption(
            "invalid_option", f"the pattern {excerpt(pattern)} cannot be written from: {problem}"
        ) from None


def from_pattern(pattern: str) -> set[str]:
    """The characters that a pattern of one character, such as `[A-Z0-9]` or `\\d`, matches."""
    try:
        parsed = list(parser.parse(pattern))
    except error as problem:
        raise InvalidOption("invalid_option", f"the pattern {excerpt(pattern)} cannot be read: {problem}") from None
    if len(parsed) != 1:
        return set(pattern)
    return set(_choices(parsed[0][0], parsed[0][1]))


def _choices(operation: Any, argument: Any) -> str:
    """The characters that one operation on a single character allows."""
    name = str(operation)
    if name == "LITERAL":
        return chr(argument)
    if name == "ANY":
        return _PRINTABLE
    if name == "NOT_LITERAL":
        return _PRINTABLE.replace(chr(argument), "")
    if name == "RANGE":
        return "".join(map(chr, range(argument[0], argument[1] + 1)))
    if name == "CATEGORY":
        kind = str(argument)
        if kind in _CLASSES:
            return _CLASSES[kind]
        return "".join(letter for letter in _PRINTABLE if letter not in _CLASSES[kind.replace("NOT_", "")])
    if name == "IN":
        negated = bool(argument) and str(argument[0][0]) == "NEGATE"
        listed = "".join(_choices(part[0], part[1]) for part in argument if str(part[0]) != "NEGATE")
        return "".join(letter for letter in _PRINTABLE if letter not in listed) if negated else listed
    raise KeyError(f"{name.lower()} is not supported")


def _piece(operation: Any, argument: Any, below: Below) -> str:
    name = str(operation)
    if name == "AT":
        return ""
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, parts = argument
        high = max(low, _MOST) if high is parser.MAXREPEAT else high
        times = low + below(high - low + 1)
        return "".join(_piece(part[0], part[1], below) for _ in range(times) for part in parts)
    if name == "SUBPATTERN":
        return "".join(_piece(part[0], part[1], below) for part in argument[-1])
    if name == "BRANCH":
        return "".join(_piece(part[0], part[1], below) for part in argument[1][below(len(argument[1]))])
    letters = _choices(operation, argument)
    return letters[below(len(letters))]
