"""The texts that checks leave: those of all their patterns at once, of the length and the case that they ask for."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import lru_cache, reduce
from itertools import starmap
from typing import Final

from datamimic import Draw
from datamimic_models.patterns.automaton import Automaton, automaton_of, kept_letters, met
from datamimic_models.patterns.parsing import MOST_REPEATS, parse_pattern
from datamimic_models.patterns.tree import BadPattern, Letters, Node, Repeat, Sequence
from datamimic_models.patterns.writing import LARGEST, Texts
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Objects
from datamimic_models.solving.values import Values

MOST: Final = LARGEST
"""More texts are not counted."""
_ANY: Final = frozenset(string.ascii_letters + string.digits)
"""What `.` stands for: nothing that has to be quoted anywhere."""
_MOST_REPEATS: Final = 200
_BEGINS: Final = re.compile(r"^(?:\(\?i:)?(?:\^|\\A)")
_ENDS: Final = re.compile(r"(?:\$|\\Z)\)?$")


@lru_cache(maxsize=512)
def shape_of(values: Values, *, plain: bool = False) -> Texts | None:
    """The texts that have the patterns, the length and the case; None without a pattern that is understood. With `plain`, what
    may be anything is as short as may be, where that leaves any text."""
    if not values.patterns:
        return None
    for short, wrapped in ((True, False), (False, False), (False, True))[0 if plain else 1 :]:
        found = _shape(values, short, wrapped)
        if found is not None and found.lengths:
            return found
    return None


@lru_cache(maxsize=512)
def wider_shape_of(values: Values) -> Texts | None:
    """The same with letters around what the patterns say, as far as they leave the ends of the text open; None for nothing."""
    found = _shape(values, False, True)
    return found if found is not None and found.lengths else None


def _shape(values: Values, plain: bool, wrapped: bool) -> Texts | None:
    more = max(MOST_REPEATS, min(values.shortest, _MOST_REPEATS))
    nodes: dict[str, Node] = {}
    automata = []
    for expression in values.patterns:
        try:
            node = parse_pattern(expression, any_of=_ANY, more=more, plain=plain)
            automata.append(automaton_of(_wrapped(expression, node, more) if wrapped else node))
            nodes[expression] = node
        except BadPattern:
            continue  # what is drawn is tried against it
    if not automata:
        return None
    try:
        both = reduce(met, automata)
    except BadPattern:
        longest = values.shortest + 2 * more
        longest = longest if values.longest is None else min(longest, values.longest)
        both = (_met_anywhere(nodes, longest) if wrapped else None) or automata[0]
    if values.case is not None:
        both = kept_letters(both, _lower if values.case == "lower" else _upper)
    return Texts(both, values.shortest, values.longest)


def _met_anywhere(nodes: Mapping[str, Node], longest: int) -> Automaton | None:
    """The texts that have all expressions somewhere: what is around them has no limit but that of the whole, so that each
    takes few states. None where that is too large still."""
    whole = Repeat(Letters(_ANY), 0, longest)
    try:
        return reduce(met, (automaton_of(each) for each in (*starmap(_wrapped, nodes.items()), whole)))
    except BadPattern:
        return None


def _lower(letter: str) -> bool:
    return letter == letter.lower()


def _upper(letter: str) -> bool:
    return letter == letter.upper()


def _wrapped(expression: str, node: Node, more: int | None = None) -> Node:
    """The expression somewhere within a text, where it does not say that this begins or ends with it."""
    around = Repeat(Letters(_ANY), 0, more)
    parts: list[Node] = [] if _BEGINS.search(expression) else [around]
    parts.append(node)
    if not _ENDS.search(expression):
        parts.append(around)
    return Sequence(tuple(parts))


def different_texts(shape: Texts, numbers: Ints, address: tuple[str, ...]) -> Objects:
    """One text per number, as many different ones as there are."""
    return shape.unique(numbers % shape.capacity, Draw(address, numbers)).objects()


def drawn_texts(shape: Texts, draw: Draw) -> Objects:
    """One text per row."""
    return shape.drawn(draw).objects()
