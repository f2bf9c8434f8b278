"""The language of expressions: every function, method, attribute and constant, each with an example that runs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from datamimic import Clock, Draw
from datamimic.plugins.registry import Registry
from datamimic_models.expressions import Row, limits, parse
from datamimic_models.expressions.catalogue import ATTRIBUTES, CONSTANTS, FUNCTIONS, METHODS
from datamimic_models.expressions.values import repr_of
from pages.markdown import code, page, prose, table

_ROW = Row({}, 0, Draw(("docs-demo", "shop.orders", "total"), np.arange(1)), Clock.parse("2025-01-01T00:00:00Z"))
_OPERATORS = (
    ("1 + 2 * 3 - 4 / 2", "arithmetic; `//` and `%` round down, `**` is a power"),
    ("'a' + 'b' * 2", "texts and lists are joined and repeated"),
    ("1 < 2 <= 3", "comparison, chained"),
    ("'a' in ['a', 'b'] and 'x' not in 'abc'", "what is in a list, set, dict, text"),
    ("None is None", "whether there is a value; `is` takes None, True and False only"),
    ("not (True and False or True)", "logic: `and` and `or` give the value that decides"),
    ("'adult' if 20 >= 18 else 'child'", "one of two values; the other is not worked out"),
    ("'Ada'[0] + 'Ada'[-1] + 'Lovelace'[:4]", "items and slices"),
    ("f'{3.14159:.2f} {7:03d} {\"x\":>5}'", "texts with values, and their formats"),
    ("'%05.1f' % 2.5", "the older way of it"),
    ("[n * n for n in range(5) if n % 2]", "lists made of others; so are sets, dicts and `any(… for …)`"),
    ("{'a': 1} | {'b': 2}", "dicts, joined"),
    ("sorted(['pear', 'fig'], key=lambda word: len(word))", "a `lambda` where a function takes one"),
    ("6 & 3 | 8 ^ 1 << 2", "operators of bits, and of sets"),
)
_TYPES = {
    "Mapping": "dicts and records",
    "str": "text",
    "date": "dates and moments",
    "datetime": "moments",
    "time": "times of day",
    "timedelta": "durations",
    "frozenset": "sets",
    "Match": "what a pattern found",
}


def expressions(packs: Registry) -> str:
    families: dict[str, list[tuple[str, str, str, str]]] = {}
    seen: set[int] = set()
    for name, function in FUNCTIONS.items():
        if id(function) in seen:
            continue
        seen.add(id(function))
        others = [each for each, known in FUNCTIONS.items() if known is function and each != name]
        also = f" Also {', '.join(map(code, others))}." if others else ""
        row = (code(function.shown), prose(function.summary) + also, code(function.example), _value(function.example))
        families.setdefault(function.family, []).append(row)
    headings = ("", "gives", "example", "is")
    return page(
        "Expressions",
        "What stands in `expression:`, `template:`, `condition:`, `rows:` and checks of a model, and in scripts of the XML "
        "language: a subset of Python's expressions, with Python's meaning. "
        "[How they are worked out](../explanation/expressions.md) says the rest. "
        "Values are None, truth values, whole numbers, floats, exact `Decimal`s, text, dates, moments, times of day, "
        "durations, UUIDs, lists, tuples, sets, dicts, and records, whose members are read by name.",
        "## Operators",
        table(("example", "is", ""), [(code(text), _value(text), said) for text, said in _OPERATORS]),
        *(part for name in sorted(families) for part in (f"## {name}", table(headings, families[name]))),
        "## Methods",
        "A call of a method that values of the kind do not have is refused. Those of Python that change a list or a dict are "
        "not there: values never change.",
        table(("of", "gives", "example", "is"), _methods()),
        "## Attributes and constants",
        table(("", "of", "gives", "example", "is"), _attributes()),
        table(("constant", "is"), [(code(name), _value(name)) for name in CONSTANTS]),
        "## Bounds",
        "They hold for each row alone. What passes one is refused with `models.expression_too_large`, or where it is written "
        "out already with `models.bad_expression`.",
        table(("", ""), _bounds()),
    )


def _value(text: str) -> str:
    return code(repr_of(parse(text).row(_ROW)) if "re." not in text or "(" in text else "")


def _methods() -> Iterable[tuple[str, str, str, str]]:
    for name in sorted(METHODS):
        for each in METHODS[name]:
            kinds = ", ".join(_TYPES.get(known.__name__, known.__name__) for known in each.types)
            yield f"`.{name}` of {kinds}", each.summary, code(each.example), _value(each.example)


def _attributes() -> Iterable[tuple[str, str, str, str, str]]:
    for name in sorted(ATTRIBUTES):
        for each in ATTRIBUTES[name]:
            kinds = ", ".join(_TYPES.get(known.__name__, known.__name__) for known in each.types)
            yield code(f".{name}"), kinds, each.summary, code(each.example), _value(each.example)


def _bounds() -> list[tuple[str, str]]:
    return [
        ("characters of an expression", f"{limits.LONGEST_SOURCE:,}"),
        ("levels of its tree", f"{limits.DEEPEST:,}"),
        ("characters of a text", f"{limits.LONGEST_TEXT:,}"),
        ("items of a list, with those of lists in it", f"{limits.MOST_ITEMS:,}"),
        ("bits of a whole number", f"{limits.MOST_BITS:,}"),
        ("steps of a row: items of loops, hundreds of characters", f"{limits.MOST_STEPS:,}"),
        ("width and decimals of a format", f"{limits.WIDEST:,}"),
        ("characters of a regular expression", f"{limits.LONGEST_PATTERN:,}"),
        ("these times the characters of the text", f"{limits.MOST_SEARCHED:,}"),
    ]
