"""Expressions: what they mean, which names they have, and what is refused when they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from datamimic import Clock, DatamimicError, Draw, ValueType
from datamimic.columns import Text
from datamimic.columns.value_types import Decimals, Float, Int, Str
from datamimic_models.expressions import Expression, Row, Scope, parse, parse_template
from datamimic_models.expressions.catalogue import ATTRIBUTES, FUNCTIONS, METHODS
from datamimic_models.model import Place

ROWS = np.arange(5, dtype=np.int64)
DRAW = Draw(("seed", "shop.order", "total"), ROWS)
CLOCK = Clock.parse("2025-03-01T12:00:00Z")
NO_COLUMNS: dict[str, Any] = {}


def value(text: str, **names: Any) -> Any:
    return parse(text).row(Row(names, 3, DRAW, CLOCK))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 ** 2 - 7 // 2 - 7 % 4", 13),
        ("1 < 2 <= 2 != 3", True),
        ("'a' if n > 3 else 'b'", "b"),
        ("n and 0 or 'none'", "none"),
        ("not n", False),
        ("f'{n:03d}|{name!r:>8}|{price:{width}.2f}'", "003|   'Ada'|   19.90"),
        ("[x * y for x in range(3) for y in range(x) if x + y > 1]", [0, 2]),
        ("{k: v for k, v in {'a': 1, 'b': 2}.items() if v > 1}", {"b": 2}),
        ("sorted({3, 1, 2})", [1, 2, 3]),
        ("name[0] + name[-1] + name[::-1] + name[1:]", "AaadAda"),
        ("sorted(['bb', 'a', 'ccc'], key=lambda w: -len(w))", ["ccc", "bb", "a"]),
        ("'%s is %05.1f%%' % (name, price)", "Ada is 019.9%"),
        ("[(i, c) for i, c in enumerate('ab', 1)]", [(1, "a"), (2, "b")]),
    ],
)
def test_an_expression_means_what_it_means_in_python(text: str, expected: Any) -> None:
    assert value(text, n=3, name="Ada", price=19.9, width=8, born=date(2000, 3, 1)) == expected


def test_dates_have_their_parts_and_now_is_the_clock() -> None:
    assert (
        value("(born - timedelta(days=1)).strftime('%A %d %B %Y')", born=date(2000, 3, 1)) == "Tuesday 29 February 2000"
    )
    assert value("(today() - born).days // 365", born=date(2000, 3, 1)) == 25
    assert value("now()") == datetime(2025, 3, 1, 12)
    assert value("born.year + moment.hour", born=date(2000, 3, 1), moment=datetime(2000, 1, 1, 7, tzinfo=UTC)) == 2007


def test_names_are_dotted_and_resolved_by_the_caller() -> None:
    expression = parse("doc.full_name.lower() + this.x + parent['first name'] + lookup.get('id') + str(len(y))")
    assert expression.names == ("doc.full_name", "this.x", "parent.first name", "lookup", "y")
    names = {"doc": {"full_name": "Ada"}, "x": "1", "parent": {"first name": "B"}, "lookup": {"id": "7"}, "y": [1]}
    assert expression.row(Row(names)) == "ada1B71"
    assert parse("[x for x in xs if x > low]").names == ("xs", "low")


def test_a_column_may_be_called_like_a_function() -> None:
    assert value("date.year + len + id", date=date(2020, 1, 1), len=1, id=2) == 2023


def test_a_float_that_meets_a_decimal_is_the_number_that_it_shows() -> None:
    assert value("price * 1.2", price=Decimal("19.90")) == Decimal("23.880")
    assert value("price == 19.9", price=Decimal("19.90")) is True


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("price +* 2", 7, 17, "this is no expression"),
        ("price * nosuch(2)", 7, 18, "there is no function nosuch"),
        ("price.lowr()", 7, 10, "there is no method .lowr"),
        ("price * (\n  2 + import_(x)\n)", 8, 7, "there is no function import_"),
        ("", 7, 10, "there is no expression"),
        ("len()", 7, 10, "len is called otherwise"),
        ("(x := 3)", 7, 11, ":= is not in the language"),
        ("x = 3", 7, 12, "this is no expression"),
        ("a) + (b", 7, 11, "this is no expression"),
        ("a\n) + (b", 8, 1, "this is no expression"),
    ],
)
def test_a_bad_expression_is_refused_where_it_stands(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(DatamimicError, match=message) as caught:
        parse(text, Place("shop.yaml", 7, 10))
    assert caught.value.code == "models.bad_expression"
    assert (caught.value.file, caught.value.line, caught.value.details["column"]) == ("shop.yaml", line, column)


def test_a_template_is_a_text_with_gaps() -> None:
    template = parse_template(
        """Dear {name}, it's "{d['x']}", {price:.2f} {{ok}} {name!r:>{width}} {'}' if n != 2 else 0}"""
    )
    names = {"name": "Ada", "d": {"x": 1}, "price": 2.5, "width": 6, "n": 3}
    assert template.row(Row(names)) == """Dear Ada, it's "1", 2.50 {ok}  'Ada' }"""
    assert template.names == ("name", "d", "price", "width", "n")
    assert parse_template("no gap").row(Row({})) == "no gap"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a } b", 7, 12, "a } without a {"),
        ("a {b", 7, 12, "a { without a }"),
        ("one\ntwo {nosuch(1)}", 8, 6, "there is no function nosuch"),
        ("{}", 7, 11, "there is no expression"),
        ("{x:{y:{z}}}", 7, 16, "a format within the format"),
        ("{name.__class__}", 7, 11, "__class__ is no name"),
    ],
)
def test_a_bad_template_is_refused_where_it_stands(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(DatamimicError, match=message) as caught:
        parse_template(text, Place("shop.yaml", 7, 10))
    assert (caught.value.line, caught.value.details["column"]) == (line, column)


def test_a_row_that_fails_is_named_or_null() -> None:
    expression = parse("a / b")
    scope = Scope(ROWS + 100, {"a": Int(), "b": Int()}, {"a": ROWS, "b": np.array([1, 2, 0, 4, 5])}.__getitem__)
    with pytest.raises(DatamimicError, match="in row 102: division by zero") as caught:
        expression.column(scope)
    assert caught.value.code == "models.expression_failed" and caught.value.details == {"row": 102}
    made: Any = expression.column(scope, Float(nullable=True), on_error="null")
    assert made.tolist() == [0, 0.5, None, 0.75, 0.8]


def test_nulls_are_none_or_as_in_sql() -> None:
    assert value("x == None or x is None", x=None) is True
    with pytest.raises(DatamimicError, match="null has no +"):
        value("x + 1", x=None)
    for text, expected in {
        "x + 1": None,
        "x > 1": None,
        "x == None": None,
        "x is None": True,
        "x > 1 or y == 1": True,
        "x > 1 and y == 1": None,
        "x > 1 and y == 2": False,
        "not (x > 1)": None,
        "y in [2, x]": None,
        "y in [1, x]": True,
        "y not in [2, None]": None,
        "coalesce(x, y)": 1,
        "between(y, 0, 2)": True,
        "like(name, 'A%')": True,
        "len(x)": None,
        "f'{x}'": None,
        "'no' if x > 1 else 'yes'": "yes",
    }.items():
        made = parse(text, nulls="sql").row(Row({"x": None, "y": 1, "name": "Ada"}))
        assert (made, type(made)) == (expected, type(expected)), text


def test_columns_of_kinds() -> None:
    scope = Scope(
        ROWS,
        {"price": Decimals(10, 2), "name": Str(nullable=True), "n": Int()},
        {"price": ROWS * 100 + 50, "name": Text.of(["a", None, "c", "d", "e"]), "n": ROWS}.__getitem__,
        DRAW,
        CLOCK,
        {"rate": 0.5},
    )

    def column(text: str, kind: ValueType | None = None) -> Any:
        return parse(text).column(scope, kind)

    assert column("price * rate", Decimals(10, 2)).tolist() == [25, 75, 125, 175, 225]
    assert column("f'{name}-{n}'").tolist() == ["a-0", "None-1", "c-2", "d-3", "e-4"]
    assert column("[n] * n").lengths.tolist() == [0, 1, 2, 3, 4]
    assert parse("name == 'a' or n > 3").mask(scope).tolist() == [True, False, False, False, True]
    with pytest.raises(DatamimicError, match="row 1: 0.5 .* is no whole number"):
        parse("n / 2").column(scope, Int())


def test_every_call_draws_for_itself_and_any_slice_has_the_same_values() -> None:
    expression = parse(
        "[random.randint(1, 6), random.randint(1, 6), [random.random() for _ in range(3)], str(uuid4())]"
    )
    whole = Scope(ROWS, {}, NO_COLUMNS.__getitem__, DRAW, CLOCK)
    part = Scope(ROWS[2:4], {}, NO_COLUMNS.__getitem__, Draw(DRAW.address, ROWS[2:4]), CLOCK)
    values = expression.values(whole)
    assert expression.values(part) == values[2:4]
    assert expression.row(Row({}, 3, Draw(DRAW.address, ROWS[:1]), CLOCK)) == values[3]
    assert any(row[0] != row[1] for row in values) and all(len({*row[2]}) == 3 for row in values)


def _examples() -> list[str]:
    functions = [each.example for each in FUNCTIONS.values()]
    methods = [each.example for listed in METHODS.values() for each in listed]
    return list(dict.fromkeys([*functions, *methods, *(each.example for all in ATTRIBUTES.values() for each in all)]))


@pytest.mark.parametrize("text", _examples())
def test_the_example_of_every_function_runs(text: str) -> None:
    made: Expression = parse(text)
    assert made.row(Row({}, 3, DRAW, CLOCK)) == made.row(Row({}, 3, DRAW, CLOCK))


def test_where_null_is_unknown_a_search_that_finds_nothing_is_false() -> None:
    """Python gives None for it, which a check of SQL would let pass."""
    rows = np.arange(3, dtype=np.int64)
    scope = Scope(
        rows,
        {"a": Str(nullable=True)},
        lambda name: Text.of(["Xa", "b", None]),
        Draw(("", "", ""), rows),
        Clock.parse(None),
    )
    for text, wanted in (
        ("re.search('^X', a)", [True, False, None]),
        ("bool(re.fullmatch('Xa', a)) or a == 'q'", [True, False, None]),
        ("not re.match('X', a)", [False, True, None]),
        ("re.search('^X', a) is None", [False, True, True]),
        ("re.search('^X', a).group(0) == 'X'", [True, None, None]),
    ):
        expression = parse(text, nulls="sql")
        assert expression.values(scope) == wanted, text
        assert [expression.row(Row({"a": value})) for value in ("Xa", "b", None)] == wanted, text
