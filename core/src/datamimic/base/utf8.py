"""Whether text can be written at all: a Python string may hold half a surrogate pair, which no encoding has."""

from __future__ import annotations


def encodes(text: str) -> bool:
    """Whether UTF-8 can write the text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
