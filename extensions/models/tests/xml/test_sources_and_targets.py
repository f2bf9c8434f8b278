"""Files, memstores and databases, read and written."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from datamimic import DatamimicError
from datamimic_models.xml import run_model, run_to_folder

from .conftest import Run

Model = Callable[..., Path]
RECORD = (
    '<key name="id" generator="IncrementGenerator"/><key name="t" constant="a|&lt;b&quot;"/><key name="n" script="None"/>'
    '<key name="f" script="id / 2"/><array name="l" script="[1, 2]"/>'
    '<nestedKey name="o" type="dict"><element name="at" constant="1"/><key name="z" constant="=1+1"/></nestedKey>'
)


def written(path: Path, name: str) -> Path:
    folder = path.parent.parent / "made"
    run_to_folder(path, folder)
    return folder / name


def test_csv_has_bars_between_cells_and_json_in_them(model: Model) -> None:
    path = model(f'<generate name="x" count="2" target="CSV">{RECORD}</generate>')
    assert written(path, "x.csv").read_bytes().decode() == (
        'id|t|n|f|l|o\r\n1|"a|<b"""||0.5|[1,2]|"{""z"":""=1+1"",""@at"":""1""}"\r\n'
        '2|"a|<b"""||1|[1,2]|"{""z"":""=1+1"",""@at"":""1""}"\r\n'
    )


def test_csv_columns_of_branches_stand_where_the_model_has_them(model: Model) -> None:
    inner = (
        '<key name="id" generator="IncrementGenerator"/>'
        '<condition><if condition="id &gt; 3"><key name="late" constant="x"/></if></condition><key name="z" constant="y"/>'
    )
    path = model(f'<generate name="x" count="4" target="CSV">{inner}</generate>')
    made = path.parent.parent / "made"
    run_to_folder(path, made, page=2)
    assert (made / "x.csv").read_text().split() == ["id|late|z", "1||y", "2||y", "3||y", "4|x|y"]


def test_json_and_lines_of_json(model: Model) -> None:
    path = model(f'<generate name="x" count="3" target="JSON">{RECORD}</generate>')
    made = json.loads(written(path, "x.json").read_text())
    assert made[1] == {"id": 2, "t": 'a|<b"', "n": None, "f": 1.0, "l": [1, 2], "o": {"z": "=1+1", "@at": "1"}}
    path = model(f'<generate name="x" count="3" target="JSON(use_ndjson=True)">{RECORD}</generate>')
    lines = written(path, "x.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3]


def test_xml_has_attributes_and_repeats_lists(model: Model) -> None:
    path = model(
        f'<generate name="x" count="2" target="XML(root_element=\'all\', item_element=\'one\')">{RECORD}</generate>'
    )
    root = ET.parse(written(path, "x.xml")).getroot()
    assert root.tag == "all" and [child.tag for child in root] == ["one", "one"]
    assert [each.text for each in root[0].findall("l")] == ["1", "2"]
    inner = root[0].find("o")
    assert inner is not None and inner.attrib == {"at": "1"} and root[0].findtext("t") == 'a|<b"'


def test_workbooks_hold_no_formulas(model: Model) -> None:
    path = model(
        '<generate name="x" count="2" target="XLSX"><key name="a" constant="=1+1"/><key name="b" script="1.5"/></generate>'
    )
    sheet = openpyxl.load_workbook(written(path, "x.xlsx")).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [["a", "b"], ["=1+1", 1.5], ["=1+1", 1.5]]
    assert sheet["A2"].data_type == "s"


def test_text_dbunit_and_fixed_width(model: Model) -> None:
    target = "TXT,DbUnit,FixedWidth(columns='a[4],b[3r]')"
    path = model(
        f'<generate name="x" count="1" target="{target}"><key name="a" constant="hi"/><key name="b" script="5"/></generate>'
    )
    assert written(path, "x.txt").read_text() == 'x: {"a": "hi", "b": 5}\n'
    assert '<x a="hi" b="5"/>' in written(path, "x.dbunit.xml").read_text()
    assert written(path, "x.fcw").read_text() == "# a[4],b[3r]\nhi  005\n"


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "xlsx", "fcw", "dbunit.xml"])
def test_what_is_written_is_read_again(model: Model, ending: str) -> None:
    target = {
        "csv": "CSV", "json": "JSON", "jsonl": "JSON(use_ndjson=True)", "xlsx": "XLSX", "dbunit.xml": "DbUnit",
        "fcw": "FixedWidth(columns='a[4],b[3r]')",
    }[ending]  # fmt: skip
    inner = '<key name="a" generator="IncrementGenerator"/><key name="b" values="\'x\',\'y\'"/>'
    path = model(f'<generate name="x" count="20" target="{target}">{inner}</generate>')
    kept = written(path, f"x.{ending}")
    (path.parent / kept.name).write_bytes(kept.read_bytes())
    records = run_model(path)["x"]
    back = run_model(model(f'<generate name="y" source="{kept.name}" distribution="ordered"/>'))["y"]
    assert [{name: str(value) for name, value in row.items()} for row in back] == [
        {name: str(value) for name, value in row.items()} for row in records
    ]


