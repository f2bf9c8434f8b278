"""Both forms of an expression give the same: all rows at once, and row by row, which says what it means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datamimic import Clock, DatamimicError, Draw, Text, ValueType
from datamimic.columns.value_types import Bool, Date, DateTime, Decimals, Duration, Float, Int, ListOf, Str
from datamimic_models.expressions import Expression, Nulls, Scope, parse
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE

KINDS: dict[str, ValueType] = {
    "i": Int(nullable=True),
    "j": Int(),
    "x": Float(nullable=True),
    "y": Float(),
    "p": Decimals(15, 2, nullable=True),
    "q": Decimals(15, 4),
    "b": Bool(nullable=True),
    "t": Str(nullable=True),
    "u": Str(nullable=True),
    "d": Date(nullable=True),
    "m": DateTime(nullable=True),
    "s": Duration(),
    "k": ListOf(Int()),
}
INTS = st.one_of(st.integers(-5, 5), st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from([2**53, 2**53 + 1, 2**62]))
FLOATS = st.one_of(
    st.floats(),
    st.integers(-1000, 1000).map(float),
    st.integers(-10_000, 10_000).map(lambda cents: cents / 100),
    st.sampled_from([0.5, 1.5, 2.675, 1.005, -0.125, 1e16, 1e-5, -0.0]),
)
TEXTS = st.one_of(st.text(max_size=6), st.sampled_from(["", "Ada", "ada lovelace", "Straße", "İ", "42", " 7 ", "a,b"]))
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "i": INTS,
    "j": INTS,
    "x": FLOATS,
    "y": FLOATS,
    "p": st.integers(-(10**6), 10**6).map(lambda units: Decimal(units).scaleb(-2)),
    "q": st.integers(-(10**14), 10**14).map(lambda units: Decimal(units).scaleb(-4)),
    "b": st.booleans(),
    "t": TEXTS,
    "u": TEXTS,
    "d": st.dates(),
    "m": st.one_of(MOMENTS, MOMENTS.map(lambda m: m.replace(microsecond=0))).map(lambda m: m.replace(tzinfo=UTC)),
    "s": st.timedeltas(timedelta(days=-400_000), timedelta(days=400_000)),
    "k": st.lists(st.integers(-3, 3), max_size=3),
}
CLOCK = Clock.parse("2025-03-01T12:34:56Z")


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    length = draw(st.integers(0, 5))
    columns: dict[str, Any] = {}
    for name, kind in KINDS.items():
        item = st.one_of(st.none(), VALUES[name]) if kind.nullable else VALUES[name]
        values = draw(st.lists(item, min_size=length, max_size=length))
        if name == "u":
            words = list(dict.fromkeys(value for value in values if value is not None))
            codes = [-1 if value is None else words.index(value) for value in values]
            columns[name] = Text.coded(np.array(codes * 20, dtype=np.int32), words)
        else:
            columns[name] = kind.from_objects(values * 20, name)
    rows = np.arange(length * 20, dtype=np.int64) + draw(st.integers(0, 1 << 40))
    return Scope(
        rows, KINDS, columns.__getitem__, Draw(("seed", "a.b", "c"), rows), CLOCK, {"c": draw(st.integers(-2, 2))}
    )


LEAVES = {
    "number": ["i", "j", "x", "y", "p", "q", "c", "0", "1", "-7", "2.5", "0.1", "1e300", "len(u)", "random.randint(1, 6)",
               "random.random()", "b", "random.uniform(j, y)", "random.gauss(0, 2)", "(2**62)", "this.i"],
    "text": ["t", "u", "''", "'Ada'", "'é'", "str(d)", "f'{p}'", "random.choice(['x', 'yy'])", "None"],
    "truth": ["b", "True", "i is None", "u == 'Ada'", "re.search('a.*', t)", "t in ['Ada', '42']", "j in (1, 2)"],
    "moment": ["d", "m", "today()", "now()", "date(2024, 2, 29)"],
}  # fmt: skip
SHAPES: dict[str, list[str]] = {
    "number": [
        "({n} + {n})", "({n} - {n})", "({n} * {n})", "({n} / {n})", "({n} // {n})", "({n} % {n})", "({n} ** 2)", "({n} ** 0.5)",
        "(-{n})", "abs({n})", "round({n})", "round({n}, 2)", "int({n})", "float({n})", "int({t})", "min({n}, {n})",
        "max({n}, {n}, {n})", "({n} if {b} else {n})", "(y if {b} else 0)",
        "(i if {b} else x)", "({n} or {n})", "({n} and {n})", "sum(v + {n} for v in k)",
        "math.floor({n})", "math.sqrt({n})", "len({t})", "{m}.year", "{m}.day", "({m} - {m}).days", "s.seconds",
        "{m}.weekday()",
        "coalesce({n}, {n})", "{t}.find('a')", "len([v for v in k if v > {n}])", "(s / timedelta(days=1))", "math.ceil({n})",
        "random.randint(0, {n})", "k[0]", "(~{n})", "math.trunc({n})", "[{n}, {n}][1]", "{{'a': {n}}}['a']",
    ],
    "text": [
        "({t} + {t})", "{t}.lower()", "{t}.upper()", "{t}.strip()", "{t}.title()", "{t}[0]", "{t}[1:3]", "{t}[::-1]",
        "{t}[-2:]",
        "str({n})", "f'{{{n}}}|{{{t}}}'", "f'{{{n}:.2f}}'", "f'{{{n}:05d}}'", "f'{{{t}:>6}}'", "f'{{{m}:%Y-%m-%d %H}}'",
        "f'{{{m}}}'", "{t}.replace('a', 'bb')", "({t} if {b} else {t})", "({t} or {t})", "'-'.join([{t}, {t}])",
        "{m}.isoformat()", "{m}.strftime('%d.%m.%y')", "('%s-%s' % ({n}, {t}))", "re.sub('[aeiou]', '*', {t})", "({t} * 2)",
        "{t}.zfill(5)", "coalesce({t}, 'none')", "str({b})", "f'{{{n}:,}}'", "{t}.split(',')[0]", "f'{{{t}!r}}'", "f'{{s}}'",
        "str({m}.date())", "sorted([{t}, {t}])[0]", "f'{{{n}:.0f}}'", "f'{{p:.2f}}'",
    ],
    "truth": [
        "({n} < {n})", "({n} <= {n} < {n})", "({n} == {n})", "({n} != {n})", "({t} == {t})", "({t} < {t})", "({t} != {t})",
        "({b} and {b})", "({b} or {b})", "(not {b})", "({m} < {m})", "({m} == {m})", "({n} is not None)", "({t} in {t})",
        "{t}.startswith('A')", "{t}.endswith('a')", "between({n}, {n}, {n})", "like({t}, 'a%')", "ilike({t}, '%A_a%')",
        "bool({n})", "bool({t})", "(re.match('[a-z]+', {t}) is not None)", "(re.fullmatch('[0-9]+', {t}) is None)",
        "any(v > {n} for v in k)", "({n} in [1, 2, {n}])", "({t} not in ['Ada', None])", "({t} is None)", "({n} > {t})",
        "bool(re.search('a', {t}))", "({t} > 'a')", "('a' in {t})", "({b} == {b})",
    ],
    "moment": [
        "({m} + s)", "({m} - s)", "({m} + timedelta(days={n}))", "({m} if {b} else {m})", "({m} - timedelta(hours=36))",
        "{m}.replace(day=1)", "({m} + timedelta(days=j, hours=1))",
    ],
}  # fmt: skip
PLACES = {"n": "number", "t": "text", "b": "truth", "m": "moment"}


def expressions(kind: str, depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return st.sampled_from(LEAVES[kind])
    return st.one_of(
        st.sampled_from(LEAVES[kind]), st.sampled_from(SHAPES[kind]).flatmap(lambda shape: _filled(shape, depth))
    )


def _filled(shape: str, depth: int) -> st.SearchStrategy[str]:
    pieces = [piece for piece in _pieces(shape) if len(piece) == 1 and piece in PLACES]
    inner = [expressions(PLACES[piece], depth - 1) for piece in pieces]

    def put(parts: tuple[str, ...]) -> str:
        given = iter(parts)
        quoted = "f'" in shape
        return "".join(
            _plain(next(given), quoted)
            if len(piece) == 1 and piece in PLACES
            else piece.replace("{{", "{").replace("}}", "}")
            for piece in _pieces(shape)
        )

    return st.tuples(*inner).map(put)


def _plain(text: str, quoted: bool) -> str:
    """Python 3.11 has no quotes of one kind within an f-string of the same."""
    return "c" if quoted and ("'" in text or "\\" in text) else text


def _pieces(shape: str) -> list[str]:
    """`({n} + {n})` -> ["(", "n", " + ", "n", ")"]; `{{` and `}}` stay."""
    made: list[str] = []
    rest = shape
    while rest:
        at = next(
            (
                p
                for p in range(len(rest))
                if rest[p] == "{" and rest[p + 1 : p + 2] in PLACES and rest[p + 2 : p + 3] == "}"
            ),
            -1,
        )
        if at < 0:
            return [*made, rest]
        made += [rest[:at], rest[at + 1]]
        rest = rest[at + 3 :]
    return made


def by_rows(expression: Expression, scope: Scope) -> list[Any]:
    """The value of every row, or the exception that it raises."""
    made: list[Any] = []
    for row in Batch(scope).rows(range(len(scope.rows))):
        try:
            made.append(expression.form(row))
        except WHAT_ROWS_RAISE as error:
            made.append(error)
    return made


def alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and repr(one) == repr(other)


def agree(text: str, scope: Scope, nulls: Nulls) -> None:
    expression = parse(text, nulls=nulls)
    wanted = by_rows(expression, scope)
    values = expression.values(scope, "null")
    for position, (value, want) in enumerate(zip(values, wanted, strict=True)):
        assert alike(value, None if isinstance(want, Exception) else want), (text, position, value, want)
    failing = [position for position, want in enumerate(wanted) if isinstance(want, Exception)]
    if failing:
        with pytest.raises(DatamimicError) as caught:
            expression.values(scope)
        assert caught.value.details["row"] == scope.rows[failing[0]]
    known = [False if isinstance(want, Exception) else want for want in wanted]
    mask = expression.mask(scope, on_error="null")
    assert mask.tolist() == [bool(value) if value is not None else False for value in known], text


SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])


@pytest.mark.parametrize("nulls", ["python", "sql"])
@pytest.mark.parametrize("kind", [*LEAVES])
def test_both_forms_agree(kind: str, nulls: Nulls) -> None:
    @SETTINGS
    @given(expressions(kind, 3), scopes())
    def agreeing(text: str, scope: Scope) -> None:
        agree(text, scope, nulls)

    agreeing()


@SETTINGS
@given(st.one_of(*(expressions(kind, 2) for kind in LEAVES)), scopes(), st.data())
def test_any_slice_has_the_same_values(text: str, scope: Scope, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(scope.rows)))
    last = data.draw(st.integers(first, len(scope.rows)))
    expression = parse(text)
    part = Scope(
        scope.rows[first:last],
        KINDS,
        lambda name: KINDS[name].from_objects(KINDS[name].objects(scope.read(name))[first:last], name),
        scope.draw,
        scope.clock,
        scope.values,
    )
    assert list(map(repr, expression.values(part, "null"))) == list(
        map(repr, expression.values(scope, "null")[first:last])
    )


@SETTINGS
@given(st.one_of(*(expressions(kind, 2) for kind in LEAVES)), scopes())
def test_the_kind_that_is_foretold_is_that_of_the_values(text: str, scope: Scope) -> None:
    expression = parse(text)
    kind = expression.result_type(KINDS)
    if kind is not None:
        for value in expression.values(scope, "null"):
            assert value is None or _of_kind(value, kind), (text, value, kind)


def _of_kind(value: Any, kind: ValueType) -> bool:
    wanted: Callable[[Any], bool] = {
        "int": lambda each: type(each) is int,
        "float": lambda each: type(each) in (int, float),
    }.get(kind.name, lambda each: isinstance(each, kind.python))
    return wanted(value)
