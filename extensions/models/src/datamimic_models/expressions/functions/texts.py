"""Text: its functions and the methods of `str`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.expressions.catalogue import Gives, function, method
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.formatting import filled_in, formatted
from datamimic_models.expressions.limits import LONGEST_TEXT
from datamimic_models.expressions.values import iterated, kind_name, lettered, repr_of, text_of

FAMILY = "Text"
_SEARCHED_BACKWARDS = 1_000
"""Characters of what is searched from the end, where Python takes their number times that of the text."""


@function("str", example="str(12.5) + ' €'", family=FAMILY, gives="text")
def text(value: Any = "") -> str:
    """The value as text; null is `None`."""
    return text_of(value)


@function("repr", example="repr('a')", family=FAMILY, gives="text")
def written(value: Any) -> str:
    """The value as one writes it in an expression."""
    return repr_of(value)


@function("format", example="format(1234.5, ',.2f')", family=FAMILY, gives="text")
def format_of(value: Any, spec: str = "") -> str:
    """The value by a format, as in an f-string."""
    return formatted(value, spec)


@function("chr", example="chr(65)", family=FAMILY, gives="text")
def character(number: int) -> str:
    """The character of a number of Unicode."""
    return lettered(chr(number))


@function("ord", example="ord('A')", family=FAMILY, gives="int")
def number_of(character: str) -> int:
    """The number of a character in Unicode."""
    return ord(character)


@function("ascii", example="ascii('é')", family=FAMILY, gives="text")
def ascii_of(value: Any) -> str:
    """As `repr`, with what is not ASCII written out."""
    return formatted(value, "", "a")


def _joined(text: str, values: Any) -> str:
    items = [*iterated(values)]
    for each in items:
        if not isinstance(each, str):
            raise Failed(f"join takes texts, not {kind_name(each)}: write str(x)")
    if sum(map(len, items)) + len(text) * len(items) > LONGEST_TEXT:
        raise TooLarge("a joined text")
    return text.join(items)


def _replaced(text: str, old: str, new: str, count: int = -1) -> str:
    if not isinstance(old, str) or not isinstance(new, str):
        raise Failed("replace takes texts")
    places = text.count(old)
    if len(text) + places * max(len(new) - len(old), 0) > LONGEST_TEXT:
        raise TooLarge("a text after replacing")
    return text.replace(old, new, count)


def _padded(pad: Callable[..., str]) -> Callable[..., str]:
    def padded(text: str, width: int, fill: str = " ") -> str:
        _not_too_wide(width)
        return pad(text, width, fill)

    return padded


def _with_zeros(text: str, width: int) -> str:
    _not_too_wide(width)
    return text.zfill(width)


def _not_too_wide(width: int) -> None:
    if width > LONGEST_TEXT:
        raise TooLarge(f"a text of {width} characters")


def _backwards(act: Callable[..., Any]) -> Callable[..., Any]:
    def searched(text: str, sought: str | None = None, *more: int) -> Any:
        if isinstance(sought, str) and len(sought) > _SEARCHED_BACKWARDS:
            raise TooLarge(f"a search from the end for {len(sought)} characters")
        return act(text, sought, *more)

    return searched


_METHODS: list[tuple[str, Callable[..., Any], str, str, Gives]] = [
    ("lower", str.lower, "'Ada'.lower()", "in small letters", "text"),
    ("upper", str.upper, "'Ada'.upper()", "in capital letters", "text"),
    ("title", str.title, "'ada lovelace'.title()", "with a capital at the beginning of every word", "text"),
    ("capitalize", str.capitalize, "'ada'.capitalize()", "with a capital at the beginning", "text"),
    ("casefold", str.casefold, "'Straße'.casefold()", "for comparison without regard to case", "text"),
    ("swapcase", str.swapcase, "'Ada'.swapcase()", "small letters as capitals and the other way round", "text"),
    ("strip", str.strip, "'  Ada '.strip()", "without space, or the given characters, at both ends", "text"),
    ("lstrip", str.lstrip, "'007'.lstrip('0')", "without space, or the given characters, at the beginning", "text"),
    ("rstrip", str.rstrip, "'2.50'.rstrip('0')", "without space, or the given characters, at the end", "text"),
    ("removeprefix", str.removeprefix, "'DE-12'.removeprefix('DE-')", "without that beginning", "text"),
    ("removesuffix", str.removesuffix, "'a.csv'.removesuffix('.csv')", "without that end", "text"),
    (
        "replace",
        _replaced,
        "'a-b-c'.replace('-', '/')",
        "with other text in place of some, at most `count` times",
        "text",
    ),
    ("zfill", _with_zeros, "'42'.zfill(6)", "with zeros before it, to a width", "text"),
    ("ljust", _padded(str.ljust), "'a'.ljust(3, '.')", "filled at the end, to a width", "text"),
    ("rjust", _padded(str.rjust), "'a'.rjust(3, '.')", "filled at the beginning, to a width", "text"),
    ("center", _padded(str.center), "'a'.center(3, '.')", "filled at both ends, to a width", "text"),
    ("split", str.split, "'a,b,c'.split(',')", "the parts between separators, or between spaces", "any"),
    ("rsplit", _backwards(str.rsplit), "'a.b.c'.rsplit('.', 1)", "the same, counted from the end", "any"),
    ("splitlines", str.splitlines, "'a\\nb'.splitlines()", "its lines", "any"),
    ("partition", str.partition, "'a=b'.partition('=')", "before a separator, it, and after it", "any"),
    ("rpartition", _backwards(str.rpartition), "'a/b/c'.rpartition('/')", "the same from the end", "any"),
    ("join", _joined, "', '.join(['a', 'b'])", "the items of a list with the text between them", "text"),
    ("startswith", str.startswith, "'Ada'.startswith('A')", "does it begin with it, or with one of a tuple?", "bool"),
    ("endswith", str.endswith, "'Ada'.endswith(('a', 'e'))", "does it end with it, or with one of a tuple?", "bool"),
    ("find", str.find, "'Ada'.find('d')", "where it is found first, -1 for nowhere", "int"),
    ("rfind", _backwards(str.rfind), "'Ada'.rfind('a')", "where it is found last, -1 for nowhere", "int"),
    ("index", str.index, "'Ada'.index('d')", "where it is found first; fails for nowhere", "int"),
    ("rindex", _backwards(str.rindex), "'Ada'.rindex('a')", "where it is found last; fails for nowhere", "int"),
    ("count", str.count, "'banana'.count('an')", "how often it is found", "int"),
    ("isdigit", str.isdigit, "'42'.isdigit()", "are all characters digits?", "bool"),
    ("isdecimal", str.isdecimal, "'42'.isdecimal()", "are all characters decimal digits?", "bool"),
    ("isnumeric", str.isnumeric, "'½'.isnumeric()", "do all characters stand for numbers?", "bool"),
    ("isalpha", str.isalpha, "'Ada'.isalpha()", "are all characters letters?", "bool"),
    ("isalnum", str.isalnum, "'R2D2'.isalnum()", "are all characters letters or digits?", "bool"),
    ("isspace", str.isspace, "' '.isspace()", "are all characters spaces?", "bool"),
    ("isupper", str.isupper, "'ADA'.isupper()", "are all letters capitals?", "bool"),
    ("islower", str.islower, "'ada'.islower()", "are all letters small?", "bool"),
    ("istitle", str.istitle, "'Ada Lovelace'.istitle()", "does every word begin with a capital?", "bool"),
    ("isascii", str.isascii, "'é'.isascii()", "are all characters ASCII?", "bool"),
    (
        "format",
        filled_in,
        "'{} of {total}'.format(3, total=10)",
        "with values in place of `{}`, `{0}` and `{name}`",
        "text",
    ),
]
for _name, _call, _example, _summary, _gives in _METHODS:
    method(_name, str, call=_call, example=_example, summary=_summary, gives=_gives)