def test_rows_of_a_source_come_shuffled_each_once_or_in_order_or_anew(run: Run) -> None:
    people = "n\n" + "\n".join(map(str, range(50)))
    one = run('<generate name="x" source="p.csv"/>', p__csv=people)["x"]
    assert sorted(int(row["n"]) for row in one) == list(range(50)) and one != sorted(one, key=lambda row: int(row["n"]))
    ordered = run('<generate name="x" source="p.csv" distribution="ordered" offset="48"/>', p__csv=people)["x"]
    assert ordered == [{"n": "48"}, {"n": "49"}]
    again = run('<generate name="x" source="p.csv" count="120" cyclic="true"/>', p__csv=people)["x"]
    counts = [sum(row["n"] == str(n) for row in again) for n in range(50)]
    assert set(counts) == {2, 3} and sorted(row["n"] for row in again[:50]) == sorted(row["n"] for row in again[50:100])
    nested = run('<generate name="a" count="3"><generate name="b" source="p.csv"/></generate>', p__csv=people)["b"]
    parts = [nested[0:50], nested[50:100], nested[100:150]]
    assert all(sorted(int(row["n"]) for row in part) == list(range(50)) for part in parts) and parts[0] != parts[1]


def test_a_memstore_is_read_in_the_order_it_was_written_also_by_what_writes_it(run: Run) -> None:
    made = run(
        '<memstore id="mem"/>'
        '<generate name="a" count="3" target="mem"><key name="id" generator="IncrementGenerator"/></generate>'
        '<generate name="b" type="a" source="mem" distribution="ordered"><key name="twice" script="id * 2"/></generate>'
    )
    assert made["b"] == [{"id": 1, "twice": 2}, {"id": 2, "twice": 4}, {"id": 3, "twice": 6}]
    made = run(
        '<memstore id="mem"/><generate name="seed" count="1" target="mem"><key name="id" script="0"/></generate>'
        '<generate name="a" count="3"><generate name="seed" count="1" target="mem"><key name="id" script="1"/></generate>'
        '<generate name="all" type="seed" source="mem" distribution="ordered"/></generate>'
    )
    assert len(made["all"]) == 2 + 3 + 4


def test_a_database_takes_rows_updates_upserts_and_deletes_or_nothing_at_all(model: Model) -> None:
    database = '<database id="db" dbms="sqlite" database="d.sqlite"/>'
    insert = (
        '<generate name="part" count="4" target="db"><key name="id" generator="IncrementGenerator"/>'
        '<key name="name" constant="new"/></generate>'
    )
    path = model(database + insert)
    with sqlite3.connect(path.parent / "d.sqlite") as connection:
        connection.execute("create table part (id integer primary key, name text not null)")
    run_model(path)
    change = (
        '<generate name="part" source="db" target="db.update" selector="select * from part where id &lt; 3">'
        '<key name="name" script="\'changed \' + str(id)"/></generate>'
        '<generate name="more" type="part" count="2" target="db.upsert">'
        '<key name="id" generator="IncrementGenerator(start=4)"/>'
        '<key name="name" constant="up"/></generate>'
        '<generate name="part" count="1" target="db.delete"><key name="id" script="3"/></generate>'
    )
    run_model(model(database + change))
    rows = connection.execute("select id, name from part order by id").fetchall()
    assert rows == [(1, "changed 1"), (2, "changed 2"), (4, "up"), (5, "up")]
    failing = change + '<generate name="part" count="1"><assert condition="False" message="no"/></generate>'
    with pytest.raises(DatamimicError, match="no"):
        run_model(model(database + failing.replace("changed", "other")))
    assert connection.execute("select id, name from part order by id").fetchall() == rows
    read = '<generate name="x" count="4"><reference name="part_id" source="db" sourceType="part" sourceKey="id"/></generate>'
    assert sorted(row["part_id"] for row in run_model(model(database + read))["x"]) == [1, 2, 4, 5]
    with pytest.raises(DatamimicError, match="no column nme"):
        run_model(
            model(database + '<generate name="part" count="1" target="db"><key name="nme" constant="x"/></generate>')
        )


