"""Messages with bitmaps: what is written is what another library reads, and writes again byte for byte."""

from __future__ import annotations

from typing import Any

import iso8583
import pyarrow as pa
import pytest
from iso8583.specs import default_ascii

from datamimic import DatamimicError
from datamimic.formats.documents import Bitmaps, Message, Piece, of, only_with, together
from datamimic.formats.documents.scope import Scope

FORMS = {
    2: "n..19",
    3: "n6",
    22: "n3",
    35: "z..37",
    41: "ans8",
    43: "ans40",
    48: "ans...999",
    52: "b8",
    55: "b...255",
    90: "n42",
}


def part(encoding: str, digits: int, most: int, **more: Any) -> dict[str, Any]:
    length = "bcd" if encoding == "b" or more.pop("packed", False) else "ascii"
    return {"data_enc": encoding, "len_enc": length, "len_type": digits, "max_len": most, "desc": "", **more}


PACKED = {
    "h": part("ascii", 0, 0), "t": part("b", 0, 2), "p": part("b", 0, 8), "1": part("b", 0, 8),
    "2": part("b", 1, 19, len_count="nibbles", left_pad="0"), "3": part("b", 0, 3),
    "22": part("b", 0, 3, len_count="nibbles", left_pad="0"),
    "35": part("b", 1, 37, len_count="nibbles", right_pad="F"), "41": part("ascii", 0, 8), "43": part("ascii", 0, 40),
    "48": part("ascii", 2, 999, packed=True), "52": part("b", 0, 8), "55": part("b", 2, 255), "90": part("b", 0, 21),
}  # fmt: skip
PLAIN = {
    **default_ascii, "35": part("ascii", 2, 37), "52": part("ascii", 0, 16), "55": part("b", 3, 255, packed=False),
}  # fmt: skip

ROWS = pa.record_batch(
    {
        "number": ["4111111111111111", "378282246310005", "6759649826438453000"],
        "entry": ["51", "71", None],
        "track": ["4111111111111111=2711101", "378282246310005=27111", None],
        "place": ["MÜLLER", "SHOP", "X"],
        "more": [None, "a" * 120, "b"],
        "pin": ["00FF8091A2B3C4D5", None, None],
        "original": [None, "0100000001" + "0" * 32, None],
    }
)


def document(bitmaps: Bitmaps) -> Piece:
    return bitmaps.message(
        "0100",
        {
            2: of("number"), 3: "2000", 22: of("entry"), 35: of("track"), 41: "T1", 43: of("place"), 48: of("more"),
            52: of("pin"), 90: of("original"),
        },
    )  # fmt: skip


def rendered(piece: Piece) -> list[bytes]:
    return [text.encode("latin-1") for text in piece.render(Scope.of(ROWS)).texts.to_pylist()]


def decoded(raw: bytes, spec: Any) -> dict[str, str] | None:
    try:
        return dict(iso8583.decode(raw, spec=spec)[0])
    except (iso8583.DecodeError, KeyError):
        return None


@pytest.mark.parametrize("packed", [False, True])
def test_another_library_reads_and_writes_the_same_bytes(packed: bool) -> None:
    spec = PACKED if packed else {**PLAIN, "43": part("latin-1", 0, 40)}
    if packed:
        spec = {**spec, "43": part("latin-1", 0, 40)}
    for row, raw in zip(ROWS.to_pylist(), rendered(document(Bitmaps(FORMS, packed))), strict=True):
        found, _ = iso8583.decode(raw, spec=spec)
        assert found["t"] == "0100" and found["2"] == row["number"] and found["3"] == "002000"
        assert found.get("22") == (None if row["entry"] is None else row["entry"].zfill(3))
        track = row["track"] and (row["track"].replace("=", "D") if packed else row["track"])
        assert found.get("35") == track and found["41"] == "T1      " and found["43"] == row["place"].ljust(40)
        assert (found.get("48"), found.get("52")) == (row["more"], row["pin"])
        assert ("1" in found) == (row["original"] is not None) and found.get("90") == row["original"]
        again, _ = iso8583.encode(found, spec=spec)
        assert bytes(again) == raw
        with pytest.raises(iso8583.DecodeError):
            iso8583.decode(raw[:-1], spec=spec)
        broken = bytearray(raw)
        broken[8 if packed else 19] ^= 1  # a bit of the bitmap
        assert decoded(bytes(broken), spec) != found


@pytest.mark.parametrize(("header", "size"), [("binary", 2), ("ascii", 4)])
def test_a_length_may_stand_before(header: Any, size: int) -> None:
    plain = rendered(document(Bitmaps(FORMS, packed=True)))
    for raw, headed in zip(plain, rendered(document(Bitmaps(FORMS, packed=True, header=header))), strict=True):
        length = int.from_bytes(headed[:2], "big") if header == "binary" else int(headed[:4])
        assert length == len(raw) and headed[size:] == raw


def test_a_message_may_be_there_for_some_rows_only() -> None:
    bitmaps = Bitmaps(FORMS)
    piece = together(document(bitmaps), only_with("entry", bitmaps.message("0400", {3: "000000", 90: of("original")})))
    behind = [raw[len(first) :] for first, raw in zip(rendered(document(bitmaps)), rendered(piece), strict=True)]
    assert behind[1].startswith(b"0400A0") and behind[::2] == [b"", b""]
    assert bitmaps.message("0800", {3: "1", 90: "2"}).render(Scope.of(ROWS)).texts[0].as_py()[4] == "A"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({3: "1234567"}, "field 3 has a value of more than 6 characters"),
        ({3: "12A"}, "field 3 has a value with other signs than digits"),
        ({2: "4" * 20}, "field 2 has a value of more than 19 characters"),
        ({52: "00"}, "field 52"),
    ],
)
def test_values_that_do_not_fit_are_refused_without_being_told(fields: dict[int, str], says: str) -> None:
    with pytest.raises(DatamimicError, match=says) as caught:
        Bitmaps(FORMS).message("0100", {41: of("place"), **fields}).render(Scope.of(ROWS))
    assert caught.value.code == "format_unsuited" and next(iter(fields.values())) not in str(caught.value)


@pytest.mark.parametrize("number", [1, 4, 129])
def test_a_field_without_a_form_is_refused(number: int) -> None:
    with pytest.raises(DatamimicError) as caught:
        Bitmaps({**FORMS, 1: "b8", 129: "n1"}).message("0100", {number: "1"})
    assert caught.value.code == "bad_field"


def test_bytes_are_written_as_they_are(tmp_path: Any) -> None:
    class Network(Message):
        name = "card.0100"
        suffixes = (".bin",)
        entity = "shop.order"
        charset = "latin-1"

        def document(self) -> Piece:
            return document(Bitmaps(FORMS, packed=True, header="binary"))

    path = tmp_path / "x.bin"
    with path.open("wb") as stream:
        writer = Network().writer(stream, ROWS.schema)
        writer.write(ROWS)
        writer.close()
    assert path.read_bytes() == b"".join(rendered(document(Bitmaps(FORMS, packed=True, header="binary"))))
