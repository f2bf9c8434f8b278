"""Records, lists and JSON masked within: structure, types and what is nobody's stay."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datamimic_learning import MaskingKey, mask, parse_plan

KEY = MaskingKey.of_bytes(bytes(range(32)))
PLAN = """
mask: 1
locale: de_DE
tables:
  orders:
    subjects: {person: {of: common.person, key: mail, columns: {mail: email}}}
    columns:
      id: keep
      code: keep
      rate: keep
      buyer: {method: text, parts: {name: full_name, mail: email, age: redact, seen: encrypt}}
      lines: {method: text, parts: {gift.to: full_name}}
"""
ROWS = [
    {
        "id": number,
        "mail": f"m{number}@firma.de",
        "code": f"000{number}",
        "rate": 1.5,
        "buyer": {"name": "Xqz Plorth", "mail": f"m{number}@firma.de", "age": 40, "seen": [f"10.20.3.{number + 1}"]},
        "lines": None
        if number % 5 == 0
        else [{"sku": "A1", "gift": {"to": "Vwb Qrst", "note": "ring 0049 171 200020"}}] * (number % 3),
    }
    for number in range(40)
]


def _masked(source: Path, output: Path) -> None:
    mask(source, output, KEY, parse_plan(PLAN))


def _check(rows: list[dict[str, object]]) -> None:
    said = json.dumps(rows)
    assert not any(each in said for each in ("Plorth", "Qrst", "firma.de", "10.20.3.", "200020"))
    for made, given in zip(rows, ROWS, strict=True):
        assert [made[name] for name in ("id", "code", "rate")] == [given[name] for name in ("id", "code", "rate")]
        buyer, lines = made["buyer"], made["lines"]
        assert isinstance(buyer, dict) and buyer["mail"] == made["mail"] and len(buyer["seen"]) == 1
        assert lines is None if given["lines"] is None else len(lines) == len(given["lines"])  # type: ignore[arg-type]
        assert all(each["sku"] == "A1" and each["gift"]["to"].count(" ") >= 1 for each in lines or [])  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_json_stays_json(ending: str, tmp_path: Path) -> None:
    lines = ending == "jsonl"
    source, output = tmp_path / f"orders.{ending}", tmp_path / f"copy.{ending}"
    source.write_text("\n".join(map(json.dumps, ROWS)) if lines else json.dumps(ROWS))
    _masked(source, output)
    text = output.read_text()
    rows = [json.loads(line) for line in text.splitlines()] if lines else json.loads(text)
    _check(rows)
    assert {row["buyer"]["age"] for row in rows} == {None}


def test_records_of_parquet_keep_their_type(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(ROWS)
    pq.write_table(table, tmp_path / "orders.parquet")
    _masked(tmp_path / "orders.parquet", tmp_path / "copy.parquet")
    made = pq.read_table(tmp_path / "copy.parquet")
    assert made.schema.types == table.schema.types
    _check(made.to_pylist())


def test_what_has_no_type_in_common_is_written_as_it_was(tmp_path: Path) -> None:
    given = [
        {"a": 7, "d": "01.02.2024"},
        {"a": "x", "d": "03.02.2024"},
        {"a": {"b": [True]}, "d": None},
        {"a": 2**70, "d": ""},
    ]
    (tmp_path / "mixed.json").write_text(json.dumps(given))
    mask(
        tmp_path / "mixed.json", tmp_path / "copy.json", KEY, parse_plan("mask: 1\ntables: {mixed: {otherwise: keep}}")
    )
    assert json.loads((tmp_path / "copy.json").read_text()) == given