def test_a_query_is_asked_anew_for_every_record(model: Model) -> None:
    inner = (
        '<database id="db" dbms="sqlite" database="d.sqlite"/><generate name="x" count="2">'
        '<key name="id" generator="IncrementGenerator"/>'
        '<variable name="p" source="db" iterationSelector="select name from part where id = __id__"/>'
        '<key name="name" script="p.name"/><key name="all" script="[each[\'name\'] for each in p]"/>'
        '<variable name="other" source="db" selector="select name from part where id = __id__ + 1"/>'
        '<key name="next" script="other.name"/>'
        '<generate name="y" source="db" selector="select name as up from part where id &lt;= __id__ order by id"'
        ' distribution="ordered"><key name="of" script="x.id"/></generate></generate>'
    )
    path = model(inner)
    with sqlite3.connect(path.parent / "d.sqlite") as connection:
        connection.executescript(
            "create table part (id integer, name text); insert into part values (1, 'a'), (2, 'b')"
        )
    made = run_model(path)
    assert made["x"] == [
        {"id": 1, "name": "a", "all": ["a"], "next": "b"},
        {"id": 2, "name": "b", "all": ["b"], "next": None},
    ]
    assert made["y"] == [{"up": "a", "of": 1}, {"up": "a", "of": 2}, {"up": "b", "of": 2}]


def test_statements_say_what_variables_hold_and_days_that_are_none_are_told(model: Model) -> None:
    inner = (
        '<database id="db" dbms="sqlite" database="d.sqlite"/><variable name="until" constant="2025-01-31"/>'
        '<execute uri="mark.sql" target="db"/><generate name="mark" source="db"/>'
    )
    path = model(inner, mark__sql="update mark set until = '{until}'")
    with sqlite3.connect(path.parent / "d.sqlite") as connection:
        connection.executescript("create table mark (until text); insert into mark values ('');")
    assert run_model(path, trust=True)["mark"] == [{"until": "2025-01-31"}]
    with sqlite3.connect(path.parent / "d.sqlite") as connection:
        connection.executescript(
            "drop table mark; create table mark (until datetime); insert into mark values ('soon')"
        )
    with pytest.raises(DatamimicError) as caught:
        run_model(model(inner, mark__sql="select 1"), trust=True)
    assert caught.value.code == "models.bad_database" and "soon" in caught.value.message


def test_a_run_that_fails_leaves_what_was_there(model: Model, tmp_path: Path) -> None:
    made = tmp_path / "made"
    run_to_folder(model('<generate name="x" count="1" target="CSV"><key name="a" constant="1"/></generate>'), made)
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    failing = (
        '<generate name="x" count="9" target="CSV"><key name="a" constant="2"/><assert condition="False"/></generate>'
    )
    with pytest.raises(DatamimicError):
        run_to_folder(model(failing), made)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "model"]
    (made / "mine.txt").write_text("x")
    with pytest.raises(DatamimicError, match="holds other files"):
        run_to_folder(model('<generate name="x" count="1" target="CSV"><key name="a" constant="1"/></generate>'), made)


def test_records_differ_between_pages_only_where_a_format_takes_it(model: Model, tmp_path: Path) -> None:
    rows: Any = json.dumps([{"a": 1}, {"a": 2}, {"a": 3, "b": 4}])
    inner = '<generate name="x" source="r.json" distribution="ordered" target="{}"/>'
    run_to_folder(model(inner.format("JSON"), r__json=rows), tmp_path / "made", page=2)
    assert json.loads((tmp_path / "made/x.json").read_text()) == json.loads(rows)


def test_cells_are_worked_out_for_every_record_at_any_depth(run: Run) -> None:
    template = json.dumps(
        [
            {"name": "Ann", "age": "{factor * age}", "tags": ["{name}", {"deep": "{who}-{age + 1}"}]},
            {"name": "Bob", "age": 3, "tags": [], "draw": "{random.randint(1, 1000000)}"},
        ]
    )
    made = run(
        '<variable name="factor" script="10"/><generate name="x" count="4"><key name="age" generator="IncrementGenerator"/>'
        '<variable name="who" script="\'w\' + str(age)"/>'
        '<nestedKey name="all" type="list" source="t.json" sourceScripted="True" distribution="ordered"/>'
        '<variable name="one" source="t.json" sourceScripted="True" distribution="ordered" cyclic="True"/>'
        '<key name="of_one" script="one.age"/></generate>',
        t__json=template,
    )["x"]
    for number, each in enumerate(made, start=1):
        ann, bob = each["all"]
        assert ann["age"] == 10 * number and ann["tags"] == ["Ann", {"deep": f"w{number}-{number + 1}"}]
        assert bob["age"] == 3 and 1 <= bob["draw"] <= 1_000_000
        assert each["of_one"] == (10 * number if number % 2 else 3)
    assert len({each["all"][1]["draw"] for each in made}) == 4


