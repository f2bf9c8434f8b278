"""The parts of a JSON document within its text: what each is called and where its value stands."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, Final, NamedTuple

import pyarrow as pa

_TOKEN: Final = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"|(?P<literal>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)|(?P<mark>[{}\[\]:,])'
)
_DEEPEST: Final = 200
_SELDOM: Final = 0.08
_MOST_SELDOM: Final = 8
"""Names of parts that so few documents have; where there are more, parts are called after values."""


class Leaf(NamedTuple):
    """A text (without its quotes), number, true, false or null. `path` are the names that lead to it, `customer.name`; what
    stands in a list is called as the list is."""

    path: str
    start: int
    end: int
    is_text: bool


def leaves(text: str) -> list[Leaf]:
    """Of an object or a list; none of other texts."""
    if text.lstrip()[:1] not in ("{", "["):
        return []
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return []
    found: list[Leaf] = []
    within: list[tuple[bool, str]] = []
    path, names_next = "", False
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark is None and names_next:
            base = within[-1][1]
            path = f"{base}.{token['text']}" if base else str(token["text"])
            names_next = False
        elif mark is None:
            group = "literal" if token["text"] is None else "text"
            found.append(Leaf(path, *token.span(group), group == "text"))
        elif mark in "{[":
            within.append((mark == "{", path))
            names_next = mark == "{"
            if len(within) > _DEEPEST:
                return []
        elif mark in "}]":
            path, names_next = within.pop()[1], False
        elif mark == ",":
            names_next, path = within[-1]
    return found


def parts_of(column: pa.ChunkedArray) -> dict[str, pa.Array]:
    """Texts that are all JSON objects or lists as what they say: the values of every path, of whatever document; nothing for
    other columns, nor where names of parts are values themselves, as of a list of people by their addresses."""
    texts = [text for text in column.to_pylist() if text and not text.isspace()]
    if not texts or not all(text.lstrip()[:1] in ("{", "[") for text in texts):
        return {}
    found: dict[str, list[Any]] = {}
    documents: Counter[str] = Counter()
    for text in texts:
        parts = leaves(text)
        if not parts and re.sub(r"\s", "", text) not in ("{}", "[]"):
            return {}
        documents.update({leaf.path for leaf in parts})
        for leaf in parts:
            value = text[leaf.start : leaf.end]
            found.setdefault(leaf.path, []).append(json.loads(f'"{value}"' if leaf.is_text else value))
    seldom = sum(count < 1 + _SELDOM * len(texts) for count in documents.values())
    if any("@" in path for path in found) or (len(texts) > 1 and seldom > max(_MOST_SELDOM, len(found) / 2)):
        return {}
    return {path: _array(values) for path, values in found.items()}


def is_document(text: str) -> bool:
    """Whether a text is a JSON object or list."""
    return bool(leaves(text))


def _array(values: list[Any]) -> pa.Array:
    """Numbers as numbers where all are; else texts."""
    there = [each for each in values if each is not None]
    if there and all(isinstance(each, bool) for each in there):
        return pa.array(there)
    if there and all(isinstance(each, int | float) and not isinstance(each, bool) for each in there):
        try:
            return pa.array(there)
        except (pa.ArrowException, OverflowError):
            pass
    return pa.array([each if isinstance(each, str) else json.dumps(each) for each in there], pa.string())
