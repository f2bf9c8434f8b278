"""Texts of tables with fields in braces, such as `{house_number} {street}`, filled column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from datamimic import Text
from datamimic.columns import join

_PIECES = re.compile(r"([^{}]+)|\{(\w+)\}")


def fill(template: str, part: Callable[[str], Text]) -> Text:
    """The template with every field replaced by `part(name)`; null in rows where one of them is null."""
    return join(*pieces(template, part))


def pieces(template: str, part: Callable[[str], Text]) -> list[Text | str]:
    """What `fill` joins: the literals and fields of the template, in order."""
    return [literal or part(name) for literal, name in _PIECES.findall(template)]


def fields_of(templates: Iterable[str]) -> frozenset[str]:
    """The names of all fields in the templates."""
    return frozenset(name for template in templates for _, name in _PIECES.findall(template) if name)
