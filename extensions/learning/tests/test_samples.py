"""Tables that exist, opened: what cells are, in every format, and what bad input is refused with."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from datamimic import DatamimicError
from datamimic_learning import SampleTable, open_sample


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def types(table: SampleTable) -> dict[str, str]:
    return {each.name: str(each.type) for each in table.schema}


def cells(table: SampleTable) -> dict[str, list[Any]]:
    read = table.read()
    assert read.schema.equals(table.schema)
    assert table.rows in (None, read.num_rows)
    found: dict[str, list[Any]] = read.to_pydict()
    for name in table.schema.names:
        assert table.read([name]).to_pydict() == {name: found[name]}
    return found


@pytest.mark.parametrize(
    ("texts", "kind", "values"),
    [
        (["1", "-20", "0"], "int64", [1, -20, 0]),
        (["01234", "99999"], "string", ["01234", "99999"]),
        (["+491", "5"], "string", ["+491", "5"]),
        (["18446744073709551615", "1"], "uint64", [18446744073709551615, 1]),
        (["184467440737095516150", "1"], "string", ["184467440737095516150", "1"]),
        (["1.50", "2.25"], "double", [1.5, 2.25]),
        (["0.30000000000000004", "1"], "double", [0.30000000000000004, 1.0]),
        (["12E4", "1"], "string", ["12E4", "1"]),
        (["1e-05", "-Infinity"], "double", [1e-05, float("-inf")]),
        (["1", "NA"], "int64", [1, None]),
        (["NA", "DE"], "string", ["NA", "DE"]),
        (["NA", "NA"], "string", ["NA", "NA"]),
        (["2024-02-29", "1999-12-31"], "date32[day]", [date(2024, 2, 29), date(1999, 12, 31)]),
        (["2024-02-30", "1999-12-31"], "string", ["2024-02-30", "1999-12-31"]),
        (["2024-02-29T10:00:00", "2024-02-29 10:00:00.5"], "timestamp[us]",
         [datetime(2024, 2, 29, 10), datetime(2024, 2, 29, 10, 0, 0, 500_000)]),
        (["31.12.2023", "01.01.2024"], "date32[day]", [date(2023, 12, 31), date(2024, 1, 1)]),
        (["12/31/2023", "01/02/2024"], "date32[day]", [date(2023, 12, 31), date(2024, 1, 2)]),
        (["01/02/2023", "03/04/2024"], "string", ["01/02/2023", "03/04/2024"]),
        (["True", "False"], "bool", [True, False]),
        (["True", "false"], "string", ["True", "false"]),
        (["1", "x"], "string", ["1", "x"]),
        ([" 1", " 2 "], "int64", [1, 2]),
        (["", ""], "string", [None, None]),
    ],
)  # fmt: skip
def test_a_column_is_what_all_its_cells_are(tmp_path: Path, texts: list[str], kind: str, values: list[Any]) -> None:
    lines = "".join(f"{each},x\n" for each in texts)
    table = open_sample(written(tmp_path, "t.csv", f"a,b\n{lines}")).table
    assert types(table)["a"] == kind
    assert cells(table)["a"] == values


def test_the_last_row_counts_as_much_as_the_first(tmp_path: Path) -> None:
    lines = "".join(f"{row},{row}\n" for row in range(1, 70_001))
    table = open_sample(written(tmp_path, "t.csv", f"a,b\n{lines}007,7\n")).table
    assert types(table) == {"a": "string", "b": "int64"}
    assert cells(table)["a"][-1] == "007"


def test_how_cells_were_written_is_kept(tmp_path: Path) -> None:
    table = open_sample(written(tmp_path, "t.csv", "day,price,left\n31.12.2023,1.50,NA\n01.01.2024,2.00,3\n")).table
    said = [dict(each.metadata or {}) for each in table.schema]
    assert said == [{b"form": b"%d.%m.%Y"}, {b"form": b"%.2f"}, {b"nulls": b"NA"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dialect_and_encoding_are_found_out(tmp_path: Path, encoding: str) -> None:
    table = open_sample(written(tmp_path, "t.csv", 'Größe;Ort\n1,5;"Köln; Süd"\n2,25;\n', encoding)).table
    assert cells(table) == {"Größe": [1.5, 2.25], "Ort": ["Köln; Süd", None]}


def test_json_in_all_its_forms(tmp_path: Path) -> None:
    rows = '[{"a": 1, "b": "2024-01-01", "c": {"x": [1]}}, {"a": 2.5, "d": true}]'
    expected = {"a": [1.0, 2.5], "b": [date(2024, 1, 1), None], "c": ['{"x": [1]}', None], "d": [None, True]}
    assert cells(open_sample(written(tmp_path, "t.json", rows)).table) == expected
    lines = "\n".join(json.dumps(each) for each in json.loads(rows))
    assert cells(open_sample(written(tmp_path, "t.jsonl", lines)).table) == expected
    several = open_sample(written(tmp_path, "s.json", '{"t": [{"a": "007"}], "u": [{"b": 2}]}'))
    assert {name: cells(table) for name, table in several.tables.items()} == {"t": {"a": ["007"]}, "u": {"b": [2]}}


def test_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("more")
    assert first is not None
    for row in (["a", "b", "c"], [1, "x", datetime(2024, 1, 1)], [2.5, 3, None]):
        first.append(row)
    second.append(["d"])
    second.append(["007"])
    book.save(tmp_path / "t.xlsx")
    sample = open_sample(tmp_path / "t.xlsx")
    assert cells(sample.tables["Sheet"]) == {"a": [1.0, 2.5], "b": ["x", "3"], "c": [date(2024, 1, 1), None]}
    assert cells(sample.tables["more"]) == {"d": ["007"]}


def test_files_that_have_types_and_data_frames(tmp_path: Path) -> None:
    table = pa.table(
        {"a": [1, None], "b": pa.array(["x", "y"]).dictionary_encode(), "c": pa.array(["u", "v"], pa.large_string())}
    )
    expected = {"a": [1, None], "b": ["x", "y"], "c": ["u", "v"]}
    pq.write_table(table, tmp_path / "t.parquet")
    pyarrow.feather.write_feather(table, str(tmp_path / "t.feather"), compression="uncompressed")
    with pa.ipc.new_stream(str(tmp_path / "t.arrow"), table.schema) as writer:
        writer.write_table(table)
    for what in (table, *(tmp_path / f"t.{ending}" for ending in ("parquet", "feather", "arrow"))):
        assert types(open_sample(what).table) == {"a": "int64", "b": "string", "c": "string"}
        assert cells(open_sample(what).table) == expected
    frame = pd.DataFrame({"a": [1.5, None], "b": ["x", 3]})
    assert cells(open_sample(frame).table) == {"a": [1.5, None], "b": ["x", "3"]}
    assert cells(open_sample([{"a": 1}, {"b": "x"}]).table) == {"a": [1, None], "b": [None, "x"]}
    assert list(open_sample({"p": frame, "q": [{"a": 1}]}).tables) == ["p", "q"]


def test_folders_and_several_paths(tmp_path: Path) -> None:
    written(tmp_path, "p.csv", "id\n1\n")
    written(tmp_path, "q.csv.gz", gzip.compress(b"id\n2\n"))
    written(tmp_path, "p.csv.manifest.json", "{}")
    written(tmp_path, "notes.txt", "one,two\n1,2,3")
    written(tmp_path, "read.me", "x")
    parts = tmp_path / "r"
    parts.mkdir()
    written(parts, "part-0.csv", "id\n1\n")
    written(parts, "part-1.csv", "id\nx\n")
    sample = open_sample(tmp_path)
    assert {name: cells(table)["id"] for name, table in sample.tables.items()} == {"p": [1], "q": [2], "r": ["1", "x"]}
    assert sample.notes == ("notes.txt is left out: it is no table", "read.me is left out: it is no table")
    both = open_sample(tmp_path / "p.csv", str(tmp_path / "q.csv.gz"))
    assert list(both.tables) == ["p", "q"]


SCHEMA = (
    "create table p(id integer primary key, name varchar(20) unique, d date, n numeric(8,2));"
    "create table q(id integer primary key, p_id integer not null references p(id));"
    "insert into p values(1, 'x', '2024-01-01', 1.5), (2, null, null, null); insert into q values(5, 1);"
)


def check_database(url: str) -> None:
    tables = open_sample(url).tables
    assert cells(tables["p"])["name"] == ["x", None]
    assert cells(tables["p"])["d"] == [date(2024, 1, 1), None]
    assert [str(each) for each in cells(tables["p"])["n"]] == ["1.50", "None"]
    assert tables["p"].declared.primary_key == ("id",) and ("name",) in tables["p"].declared.unique
    [reference] = tables["q"].declared.references
    assert (reference.columns, reference.referred, reference.referred_columns) == (("p_id",), "p", ("id",))
    assert not tables["q"].schema.field("p_id").nullable
    assert list(open_sample(f"{url}#q").tables) == ["q"]
    with pytest.raises(DatamimicError, match="no table 'z'"):
        open_sample(f"{url}#z")


def test_sqlite(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "t.db")
    connection.executescript(SCHEMA + "create table m(a integer); insert into m values (1), ('x');")
    connection.close()
    check_database(f"sqlite:///{tmp_path / 't.db'}")
    check_database(str(tmp_path / "t.db"))
    assert cells(open_sample(f"{tmp_path / 't.db'}#m").table) == {"a": ["1", "x"]}


def test_duckdb(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(str(tmp_path / "t.duckdb"))
    connection.execute(SCHEMA)
    connection.close()
    check_database(f"duckdb:///{tmp_path / 't.duckdb'}")


@pytest.mark.parametrize(
    "url",
    [
        os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60"),
        os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test"),
    ],
    ids=["postgresql", "mariadb"],
)
def test_servers(url: str) -> None:
    import sqlalchemy as sa

    name = f"dm_samples_{os.getpid()}"
    driver = {"postgresql": "psycopg", "mariadb": "pymysql"}[url.partition(":")[0]]
    pytest.importorskip(driver)
    made = sa.make_url(url.replace(":", f"+{driver}:", 1))

    def run(database: sa.URL, statements: list[str]) -> None:
        engine = sa.create_engine(database, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            for each in statements:
                connection.exec_driver_sql(each)

    try:
        run(made, [f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"])
    except sa.exc.SQLAlchemyError:
        pytest.skip(f"no database server for {driver}")
    try:
        run(made.set(database=name), [each for each in SCHEMA.split(";") if each])
        check_database(sa.make_url(url).set(database=name).render_as_string(hide_password=False))
    finally:
        run(made, [f"DROP DATABASE {name}"])


SECRET = "geheim4711"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.csv", f"a,b\n1,2\n{SECRET},2,3\n", "learning.ragged_rows"),
        ("t.csv", f"a,b\n{SECRET}\n", "learning.ragged_rows"),
        ("t.csv", f"a,a\n{SECRET},1\n", "learning.duplicate_columns"),
        ("t.csv", "", "learning.no_columns"),
        ("t.csv", f'a,b\n1,"{SECRET}' + "x" * (20 << 20), "learning.too_large"),
        ("t.csv.gz", gzip.compress(SECRET.encode() * 50, mtime=0)[:-9], "bad_input"),
        ("t.json", f'[{{"a": 1}}, {{"a": "{SECRET}"', "bad_input"),
        ("t.json", f'[{{"a": 1}}, "{SECRET}"]', "bad_input"),
        ("t.json", f'{{"a": 1, "a": "{SECRET}"}}', "learning.duplicate_columns"),
        ("t.jsonl", f'{{"a": {SECRET}}}\n', "bad_input"),
        ("t.json", "[]", "learning.no_columns"),
        ("t.xlsx", SECRET, "bad_input"),
        ("t.parquet", SECRET, "bad_input"),
        ("t.arrow", SECRET, "bad_input"),
        ("t.duckdb", SECRET, "bad_input"),
        ("t.db", SECRET * 100, "models.database_unreachable"),
        ("t.xml", f"<r><a>{SECRET}</r>", "bad_input"),
    ],
)  # fmt: skip
def test_bad_input_has_a_code_and_its_values_are_not_told(
    tmp_path: Path, name: str, content: str | bytes, code: str
) -> None:
    with pytest.raises(DatamimicError) as raised:
        open_sample(str(written(tmp_path, name, content))).table.read()
    assert raised.value.code == code
    assert SECRET not in raised.value.render()


def test_a_small_file_that_is_large_inside_is_refused(tmp_path: Path) -> None:
    bomb = written(tmp_path, "t.csv.gz", gzip.compress(b"a,b\n" + b"0" * (300 << 20), 1))
    with pytest.raises(DatamimicError) as raised:
        open_sample(str(bomb)).table.read()
    assert raised.value.code == "learning.too_large"


def test_a_ragged_row_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError) as raised:
        open_sample(written(tmp_path, "t.csv", 'a,b\n1,"x\ny"\n1,2,3\n'))
    assert raised.value.line == 4


def test_odd_tables_are_read_as_what_they_are(tmp_path: Path) -> None:
    wide = open_sample(
        written(tmp_path, "w.csv", ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(["1"] * 10_000))
    )
    assert len(wide.table.schema) == 10_000 and wide.table.rows == 1
    assert cells(open_sample(written(tmp_path, "h.csv", "a,b\n")).table) == {"a": [], "b": []}
    huge = "x" * (4 << 20)
    assert cells(open_sample(written(tmp_path, "g.csv", f"a,b\n1,{huge}\n")).table)["b"] == [huge]
    numbers = open_sample(pa.table({"a": [1.0, float("nan"), float("inf")]})).table.read()["a"].to_pylist()
    assert numbers[1] != numbers[1] and numbers[2] == float("inf")


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError, match="int is no table"):
        open_sample(3)
    with pytest.raises(DatamimicError, match="there is no file"):
        open_sample(tmp_path / "none.csv")
    with pytest.raises(DatamimicError, match="no source 'mongodb'"):
        open_sample("mongodb://localhost/x")
    with pytest.raises(DatamimicError) as raised:
        open_sample("postgresql://somebody:verysecret@localhost:1/x")
    assert "verysecret" not in raised.value.render()
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatamimicError, match="holds no file"):
        open_sample(tmp_path / "empty")
    with pytest.raises(DatamimicError) as raised:
        _ = open_sample({"p": [{"a": 1}], "q": [{"a": 1}]}).table
    assert raised.value.code == "learning.several_tables"


def test_a_file_of_blanks_is_read(tmp_path: Path) -> None:
    (tmp_path / "blank.csv").write_text("   \n \n\n")
    assert {*open_sample(tmp_path / "blank.csv").table.read().column(0).to_pylist()} <= {"", " ", None}
