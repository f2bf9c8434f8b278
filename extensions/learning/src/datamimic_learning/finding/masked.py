"""Samples that show the shape of a value and not the value."""

from __future__ import annotations

_LONGEST = 40
_SHORT = 5


def masked(text: str) -> str:
    """Letters and digits hidden but the first and the last of a longer text; signs between them stay.

    >>> masked("anna.weber@example.com"), masked("Anna"), masked("DE89 3704 0044")
    ('a***.*****@*******.**m', '****', 'D*** **** ***4')
    """
    hidden = "".join("*" if sign.isalnum() else sign for sign in text)
    if len(text) > _SHORT:
        hidden = text[0] + hidden[1:-1] + text[-1]
    return hidden if len(hidden) <= _LONGEST else f"{hidden[: _LONGEST - 1]}…"
