"""What names of columns say of keys: `customer_id` is likely that of the table `customers`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_OF_KEYS: Final = frozenset(("id", "key", "no", "nr", "number", "fk", "ref", "code", "uuid", "nummer"))
_TELLING: Final = _OF_KEYS | frozenset((
    "sk", "pk", "num", "seq", "sequence", "line", "position", "pos", "index", "idx", "rank", "version", "round", "year", "jahr",
    "annee", "month", "week", "day", "date", "hour", "minute", "time", "epoch", "timestamp", "ts",
))  # fmt: skip


def likeness(column: str, table: str, key: str) -> float:
    """How much the name of a column says that it is the key of a table: `customer_id` of `customers` and its `id`."""
    own, of_table, of_key = _words(column), _words(table), _words(key)
    if own == of_key and own != ["id"]:
        return 0.6 if set(own) & set(of_table) else 0.4
    rest = [each for each in own if each not in _OF_KEYS]
    if not rest:
        return 0.0
    if rest == of_table or (rest[-1:] == of_table[-1:] and rest):
        return 0.7
    if set(rest) & set(of_table) and len(own) > len(rest):
        return 0.5
    return 0.45 if own[-len(of_key) :] == of_key and set(rest) & set(of_table) else 0.0


def called_as_key(column: str) -> bool:
    """Does a word of the name say that it is a key, or the number or time of something? `order_no`, `year`."""
    return not _TELLING.isdisjoint(_words(column))


@cache
def _words(name: str) -> list[str]:
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return [singular(each) for each in re.findall(r"[^\W_]+", split.lower())]


def singular(word: str) -> str:
    """`orders` is of an order, `categories` of a category."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
