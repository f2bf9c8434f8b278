"""XML: what was written is read, an XML Schema beside it agrees, and documents that want more than to be read are refused."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from fleet import Trip, Vehicle, registry
from hypothesis import given, settings
from hypothesis import strategies as st
from meters import PACKS as METERS
from meters import Meter

from datamimic import DatamimicError, World, read_batches, verify
from datamimic.cli import main
from datamimic.distributed.dataset import write_dataset, write_part
from datamimic.distributed.runners import SerialRunner
from datamimic.formats.xml import Xml
from datamimic.formats.xml_names import column_name, element_name, wrong_name
from datamimic.formats.xml_schema import xml_schema
from datamimic.output.planned import PlannedOutput
from datamimic.related.writing import prepare, write_set

PACKS = registry()


def written(table: pa.Table, **chosen: Any) -> bytes:
    stream = io.BytesIO()
    made = Xml(**chosen).writer(stream, table.schema)
    for batch in table.to_batches():
        made.write(batch)
    made.close()
    return stream.getvalue()


def read(content: bytes, tmp_path: Path) -> list[dict[str, Any]]:
    path = tmp_path / "rows.xml"
    path.write_bytes(content)
    return [row for batch in read_batches(path) for row in batch.to_pylist()]


def assert_valid(content: bytes, xsd: str) -> None:
    etree = pytest.importorskip("lxml.etree")
    etree.XMLSchema(etree.fromstring(xsd.encode())).assertValid(etree.fromstring(content))


# -- what is written is read ------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff").filter(
    lambda letter: letter >= " " or letter in "\t\n\r"
)
TEXTS = st.none() | st.text(LETTERS, max_size=6)
KINDS = st.recursive(
    st.sampled_from([pa.string(), pa.int32(), pa.bool_(), pa.float64(), pa.date32(), pa.decimal128(9, 8), pa.binary()]),
    lambda inner: st.one_of(
        st.builds(pa.list_, inner),
        st.builds(lambda kind: pa.list_(kind, 2), inner),
        st.builds(lambda kind: pa.map_(pa.string(), kind), inner),
        st.dictionaries(st.sampled_from(["a", "item", "entry", "x y", "_x0041_"]), inner, min_size=1, max_size=3).map(
            lambda members: pa.struct([pa.field(name, kind) for name, kind in members.items()])
        ),
    ),
    max_leaves=4,
)


def values_of(kind: pa.DataType) -> st.SearchStrategy[Any]:
    types = pa.types
    if types.is_struct(kind):
        made: Any = st.fixed_dictionaries({field.name: values_of(field.type) for field in kind})
    elif types.is_map(kind):
        made = st.dictionaries(st.text(LETTERS, max_size=3), values_of(kind.item_type), max_size=3).map(
            lambda entries: list(entries.items())
        )
    elif types.is_fixed_size_list(kind):
        made = st.lists(values_of(kind.value_type), min_size=2, max_size=2)
    elif types.is_list(kind):
        made = st.lists(values_of(kind.value_type), max_size=3)
    elif types.is_string(kind):
        return TEXTS
    elif types.is_boolean(kind):
        made = st.booleans()
    elif types.is_integer(kind):
        made = st.integers(-(2**31), 2**31 - 1)
    elif types.is_floating(kind):
        made = st.floats(allow_nan=False)
    elif types.is_date(kind):
        made = st.dates()
    elif types.is_decimal(kind):
        made = st.decimals(-9, 9, places=8)
    else:
        made = st.binary(max_size=3)
    return st.none() | made


def meant(value: Any, kind: pa.DataType) -> Any:
    """A value as it is read: text, null, lists and objects."""
    types = pa.types
    if value is None:
        return None
    if types.is_struct(kind):
        return {field.name: meant(value[field.name], field.type) for field in kind}
    if types.is_map(kind):
        return {key: meant(item, kind.item_type) for key, item in value}
    if types.is_list(kind) or types.is_fixed_size_list(kind):
        return [meant(item, kind.value_type) for item in value]
    if types.is_floating(kind):
        return {float("inf"): "INF", float("-inf"): "-INF"}.get(value, pa.scalar(value).cast(pa.string()).as_py())
    if types.is_decimal(kind):
        return format(value, "f")
    return (
        str(value).lower()
        if types.is_boolean(kind)
        else value.hex()
        if types.is_binary(kind)
        else value.isoformat()
        if types.is_date(kind)
        else str(value)
    )


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_table_is_read_as_it_was_written_and_fits_its_schema(data: Any, tmp_path_factory: Any) -> None:
    names = data.draw(
        st.lists(st.sampled_from(["a", "item", "größe", "1 2", "xml", "a:b", "_x"]), min_size=1, unique=True)
    )
    kinds = [data.draw(KINDS) for _ in names]
    rows = data.draw(st.integers(0, 4))
    columns = [[data.draw(values_of(kind)) for _ in range(rows)] for kind in kinds]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    # Bytes that stand under nulls and outside of the slice may be any.
    first = data.draw(st.integers(0, rows))
    table = pa.Table.from_arrays(arrays, names).slice(first)
    content = written(table)
    found = read(content, tmp_path_factory.mktemp("xml"))
    expected = [
        {name: meant(column[row], kind) for name, column, kind in zip(names, columns, kinds, strict=True)}
        for row in range(first, rows)
    ]
    cells = [
        {name: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for name, v in row.items()}
        for row in expected
    ]
    assert found == cells
    assert_valid(content, xml_schema(table.schema, "list", "item"))
    ours = table.to_batches()[0] if table.num_rows else None
    if ours is not None:
        start = content.index(b"\n", content.index(b"?>\n") + 3) + 1
        block = Xml().parse_block(content[start : content.rindex(b"</list>")], names)
        assert block.to_pylist() == cells


def test_a_null_an_empty_text_and_an_empty_list_are_three_things(tmp_path: Path) -> None:
    kinds = {"text": pa.string(), "list": pa.list_(pa.string()), "map": pa.map_(pa.string(), pa.string())}
    columns = {"text": [None, "", " "], "list": [None, [], [""]], "map": [None, [], [("", None)]]}
    table = pa.table({name: pa.array(column, kinds[name]) for name, column in columns.items()})
    assert read(written(table), tmp_path) == [
        {"text": None, "list": None, "map": None},
        {"text": "", "list": "[]", "map": "{}"},
        {"text": " ", "list": '[""]', "map": '{"": null}'},
    ]


def test_coded_text_is_written_as_plain_text_is() -> None:
    plain = pa.table({"a": ["x<", None, "", "x<", "&\r"]})
    coded = plain.set_column(0, "a", plain["a"].combine_chunks().dictionary_encode())
    assert written(coded) == written(plain)
    assert b"x&lt;" in written(plain) and b"&amp;&#13;" in written(plain)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8))
@settings(deadline=None)
def test_every_name_of_a_column_is_a_name_of_an_element_and_comes_back(name: str) -> None:
    made = element_name(name)
    assert wrong_name(made) is None and column_name(made) == name and column_name("{urn:x}" + made) == name


def test_names_that_tell_more_are_written_as_sql_does() -> None:
    assert [element_name(name) for name in ("order id", "1st", "a_x0041_", "XMLid", "größe")] == [
        "order_x0020_id",
        "_x0031_st",
        "a_x005F_x0041_",
        "_x0058_MLid",
        "größe",
    ]


# -- what XML cannot hold ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_hold_are_refused_or_replaced(letter: str, tmp_path: Path) -> None:
    text = f"a{letter}<b"
    for table in (
        pa.table({"note": [text]}),
        pa.table({"note": pa.array([[text]], pa.list_(pa.string()))}),
        pa.table({"note": pa.array([[(text, "x")]], pa.map_(pa.string(), pa.string()))}),
        pa.table({"note": pa.array([text]).dictionary_encode()}),
    ):
        with pytest.raises(DatamimicError, match=f"U\\+{ord(letter):04X}.*note") as error:
            written(table)
        assert error.value.code == "format_unsuited" and "unheld=replace" in str(error.value.hint)
        assert "a\ufffd<b" in str(read(written(table, unheld="replace"), tmp_path)[0]["note"])


def test_a_column_without_a_name_is_refused() -> None:
    with pytest.raises(DatamimicError, match="without a name"):
        written(pa.table({"": [1]}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"root_element": "1"},
        {"item_element": "a b"},
        {"item_element": "xmlRow"},
        {"root_element": ""},
        {"namespace": 'a"b'},
        {"schema_location": "a b"},
        {"unheld": "drop"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(DatamimicError) as error:
        Xml(**wrong)
    assert error.value.code == "invalid_option"


def test_names_of_elements_namespace_and_place_of_the_schema_are_chosen(tmp_path: Path) -> None:
    chosen = {"root_element": "people", "item_element": "person", "namespace": "urn:x?a&b", "schema_location": "p.xsd"}
    table = pa.table({"name": ["Ä"], "tags": pa.array([["x"]], pa.list_(pa.string()))})
    content = written(table, **chosen)
    assert b'<people xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:x?a&amp;b"' in content
    assert b'xsi:schemaLocation="urn:x?a&amp;b p.xsd"' in content and b"<person><name>" in content
    assert read(content, tmp_path) == [{"name": "Ä", "tags": '["x"]'}]
    assert_valid(content, Xml(**chosen).description(table.schema)[".xsd"])


# -- documents of others ----------------------------------------------------------------------------------------------


def test_documents_of_others_are_read(tmp_path: Path) -> None:
    content = """<?xml version="1.0" encoding="ISO-8859-1"?>
    <!DOCTYPE orders SYSTEM "http://nowhere.example/orders.dtd">
    <o:orders xmlns:o="urn:o"><!-- two -->
      <o:order id="7" type="list"><o:who>M\xfcller &amp; Co &#8364;</o:who><line>1</line><line>2</line>
        <price currency="EUR">9.50</price><note/></o:order>
      <order id="8"><entry key="k">v</entry><line><no>1</no></line><cdata><![CDATA[<a>]]></cdata></order>
    </o:orders>""".encode("latin-1")
    first, second = read(content, tmp_path)
    assert first["@id"] == "7" and first["@type"] == "list" and first["who"] == "Müller & Co €"
    assert json.loads(first["line"]) == ["1", "2"] and json.loads(first["price"]) == {
        "@currency": "EUR",
        "#text": "9.50",
    }
    assert first["note"] == "" and second["cdata"] == "<a>"
    assert json.loads(second["entry"]) == {"@key": "k", "#text": "v"} and json.loads(second["line"]) == {"no": "1"}


HOSTILE = {
    "laughs": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a><r>&c;</r></a>',
    "outside": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a><r><x>&b;</x></r></a>',
    "parameter": '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://localhost:1/x"> %b;]><a/>',
    "defaults": '<!DOCTYPE a [<!ATTLIST r x CDATA "y">]><a><r/></a>',
    "unknown entity": "<a><r><x>&b;</x></r></a>",
    "unknown entity of a dtd elsewhere": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><r><x>&b;</x></r></a>',
    "deep": "<a><r>" + "<x>" * 150 + "</x>" * 150 + "</r></a>",
    "very deep": "<a><r>" + "<x>" * 1_100_000,
    "long": "<a><r><x>" + "x" * (17 << 20) + "</x></r></a>",
    "text beside": "<a>no<r/></a>",
    "text after": "<a><r/>no</a>",
    "text at the end": "<a><r/><r/>no</a>",
    "not closed": "<a><r>",
    "two roots": "<a/><a/>",
    "nothing": "",
    "no XML": '{"a": 1}',
    "not a nil": '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><r><x xsi:nil="maybe"/></r></a>',
    "no such prefix": "<a><r><b:x/></r></a>",
    "control": "<a><r><x>&#7;</x></r></a>",
    "encoding": '<?xml version="1.0" encoding="utf-99"?><a/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_documents_are_refused(name: str, tmp_path: Path) -> None:
    for content in (HOSTILE[name].encode(), HOSTILE[name].encode("utf-16") if name != "encoding" else b"<"):
        with pytest.raises(DatamimicError) as error:
            read(content, tmp_path)
        assert error.value.code == "bad_input"


def test_rows_are_read_as_they_come(tmp_path: Path) -> None:
    """The size of a document does not matter: rows are let go of."""
    import tracemalloc

    path = tmp_path / "many.xml"
    row = b"<item><a>" + b"x" * 200 + b"</a></item>\n"
    path.write_bytes(b"<list>" + row * 100_000 + b"</list>")
    tracemalloc.start()
    assert sum(batch.num_rows for batch in Xml().read(path)) == 100_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size


# -- with the rest ----------------------------------------------------------------------------------------------------


def test_kinds_of_every_sort_fit_the_schema(tmp_path: Path) -> None:
    rows = World("kinds", packs=METERS)[Meter][0:300]
    path = rows.write(tmp_path / "meters.xml")
    assert_valid(path.read_bytes(), path.with_name("meters.xml.xsd").read_text(encoding="utf-8"))


def test_a_wrong_value_does_not_fit_the_schema(tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    path = World("kinds", packs=METERS)[Meter][0:20].write(tmp_path / "meters.xml")
    schema = etree.XMLSchema(etree.parse(str(path) + ".xsd"))
    content = path.read_bytes()
    for good, bad in (
        (rb"<phase>\d</phase>", b"<phase>2</phase>"),
        (rb"<price>[^<]*</price>", b"<price>1.23456</price>"),
        (rb"<price>[^<]*</price>", b'<price xsi:nil="true"/>'),
        (rb"<made_at>[^<]*</made_at>", b"<made_at>yesterday</made_at>"),
        (rb"<box><item>", b"<box><item>1</item><item>"),
        (rb"<meter_id>", b"<meter>"),
        (rb"<status>[^<]*</status>", b"<status>lost</status>"),
    ):
        changed = re.sub(good, bad, content, count=1)
        assert changed != content
        with contextlib.suppress(etree.XMLSyntaxError):
            assert not schema.validate(etree.fromstring(changed))


def test_the_schema_stands_beside_the_file_and_is_verified(tmp_path: Path) -> None:
    world = World("beside", packs=PACKS)
    path = world[Vehicle][0:10].write(tmp_path / "v.xml")
    xsd = tmp_path / "v.xml.xsd"
    assert verify(path, packs=PACKS).holds
    xsd.write_text(xsd.read_text() + " ")
    report = verify(path, packs=PACKS)
    assert not report.holds and report.other_files == ["v.xml.xsd"]
    world[Vehicle][0:10].select(["label"]).write(path)
    assert verify(path, packs=PACKS).holds and "kilometres" not in xsd.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["v.xml", "v.xml.manifest.json", "v.xml.xsd"]
    world[Vehicle][0:10].write(tmp_path / "w.xml", xsd=False)
    assert not (tmp_path / "w.xml.xsd").exists()


def test_somebody_elses_schema_stays(tmp_path: Path) -> None:
    (tmp_path / "v.xml.xsd").write_text("mine")
    with pytest.raises(DatamimicError) as error:
        World("beside", packs=PACKS)[Vehicle][0:10].write(tmp_path / "v.xml")
    assert error.value.code == "output_unwritable"
    assert [each.name for each in tmp_path.iterdir()] == ["v.xml.xsd"]


def test_what_fails_leaves_the_earlier_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datamimic.output.whole_files as whole

    world = World("beside", packs=PACKS)

    def fails(*arguments: Any) -> None:
        raise OSError("the disk is gone")

    path = tmp_path / "v.xml"
    with monkeypatch.context() as patched:
        patched.setattr(whole, "_commit", fails)
        with pytest.raises(DatamimicError):
            world[Vehicle][0:10].write(path)
    assert list(tmp_path.iterdir()) == []
    before = {each.name: each.read_bytes() for each in (world[Vehicle][0:10].write(path).parent).iterdir()}
    with monkeypatch.context() as patched:
        patched.setattr(whole, "_commit", fails)
        with pytest.raises(DatamimicError):
            world[Vehicle][0:10].select(["label"]).write(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_sets_and_parts_have_their_schemas(tmp_path: Path) -> None:
    world = World("sets", packs=PACKS)
    write_set(prepare(world, {"fleet.trip": 50}), tmp_path / "set", "xml")
    names = {each.name for each in (tmp_path / "set").iterdir()}
    assert {"fleet_trip.xml", "fleet_trip.xml.xsd", "manifest.json"} <= names and verify(
        tmp_path / "set", packs=PACKS
    ).holds
    for path in (tmp_path / "set").glob("*.xml"):
        assert_valid(path.read_bytes(), path.with_name(path.name + ".xsd").read_text())
    output = PlannedOutput.of(world[Trip][0:40_000], tmp_path / "parts", "xml")
    write_dataset(output, SerialRunner(), 2)
    assert {each.name for each in (tmp_path / "parts").iterdir()} == {
        "manifest.json",
        "part-00000.xml",
        "part-00001.xml",
        "part.xml.xsd",
    }
    assert verify(tmp_path / "parts", 0.5, packs=PACKS).holds
    for format in ("xml", None):
        assert sum(b.num_rows for b in read_batches(tmp_path / "parts", format, packs=PACKS)) == 40_000
    write_dataset(output, SerialRunner(), 2)  # takes the place of the earlier result, its schema included
    alone = PlannedOutput.of(world[Trip][0:40_000], tmp_path / "alone", "xml")
    for part in (0, 1):
        write_part(alone, 2, part)
    assert (tmp_path / "alone" / "part.xml.xsd").read_bytes() == (tmp_path / "parts" / "part.xml.xsd").read_bytes()
    assert (tmp_path / "alone" / "part-00001.xml").read_bytes() == (tmp_path / "parts" / "part-00001.xml").read_bytes()


def test_the_command_line_writes_and_checks_it(tmp_path: Path) -> None:
    run = CliRunner().invoke
    path = tmp_path / "people.xml"
    arguments = ["generate", "common.person", "--count", "20", "--seed", "1", "-o", str(path)]
    made = run(main, [*arguments, "--format-option", "root_element=people"])
    if "unknown_entity" in made.output:
        pytest.skip("the common pack is not installed")
    assert made.exit_code == 0, made.output
    assert "<people " in path.read_text(encoding="utf-8")
    assert run(main, ["check", str(path), "--entity", "common.person"]).exit_code == 0
    assert run(main, ["verify", str(path)]).exit_code == 0
    shown = run(main, ["generate", "common.person", "--count", "2", "--seed", "1", "--format", "xml"])
    assert shown.exit_code == 0 and shown.stdout.count("<item><person_id>") == 2 and shown.stdout.endswith("</list>\n")
