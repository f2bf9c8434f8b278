"""Expressions that checks give, for texts that people read."""

from __future__ import annotations


def plainly(pattern: str) -> str:
    """The expression with letters and digits where anything may stand; one that looks ahead or behind is left as it is."""
    if "(?=" in pattern or "(?!" in pattern or "(?<" in pattern:
        return pattern
    found, inside, escaped = [], False, False
    for letter in pattern:
        found.append("[A-Z0-9]" if letter == "." and not (inside or escaped) else letter)
        inside = not escaped and (letter == "[" or (inside and letter != "]"))
        escaped = letter == "\\" and not escaped
    return "".join(found)
