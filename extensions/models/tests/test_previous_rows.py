"""`previous.column`: the row before among the rows of a parent, in expressions and tables; the same in any slice."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_models import BadModel, Model
from datamimic_models.unsatisfied import refuse_repeats

BANK = """
name: bank
tables:
  - table_name: accounts
    rows: 300
    columns:
      - {name: id, constraints: [PK], type: int, rule: serial}
      - {name: opened, type: date, rule: {type: range, min: 2020-01-01, max: 2022-01-01}}
  - table_name: bookings
    rows: {per: accounts, min: 0, max: 9}
    foreign_keys: [{parent_table: accounts, parent_column: id, child_column: account_id}]
    columns:
      - {name: no, constraints: [PK], type: int, rule: serial}
      - {name: account_id, type: int}
      - {name: gap, type: int, hidden: true, rule: {type: range, min: 0, max: 30}}
      - {name: day, type: date, rule: {type: expression, expression: DAY}}
      - {name: amount, type: int, rule: {type: range, min: -50, max: 100}}
      - {name: balance, type: int, rule: {type: expression, expression: amount + (previous.balance or 0)}}
      - {name: state, type: str, rule: {type: drawn, by: STATES}}
""".replace("DAY", '"(accounts.opened if previous.day is None else previous.day) + timedelta(days=gap)"').replace(
    "STATES", '"previous.state,value,weight\\nnull,new,1\\nnew,open,3\\n*,closed,1\\n"'
)


def read(folder: Path, text: str) -> Model:
    (folder / "bank.yaml").write_text(text, encoding="utf-8")
    return Model.load(folder / "bank.yaml")


def test_a_row_knows_the_one_before(tmp_path: Path) -> None:
    rows = read(tmp_path, BANK).world(seed="1")["bank.bookings"][0:1000].to_arrow().to_pylist()
    lengths = set()
    for _, family in groupby(rows[:-9], key=lambda row: row["account_id"]):
        own = [*family]
        lengths.add(len(own))
        assert [row["state"] for row in own] == ["new", "open", *["closed"] * 9][: len(own)]
        assert [row["balance"] for row in own] == [
            sum(row["amount"] for row in own[: at + 1]) for at in range(len(own))
        ]
        assert [row["day"] for row in own] == sorted(row["day"] for row in own)
    assert lengths >= {1, 5, 9}


def test_any_rows_in_any_order_are_the_same(tmp_path: Path) -> None:
    bookings = read(tmp_path, BANK).world(seed="1")["bank.bookings"]
    whole = bookings[0:1000].to_arrow()
    for start in (0, 1, 17, 500, 993):
        assert bookings[start : start + 7].to_arrow().equals(whole.slice(start, 7))
    assert bookings[501].balance == whole["balance"][501].as_py()


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("previous.balance or", "previous.balances or"),
        ("{per: accounts, min: 0, max: 9}", "9"),
        ("previous.day is", "previous.account_id is"),
    ],
    ids=["misspelt", "no parent counts", "a reference"],
)
def test_there_is_none_of_what_is_no_column_of_a_counted_table(tmp_path: Path, said: str, instead: str) -> None:
    with pytest.raises(BadModel) as raised:
        read(tmp_path, BANK.replace(said, instead))
    assert raised.value.code == "models.unknown_column"


def test_a_key_that_a_rule_makes_and_that_comes_again_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text("""
tables:
  - {table_name: a, rows: 2, columns: [{name: id, type: int, constraints: [PK]}]}
  - table_name: r
    rows: 300/a
    primary_key: [a, no]
    columns:
      - {name: a, type: int, constraints: [FK]}
      - {name: no, type: int, rule: {expression: "(0 if previous.no is None else previous.no + 1) % 290"}}
    foreign_keys: [{parent_table: a, parent_column: id, child_column: a}]
""")
    # Of 50 rows at a time none has what another one has.
    result = CliRunner().invoke(main, ["run", "m.yaml", "-o", "out", "--quiet", "--seed", "s", "--batch-size", "50"])
    assert "repeated_key" in result.output and "is 1, 0 in row 0" in result.output
    assert result.exit_code != 0 and not (tmp_path / "out").exists()
    columns = {"a": [1, 1, None, None, 2, 1], "no": ["x", "y", "x", "x", "x", "y"]}
    with pytest.raises(DatamimicError, match="r: a, no is 1, 'y' in row 1 and in another one"):
        refuse_repeats(pa.table({**columns, "no": pa.array(columns["no"]).dictionary_encode()}), "r")
    refuse_repeats(pa.table(columns).slice(0, 5), "r")
