"""Personal data in running text."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError
from datamimic_learning import find_personal, personal_spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bitte Frau Sabine Müller anrufen: +49 170 1234567", ["Sabine Müller", "+49 170 1234567"]),
        ("Mary Johnson (mary@example.com), 12 Oak Street, order 4501", ["Mary Johnson", "mary@example.com", "12 Oak Street"]),
        ("Le client habite 12, rue de la République, né le 02/03/1970", ["12, rue de la République", "02/03/1970"]),
        ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF", ["DE89 3704 0044 0532 0130 00"]),
        ("Karte 4111 1111 1111 1111 gesperrt", ["4111 1111 1111 1111"]),
        ("Khách hàng Nguyễn Văn An gọi từ 0912 345 678", ["Nguyễn Văn An", "0912 345 678"]),
        ("Login from 203.0.113.77, version 1.2.3, SSN 123-45-6789", ["203.0.113.77", "123-45-6789"]),
        ('{"id": 7, "surname": "zorvik", "name": "Quenby Zorvik", "note": "Big Order"}', ["zorvik", "Quenby Zorvik"]),
        ('{"name": "gadget", "colour": "Deep Blue", "email":"q@zorvik.example"}', ["q@zorvik.example"]),
        ('{"Nachname" : "Zörwick", "Stadt": "Bonn"}', ["Zörwick"]),
        ("The parcel left on Monday and the invoice is paid.", []),
        ("Release 2.10.4 fixes ticket 10045 (see CHANGELOG.md).", []),
    ],
)  # fmt: skip
def test_what_is_somebodys_is_found_and_nothing_else(text: str, found: list[str]) -> None:
    (spans,) = personal_spans(pa.array([text])).to_pylist()
    assert [text[each["start"] : each["end"]] for each in spans] == found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=80)), max_size=5))
def test_spans_lie_in_their_text_in_order_whatever_the_text(texts: list[str | None]) -> None:
    read = personal_spans(pa.array(texts, pa.string())).to_pylist()
    for text, spans in zip(texts, read, strict=True):
        assert (spans is None) == (text is None)
        ends = [place for each in spans or [] for place in (each["start"], each["end"])]
        assert ends == sorted(ends) and (not ends or ends[-1] <= len(text or ""))


def test_dictionaries_chunks_and_nulls_are_read() -> None:
    column = pa.chunked_array([["a@example.com", None], ["a@example.com"]]).dictionary_encode()
    spans = personal_spans(column)
    assert spans.to_pylist() == [[{"start": 0, "end": 13, "kind": "person.email"}], None, spans[0].as_py()]
    assert personal_spans(pa.nulls(2)).to_pylist() == [None, None]


def test_a_column_of_numbers_is_refused() -> None:
    with pytest.raises(DatamimicError, match="holds no running text") as error:
        personal_spans(pa.array([1]))
    assert error.value.code == "learning.no_text"


def test_text_with_contacts_is_a_personal_column() -> None:
    texts = [f"The customer {number} asked for a refund of the last order" for number in range(40)]
    texts[3:40:6] = [f"Please call Mary Johnson on +1 212 555 01{number:02} before the weekend" for number in range(7)]
    found = find_personal(pa.table({"notes": texts})).columns[0]
    assert (found.meaning, found.personal) == ("text.personal", True)
    plain = find_personal(pa.table({"notes": texts[:3] * 5})).columns[0]
    assert not plain.personal