def test_a_unique_reference_is_to_every_row_once_in_the_whole_run(run: Run) -> None:
    inner = (
        '<memstore id="k"/><generate name="a" count="6" target="k"><key name="id" generator="IncrementGenerator"/></generate>'
        '<generate name="b" count="3"><generate name="c" count="COUNT"><reference name="to" source="k" sourceType="a"'
        ' sourceKey="id" unique="true"/></generate></generate>'
    )
    assert sorted(each["to"] for each in run(inner.replace("COUNT", "2"))["c"]) == [1, 2, 3, 4, 5, 6]
    ordered = inner.replace("COUNT", "2").replace("unique=", 'distribution="ordered" unique=')
    assert [each["to"] for each in run(ordered)["c"]] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(DatamimicError) as caught:
        run(inner.replace("COUNT", "3"))
    assert caught.value.code == "models.not_enough"


@pytest.mark.parametrize(
    ("document", "records"),
    [
        ("<list><item><a>1</a></item><item n='2'/></list>", [{"a": "1"}, {"@n": "2"}]),
        ("<order no='7'><line>a</line><line>b</line></order>", [{"order": {"@no": "7", "line": ["a", "b"]}}]),
        ("<list><a>1</a></list>", [{"list": {"a": "1"}}]),
    ],
)
def test_a_document_is_a_list_of_items_or_one_record(run: Run, document: str, records: Any) -> None:
    assert run('<generate name="x" source="d.xml" distribution="ordered"/>', d__xml=document)["x"] == records


def test_numbers_of_fixed_width_are_read_as_they_were_written(run: Run, model: Model) -> None:
    columns = "n[5r],z[3r],t[4r],p[5]"
    keys = '<key name="n" script="-4.5"/><key name="z" script="0"/><key name="t" constant="ab"/><key name="p" constant="007"/>'
    path = model(f"<generate name='x' count='1' target=\"FixedWidth(columns='{columns}')\">{keys}</generate>")
    text = written(path, "x.fcw").read_text()
    assert text == f"# {columns}\n-04.5000  ab007  \n"
    made = run('<generate name="y" source="d.fcw"/>', d__fcw=text)["y"]
    assert made == [{"n": "-4.5", "z": "0", "t": "ab", "p": "007"}]


def test_a_nested_key_that_says_nothing_more_adds_to_what_the_record_began_with(run: Run, model: Any) -> None:
    from datamimic_models import Model

    inner = (
        '<generate name="x" source="t.json" distribution="ordered"><nestedKey name="home"><key name="zip" constant="1"/>'
        '<key name="city" script="this.city + \'!\'"/></nestedKey>'
        '<nestedKey name="other"><key name="a" constant="2"/></nestedKey>'
        '<nestedKey name="kids"><key name="b" script="n"/></nestedKey></generate>'
    )
    text = '[{"home": {"city": "Ulm", "no": 4}, "kids": [{"n": 1}, {"n": 2}]}, {"home": {"city": "Bonn", "no": 5}, "kids": []}]'
    first, second = run(inner, t__json=text)["x"]
    assert first["home"] == {"city": "Ulm!", "no": 4, "zip": "1"} and second["home"]["city"] == "Bonn!"
    assert (
        first["other"] == {"a": "2"} and first["kids"] == [{"n": 1, "b": 1}, {"n": 2, "b": 2}] and second["kids"] == []
    )
    loaded = Model.load(
        model(inner.replace('<nestedKey name="kids"><key name="b" script="n"/></nestedKey>', ""), t__json=text)
    )
    assert loaded.world(seed="1")["x"][0:2].to_arrow()["home"].to_pylist() == [first["home"], second["home"]]


def test_what_a_memstore_keeps_is_found_by_the_type_of_its_generate_too(run: Run) -> None:
    made = run(
        '<memstore id="mem"/><generate name="a" type="kind" count="2" target="mem"><key name="n" constant="1"/></generate>'
        '<generate name="b" source="mem" type="kind"/><generate name="c" source="mem" type="a"/>'
    )
    assert made["b"] == made["c"] == [{"n": "1"}] * 2
