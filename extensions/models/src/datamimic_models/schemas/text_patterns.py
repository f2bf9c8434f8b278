"""Patterns that SQL has beside regular expressions, as regular expressions for the whole value."""

from __future__ import annotations

import re


def like_pattern(pattern: str, *, escape: str = "\\") -> str:
    """Of LIKE."""
    found, at = [], 0
    while at < len(pattern):
        letter = pattern[at]
        if letter == escape and at + 1 < len(pattern):
            at += 1
            found.append(re.escape(pattern[at]))
        else:
            found.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
        at += 1
    return "".join(found)


def similar_pattern(pattern: str) -> str:
    """Of SIMILAR TO: a regular expression with `%` and `_` of LIKE, in which a point is a point."""
    found, inside, at = [], False, 0
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\" and at + 1 < len(pattern):
            at += 1
            found.append(re.escape(pattern[at]))
        elif inside or letter == "[":
            inside = letter != "]"
            found.append(letter)
        else:
            found.append({"%": ".*", "_": ".", ".": r"\.", "^": r"\^", "$": r"\$"}.get(letter, letter))
        at += 1
    return "".join(found)


def glob_pattern(pattern: str) -> str:
    """Of GLOB of SQLite."""
    found, inside = [], False
    for letter in pattern:
        if inside or letter == "[":
            inside = letter != "]"
            found.append(letter)
        else:
            found.append({"*": ".*", "?": "."}.get(letter) or re.escape(letter))
    return "".join(found)
