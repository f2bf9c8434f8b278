"""XML models as tables: what they become, what has no equal, and that rows have the shape of the records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic.cli import main
from datamimic_models import BadModel, Model
from datamimic_models.xml import run_model

Write = Callable[..., Path]


def rows_of(model: Model, seed: str = "1") -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables that are made, as plain values."""
    world = model.world(seed=seed)
    return {
        name: world[model.plan.path(name)][0:count].to_arrow().to_pylist() if count else []
        for name, count in model.counts(world).items()
        if model.tables.table(name).source is None
    }


def dm(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


SHOP = """
  <memstore id="kept"/>
  <generate name="customer" count="60" target="JSON,kept">
    <variable name="person" entity="Person(min_age=18, max_age=80)"/>
    <key name="id" generator="IncrementGenerator"/>
    <key name="name" script="person.name"/>
    <key name="shout" script="person.family_name + '!'" converter="UpperCase"/>
    <key name="age" script="person.age"/>
    <key name="home" script="person.address"/>
    <key name="town" script="person.address.city"/>
    <key name="tier" values="'gold','silver','basic'" weights="1,3,16"/>
    <condition>
      <if condition="tier == 'gold'"><key name="discount" script="0.2"/></if>
      <else-if condition="tier == 'silver'"><key name="discount" script="0.1"/></else-if>
    </condition>
    <generate name="order" minCount="0" maxCount="4" target="CSV">
      <key name="customer_id" script="customer.id"/>
      <key name="line" generator="IncrementGenerator"/>
      <key name="net" type="float" min="5" max="500" granularity="0.01"/>
      <key name="gross" script="round(net * 1.19, 2)"/>
      <key name="text" script="str(line) + ' ' + customer.name"/>
      <assert condition="gross &gt; net" message="gross must exceed net"/>
    </generate>
  </generate>
  <generate name="mailing" source="kept" type="customer" distribution="ordered">
    <key name="greeting" string="Dear __name__"/>
  </generate>"""


def test_records_below_records_are_tables_with_keys(model: Write) -> None:
    made = Model.load(model(SHOP, 'rngSeed="7"'))
    assert made.tables.seed == "7" and made.tables.output_format == "json"
    order = made.tables.table("order")
    assert [each.columns for each in order.foreign_keys] == [("customer_id",)]
    assert made.tables.table("customer").primary_key == ("id",)
    rows = rows_of(made)
    customers = {each["id"]: each for each in rows["customer"]}
    assert len(customers) == 60 and all(18 <= each["age"] <= 80 for each in rows["customer"])
    assert all(each["home"]["city"] == each["town"] and each["home"]["street"] for each in rows["customer"])
    assert all(each["shout"] == each["name"].split(" ")[-1].upper() + "!" for each in rows["customer"])
    discounts = {each["tier"]: each["discount"] for each in rows["customer"]}
    assert discounts.items() <= {"gold": 0.2, "silver": 0.1, "basic": None}.items() and len(discounts) > 1
    assert {each["customer_id"] for each in rows["order"]} < customers.keys()
    for each in rows["order"]:
        assert each["text"] == f"{each['line']} {customers[each['customer_id']]['name']}" and each["line"] <= 4
    assert [each["greeting"] for each in rows["mailing"]] == [f"Dear {each['name']}" for each in rows["customer"]]
    # What is printed reads as the same model.
    again = model(SHOP).with_suffix(".yaml")
    again.write_text(made.to_yaml())
    assert rows_of(Model.load(again)) == rows


def test_sources_are_values_of_the_model_or_given_tables(model: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
      <generate name="drawn" count="40">
        <variable name="p" source="people.csv" separator="," weightColumn="weight"/>
        <key name="id" script="p.id"/><key name="name" script="p.name"/>
        <key name="active" source="active.wgt.csv"/>
      </generate>
      <generate name="turn" count="5" source="people.csv" separator="," distribution="ordered" cyclic="True">
        <key name="name" script="name" converter="UpperCase"/>
        <nestedKey name="pets" type="list" source="people.csv" separator=",">
          <key name="n" generator="IncrementGenerator"/>
        </nestedKey>
      </generate>
      <generate name="once" source="people.csv" separator=","/>"""
    files = {"people__csv": "id,name,weight\n1,Ann,1\n2,Bob,0\n3,Cy,1\n", "active__wgt__csv": "yes|9\nno|1\n"}
    names = {"1": "Ann", "2": "Bob", "3": "Cy"}
    for most in (500, 2):
        monkeypatch.setattr("datamimic_models.translating.sources.MOST_LISTED", most)
        source = text if most == 500 else text.split("<nestedKey")[0] + "</generate>" + text.split("</generate>")[2]
        source = source if most == 500 else source.replace('<key name="active" source="active.wgt.csv"/>', "")
        rows = rows_of(Model.load(model(source, **files)))
        assert all(names[each["id"]] == each["name"] != "Bob" for each in rows["drawn"])
        assert [each["name"] for each in rows["turn"]] == ["ANN", "BOB", "CY", "ANN", "BOB"]
        if most == 500:
            assert {each["active"] for each in rows["drawn"]} == {"yes", "no"}
            assert [[pet["name"] for pet in each["pets"]] for each in rows["turn"]] == [["Ann", "Bob", "Cy"]] * 5
            assert [pet["n"] for pet in rows["turn"][0]["pets"]] == [1, 2, 3]
            assert sorted(each["name"] for each in rows["once"]) == ["Ann", "Bob", "Cy"]


def test_names_of_members_take_none_from_columns_and_cyclic_items_begin_anew(model: Write) -> None:
    made = Model.load(
        model(
            """<generate name="g" count="3"><key name="id" generator="IncrementGenerator"/>
              <nestedKey name="two" type="list" source="c.csv" separator="," count="2" distribution="ordered">
                <key name="of" script="parent.id"/></nestedKey>
              <nestedKey name="five" type="list" source="c.csv" separator="," count="5" cyclic="True" distribution="ordered"/>
              <nestedKey name="any" type="list" source="c.csv" separator="," count="5" cyclic="True"/></generate>""",
            c__csv="id,city\nx,Lyon\ny,Ulm\n",
        )
    )
    for number, row in enumerate(rows_of(made)["g"], 1):
        assert [each["of"] for each in row["two"]] == [number, number]
        assert [each["id"] for each in row["five"]] == ["x", "y", "x", "y", "x"]
        assert len(row["any"]) == 5


def test_records_that_begin_elsewhere_files_of_records_and_rows_over_again(model: Write) -> None:
    path = model("""
      <memstore id="mem"/>
      <generate name="town" count="4" target="mem"><key name="id" generator="IncrementGenerator"/>
        <key name="name" values="'A','B'"/></generate>
      <generate name="trip" source="mem" type="town" count="10" cyclic="True"><key name="to" script="name + '!'"/></generate>
      <generate name="person" count="20">
        <variable name="base" script="{'id': 7, 'name': 'Ann', 'mail': 'x'}"/>
        <variable name="p" entity="Person"/>
        <nestedKey name="who" script="base">
          <key name="mail" script="p.email"/>
          <key name="level" type="int" min="1" max="5"/>
          <key name="twice" script="who.level * 2"/>
          <nestedKey name="home" type="dict"><key name="town" script="p.address.city"/><key name="of" script="who.name"/>
          </nestedKey>
          <condition><if condition="who.level &gt; 2"><key name="name" constant="Bob"/></if></condition>
        </nestedKey>
      </generate>
      <generate name="control" source="control.csv" separator="|"><include uri="{file}"/></generate>""")
    (path.parent / "control.csv").write_text("many|file\n3|part.xml\n5|part.xml\n")
    (path.parent / "part.xml").write_text(
        '<setup><generate name="part" count="{many}"><key name="of" script="int(many) + 1"/></generate></setup>'
    )
    loaded = Model.load(path)
    rows = rows_of(loaded)
    assert [each["id"] for each in rows["trip"]] == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2]
    assert all(each["to"] == each["name"] + "!" for each in rows["trip"])
    for each in (row["who"] for row in rows["person"]):
        assert each["id"] == 7 and "@" in each["mail"] and each["twice"] == 2 * each["level"] and each["home"]["town"]
        assert each["name"] == ("Bob" if each["level"] > 2 else "Ann")
    assert [each["of"] for each in rows["part"]] == [4] * 3 and [each["of"] for each in rows["part_2"]] == [6] * 5
    again = path.with_suffix(".yaml")
    again.write_text(loaded.to_yaml())
    assert rows_of(Model.load(again)) == rows


def test_values_of_every_way(model: Write) -> None:
    text = """<setup><state-machine id="walk" start="new"><transition from="new" to="paid"/></state-machine>
      <variable name="vat" script="0.2"/>
      <generate name="x" count="{2 * 20}">
        <variable name="base" generator="IntegerGenerator(5, max=9)"/>
        <key name="const" constant="7" type="int"/>
        <key name="turns" values="'a','b'" distribution="ordered"/>
        <key name="some" type="string" nullQuota="0.5"/>
        <key name="code" pattern="[A-Z]{2}[0-9]{4}" unique="true"/>
        <key name="state" generator="walk"/>
        <key name="day" constant="31.12.2024" inDateFormat="%d.%m.%Y" outDateFormat="%Y/%m/%d"/>
        <key name="hash" constant="a" converter="Hash('md5','hex')"/>
        <key name="masked" script="str(base * 1000)" converter="MiddleMask(1, 1, '#')"/>
        <key name="even" script="base" condition="base % 2 == 0" defaultValue="-1"/>
        <key name="gross" script="base * (1 + vat)"/>
        <nestedKey name="inner" type="dict">
          <key name="a" script="base + 1"/><key name="b" script="x.inner.a * 2"/><array name="c" script="[a, b]"/>
        </nestedKey>
        <array name="numbers" type="int" count="3"/>
        <list name="lines">
          <item><key name="p" script="base"/></item>
          <item condition="base == 5"><key name="q" constant="z"/></item>
        </list>
        <generate name="ticks" start="2025-01-01T00:00:00" end="2025-01-01T02:00:00" interval="PT30M">
          <key name="at" script="ts.now"/><key name="n" script="ts.step"/><key name="of" script="x.code"/>
        </generate>
      </generate></setup>"""
    made = Model.load(model(text.removeprefix("<setup>").removesuffix("</setup>")))
    rows = rows_of(made)
    for each in rows["x"]:
        base = each["inner"]["a"] - 1
        assert 5 <= base <= 9 and each["const"] == 7 and each["inner"]["b"] == 2 * (base + 1)
        assert each["inner"]["c"] == [base + 1, 2 * (base + 1)] and len(each["numbers"]) == 3
        assert each["day"] == "2024/12/31" and each["hash"] == "0cc175b9c0f1b6a831c399e269772661"
        assert each["masked"] == f"{base}##0" and each["even"] == (base if base % 2 == 0 else -1)
        assert each["gross"] == base * 1.2 and each["state"] in ("new", "paid")
        assert each["lines"] == [{"p": base, "q": None}, {"p": None, "q": "z"} if base == 5 else None]
    assert [each["turns"] for each in rows["x"][:4]] == ["a", "b", "a", "b"]
    assert 0 < sum(each["some"] is None for each in rows["x"]) < 40 == len({each["code"] for each in rows["x"]})
    assert len(rows["ticks"]) == 160 and [each["n"] for each in rows["ticks"][3:6]] == [3, 0, 1]
    assert (
        rows["ticks"][5]["at"].isoformat()[:19] == "2025-01-01T00:30:00"
        and rows["ticks"][4]["of"] == rows["x"][1]["code"]
    )


def test_attributes_digests_series_and_branches_in_records(model: Write) -> None:
    path = model("""
      <generate name="x" count="12">
        <key name="n" generator="IncrementGenerator"/>
        <key name="amount" script="n * 1.5">
          <element name="unit" values="'kg','t'"/><element name="odd" constant="yes" condition="n % 2 == 1"/>
        </key>
        <list name="lines"><item><element name="pos" script="n"/><key name="q" constant="1"/></item></list>
        <key name="java" script="'part ' + str(n)" converter="JavaHash"/>
        <nestedKey name="parts" type="list" count="2"><key name="price" constant="4" type="int"/></nestedKey>
        <key name="sum" script="sum([each['price'] for each in parts])"/>
        <key name="keyed" script="str(n)" converter="UpperCase; Hash('sha-256', 'base64', 'salt')"/>
        <key name="seconds" constant="2020-01-02" converter="Date2Timestamp"/>
        <key name="later" script="datetime(2020, 1, 1, 0, 0, n)" converter="Date2Timestamp"/>
        <nestedKey name="inner" type="dict"><condition>
          <if condition="n &lt; 3"><key name="a" script="n"/></if>
          <else><key name="a" script="-n"/><key name="b" constant="z"/></else>
        </condition></nestedKey>
      </generate>
      <generate name="y" count="2" start="2025-01-01" end="2025-01-03" interval="P1D">
        <key name="of" script="ts.series"/><key name="n" script="ts.step"/><key name="at" script="ts.now"/>
      </generate>""")
    made, want = rows_of(Model.load(path)), run_model(path)
    for row, record in zip(made["x"], want["x"], strict=True):
        n = record["n"]
        assert {**row, "amount": 0, "lines": 0, "inner": 0} == {**record, "amount": 0, "lines": 0, "inner": 0}
        assert row["amount"]["text"] == n * 1.5 and row["amount"]["unit"] in ("kg", "t")
        assert row["amount"]["odd"] == ("yes" if n % 2 else None) and row["lines"] == [{"pos": n, "q": "1"}]
        assert row["inner"] == ({"a": n, "b": None} if n < 3 else {"a": -n, "b": "z"})
    assert [{**row, "at": row["at"].replace(tzinfo=None)} for row in made["y"]] == want["y"]


def test_tables_of_databases_are_given_or_those_that_the_model_makes(model: Write) -> None:
    path = model("""
      <database id="db" dbms="sqlite" database="shop.sqlite"/>
      <generate name="order" count="40" target="db">
        <key name="id" generator="IncrementGenerator"/>
        <reference name="customer_id" source="db" sourceType="customer" sourceKey="id"/>
      </generate>
      <generate name="line" count="60" target="CSV">
        <reference name="order_id" source="db" sourceType="order" sourceKey="id"/>
        <variable name="c" source="db" type="customer" cyclic="true"/><key name="who" script="c.name"/>
      </generate>
      <generate name="copy" source="db" type="customer"><key name="loud" script="name" converter="UpperCase"/></generate>""")
    with sqlite3.connect(path.parent / "shop.sqlite") as connection:
        connection.executescript(
            "create table customer (id integer primary key, name text not null); insert into customer values (4, 'a'), (9, 'b')"
        )
    loaded = Model.load(path)
    assert loaded.tables.table("customer").source == "shop.sqlite#customer"
    rows = rows_of(loaded)
    assert {each["customer_id"] for each in rows["order"]} == {4, 9} and len(rows["order"]) == 40
    assert {each["order_id"] for each in rows["line"]} <= {each["id"] for each in rows["order"]}
    assert {each["who"] for each in rows["line"]} == {"a", "b"}
    assert rows["copy"] == [{"id": 4, "name": "a", "loud": "A"}, {"id": 9, "name": "b", "loud": "B"}]
    # What is printed reads as the same model.
    again = path.with_suffix(".yaml")
    again.write_text(loaded.to_yaml())
    assert rows_of(Model.load(again)) == rows


@pytest.mark.parametrize(
    ("inner", "element", "reason"),
    [
        ('<while condition="n &lt; 3"><key name="n" script="n + 1"/></while>', "<while>", "goes on until"),
        ('<include uri="{n}.xml"/>', "<include uri='{n}.xml'>", "only known when the records are made"),
        ('<nestedKey name="h" type="dict" converter="Append(1)"/>', "<nestedKey name='h'>", "Append"),
        (
            '<nestedKey name="h" condition="n" defaultValue="7"><key name="a" constant="1"/></nestedKey>',
            "<nestedKey name='h'>",
            "default",
        ),
        ('<variable name="p" entity="Person"/><key name="k" script="p"/>', "<key name='k'>", "a whole common.person"),
        ('<key name="k" script="str(p.name)"/>', "<key name='k'>", "there is no p.name here"),
        ('<reference name="k" source="db" sourceType="t" sourceKey="id"/>', "<reference name='k'>", "no table 't'"),
    ],
)
def test_what_has_no_equal_is_told_with_its_place(model: Write, inner: str, element: str, reason: str) -> None:
    path = model(
        f'\n<database id="db" dbms="sqlite"/>\n<generate name="x" count="2"><key name="n" type="int"/>\n{inner}</generate>'
    )
    with pytest.raises(BadModel) as caught:
        Model.load(path)
    [mistake] = [each for each in caught.value.mistakes if each.level == "error"]
    assert mistake.code == "models.not_tables" and mistake.place.line == 4, mistake
    assert mistake.message.startswith(element) and reason in mistake.message
    assert mistake.hint is not None and mistake.hint.startswith("`dm run model.xml`")


def test_commands_take_a_model_in_xml(model: Write, tmp_path: Path) -> None:
    path = str(model(SHOP, 'rngSeed="7"'))
    made = tmp_path / "orders.csv"
    code, told = dm("generate", "order", "--model", path, "--count", "20", "--seed", "3", "-o", str(made))
    assert code == 0, told
    assert made.read_text().splitlines()[0] == "customer_id,line,net,gross,text"
    assert dm("verify", str(made))[1].strip().endswith("byte-identical")
    code, told = dm("explain", "order", "1", "text", "--model", path, "--seed", "3")
    assert code == 0 and "model.customer.name" in told
    code, told = dm("world", "model.order=20", "--model", path, "--seed", "3", "-o", str(tmp_path / "w"))
    assert code == 0 and (tmp_path / "w/customer.parquet").exists(), told
    code, told = dm("model", "convert", path)
    assert code == 0 and "table_name: mailing" in told
    tables = str(tmp_path / "tables.yaml")
    assert dm("model", "convert", path, "-o", tables)[0] == 0
    code, told = dm("run", tables, "-o", str(tmp_path / "all"), "--format", "csv")
    assert code == 0 and (tmp_path / "all/mailing.csv").exists(), told
    assert "byte-identical" in dm("verify", str(tmp_path / "all"))[1]
    code, told = dm("check", str(made))
    assert code == 0, told


def test_what_has_no_equal_is_kept_as_rows_with_a_remark(model: Write, tmp_path: Path) -> None:
    own = "def twice(x):\n    return 2 * x\n\n\nclass Own:\n    def generate(self):\n        return 'g'\n"
    path = model(
        """<memstore id="mem"/><execute uri="own.py"/><variable name="drawn" type="int"/>
      <generate name="plain" count="3"><key name="id" generator="IncrementGenerator"/>
        <variable name="c" source="c.csv" separator="," cyclic="True"/><key name="town" script="c.town"/></generate>
      <generate name="loops" count="4" target="mem"><key name="id" generator="IncrementGenerator"/>
        <variable name="n" script="0"/>
        <while condition="n &lt; id" maxIterations="9"><variable name="n" script="n + 1"/><key name="last" script="n"/></while>
        <key name="day" script="datetime.datetime(2020, 1, id)"/><array name="some" type="int" count="2"/>
        <generate name="inner" count="2"><key name="of" script="loops.id"/></generate></generate>
      <generate name="after" source="mem" type="loops"><key name="x" script="last * 2"/></generate>
      <generate name="own" count="2"><key name="g" generator="Own"/><key name="t" script="twice(drawn)"/></generate>
      <generate name="cells" source="s.csv" separator="|" sourceScripted="True" distribution="ordered"/>""",
        own__py=own,
        c__csv="town\nUlm\n",
        s__csv="id|say\n1|{random.randint(3, 3)}\n2|x{1 + 1}\n",
    )
    tables = tmp_path / "out" / "tables.yaml"
    tables.parent.mkdir()
    code, told = dm("model", "convert", str(path), "--trust", "-o", str(tables))
    assert code == 0 and told.count("warning[models.kept]") >= 5 and "<while>" in told, told
    want = run_model(path, trust=True)
    assert dm("run", str(tables), "-o", str(tmp_path / "rows"), "--format", "jsonl")[0] == 0
    after = [json.loads(line) for line in (tmp_path / "rows/after.jsonl").read_text().splitlines()]
    assert [each["x"] for each in after] == [2, 4, 6, 8] and after[2]["day"] == "2020-01-03T00:00:00Z"
    for name in ("loops", "inner", "own", "cells"):
        code, told = dm("generate", name, "--model", str(tables), "-n", str(len(want[name])), "--format", "jsonl", "-q")
        assert code == 0, told
        rows = [json.loads(line) for line in told.splitlines()]
        expected = [
            {**each, "day": f"{each['day']:%Y-%m-%dT00:00:00Z}"} if "day" in each else each for each in want[name]
        ]
        expected = [{key: str(value) if key == "say" else value for key, value in each.items()} for each in expected]
        assert rows == expected, name
    # What fails leaves no file.
    path.write_text(path.read_text().replace('"9"', '"1"'))
    other = tmp_path / "other" / "tables.yaml"
    other.parent.mkdir()
    assert dm("model", "convert", str(path), "--trust", "-o", str(other))[0] == 2 and not [*other.parent.iterdir()]


DIFFER = {
    # Columns are of one type; a struct has its members in one order.
    "01_casting_type_data_type": ["product.GPA", "product.random_set_numbers", "product.random_dict_numbers"],
    # Another world: products that are new, all of them or not.
    "25_ecommerce_datamimic": [
        *("products.condition: constant", "us_products.condition: constant", "de_products.zustand: constant"),
    ],
    # Where a record has no field, a row has null.
    "05_condition_1_condition_tag": ["condition"],
    "06_condition_4_condition_with_remove_none_element_converter": ["big_group", "group"],
    "19_echo_scripted_echo": ["echo_2.empty_nestedKey"],
    "24_overview-converter_datamimic": ["big_group", "group"],
    # Records without any field are rows with a number; one without members is a document.
    "10_nested_generate_generate_as_source_2": ["tdata"],
    "12_include_dynamic_include_model": ["test_include_generate"],
    "13_memstore_memstore_in_nested_generate_with_mp": ["wrapping", "wrapping_2"],
    "15_json_2_template": ["person.notes"],
}
REFUSED = {"17_xml_3_xml_template_2": "<nestedKey name='students'>"}


def test_shared_models_make_rows_of_the_same_shape(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(shared))
    from shape import compare, shape

    for case in json.loads((shared / "cases.json").read_text()):
        path, name = shared / "cases" / case["case"] / case["descriptor"], case["case"]
        if case["negative"]:
            continue
        if name in REFUSED:
            with pytest.raises(BadModel, match=REFUSED[name]):
                Model.load(path)
            continue
        got = shape(rows_of(Model.load(path)))
        want = shape({product.replace("|", "_"): records for product, records in run_model(path).items()})
        for each in got.values():
            _without_null(each["columns"])
        for said in compare(want, got):
            assert any(said.startswith(where) for where in DIFFER.get(name, [])), (name, said)


def _without_null(columns: dict[str, Any]) -> None:
    for each in columns.values():
        if "values" in each:
            each["values"] = [value for value in each["values"] if value != "None"] or each["values"]
        for part in ("fields", "items"):
            _without_null(each.get(part, {}))
