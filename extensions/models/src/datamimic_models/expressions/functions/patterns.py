"""`re`: regular expressions, in time that grows only with the text."""

from __future__ import annotations

import re
from typing import Any

from datamimic_models.expressions.catalogue import function, method
from datamimic_models.expressions.regexes import Match, all_found, found, replaced, split
from datamimic_models.expressions.values import bounded

FAMILY = "re"


@function("re.search", example="re.search('[0-9]+', 'Room 12').group()", family=FAMILY)
def search(pattern: str, text: str) -> Match | None:
    """The first match anywhere; null where there is none."""
    return found(pattern, text)


@function("re.match", example="re.match('R(oom)?', 'Room 12').group(1)", family=FAMILY)
def match(pattern: str, text: str) -> Match | None:
    """The match at the beginning; null where there is none."""
    return found(pattern, text, before="")


@function("re.fullmatch", example="bool(re.fullmatch('[A-Z]{2}', 'DE'))", family=FAMILY)
def full_match(pattern: str, text: str) -> Match | None:
    """The match of the whole text; null where there is none."""
    return found(pattern, text, before="", after=r"\z")


@function("re.sub", example=r"re.sub('([a-z])([0-9])', '\\2\\1', 'a1b2')", family=FAMILY, gives="text")
def substituted(pattern: str, replacement: str, text: str, count: int = 0) -> str:
    """With every match replaced, or the first `count`; `\\\\1` stands for a group."""
    made: str = bounded(replaced(pattern, replacement, text, count))
    return made


@function("re.findall", example="re.findall('[0-9]+', '3 of 12')", family=FAMILY)
def find_all(pattern: str, text: str) -> list[Any]:
    """Every match: its text, its group, or a tuple of its groups."""
    return all_found(pattern, text)


@function("re.split", example="re.split('[,;] *', 'a, b;c')", family=FAMILY)
def split_by(pattern: str, text: str, maxsplit: int = 0) -> list[str]:
    """The text between matches."""
    return split(pattern, text, maxsplit)


@function("re.escape", example="re.escape('a.b')", family=FAMILY, gives="text")
def escaped(text: str) -> str:
    """A pattern that finds the text itself."""
    return re.escape(text)


method(
    "group",
    Match,
    call=Match.group,
    example="re.search('(b)(c)', 'abc').group(1, 2)",
    summary="what was found, or a group of it by number or name",
)
method(
    "groups", Match, call=Match.groups, example="re.search('(b)(c)', 'abc').groups()", summary="all groups, as a tuple"
)
method(
    "groupdict",
    Match,
    call=Match.groupdict,
    example="re.search('(?P<letter>b)', 'abc').groupdict()",
    summary="groups by name",
)
method(
    "start", Match, call=Match.start, example="re.search('b', 'abc').start()", summary="where it begins", gives="int"
)
method("end", Match, call=Match.end, example="re.search('b', 'abc').end()", summary="where it ends", gives="int")
method("span", Match, call=Match.span, example="re.search('b', 'abc').span()", summary="both, as a tuple")
