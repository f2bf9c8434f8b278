"""Personal data in columns: what is found, what is not, and how it is said."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import Registry
from datamimic_learning import find_personal, open_sample
from datamimic_learning.finding.cells import Decimation
from datamimic_learning.finding.masked import masked

from .labelled_columns import Column, labelled

SEED = 20
"""Nothing was tuned on columns of this seed."""
PEOPLE = pa.table(
    {
        "vorname": ["Anna", "Jürgen", "Sabine"],
        "mail": ["anna.weber@example.com", "j.koch@example.org", None],
        "order_no": ["4500012345", "4500012346", "4500012349"],
    }
)


@pytest.fixture(scope="module")
def columns() -> list[Column]:
    return [column for column in labelled(SEED) if column.half == 1]


def _measured(columns: Iterable[Column], *, headers: bool) -> tuple[float, float, list[str]]:
    """Precision, recall, and what went wrong."""
    right, alarms, missed, wrong = 0, 0, 0, []
    for column in columns:
        found = find_personal(pa.table({column.header: pa.array(column.values)}), headers=headers).columns[0]
        right += found.personal and column.personal
        alarms += found.personal and not column.personal
        missed += column.personal and not found.personal
        if found.personal != column.personal:
            wrong.append(f"{column.locale} {column.kind} {column.header}: {found.meaning} {found.probability:.2f}")
    return right / (right + alarms), right / (right + missed), wrong


def test_with_headers_nearly_everything_is_found_and_hardly_anything_else(columns: list[Column]) -> None:
    precision, recall, wrong = _measured(columns, headers=True)
    assert precision >= 0.95 and recall >= 0.92, wrong


def test_without_headers_most_is_found_by_values_alone(columns: list[Column]) -> None:
    precision, recall, wrong = _measured(columns, headers=False)
    assert precision >= 0.92 and recall >= 0.80, wrong


def test_blanks_placeholders_and_mixed_writing_take_little_away(columns: list[Column]) -> None:
    draw = random.Random(1)

    def worn(value: object) -> object:
        changes = (None, "", "N/A", "-") if draw.random() < 0.2 else (value,)
        changed = draw.choice(changes)
        if not isinstance(changed, str) or draw.random() < 0.7:
            return changed
        return draw.choice((changed.upper(), f"{changed}  ", f" {changed.lower()}"))

    texts = [column for column in columns if isinstance(column.values[0], str)]
    precision, recall, wrong = _measured(
        (column._replace(values=list(map(worn, column.values))) for column in texts), headers=True
    )
    assert precision >= 0.95 and recall >= 0.92, wrong


@pytest.mark.parametrize(
    ("header", "values", "meaning"),
    [
        ("member_birthday", [f"19{year}-0{month}-1{year % 9}T00:00:00" for year in range(40, 99, 3) for month in (2, 8)],
         "person.birth_date"),
        ("ngaysinh_2", [f"1{year % 9}0{month}19{year}" for year in range(40, 99, 3) for month in (2, 8)], "person.birth_date"),
        ("ship_dt", [f"1{day % 9}.0{1 + day % 9}.2023" for day in range(40)], "technical.version"),
        ("peer", [f"{10 + place}.3.{place * 5}.24:{10000 + place}" for place in range(40)], "device.ip_address"),
        ("taxpayer_no", [str(249425478 + 7919 * place) for place in range(40)], "person.tax_id"),
        ("depot_no", [f"{place:04d}" for place in range(1, 400, 9)], None),
    ],
)  # fmt: skip
def test_what_headers_and_values_say_together(header: str, values: list[str], meaning: str | None) -> None:
    (found,) = find_personal(pa.table({header: values})).columns
    assert found.meaning == meaning


def test_columns_are_found_by_name_and_values_and_samples_are_masked() -> None:
    found = find_personal(PEOPLE)
    assert [each.column for each in found.personal] == ["vorname", "mail"]
    assert found["vorname"].meaning == "person.given_name"
    assert found["mail"].identifies == "direct"
    said = json.dumps(found.to_dict())
    assert not any(value in said for value in ("Anna", "Jürgen", "weber", "koch"))


@pytest.mark.parametrize(
    ("header", "values", "meaning"),
    [
        ("email", ["5d41402abc4b2a76b9719d911017c592", "7d793037a0760186574b0282f2f435e7"] * 4, "technical.hash"),
        ("name", ["Rustic Chair", "Sleek Lamp", "Rustic Lamp", "Sleek Chair"] * 4, None),
        ("id", [f"{number}" for number in range(4500000000, 4500000030)], "technical.code"),
        ("phone", ["https://shop.example/a", "https://shop.example/b"] * 5, "technical.url"),
    ],
)
def test_a_header_that_values_cannot_have_is_not_believed(header: str, values: list[str], meaning: str | None) -> None:
    found = find_personal(pa.table({header: values})).columns[0]
    assert not found.personal
    assert meaning is None or found.meaning == meaning


def test_values_that_say_it_are_found_under_any_header() -> None:
    ibans = [
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "FR1420041010050500013M02606",
        "ES9121000418450200051332",
    ]
    found = find_personal(pa.table({"article_number": ibans * 3})).columns[0]
    assert found.meaning == "account.iban" and found.personal


def test_leaves_of_structs_and_lists_are_columns_of_their_own() -> None:
    rows = [{"name": "Anna Weber", "mails": ["anna@example.com", "a.weber@example.org"]}] * 12
    found = find_personal(pa.table({"customer": rows}))
    assert [(each.column, each.meaning) for each in found.columns] == [
        ("customer.name", "person.full_name"),
        ("customer.mails", "person.email"),
    ]


def test_numbers_dates_and_odd_columns_are_read() -> None:
    table = pa.table(
        {
            "birth_date": pa.array(np.arange(-9000, 9000, 400, dtype=np.int32)).cast(pa.date32()),
            "card": pa.array([4111111111111111] * 45),
            "nothing": pa.nulls(45),
            "bytes": pa.array([b"x"] * 45),
            "nan": pa.array([float("nan"), float("inf"), None] * 15),
            "huge": pa.array(["x" * 200_000] * 45),
        }
    )
    found = find_personal(table)
    assert [each.meaning for each in found.columns[:2]] == ["person.birth_date", "card.number"]
    assert not any(each.personal for each in found.columns[2:])


def test_without_packs_names_are_found_by_headers_alone_and_it_is_said() -> None:
    table = pa.table({"c1": ["Anna Weber", "Jürgen Koch"] * 5, "mail": ["a@example.com"] * 10})
    found = find_personal(table, packs=Registry.of())
    assert found.remarks and not found["c1"].personal and found["mail"].personal


def test_duplicate_names_and_empty_tables_are_no_error() -> None:
    twice = pa.table([pa.array(["a@example.com"] * 5), pa.array([1] * 5)], names=["x", "x"])
    assert [each.personal for each in find_personal(twice).columns] == [True, False]
    assert find_personal(pa.table({"email": pa.array([], pa.string())})).columns[0].personal is False


def test_a_sample_is_found_as_its_table_is() -> None:
    table = open_sample(PEOPLE).table
    assert [each.meaning for each in find_personal(table).columns] == [
        each.meaning for each in find_personal(PEOPLE).columns
    ]
    assert [each.column for each in find_personal(table, columns=["mail"]).columns] == ["mail"]


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=8), limit=st.integers(1, 30))
def test_the_same_rows_are_looked_at_in_any_batches(sizes: list[int], limit: int) -> None:
    rows = pa.table({"row": pa.array(range(sum(sizes)), pa.int64())})
    whole, parts = Decimation(limit), Decimation(limit)
    for batch in rows.to_batches():
        whole.add(batch)
    start = 0
    for size in sizes:
        for batch in rows.slice(start, size).to_batches():
            parts.add(batch)
        start += size
    assert parts.table(rows.schema).equals(whole.table(rows.schema))
    assert parts.table(rows.schema).num_rows <= max(limit, 1)


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=6, max_size=60))
def test_a_masked_sample_shows_at_most_two_letters(text: str) -> None:
    assert sum(map(str.isalnum, masked(text))) <= 2
