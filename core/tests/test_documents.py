"""Documents, a column at a time: what comes out is what a person would write row by row."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamimic.errors import DatamimicError
from datamimic.formats.documents.fields import block, lines, tagged, text_block
from datamimic.formats.documents.objects import document
from datamimic.formats.documents.pieces import (
    Joined,
    Piece,
    each,
    of,
    only_with,
    together,
    under,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.segments import EDIFACT, HL7
from datamimic.formats.documents.values import comma, compact, latin, latin_text, named, part, upper
from datamimic.formats.documents.xml import element

LINES = pa.list_(pa.struct([("code", pa.string()), ("amount", pa.decimal128(12, 2)), ("tags", pa.list_(pa.string()))]))
SCHEMA = pa.schema(
    [
        ("number", pa.string()),
        ("day", pa.date32()),
        ("at", pa.timestamp("us", "UTC")),
        ("name", pa.string()),
        ("lines", LINES),
    ]
)


def scope(*rows: dict[str, Any]) -> Scope:
    return Scope.of(pa.RecordBatch.from_pylist(list(rows), SCHEMA))


def texts(piece: Piece, rows: Scope) -> list[str | None]:
    made = piece.render(rows).texts
    return [made] * rows.rows if isinstance(made, str) else made.to_pylist()


def line(code: str | None = None, amount: str | None = None, *tags: str) -> dict[str, Any]:
    return {"code": code, "amount": None if amount is None else Decimal(amount), "tags": list(tags)}


ORDER = {
    "number": "A'1",
    "day": date(2025, 1, 31),
    "at": datetime(2025, 1, 31, 9, 5, 7, 99, UTC),
    "name": "Müller & <Co>",
}


def test_elements_hold_attributes_values_and_lists() -> None:
    order = element(
        "Order",
        {"no": of("number")},
        element("Name", of("name")),
        element("Day", of("day")),
        element("At", of("at")),
        each("lines", element("Line", {"Ccy": "EUR", "of": of("..number")}, of("amount"))),
        element("Note", {"kind": "x"}),
    )
    first, second = texts(
        order, scope({**ORDER, "lines": [line("a", "1.50"), line("b"), line("c", "2")]}, {"lines": None})
    )
    assert first == (
        '<Order no="A\'1"><Name>Müller &amp; &lt;Co&gt;</Name><Day>2025-01-31</Day><At>2025-01-31T09:05:07Z</At>'
        '<Line Ccy="EUR" of="A\'1">1.50</Line><Line Ccy="EUR" of="A\'1">2.00</Line><Note kind="x"></Note></Order>'
    )
    assert second is None, "no value is there"
    assert ElementTree.fromstring(str(first)).findtext("Name") == "Müller & <Co>"


def test_segments_escape_count_themselves_and_leave_out_what_is_not_there() -> None:
    edi = EDIFACT
    message = edi.counted(
        edi.group(
            edi.segment("UNH", of("number"), edi.components("ORDERS", "D", "01B", "UN")),
            edi.segment("DTM", edi.components("137", of("day", compact), "102")),
            edi.segment("FTX", "AAI", None, None, edi.components(of("name"))),
            each("lines", edi.segment("LIN", of("code")), edi.segment("MOA", edi.components("203", of("amount")))),
        ),
        edi.segment("UNT", of("#units"), of("number")),
    )
    first, second = texts(
        message, scope({**ORDER, "name": "a+b?", "lines": [line("x", "1"), line("y")]}, {"number": "2", "lines": []})
    )
    assert first == (
        "UNH+A?'1+ORDERS:D:01B:UN'\nDTM+137:20250131:102'\nFTX+AAI+++a?+b??'\n"
        "LIN+x'\nMOA+203:1.00'\nLIN+y'\nUNT+7+A?'1'\n"
    )
    assert second == "UNH+2+ORDERS:D:01B:UN'\nUNT+2+2'\n"


def test_hl7_repeats_and_drops_what_is_empty_at_the_end() -> None:
    segment = HL7.segment(
        "PID",
        "1",
        None,
        HL7.components(of("number"), None, None, "MR"),
        HL7.repeated("lines", of("code")),
        of("name"),
        None,
    )
    first, second, third = texts(
        segment,
        scope(
            {"number": "7|8", "name": "O^Neil\n", "lines": [line("a"), line(), line("b~")]},
            {"number": "7", "lines": []},
            {"lines": []},
        ),
    )
    assert first == "PID|1||7\\F\\8^^^MR|a~b\\R\\|O\\S\\Neil\\.br\\\r"
    assert second == "PID|1||7^^^MR\r"
    assert third is None


def test_fields_of_swift() -> None:
    message = Joined(
        (
            block(1, "F01BANKDEFFAXXX0000000000"),
            text_block(
                tagged("20", of("number", latin, part(0, 16))),
                tagged("50K", lines([of("name", latin, part(0, 35)), of("day")], 4)),
                each("lines", tagged("61", of("..day", compact, part(2)), of("amount", comma))),
            ),
        )
    )
    first, second = texts(
        message, scope({**ORDER, "lines": [line("a", "12.50"), line("b")]}, {"number": "1", "lines": []})
    )
    assert first == (
        "{1:F01BANKDEFFAXXX0000000000}{4:\r\n:20:A'1\r\n:50K:Mueller + (Co)\r\n"
        "2025-01-31\r\n:61:25013112,50\r\n:61:250131\r\n-}"
    )
    assert second == "{1:F01BANKDEFFAXXX0000000000}{4:\r\n:20:1\r\n-}"


def test_objects_have_no_member_for_what_is_not_there() -> None:
    patient = document(
        {
            "resourceType": "Patient",
            "id": of("number"),
            "active": True,
            "name": [{"family": of("name", upper)}],
            "at": of("at"),
            "line": each("lines", document({"code": of("code"), "price": {"value": of("amount"), "unit": "EUR"}})),
            "code": each("lines", of("code")),
        }
    )
    first, second = texts(
        patient, scope({**ORDER, "lines": [line("a", "1.5"), line(), line("b")]}, {"number": "2", "lines": []})
    )
    assert json.loads(str(first)) == {
        "resourceType": "Patient",
        "id": "A'1",
        "active": True,
        "name": [{"family": "MÜLLER & <CO>"}],
        "at": "2025-01-31T09:05:07.000099Z",
        "line": [{"code": "a", "price": {"value": 1.5, "unit": "EUR"}}, {"code": "b"}],
        "code": ["a", "b"],
    }
    assert json.loads(str(second)) == {"resourceType": "Patient", "id": "2", "active": True}


def test_texts_that_are_put_together_are_one_json_text_and_lists_are_spliced() -> None:
    piece = document(
        {
            "reference": together('Item/"', of("number")),
            "code": [
                of("number", part(0, 1)),
                each("lines", of("code")),
                each("lines", together(of("..number"), "-", of("code"))),
            ],
        }
    )
    first, second = texts(
        piece, scope({"number": 'a"\n', "lines": [line("x"), line("y")]}, {"number": "1", "lines": []})
    )
    assert json.loads(str(first)) == {"reference": 'Item/"a"\n', "code": ["a", "x", "y", 'a"\n-x', 'a"\n-y']}
    assert json.loads(str(second)) == {"reference": 'Item/"1', "code": ["1"]}


def test_values_of_a_dictionary_that_no_row_has_need_no_code() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([1, None, 2], pa.int32()), pa.array(["", "x", "y"]))
    for made in (of("kind", named({"x": "1", "y": "2"})), document(of("kind", named({"x": "1", "y": "2"})))):
        found = made.render(Scope({"kind": column}, 3)).texts.to_pylist()
        assert [None if each is None else each.strip('"') for each in found] == ["1", None, "2"]


def test_a_piece_is_left_out_where_a_value_is() -> None:
    piece = document(
        {
            "id": of("number"),
            "name": only_with("name", together(of("number"), "-", of("name"))),
            "is": only_with("name", document(True)),
        }
    )
    first, second = texts(piece, scope({"number": "1", "name": "x"}, {"number": "2"}))
    assert (str(first), str(second)) == ('{"id":"1","name":"1-x","is":true}', '{"id":"2"}')
    assert only_with("name", of("number")).reads() == {"name", "number"}


def test_steps_of_json_may_give_numbers_and_truths() -> None:
    piece = document({"n": of("name", pc.utf8_length), "b": of("name", pc.is_valid)})
    assert texts(piece, scope({"name": "abc"}, {})) == ['{"n":3,"b":true}', '{"b":false}']


def test_a_piece_is_written_under_a_record_or_a_reference() -> None:
    address = element("Adr", element("City", of("city")), each("lines", element("l", of("."), of("..city"))))
    record = pa.RecordBatch.from_pylist([{"home": {"city": "Rome", "lines": ["a"]}}])
    columns = pa.RecordBatch.from_pylist([{"home.city": "Rome", "home.lines": ["a"]}])
    piece = under("home", address)
    for batch in (record, columns):
        assert texts(piece, Scope.of(batch)) == ["<Adr><City>Rome</City><l>aRome</l></Adr>"]
    assert piece.reads() == {"home.city", "home.lines"}
    with pytest.raises(DatamimicError):
        under("work", address).render(Scope.of(record))


def test_lists_in_lists() -> None:
    piece = element("o", each("lines", element("l", each("tags", element("t", {"c": of("..code")}, of("."))))))
    rows = scope({"lines": [line("a", None, "x", "y"), line("b"), line("c", None, "z")]}, {"lines": []})
    assert texts(piece, rows) == ['<o><l><t c="a">x</t><t c="a">y</t></l><l><t c="c">z</t></l></o>', None]


def test_what_a_document_reads_is_known() -> None:
    piece = element("o", {"a": of("number")}, each("lines", element("l", of("code"), of("..name"))), of("day"))
    assert piece.reads() == {"number", "lines", "name", "day"}


def test_codes_and_paths_that_there_are_not_are_refused() -> None:
    rows = scope({"number": "1", "lines": []})
    with pytest.raises(DatamimicError) as caught:
        of("numbr").render(rows)
    assert caught.value.code == "unknown_column" and "number" in str(caught.value.hint)
    with pytest.raises(DatamimicError) as caught:
        of("number", named({"2": "two"})).render(rows)
    assert caught.value.code == "format_unsuited"
    assert texts(of("number", named({"2": "two"}, "other")), rows) == ["other"]


@given(st.text())
def test_latin_text_has_no_other_letters(text: str) -> None:
    assert set(latin_text(text)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")


LINE = st.fixed_dictionaries({"code": st.none() | st.text("x+:'?", max_size=3), "amount": st.none()})
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.none() | st.text(max_size=5),
            "name": st.none() | st.text("ab<&\"'>", max_size=5),
            "lines": st.none()
            | st.lists(
                st.fixed_dictionaries({"code": st.none() | st.text("x+:'?", max_size=3), "amount": st.none()}),
                max_size=3,
            ),
        }
    ),
    max_size=6,
)


@given(ROWS, st.integers(0, 6))
def test_rows_do_not_know_of_each_other(rows: list[dict[str, Any]], at: int) -> None:
    """Any slice of the rows gives the documents of those rows."""
    batch = pa.RecordBatch.from_pylist(rows, SCHEMA)
    piece = element("o", {"n": of("number")}, of("name"), each("lines", element("l", of("code"))))
    counted = EDIFACT.counted(each("lines", EDIFACT.segment("L", of("code"))), EDIFACT.segment("E", of("#units")))
    for made in (piece, counted):
        whole = texts(made, Scope.of(batch))
        assert texts(made, Scope.of(batch.slice(at))) == whole[at:]
        assert [texts(made, Scope.of(batch.slice(n, 1)))[0] for n in range(len(rows))] == whole
