"""Checks, solved: what is drawn holds them, as a database says; what is impossible is known."""

from __future__ import annotations

import re
import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic_models.filling.customs import customs
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.reading.sql_schema import read_statements
from datamimic_models.schemas.schema import SqlCheck
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.holding import held
from datamimic_models.solving.made import codes, ranks, repeated
from datamimic_models.solving.plans import Plan, plan
from datamimic_models.solving.shapes import different_texts, shape_of
from datamimic_models.solving.sources import Asked
from datamimic_models.solving.texts import texts_of
from datamimic_models.solving.values import Values

ROWS = 60
TYPES = {
    "a": ColumnType("int", bits=32),
    "b": ColumnType("int", bits=32),
    "c": ColumnType("decimal", precision=9, scale=2),
    "d": ColumnType("date"),
    "e": ColumnType("date"),
    "t": ColumnType("str", length=12),
    "f": ColumnType("bool"),
}


def rows_of(solved: Plan, attempt: int = 0) -> list[dict[str, str | None]]:
    """Rows of every case of every group, as texts; without those for which nothing was found."""
    found: list[dict[str, str | None]] = [{} for _ in range(ROWS)]
    good = np.ones(ROWS, dtype=np.bool_)
    for group in solved.groups:
        for at, case in enumerate(group.cases):
            numbers = np.arange(at, ROWS, len(group.cases), dtype=np.int64)
            made = drawn(case, group.columns, {}, solved.axes, {}, Asked(("seed", "t"), numbers, attempt))
            good[numbers] &= held(case, made, solved.axes, len(numbers))
            for name, column in made.items():
                axis = solved.axes.get(name)
                texts = texts_of(column.values, axis) if axis is not None else list(column.values)
                for row, text, null in zip(numbers, texts, column.null, strict=True):
                    found[row][name] = None if null else str(text)
    return [row for row, kept in zip(found, good, strict=True) if kept]


