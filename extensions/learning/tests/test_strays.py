"""An e-mail address among article names: contacts and accounts in columns that are otherwise kept."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
import yaml

from datamimic_learning import MaskingKey, mask, open_sample, parse_plan
from datamimic_learning.masking.plans.proposing import propose
from datamimic_learning.masking.strays import Strays

STRAYS = ("anna.weber@example.com", "+49 151 23456789", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111")


def found(values: list[object]) -> dict[str, int]:
    strays = Strays()
    for start in range(0, len(values), 50):
        strays.add(pa.array(values[start : start + 50]))
    return strays.found


@pytest.mark.parametrize(
    "stray", [*zip(STRAYS, ("person.email", "person.phone", "account.iban", "card.number"), strict=True)]
)
def test_one_among_others_is_found(stray: tuple[str, str]) -> None:
    articles: list[object] = [f"Lamp {number}" for number in range(200)]
    assert found([*articles, stray[0], None]) == {stray[1]: 1}
    assert found([*articles, f"see {stray[0]}, new"]) == {stray[1]: 1}


def test_a_card_among_numbers_is_found_and_order_numbers_are_none() -> None:
    assert found([*range(300), 4111111111111111]) == {"card.number": 1}
    assert found([4500000000000000 + 7919 * number for number in range(2_000)]) == {}
    assert found([f"{4500000000000000 + 7919 * number}" for number in range(2_000)]) == {}


@pytest.mark.parametrize(
    "form",
    [
        "SKU-{:06d}",
        "2024-01-{:02d}T10:00:00+01:00",
        "PO{:08d}",
        "v1.{}.0",
        "https://shop.example/a/{}",
        "978{:010d}",
        "+{}",
    ],
)
def test_codes_moments_and_links_are_no_alarm(form: str) -> None:
    assert found([form.format(number) for number in range(1, 29)]) == {}


def test_a_column_full_of_them_is_known_well_enough() -> None:
    strays = Strays()
    strays.add(pa.array([f"p{number}@example.org" for number in range(5_000)]))
    assert strays.found == {"person.email": 1_000} and "or more" in strays.said


def test_strays_are_replaced_by_the_proposed_plan_and_told_of_where_a_plan_keeps_them(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array(range(300)),
            "article": [*(f"Lamp {number}" for number in range(296)), *STRAYS],
            "stock": [*range(299), 4111111111111111],
        }
    )
    source, copy = tmp_path / "stock.csv", tmp_path / "copy.csv"
    pa_csv.write_csv(table, source)
    key = MaskingKey.of_bytes(bytes(range(32)))
    report = mask(source, copy, key)
    text = copy.read_text()
    for each in (*STRAYS, "4111111111111111"):
        assert each not in text
    assert text.count("Lamp") == 296
    assert report.tables[0].methods == {"id": "keep", "article": "text", "stock": "text"}
    said = propose(open_sample(source)).comments["stock", "article"]
    assert said == "some values hold 1 person.email, 1 person.phone, 1 account.iban, 1 card.number"
    plan = {"mask": 1, "tables": {"stock": {"columns": {"id": "keep", "article": "keep", "stock": "keep"}}}}
    kept = mask(source, tmp_path / "kept.csv", key, parse_plan(yaml.safe_dump(plan)))
    assert any("article: kept values hold 1 person.email" in each for each in kept.tables[0].notes)
    assert any("stock: kept values hold 1 card.number" in each for each in kept.tables[0].notes)
    assert not any(each in note for each in STRAYS for note in kept.tables[0].notes)
