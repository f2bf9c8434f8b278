"""Lists, tuples, sets and dicts. Values never change: what would change one in Python gives a new one here."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from datamimic_models.expressions.catalogue import function, method
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.operators import add, equal
from datamimic_models.expressions.values import bounded, iterated, kind_name, plain, truth

FAMILY = "Lists, sets and dicts"


class _Nothing:
    """Stands for no default, as None may be one."""

    def __repr__(self) -> str:
        return "…"


_NONE = _Nothing()


@function("len", example="len([1, 2, 3])", family=FAMILY, gives="int")
def length(value: Any) -> int:
    """How many characters, items or keys it has."""
    if not isinstance(value, str | list | tuple | Mapping | frozenset | range | bytes):
        raise Failed(f"{kind_name(value)} has no length")
    return len(value)


@function("list", example="list('abc')", family=FAMILY)
def listed(values: Any = ()) -> list[Any]:
    """The items as a list."""
    made: list[Any] = bounded([*iterated(values)])
    return made


@function("tuple", example="tuple([1, 2])", family=FAMILY)
def tupled(values: Any = ()) -> tuple[Any, ...]:
    """The items as a tuple."""
    return tuple(listed(values))


@function("set", "frozenset", example="set([1, 2, 2])", family=FAMILY)
def set_of(values: Any = ()) -> frozenset[Any]:
    """The items, each once; a loop sees them in the order of their values."""
    return frozenset(listed(values))


@function("dict", example="dict([('a', 1)], b=2)", family=FAMILY)
def dict_of(pairs: Any = (), **named: Any) -> dict[Any, Any]:
    """A dict of another one or of pairs, and of names."""
    made = {key: plain(pairs[key]) for key in pairs} if isinstance(pairs, Mapping) else dict(iterated(pairs))
    result: dict[Any, Any] = bounded({**made, **named})
    return result


@function("range", example="list(range(0, 10, 3))", family=FAMILY)
def counted(start: int, stop: int | None = None, step: int = 1) -> range:
    """Whole numbers from `start`, or 0, up to before `stop`."""
    return range(start) if stop is None else range(start, stop, step)


@function("sum", example="sum([1, 2, 3])", family=FAMILY)
def total(values: Any, start: Any = 0) -> Any:
    """The sum of numbers or durations."""
    for value in iterated(values):
        if isinstance(value, str | list | tuple):
            raise Failed("sum adds numbers: ''.join(…) joins texts")
        start = add(start, value)
    return start


def _least_or_most(pick: Callable[..., Any], values: tuple[Any, ...], key: Any, default: Any) -> Any:
    items = [*iterated(values[0])] if len(values) == 1 else [*values]
    if not items:
        if default is _NONE:
            raise Failed("there is no value among none")
        return default
    if key is None and any(value is None for value in items):
        raise Failed("null is neither less nor more than another value")
    return pick(items, key=key)


@function("min", example="min(3, 1, 2)", family=FAMILY, calls=("key",))
def least(*values: Any, key: Any = None, default: Any = _NONE) -> Any:
    """The least of the values, or of the items of one; by what `key` gives for each. `default` stands for none."""
    return _least_or_most(min, values, key, default)


@function("max", example="max(['pear', 'fig'], key=len)", family=FAMILY, calls=("key",))
def most(*values: Any, key: Any = None, default: Any = _NONE) -> Any:
    """The greatest of the values, or of the items of one; by what `key` gives for each. `default` stands for none."""
    return _least_or_most(max, values, key, default)


@function("sorted", example="sorted([3, 1, 2], reverse=True)", family=FAMILY, calls=("key",))
def in_order(values: Any, *, key: Any = None, reverse: Any = False) -> list[Any]:
    """The items in order, by what `key` gives for each."""
    made: list[Any] = bounded(sorted(iterated(values), key=key, reverse=bool(reverse)))
    return made


@function("reversed", example="list(reversed([1, 2, 3]))", family=FAMILY)
def backwards(values: Any) -> list[Any]:
    """The items from the last to the first."""
    return listed(values)[::-1]


@function("enumerate", example="list(enumerate(['a', 'b'], 1))", family=FAMILY)
def numbered(values: Any, start: int = 0) -> list[Any]:
    """Pairs of a number and an item."""
    return [*enumerate(listed(values), start)]


@function("zip", example="list(zip([1, 2], ['a', 'b']))", family=FAMILY)
def paired(*values: Any, strict: bool = False) -> list[Any]:
    """Tuples of the first items, of the second ones, and so on."""
    columns = [listed(each) for each in values]
    if len({len(each) for each in columns}) > 1 and strict:
        raise Failed("the lists are not of one length")
    made: list[Any] = bounded([*zip(*columns, strict=False)])
    return made


@function("map", example="list(map(str, [1, 2]))", family=FAMILY, calls=("function",))
def mapped(function: Any, values: Any) -> list[Any]:
    """What a function or lambda gives for each item."""
    made: list[Any] = bounded([function(each) for each in iterated(values)])
    return made


@function("filter", example="list(filter(lambda n: n > 1, [1, 2, 3]))", family=FAMILY, calls=("function",))
def filtered(function: Any, values: Any) -> list[Any]:
    """The items for which a function or lambda gives what counts as true."""
    return [each for each in listed(values) if truth(function(each))]


@function("any", example="any(n > 2 for n in [1, 2, 3])", family=FAMILY, gives="bool")
def one_true(values: Any) -> bool:
    """Does an item count as true?"""
    return any(map(truth, iterated(values)))


@function("all", example="all(n > 0 for n in [1, 2, 3])", family=FAMILY, gives="bool")
def all_true(values: Any) -> bool:
    """Do all items count as true?"""
    return all(map(truth, iterated(values)))


def _place(values: Any, value: Any) -> int:
    for number, each in enumerate(iterated(values)):
        if equal(each, value):
            return number
    raise Failed(f"{kind_name(value)} is not in it")


def _count(values: Any, value: Any) -> int:
    return sum(equal(each, value) for each in iterated(values))


def _got(pairs: Mapping[Any, Any], key: Any, default: Any = None) -> Any:
    return plain(pairs[key]) if key in pairs else default


method(
    "index",
    list,
    tuple,
    call=_place,
    example="['a', 'b'].index('b')",
    summary="the place of the first such item",
    gives="int",
)
method("count", list, tuple, call=_count, example="[1, 2, 1].count(1)", summary="how many items are alike", gives="int")
method("get", Mapping, call=_got, example="{'a': 1}.get('b', 0)", summary="the value of a key, or what stands for none")
method("keys", Mapping, call=lambda pairs: [*pairs], example="{'a': 1}.keys()", summary="the keys, as a list")
method(
    "values",
    Mapping,
    call=lambda pairs: [plain(pairs[key]) for key in pairs],
    example="{'a': 1}.values()",
    summary="the values, as a list",
)
method(
    "items",
    Mapping,
    call=lambda pairs: [(key, plain(pairs[key])) for key in pairs],
    example="{'a': 1}.items()",
    summary="pairs of key and value, as a list",
)
for _name, _operator, _summary in (
    ("union", operator.or_, "what is in it or in another"),
    ("intersection", operator.and_, "what is in both"),
    ("difference", operator.sub, "what is in it and not in another"),
    ("symmetric_difference", operator.xor, "what is in one of both only"),
):

    def _set_act(values: frozenset[Any], other: Any, act: Callable[[Any, Any], Any] = _operator) -> Any:
        return bounded(act(values, set_of(other)))

    method(_name, frozenset, call=_set_act, example=f"sorted({{1, 2}}.{_name}([2, 3]))", summary=_summary)
method(
    "issubset",
    frozenset,
    call=lambda values, other: values <= set_of(other),
    example="{1}.issubset([1, 2])",
    summary="is all of it in another?",
    gives="bool",
)
method(
    "issuperset",
    frozenset,
    call=lambda values, other: values >= set_of(other),
    example="{1, 2}.issuperset([1])",
    summary="is all of another in it?",
    gives="bool",
)
method(
    "isdisjoint",
    frozenset,
    call=lambda values, other: values.isdisjoint(set_of(other)),
    example="{1}.isdisjoint([2])",
    summary="has it nothing in common with another?",
    gives="bool",
)