def broken(checks: list[str], rows: list[dict[str, str | None]]) -> list[tuple[str, int]]:
    """Which checks SQLite says are false, of how many rows."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("regexp", 2, lambda expression, text: text is None or bool(re.search(expression, text)))
    connection.execute("CREATE TABLE t (a int, b int, c numeric, d text, e text, t text, f int)")
    values = [
        [{"true": 1, "false": 0}.get(str(row[name]), row[name]) if name == "f" else row[name] for name in TYPES]
        for row in rows
    ]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    counted = [
        (each, connection.execute(f"SELECT count(*) FROM t WHERE NOT ({each})").fetchone()[0]) for each in checks
    ]
    return [(each, count) for each, count in counted if count]


CHECKS = [
    "a > 5", "a BETWEEN 3 AND 40", "a <> 7", "a IN (1, 2, 3, 50)", "NOT a IN (4, 5)", "a % 5 = 0", "a >= b", "a < b - 3",
    "a <> b", "b > 0 AND b <= 100", "c >= 0", "c <= a * 0.5", "c < 99.5", "d < e", "e >= d", "d >= '2020-02-29'",
    "e IS NULL OR e > d", "(f AND d IS NOT NULL) OR (NOT f AND d IS NULL)", "(a > 20) = (e IS NULL)",
    "t LIKE 'A%z'", "length(t) >= 3", "t = lower(t)", "t IN ('red', 'green')", "t <> 'red'", "t LIKE '%x%' OR t LIKE '%y%'",
    "CASE WHEN a > 10 THEN b > 10 ELSE b <= 10 END", "coalesce(c, 0) >= 0", "a + b <= 60", "c = a * 0.25",
    "NOT (a > 3 AND b > 3)", "f = (a > 8)", "a IS NOT NULL", "d IS NOT NULL AND e IS NOT NULL", "(t = 'red') = (a = 1)",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(CHECKS), min_size=1, max_size=4, unique=True), st.sets(st.sampled_from(list(TYPES))))
def test_what_is_drawn_holds_the_checks_that_are_solved(checks: list[str], nullable: set[str]) -> None:
    solved = plan([SqlCheck(each) for each in checks], TYPES, nullable, "sqlite")
    kept = [each for each in checks if SqlCheck(each) not in (*solved.tested, *solved.impossible)]
    assert broken(kept, rows_of(solved)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_is_solved_and_leaves_more_than_one_row(check: str) -> None:
    solved = plan([SqlCheck(check)], TYPES, TYPES, "sqlite")
    assert solved.tested == solved.impossible == ()
    rows = rows_of(solved)
    assert broken([check], rows) == []
    assert len(rows) == ROWS and len({tuple(row.items()) for row in rows}) > 30


@pytest.mark.parametrize(
    ("checks", "impossible"),
    [
        (["a > 5", "a < 6"], ["a < 6"]),
        (["a IN (1, 2)", "NOT a IN (1, 2)"], ["NOT a IN (1, 2)"]),
        (["a > b", "b > a"], []),
        (["a = 1.5"], ["a = 1.5"]),
        (["length(t) > 12"], ["length(t) > 12"]),
        (["a >= 100", "b <= 50", "a <= b"], ["a <= b"]),
    ],
)
def test_what_no_row_can_hold_is_known(checks: list[str], impossible: list[str]) -> None:
    solved = plan([SqlCheck(each) for each in checks], TYPES, (), "sqlite")
    assert [each.expression for each in solved.impossible] == impossible


@pytest.mark.parametrize("check", ["mine(a)", "a / b > 2", "t < 'm'", "a > (SELECT 1)", "a >", "c ~ 'x'"])
def test_what_is_not_understood_is_left_to_be_tested(check: str) -> None:
    assert [each.expression for each in plan([SqlCheck(check)], TYPES, (), "postgres").tested] == [check]


def test_draws_are_addressed_and_attempts_are_other_draws() -> None:
    solved = plan([SqlCheck("a < b"), SqlCheck("d < e")], TYPES, (), "sqlite")
    assert rows_of(solved) == rows_of(solved) != rows_of(solved, attempt=1)
    group = next(each for each in solved.groups if "a" in each.columns)
    numbers = np.arange(100, dtype=np.int64)
    whole = drawn(group.cases[0], group.columns, {}, solved.axes, {}, Asked(("seed", "t"), numbers))
    part = drawn(group.cases[0], group.columns, {}, solved.axes, {}, Asked(("seed", "t"), numbers[40:60]))
    assert all((whole[name].values[40:60] == part[name].values).all() for name in group.columns)


@pytest.mark.parametrize(
    "expression",
    [
        "^[A-Z]{2}$",
        r"\d{3}-\d{2,4}",
        "(red|green|blue)x?",
        "[^a-y]{2}",
        "a.c",
        "^[0-9]{2}[-_]$",
        r"(?:ab)+\.",
        "x*",
    ],
)
def test_texts_of_a_pattern_match_it_and_differ(expression: str) -> None:
    shape = shape_of(Values(patterns=(expression,)))
    assert shape is not None
    texts = different_texts(shape, np.arange(min(shape.capacity, 500)), ("seed", "table", "column")).tolist()
    assert all(re.search(expression, text) for text in texts)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("values", "example"),
    [
        (Values(patterns=("^(?:R-.*)$",), shortest=6, longest=6), "R-A4x9"),
        (Values(patterns=("[0-9]", "[A-Z]"), shortest=5), "A1aaa"),
        (Values(patterns=("^[a-z]+$",), shortest=40, longest=50), "a" * 40),
        (Values(patterns=("^[A-Za-z]{3}$",), case="upper"), "ABC"),
    ],
)
def test_patterns_lengths_and_case_are_held_together(values: Values, example: str) -> None:
    shape = shape_of(values)
    assert values.has_text(example) and shape is not None
    texts = different_texts(shape, np.arange(200), ("seed", "table", "column")).tolist()
    assert all(values.has_text(text) for text in texts)
    assert len(set(texts)) == 200


@pytest.mark.parametrize("expression", ["(", "[", "a{2,1}", r"\p{Nope}", r"(a)\1", "*", "a{99999}", "[z-a]"])
def test_patterns_that_are_not_understood_are_refused(expression: str) -> None:
    assert shape_of(Values(patterns=(expression,))) is None


@given(st.lists(st.integers(0, 4), max_size=30))
def test_ranks_count_within_groups(groups: list[int]) -> None:
    found = ranks(np.array(groups, dtype=np.int64)).tolist()
    assert found == [groups[:at].count(each) for at, each in enumerate(groups)]
    twice = repeated(np.array(groups, dtype=np.int64)).tolist()
    assert twice == [each in groups[:at] for at, each in enumerate(groups)]
    assert codes([]).tolist() == []


def test_what_goes_without_saying_is_found_by_names() -> None:
    schema = read_statements(
        "CREATE TABLE t (visit_start_date date, visit_end_date date, rental_date timestamp, return_date timestamp, "
        'order_id int, shipped date, start_year int, end_year int, "startTime" timestamp, "stopTime" timestamp);',
        "postgres",
        Mistakes(),
    )
    found = {each.columns for each in customs(schema.tables[0])}
    assert found == {
        ("rental_date", "return_date"),
        ("end_year", "start_year"),
        ("visit_end_date", "visit_start_date"),
        ("startTime", "stopTime"),
    }


def test_what_goes_without_saying_holds_in_the_plan_of_a_table() -> None:
    statements = (
        "CREATE TABLE staff (id int PRIMARY KEY, hire_date date NOT NULL, birth_date date NOT NULL, left_on date);"
    )
    [table] = read_statements(statements, "postgres", Mistakes()).tables
    types = {each.name: each.type for each in table.columns}
    solved = plan([], types, ["left_on"], "postgres", customs(table))  # an iterator, as filling gives it
    group = next(each for each in solved.groups if "birth_date" in each.columns)
    made = drawn(group.cases[0], group.columns, {}, solved.axes, {}, Asked(("seed", "t"), np.arange(200)))
    years = (made["hire_date"].values - made["birth_date"].values) / 365.25
    assert years.min() >= 16
